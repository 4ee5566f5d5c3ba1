/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_GAPS_TABLE_H
#define CX_CMD_GAPS_TABLE_H

#include "cmd/gaps/interval.h"
#include "libcx/table/sheet.h"

/* The gap table, of n results. */
int gaps_table(const struct gaps_store *store,
    const struct gaps_result *results, size_t n, struct cx_writer *writer,
    struct cx_err *err);

/* dimension.c: expectations by dimension, for --view dimensions. */
int gaps_dimensions(const struct gaps_store *store,
    const struct gaps_result *results, size_t n, struct cx_writer *writer,
    struct cx_err *err);

/* picture.c: importance and performance, as SVG. */
void gaps_draw(const struct gaps_store *store,
    const struct gaps_result *results, size_t n, struct cx_buf *out);

/* Columns and cells of a result's group. */
void gaps_group_columns(struct cx_sheet *sheet);
void gaps_group_cells(struct cx_sheet *sheet, const struct gaps_store *store,
    const struct gaps_result *result);

/* The word for the quadrant of driver k; "" where there is none. */
const char *gaps_quadrant(const struct gaps_result *result, size_t k);

/* Ratings less expectations of driver k, in points of performance. */
struct gaps_expectation {
	double expected, gap, half; /* half of the interval of the gap */
	double n;                   /* as many equal weights */
};
struct gaps_expectation gaps_expectation(
    const struct gaps_result *result, size_t k);

#endif
