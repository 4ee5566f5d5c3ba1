/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/mask.h"

#include "libcx/base/mem.h"
#include "libcx/model/answers.h"

#include <stdlib.h>

/* The row of a key is its groups, the column its period. */
static void split(enum cx_period period, struct cx_str key, struct cx_str *row,
    struct cx_str *col)
{
	*row = key;
	*col = (struct cx_str){ "", 0 };
	if (period == CX_NO_PERIOD)
		return;
	while (row->n && row->p[row->n - 1] != '\0')
		row->n--;
	*col = (struct cx_str){ key.p + row->n, key.n - row->n };
}

/* Cells in the order of the table, which decides between ties. */
static struct cx_mask_cell *make_cells(const struct cx_groups *groups,
    enum cx_period period, const size_t *order, struct cx_map *rows,
    struct cx_map *cols)
{
	size_t n = groups->map.n;
	struct cx_mask_cell *cells = cx_malloc(cx_mul(n + 1, sizeof(*cells)));

	for (size_t i = 0; i < n; i++) {
		const struct cx_answers *a = cx_groups_state(groups, order[i]);
		struct cx_str row, col;

		split(period, cx_map_key(&groups->map, order[i]), &row, &col);
		cells[i] = (struct cx_mask_cell){ cx_map_put(rows, row),
			cx_map_put(cols, col), cx_answers_n(a) };
	}
	return cells;
}

enum cx_mask_mark *score_mask(
    const struct cx_groups *groups, enum cx_period period, const size_t *order)
{
	size_t n = groups->map.n;
	struct cx_map rows = { 0 }, cols = { 0 };
	enum cx_mask_mark *marks, *by_order, *sums;
	struct cx_mask_table table;
	struct cx_mask mask;

	if (score_settings.min_n < 2)
		return NULL;
	table = (struct cx_mask_table){
		.cells = make_cells(groups, period, order, &rows, &cols),
		.n_cells = n,
		.totals = CX_MASK_ROWS | CX_MASK_COLS | CX_MASK_GRAND,
		.min_n = (uint64_t)score_settings.min_n,
	};
	table.n_rows = rows.n;
	table.n_cols = cols.n;
	/* In a list each row is its own total, which nobody prints. */
	if (period == CX_NO_PERIOD)
		table.totals = CX_MASK_COLS;
	by_order = cx_calloc(n + 1, sizeof(*by_order));
	sums = cx_calloc(rows.n + cols.n + 1, sizeof(*sums));
	marks = cx_calloc(n + 1, sizeof(*marks));
	mask = (struct cx_mask){ by_order, sums, sums + rows.n, CX_MASK_SHOWN };
	cx_mask_decide(&table, &mask);
	for (size_t i = 0; i < n; i++)
		marks[order[i]] = by_order[i];
	free(sums);
	free(by_order);
	free((void *)(uintptr_t)table.cells);
	cx_map_release(&rows);
	cx_map_release(&cols);
	return marks;
}
