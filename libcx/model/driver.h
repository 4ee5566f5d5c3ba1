/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_DRIVER_H
#define CX_MODEL_DRIVER_H

#include "libcx/model/answers.h"
#include "libcx/model/cross.h"

/*
 * What the ratings of touchpoints ("drivers") have to do with an outcome:
 * importance, performance, and what a better performance would go with. All
 * of it comes from sums that merge (libcx/model/cross.h).
 */

/* What is done about ratings that are absent. */
enum cx_driver_missing {
	CX_DRIVER_PAIRWISE, /* each covariance from the records with both */
	CX_DRIVER_LISTWISE, /* only records with all ratings */
	CX_DRIVER_MET /* absent counts as average; whether it is there is a
	               * variable of its own, which enters with the rating */
};

enum cx_driver_method {
	CX_DRIVER_LMG,
	CX_DRIVER_JOHNSON,
	CX_DRIVER_CORRELATION,
	CX_DRIVER_PARTIAL,
	CX_DRIVER_BETA
};

/* Everything is borrowed. */
struct cx_driver_model {
	size_t n;                      /* drivers */
	const struct cx_scale *scales; /* n, of the ratings */
	/*
	 * The outcome's contribution to a score is another variable than the
	 * outcome: -100, 0 and 100 for the 0 to 10 of a Net Promoter Score.
	 */
	bool has_score;
	enum cx_driver_missing missing;
	enum cx_driver_method method;
	const bool *used;     /* n: is part of the model; NULL: all are */
	const double *target; /* n, 0 to 100; NaN: the mean performance */
};

/*
 * The variables of a record's sums: the outcome, its score if there is one,
 * the ratings, and as extra ones the parts of the ratings above the middles
 * of their scales.
 */
struct cx_cross cx_driver_shape(const struct cx_driver_model *model);

/* The place of the ratings of driver k among them. */
static inline size_t cx_driver_variable(
    const struct cx_driver_model *model, size_t k)
{
	return 1 + (size_t)model->has_score + k;
}

/*
 * A record's values from its outcome, its score and its n ratings, which may
 * be CX_CROSS_ABSENT; all in millionths. values has room for all variables.
 */
void cx_driver_values(const struct cx_driver_model *model, int64_t outcome,
    int64_t score, const int64_t *ratings, int64_t *values);

/*
 * Of a sample's sums those that the model is found from: with
 * CX_DRIVER_LISTWISE, of the records with all ratings. The caller frees them.
 */
__int128 *cx_driver_sums(
    const struct cx_driver_model *model, const __int128 *sums);

/*
 * What is estimated for each driver. NaN where it cannot be.
 *
 * importance    by the method
 * performance   mean rating, from 0 (the bad end of its scale) to 100
 * change        of the mean score, were the performance at its target: reach
 *               times slope times distance, with the slope of a linear model
 *               of the score on all ratings in which a touchpoint that was not
 *               met adds nothing. An association, not an effect
 * penalty       slope below the middle of the scale, reward: above it, both in
 *               the score's unit for 10 of performance, of a model in which
 *               this one driver has two slopes
 */
enum cx_driver_stat {
	CX_DRIVER_IMPORTANCE,
	CX_DRIVER_PERFORMANCE,
	CX_DRIVER_CHANGE,
	CX_DRIVER_PENALTY,
	CX_DRIVER_REWARD,
	CX_DRIVER_STATS
};

/* stats: CX_DRIVER_STATS rows of n. */
void cx_driver_estimate(
    const struct cx_driver_model *model, const __int128 *sums, double *stats);

/* The mean of those that are not NaN; NaN when all are. */
double cx_driver_mean(const double *performance, size_t n);

/* More of the whole sample. Arrays of n are the caller's. */
struct cx_driver_detail {
	double r2;
	bool repaired; /* the pairwise covariances were none */
	double *lmg, *johnson, *correlation, *partial, *beta, *vif;
	double *reach; /* share of the records that have the rating */
};

void cx_driver_describe(const struct cx_driver_model *model,
    const __int128 *sums, struct cx_driver_detail *detail);

/* Why a driver is not part of the model. */
enum cx_driver_fault {
	CX_DRIVER_FINE,
	CX_DRIVER_CONSTANT,
	CX_DRIVER_FEW /* ratings: fewer than 10 for each driver in it */
};

/* Ratings that each driver of a model must have, for each driver in it. */
enum { CX_DRIVER_ENOUGH = 10 };

/*
 * Sorts out the drivers that can be part of the model.
 *   n_ratings   n: records with a rating; with CX_DRIVER_LISTWISE, with all
 */
void cx_driver_sort_out(const struct cx_driver_model *model,
    const __int128 *sums, const uint64_t *n_ratings,
    enum cx_driver_fault *faults);

#endif
