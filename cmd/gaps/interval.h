/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_GAPS_INTERVAL_H
#define CX_CMD_GAPS_INTERVAL_H

#include "cmd/gaps/store.h"

/* What is estimated for a group; arrays have a place for each driver. */
struct gaps_result {
	size_t group;          /* its number in the store */
	const __int128 *facts; /* borrowed */
	enum cx_driver_fault *faults;
	double *target; /* 0 to 100 */
	/* by enum cx_driver_stat, then driver; intervals; NaN: none */
	double *stats, *lo, *hi;
	bool *above_zero; /* the importance is, beyond doubt */
	struct cx_driver_detail detail;
	/* drivers by expected change, best first; n_ranked have one */
	size_t *order, n_ranked;
	double *rank_lo, *rank_hi, *top_three; /* by driver */
	const char *intervals; /* how they were found; "": there are none */
	double line_importance, line_performance; /* of the quadrants */
};

enum { GAPS_TOP = 3 };

/* What ranks are drawn from. */
struct gaps_draws {
	bool are_draws;      /* of the bootstrap; else they are of no use */
	const double *draws; /* n_draws x m */
	const double *cov;   /* m x m */
	size_t n_draws, m;   /* 0 draws: there are no intervals */
};

/* rank.c: the order of the drivers, and how sure it is. */
void gaps_rank(struct gaps_result *result, const struct gaps_draws *draws);

/*
 * target.c: the targets of all groups, from --target, --items and the
 * performances in stats; whether that of a driver is the group's own mean, and
 * whether its performance has reached it.
 */
void gaps_set_targets(struct gaps_result *results, size_t n_results);
bool gaps_target_is_mean(size_t k);
bool gaps_is_at_target(const struct gaps_result *result, size_t k);

/* All groups, in the byte order of their keys. The caller frees. */
struct gaps_result *gaps_results_new(const struct gaps_store *store);
void gaps_results_free(struct gaps_result *results, size_t n);

#endif
