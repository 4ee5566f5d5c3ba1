/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_RAKED_H
#define CX_CMD_SCORE_RAKED_H

#include "cmd/score/observe.h"
#include "libcx/model/domains.h"

/*
 * The answered records of one period, raked to the margins: a part each. A
 * shift of mix between periods is what raking takes out, so each period is a
 * sample of its own.
 */
struct score_raked {
	const struct score_sample *s;
	const struct score_observation *items; /* by group, then PSU */
	size_t n;
	uint64_t *n_psu; /* by stratum */
	size_t *stratum; /* by PSU */
	struct cx_rake_part *parts;
	struct cx_design_tally *tallies;
	struct score_rake rake;
	struct cx_design design;
	struct cx_rake_sample sample;
	struct cx_rake_psus psus;
	/* for groups that are a small part of the period */
	struct cx_domains *domains; /* NULL: they cannot be had */
	struct cx_domains_record *records;
};

/*
 * Fits the weights of r->items, n of them, r->s being their sample and the
 * rest all zero. like has the strata and their names.
 */
int score_raked_start(
    struct score_raked *r, const struct cx_design *like, struct cx_err *err);
void score_raked_release(struct score_raked *r);

/*
 * The mean of y, or of raw, of the items from start to end, which are a small
 * part of all. Returns whether it could be told so.
 */
bool score_raked_small(struct score_raked *r, size_t start, size_t end,
    bool raw, struct cx_design_mean *out);

/* Items from start to end take part with y, or raw, or leave again. */
void score_raked_choose(
    struct score_raked *r, size_t start, size_t end, bool raw, bool in);

/* Of the items from start to end, whose mean has this standard error. */
struct cx_design_effect score_raked_effect(
    struct score_raked *r, size_t start, size_t end, double se);

#endif
