/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_GROUP_H
#define CX_TABLE_GROUP_H

#include "libcx/table/instant.h"
#include "libcx/table/reader.h"
#include "libcx/table/recall.h"
#include "libcx/table/writer.h"

/*
 * What rows are grouped by: the values of columns, and a period of time.
 * All zero groups everything into one.
 */
struct cx_grouping {
	struct cx_header columns;
	bool are_known; /* a table was seen, which may have had none */
	enum cx_period period;
	const struct cx_zone *zone; /* whose clocks bound the period */
};

/*
 * Adds the columns that text names: one whose name is text, commas and all,
 * or else all between its commas. A usage error where one is not there.
 */
int cx_grouping_add(struct cx_grouping *by, struct cx_str text,
    const struct cx_header *header, struct cx_err *err);

/*
 * Adds the columns that stand before the one called end, as in a table that
 * an aggregating program printed. A usage error when a table before had more
 * or fewer.
 */
int cx_grouping_before(struct cx_grouping *by, struct cx_str end,
    const struct cx_header *header, struct cx_err *err);
void cx_grouping_release(struct cx_grouping *by);

/*
 * The groups met so far, numbered as they come, and a state of the caller's
 * for each. All zero but state_size is empty. The key of a group has its cells
 * with NUL between them, and where there is a period that as the last; a row
 * without a time is in the period "".
 */
struct cx_groups {
	size_t state_size; /* of a group; all zero is a new one */
	struct cx_map map;
	char *states;
	size_t cap;
	struct cx_buf key;
	/* where the columns are, in the file at hand */
	size_t *at, n;
	size_t time_at;
	struct cx_period_memo *memo; /* where there is a period */
	struct cx_recall *recall;    /* where keys have several cells */
};

/* Finds the columns; for each file anew. */
int cx_groups_bind(struct cx_groups *groups, const struct cx_grouping *by,
    const struct cx_header *header, struct cx_err *err);

/* The state of the row's group. */
int cx_groups_find(struct cx_groups *groups, const struct cx_grouping *by,
    const struct cx_row *row, void **state, struct cx_err *err);

/* The state of the group with this key, which may be new. */
void *cx_groups_put(struct cx_groups *groups, struct cx_str key);

/* The state of a group by its number. */
void *cx_groups_state(const struct cx_groups *groups, size_t number);

/* Forgets the groups, keeps the memory. */
void cx_groups_clear(struct cx_groups *groups);

void cx_groups_release(struct cx_groups *groups);

#endif
