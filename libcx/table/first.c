/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/first.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

void cx_first_add(struct cx_first *first, const struct cx_row *row)
{
	struct cx_first_row *copy = &first->rows[first->n++];

	copy->n = row->n;
	copy->cells = cx_malloc(cx_mul(row->n, sizeof(*copy->cells)));
	for (size_t i = 0; i < row->n; i++) {
		struct cx_str cell = cx_row_cell(row, i);

		copy->cells[i] =
		    (struct cx_str){ cx_memdup(cell.p, cell.n), cell.n };
	}
}

void cx_first_release(struct cx_first *first)
{
	for (size_t i = 0; i < first->n; i++) {
		for (size_t k = 0; k < first->rows[i].n; k++)
			free((char *)first->rows[i].cells[k].p);
		free(first->rows[i].cells);
	}
	*first = (struct cx_first){ .n = 0 };
}

struct cx_str cx_first_cell(
    const struct cx_first *first, size_t row, size_t column)
{
	if (row >= first->n || column >= first->rows[row].n)
		return (struct cx_str){ "", 0 };
	return cx_str_trim(first->rows[row].cells[column]);
}
