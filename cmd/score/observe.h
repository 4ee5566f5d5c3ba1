/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_OBSERVE_H
#define CX_CMD_SCORE_OBSERVE_H

#include "cmd/score/sample.h"
#include "libcx/model/design.h"
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

/* The PSU of an observation: its cluster, or where there are none its record.
 */
static inline size_t score_psu(
    const struct score_sample *sample, const struct score_observation *item)
{
	return sample->psus.n ? sample->records[item->record].psu
	                      : item->record;
}

/*
 * A group that is less than one part of so many of a sample is told by what
 * is its own and sums of all (libcx/model/domains.h).
 */
enum { SCORE_SMALL_PART = 16 };
#define SCORE_NO_NUMBER UINT32_MAX

/* What linearised estimates are made of, and the estimates. */
struct score_designs {
	struct score_design *by_group; /* NULL: counts will do */
	struct score_observations o;   /* by group, then PSU */
	size_t *first;     /* by group, and one more: where its own start */
	uint32_t *numbers; /* room by PSU; SCORE_NO_NUMBER between uses */
	const struct score_sample *sample; /* borrowed */
	struct cx_design design;
	uint64_t *n_psu; /* what design borrows */
	struct cx_str *names;
};

/*
 * Linearised estimates (design.c) of d->o and d->sample; the rest of d
 * is zero.
 */
int score_designs_make(struct score_designs *d, const struct cx_groups *groups,
    struct cx_err *err);

/* Means of units of which each group's are a sample of their own. */
bool score_designs_are_own(void);

void score_designs_release(struct score_designs *designs);

#endif
