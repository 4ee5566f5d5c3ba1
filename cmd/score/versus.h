/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_VERSUS_H
#define CX_CMD_SCORE_VERSUS_H

#include "cmd/score/mask.h"
#include "cmd/score/table.h"
#include "libcx/model/compare.h"

/* What --vs compares a row with. */
enum score_versus {
	SCORE_ALONE,
	SCORE_REST,     /* all other groups of the same period */
	SCORE_PREVIOUS, /* the same group in the period before */
	SCORE_FIRST,    /* its first period, or without -t the first group */
	SCORE_GROUP,    /* the group that is named */
};

/* One row's test. */
struct score_test {
	char *with; /* what it is compared with, for the table; NULL: nothing */
	ptrdiff_t reference; /* that group's number; -1: it is not one group */
	struct cx_comparison difference;
	double p_adjusted;
	struct cx_omnibus all; /* of the rows that vary as this one does */
};

/*
 * The tests of all groups, by group number; order lists the numbers by key.
 * Groups that are masked (marks may be NULL) are not tested and tell nothing
 * to the tests of others.
 * The caller frees *tests with score_versus_free, in any case. A usage error
 * when there is nothing to compare with.
 */
int score_versus(const struct score_program *program,
    const struct cx_grouping *by, struct cx_groups *groups,
    const struct score_designs *designs, const size_t *order,
    const enum cx_mask_mark *marks, struct score_test **tests,
    struct cx_err *err);
void score_versus_free(struct score_test *tests, size_t n);

/* --vs by its word. */
enum score_versus score_versus_of(const char *word);

#endif
