/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_JOURNEY_MERGE_H
#define CX_CMD_JOURNEY_MERGE_H

#include "cmd/journey/journey.h"

/*
 * Counts as a table, and back: one row for each thing that is counted, or for
 * each number of it. Counts of one and the same view and settings add up.
 */

/* The columns of the table; the ones of groups are those of the plan. */
void journey_counts_columns(struct cx_sheet *sheet);

/* The rows, in the byte order of things. */
int journey_counts_write(
    struct journey_counts *counts, struct cx_sheet *sheet, struct cx_err *err);

/*
 * Reads tables of counts into one. Its state is empty: rows go into the
 * counts that journey_merge_into names, in one thread.
 */
extern const struct cx_fold journey_merge_fold;
void journey_merge_into(struct journey_counts *counts);
void journey_merge_release(void);

/*
 * After the last row: an error where rows of the tables are missing. Parts of
 * a table that are read together are whole. names has those of all tables, or
 * is NULL where there is one without a name.
 */
int journey_merge_check(const char *const *names, struct cx_err *err);

#endif
