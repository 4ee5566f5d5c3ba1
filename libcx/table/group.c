/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/group.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

/*
 * A key is its cells with a NUL between them: no cell holds one, and keys
 * sort as their first cells do, then their second, and so on.
 */
static const char between = '\0';

enum { FIRST_GROUPS = 64 };

static int add_one(struct cx_grouping *by, struct cx_str name,
    const struct cx_header *header, struct cx_err *err)
{
	size_t column;

	if (cx_header_find(header, name, &column, err) < 0)
		return -1;
	if (cx_header_add(&by->columns, cx_header_name(header, column), err) <
	    0) {
		err->status = CX_USAGE;
		return -1;
	}
	return 0;
}

int cx_grouping_add(struct cx_grouping *by, struct cx_str text,
    const struct cx_header *header, struct cx_err *err)
{
	if (cx_header_look(header, text) >= 0)
		return add_one(by, text, header, err);
	do {
		struct cx_str name = cx_str_next(&text, ',');

		if (add_one(by, name, header, err) < 0)
			return -1;
	} while (text.p);
	return 0;
}

int cx_grouping_before(struct cx_grouping *by, struct cx_str end,
    const struct cx_header *header, struct cx_err *err)
{
	size_t n, known = cx_header_n(&by->columns);

	if (cx_header_find(header, end, &n, err) < 0)
		return -1;
	if (by->are_known && n != known)
		return cx_err_set(err, CX_USAGE,
		    "this table is grouped by %zu column(s), and those "
		    "before it by %zu; name the ones to keep with -g",
		    n, known);
	for (size_t i = 0; i < n && !by->are_known; i++)
		if (cx_header_add(
		        &by->columns, cx_header_name(header, i), err) < 0)
			return -1;
	by->are_known = true;
	return 0;
}

void cx_grouping_release(struct cx_grouping *by)
{
	cx_header_release(&by->columns);
	*by = (struct cx_grouping){ 0 };
}

/* Keys of one cell are found as quickly in the map. */
static void bind_recall(struct cx_groups *groups, const struct cx_grouping *by)
{
	size_t n_cells = groups->n + (by->period != CX_NO_PERIOD);

	free(groups->recall);
	groups->recall = NULL;
	if ((groups->n != 1 || by->period != CX_NO_PERIOD) && n_cells &&
	    n_cells <= CX_RECALL_CELLS)
		groups->recall = cx_calloc(1, sizeof(*groups->recall));
	if (groups->recall)
		groups->recall->bits =
		    n_cells == 1 ? 16 : 32 / (unsigned)n_cells;
}

int cx_groups_bind(struct cx_groups *groups, const struct cx_grouping *by,
    const struct cx_header *header, struct cx_err *err)
{
	size_t n = cx_header_n(&by->columns);

	free(groups->at);
	groups->at = cx_calloc(n, sizeof(*groups->at));
	groups->n = n;
	for (size_t i = 0; i < n; i++)
		if (cx_header_find(header, cx_header_name(&by->columns, i),
		        &groups->at[i], err) < 0)
			return -1;
	bind_recall(groups, by);
	if (by->period == CX_NO_PERIOD)
		return 0;
	if (!groups->memo)
		groups->memo = cx_calloc(1, sizeof(*groups->memo));
	return cx_header_find(header, cx_str("time"), &groups->time_at, err);
}

/* The number of the row's period in the memo; 0 where there are none. */
static int find_period(struct cx_groups *groups, const struct cx_grouping *by,
    const struct cx_row *row, size_t *number, struct cx_err *err)
{
	ptrdiff_t found = 0;

	if (by->period != CX_NO_PERIOD)
		found = cx_period_of_cell(groups->memo, by->period, by->zone,
		    cx_row_cell(row, groups->time_at), err);
	if (found < 0) {
		cx_err_column(err, cx_str("time"));
		return -1;
	}
	*number = (size_t)found;
	return 0;
}

void *cx_groups_state(const struct cx_groups *groups, size_t number)
{
	return groups->states + number * groups->state_size;
}

void *cx_groups_put(struct cx_groups *groups, struct cx_str key)
{
	size_t number = cx_map_put(&groups->map, key);

	if (number >= groups->cap) {
		size_t size = groups->state_size, old = groups->cap;

		groups->cap = old ? cx_mul(old, 2) : FIRST_GROUPS;
		groups->states =
		    cx_realloc(groups->states, cx_mul(groups->cap, size));
		memset(
		    groups->states + old * size, 0, (groups->cap - old) * size);
	}
	return cx_groups_state(groups, number);
}

/* The row's key for recall, or 0 where it has no room. */
static uint32_t pack(struct cx_groups *groups, const struct cx_grouping *by,
    const struct cx_row *row, size_t period)
{
	struct cx_recall *recall = groups->recall;
	uint32_t key = 0;

	if (!recall)
		return 0;
	for (size_t i = 0; i < groups->n; i++)
		if (!cx_recall_cell(
		        recall, i, cx_row_cell(row, groups->at[i]), &key))
			return 0;
	if (by->period != CX_NO_PERIOD &&
	    !cx_recall_number(recall, (uint32_t)period + 1, &key))
		return 0;
	return key;
}

/* The long way, from the map. */
static size_t number_of(struct cx_groups *groups, const struct cx_grouping *by,
    const struct cx_row *row, size_t period)
{
	struct cx_str key;

	cx_buf_clear(&groups->key);
	for (size_t i = 0; i < groups->n; i++) {
		if (i)
			cx_buf_addc(&groups->key, between);
		cx_buf_adds(&groups->key, cx_row_cell(row, groups->at[i]));
	}
	if (by->period != CX_NO_PERIOD) {
		if (groups->n)
			cx_buf_addc(&groups->key, between);
		cx_buf_adds(
		    &groups->key, cx_map_key(&groups->memo->names, period));
	}
	key = cx_buf_str(&groups->key);
	cx_groups_put(groups, key);
	return (size_t)cx_map_get(&groups->map, key);
}

int cx_groups_find(struct cx_groups *groups, const struct cx_grouping *by,
    const struct cx_row *row, void **state, struct cx_err *err)
{
	ptrdiff_t number = -1;
	uint32_t key;
	size_t period;

	/* The usual case needs no key. */
	if (groups->n == 1 && by->period == CX_NO_PERIOD) {
		*state = cx_groups_put(groups, cx_row_cell(row, groups->at[0]));
		return 0;
	}
	if (find_period(groups, by, row, &period, err) < 0)
		return -1;
	key = pack(groups, by, row, period);
	if (key)
		number = cx_recall_get(groups->recall, key);
	if (number < 0) {
		number = (ptrdiff_t)number_of(groups, by, row, period);
		if (key)
			cx_recall_put(groups->recall, key, (size_t)number);
	}
	*state = cx_groups_state(groups, (size_t)number);
	return 0;
}

static void forget(struct cx_recall *recall)
{
	unsigned bits = recall->bits;

	memset(recall, 0, sizeof(*recall));
	recall->bits = bits;
}

void cx_groups_clear(struct cx_groups *groups)
{
	if (groups->map.n)
		memset(groups->states, 0, groups->map.n * groups->state_size);
	cx_map_clear(&groups->map);
	if (groups->recall)
		forget(groups->recall);
}

void cx_groups_release(struct cx_groups *groups)
{
	cx_map_release(&groups->map);
	cx_buf_release(&groups->key);
	free(groups->at);
	free(groups->states);
	cx_period_memo_free(groups->memo);
	free(groups->recall);
	*groups = (struct cx_groups){ 0 };
}
