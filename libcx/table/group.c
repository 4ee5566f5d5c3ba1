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
	if (known && n != known)
		return cx_err_set(err, CX_USAGE,
		    "this table is grouped by %zu column(s), and those "
		    "before it by %zu; name the ones to keep with -g",
		    n, known);
	for (size_t i = 0; i < n && !known; i++)
		if (cx_header_add(
		        &by->columns, cx_header_name(header, i), err) < 0)
			return -1;
	return 0;
}

void cx_grouping_release(struct cx_grouping *by)
{
	cx_header_release(&by->columns);
	*by = (struct cx_grouping){ 0 };
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
	if (by->period == CX_NO_PERIOD)
		return 0;
	if (!groups->memo)
		groups->memo = cx_calloc(1, sizeof(*groups->memo));
	return cx_header_find(header, cx_str("time"), &groups->time_at, err);
}

static int add_period(struct cx_groups *groups, const struct cx_grouping *by,
    const struct cx_row *row, struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, groups->time_at);
	char name[CX_PERIOD_SIZE];

	if (groups->n)
		cx_buf_addc(&groups->key, between);
	if (cell.n == 0)
		return 0;
	if (cx_period_of_cell(
	        groups->memo, by->period, by->zone, cell, name, err) < 0) {
		cx_err_column(err, cx_str("time"));
		return -1;
	}
	cx_buf_addz(&groups->key, name);
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

int cx_groups_find(struct cx_groups *groups, const struct cx_grouping *by,
    const struct cx_row *row, void **state, struct cx_err *err)
{
	/* The usual case needs no copy of the cell. */
	if (groups->n == 1 && by->period == CX_NO_PERIOD) {
		*state = cx_groups_put(groups, cx_row_cell(row, groups->at[0]));
		return 0;
	}
	cx_buf_clear(&groups->key);
	for (size_t i = 0; i < groups->n; i++) {
		if (i)
			cx_buf_addc(&groups->key, between);
		cx_buf_adds(&groups->key, cx_row_cell(row, groups->at[i]));
	}
	if (by->period != CX_NO_PERIOD && add_period(groups, by, row, err) < 0)
		return -1;
	*state = cx_groups_put(groups, cx_buf_str(&groups->key));
	return 0;
}

void cx_groups_clear(struct cx_groups *groups)
{
	if (groups->map.n)
		memset(groups->states, 0, groups->map.n * groups->state_size);
	cx_map_clear(&groups->map);
}

void cx_group_write(const struct cx_groups *groups, size_t number,
    size_t n_cells, struct cx_lines *lines)
{
	struct cx_str rest = cx_map_key(&groups->map, number);

	for (size_t i = 0; i < n_cells; i++)
		cx_lines_text(lines, cx_str_next(&rest, between));
}

void cx_groups_release(struct cx_groups *groups)
{
	cx_map_release(&groups->map);
	cx_buf_release(&groups->key);
	free(groups->at);
	free(groups->states);
	free(groups->memo);
	*groups = (struct cx_groups){ 0 };
}
