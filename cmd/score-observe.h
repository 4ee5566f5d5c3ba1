/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_OBSERVE_H
#define CX_CMD_SCORE_OBSERVE_H

#include "cmd/score-sample.h"
#include "libcx/model/unit.h"

/* Who counts as one: a column, and which of its answers. */
struct score_unit {
	const char *column; /* NULL: every response */
	enum cx_unit_rule rule;
	bool contacts; /* one answer for each customer within it first */
};

/* One observation of a group of the table. */
struct score_observation {
	uint32_t group;
	size_t record; /* weight, PSU and stratum are those of it */
	double y;      /* -1, 0, 1, or 0, 1 for the top box; or a mean */
	double raw;    /* on the scale */
};

struct score_observations {
	const struct score_program *program;
	const struct cx_scale *scale;
	struct score_observation *items;
	size_t n;
};

/*
 * The observations of the table's groups, which get their answers counted:
 * a record in each rolling window that it falls into, reduced to units.
 */
void score_observe(struct score_observations *o,
    const struct score_sample *sample, const struct cx_grouping *by,
    const struct score_unit *unit, int rolling_days, struct cx_groups *groups);

/* Linearised estimates, by group number (score-design.c). */
int score_observe_designs(const struct score_observations *o,
    const struct score_sample *sample, const struct cx_groups *groups,
    struct score_design **designs, struct cx_err *err);

#endif
