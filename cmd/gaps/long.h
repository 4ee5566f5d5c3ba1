/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_GAPS_LONG_H
#define CX_CMD_GAPS_LONG_H

#include "cmd/gaps/store.h"

/*
 * A long stream: response rows with the outcome, rows of touchpoints with a
 * rating each, put together by id or customer. What the rows say is collected
 * as facts; when all are read, they become respondents.
 */
struct gaps_long {
	struct cx_map units, touchpoints, stages, groups;
	struct gaps_fact *facts;
	size_t n, cap;
	struct cx_groups find; /* group keys of rows; no states */
	/* columns of the file at hand; -1: there is none */
	size_t unit_at, touchpoint_at, rating_at, outcome_at, weight_at;
	ptrdiff_t customer_at, stage_at, amount_at, expected_at, stated_at;
};

int gaps_long_bind(
    struct gaps_long *l, const struct cx_header *header, struct cx_err *err);
int gaps_long_row(
    struct gaps_long *l, const struct cx_row *row, struct cx_err *err);
void gaps_long_merge(struct gaps_long *into, struct gaps_long *from);

/*
 * The touchpoints become the plan's drivers, and the facts respondents of
 * store, which is made for them.
 */
int gaps_long_finish(
    struct gaps_long *l, struct gaps_store *store, struct cx_err *err);
void gaps_long_release(struct gaps_long *l);

#endif
