/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_ROLLING_H
#define CX_CMD_SCORE_ROLLING_H

#include "libcx/table/group.h"

/*
 * Rolling windows: one ends with each period that there is a record in, in
 * whatever group, and holds so many days before that. All zero is none.
 */
struct score_windows {
	struct cx_map periods; /* their names */
	struct score_window *items;
	size_t n;
};

struct score_window {
	int64_t end;   /* the first second after it, on the zone's clocks */
	size_t period; /* number of its name */
};

/* A period that there is a record in. */
void score_windows_note(
    struct score_windows *windows, enum cx_period period, const char *name);

/* All are noted: puts them in order. */
void score_windows_sort(struct score_windows *windows);

/*
 * The windows of so many days that hold a time of the zone's clocks: items
 * *first to the one before *end.
 */
void score_windows_around(const struct score_windows *windows, int64_t local,
    int days, size_t *first, size_t *end);

/* The key of a group in a window: its cells, n of them, and the period. */
void score_windows_key(const struct score_windows *windows,
    const struct score_window *window, struct cx_str group, size_t n_cells,
    struct cx_buf *key);

void score_windows_release(struct score_windows *windows);

/*
 * Windows where counts will do: sums of days. Groups with a struct cx_answers
 * for each, the day last in their keys, become groups of windows of so many
 * days that end with each period.
 *   n_cells    of the groups, without the day
 *   timeless   gets the number of records that have no day
 */
void score_rolling_add_up(struct cx_groups *groups, size_t n_cells,
    enum cx_period period, int days, uint64_t *timeless);

#endif
