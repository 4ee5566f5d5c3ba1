/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_SPREAD_H
#define CX_CMD_SCORE_SPREAD_H

#include "cmd/score/sample.h"
#include "cmd/score/side.h"
#include "libcx/model/compare.h"

/* How many PSUs a group has, and whether they show a spread. */
struct score_spread {
	size_t n_psu;
	bool any;
};

struct score_spread score_spread_of(const struct score_design *group);
struct score_spread score_spread_of_side(const struct score_side *side);

/*
 * The difference of two groups, by its linearised standard error and the
 * df_domain of m, whose mean it is. As in cx_compare_measured a group without
 * spread is taken to vary as the other does, PSU by PSU; where neither has
 * one there is no interval; and fewer PSUs than CX_COMPARE_FEWEST are not
 * tested.
 */
struct cx_comparison score_spread_compare(const struct cx_design_mean *m,
    double se, struct score_spread a, struct score_spread b);

#endif
