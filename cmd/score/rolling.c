/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/rolling.h"

#include "libcx/base/mem.h"
#include "libcx/model/answers.h"
#include "libcx/table/civil.h"

#include <stdlib.h>

/* ---- windows ---- */

void score_windows_note(
    struct score_windows *w, enum cx_period period, const char *name)
{
	size_t number = cx_map_put(&w->periods, cx_str(name));

	if (number < w->n)
		return;
	w->items = cx_realloc(w->items, cx_mul(w->n + 1, sizeof(*w->items)));
	w->items[w->n++] =
	    (struct score_window){ cx_period_end(period, cx_str(name)),
		    number };
}

static int by_end(const void *a, const void *b)
{
	const struct score_window *x = a, *y = b;

	return (x->end > y->end) - (x->end < y->end);
}

void score_windows_sort(struct score_windows *w)
{
	if (w->n)
		qsort(w->items, w->n, sizeof(*w->items), by_end);
}

/* The first window that ends after a time. */
static size_t first_after(const struct score_windows *w, int64_t local)
{
	size_t low = 0, high = w->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (w->items[middle].end > local)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

void score_windows_around(const struct score_windows *w, int64_t local,
    int days, size_t *first, size_t *end)
{
	*first = first_after(w, local);
	*end = first_after(w, local + days * (int64_t)CX_DAY);
}

void score_windows_key(const struct score_windows *w,
    const struct score_window *window, struct cx_str group, size_t n_cells,
    struct cx_buf *key)
{
	cx_buf_clear(key);
	cx_buf_adds(key, group);
	if (n_cells)
		cx_buf_addc(key, '\0');
	cx_buf_adds(key, cx_map_key(&w->periods, window->period));
}

void score_windows_release(struct score_windows *w)
{
	cx_map_release(&w->periods);
	free(w->items);
	*w = (struct score_windows){ 0 };
}

/* ---- counts by day ---- */

/* What stands behind the group's cells; cuts it off, and what is between. */
static struct cx_str cut_day(struct cx_str *key, size_t n_cells)
{
	struct cx_str day = *key;

	for (size_t i = 0; i < n_cells; i++)
		(void)cx_str_next(&day, '\0');
	key->n -= day.n + (n_cells > 0);
	return day;
}

static uint64_t records(const struct cx_answers *a)
{
	return cx_answers_n(a) + a->missing + a->invalid;
}

static void note_days(struct score_windows *windows,
    const struct cx_groups *days, size_t n_cells, enum cx_period period,
    uint64_t *timeless)
{
	for (size_t i = 0; i < days->map.n; i++) {
		struct cx_str key = cx_map_key(&days->map, i);
		struct cx_str day = cut_day(&key, n_cells);
		char name[CX_PERIOD_SIZE];

		if (day.n == 0) {
			*timeless += records(cx_groups_state(days, i));
			continue;
		}
		cx_period_name_local(
		    period, cx_period_end(CX_BY_DAY, day) - CX_DAY, name);
		score_windows_note(windows, period, name);
	}
	score_windows_sort(windows);
}

/* The answers of one day of a group go to all windows it is in. */
static void add_day(struct cx_groups *to, const struct score_windows *windows,
    struct cx_str key, size_t n_cells, int days, const struct cx_answers *from)
{
	struct cx_str day = cut_day(&key, n_cells);
	struct cx_buf name = { 0 };
	size_t first, end;

	if (day.n == 0)
		return;
	score_windows_around(windows, cx_period_end(CX_BY_DAY, day) - CX_DAY,
	    days, &first, &end);
	for (; first < end; first++) {
		score_windows_key(
		    windows, &windows->items[first], key, n_cells, &name);
		cx_answers_merge(cx_groups_put(to, cx_buf_str(&name)), from);
	}
	cx_buf_release(&name);
}

void score_rolling_add_up(struct cx_groups *groups, size_t n_cells,
    enum cx_period period, int days, uint64_t *timeless)
{
	struct cx_groups to = { .state_size = groups->state_size };
	struct score_windows windows = { 0 };

	note_days(&windows, groups, n_cells, period, timeless);
	for (size_t i = 0; i < groups->map.n; i++)
		add_day(&to, &windows, cx_map_key(&groups->map, i), n_cells,
		    days, cx_groups_state(groups, i));
	score_windows_release(&windows);
	cx_groups_release(groups);
	*groups = to;
}
