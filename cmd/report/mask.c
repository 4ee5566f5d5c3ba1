/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a page does not tell. Its readers have all of its tables, so the totals
 * of one may stand in another.
 */
#include "cmd/report/mask.h"

#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

/* What of a table adds up: rows and columns of counts, by their names. */
struct lines {
	struct cx_map rows, cols;
};

/* ---- counts ---- */

/* Of what a program has masked, the least it can be: "<5", or the others. */
static uint64_t count_of(const struct report_table *t, size_t row, double min_n)
{
	double n = report_table_number(t, row, t->base);

	if (report_table_is_told(t, row, t->base))
		return n > 0 ? (uint64_t)n : 0;
	return report_table_cell(t, row, t->base).p[0] == '<' ? 1
	                                                      : (uint64_t)min_n;
}

/* NaN where a part of it is masked. */
static double count_all(const struct report_table *t)
{
	double sum = 0;

	for (size_t row = 0; row < t->n_rows; row++)
		sum += report_table_number(t, row, t->base);
	return sum;
}

/* An example is one record, made of what its program does not mask. */
static bool is_example(const struct report_table *t, size_t row)
{
	return t->kind == REPORT_CARDS &&
	       cx_str_eq(report_table_cell(
	                     t, row, report_table_column(t, "attribute")),
	           cx_str("example"));
}

static bool any_small(const struct report_table *t, double min_n)
{
	for (size_t row = 0; row < t->n_rows; row++) {
		double n = report_table_number(t, row, t->base);

		if (n > 0 && n < min_n && !is_example(t, row))
			return true;
	}
	return false;
}

/* ---- lines ---- */

static void add_name(struct cx_buf *key, const struct report_table *t,
    size_t row, const char *column)
{
	cx_buf_adds(
	    key, report_table_cell(t, row, report_table_column(t, column)));
	cx_buf_addc(key, '\0');
}

static void add_groups(
    struct cx_buf *key, const struct report_table *t, size_t row)
{
	for (size_t i = 0; i < t->n_groups; i++) {
		cx_buf_adds(key, report_table_cell(t, row, t->groups[i]));
		cx_buf_addc(key, '\0');
	}
}

/*
 * Of cards: values add up to the records of a persona that have any; sizes,
 * customers and amounts to those of all personas. The rest stands for itself.
 */
static void name_card(struct cx_buf *row_key, struct cx_buf *col_key,
    const struct report_table *t, size_t row)
{
	static const char *const parts[] = { "size", "customers", "amount" };
	struct cx_str attribute =
	    report_table_cell(t, row, report_table_column(t, "attribute"));

	add_name(col_key, t, row, "attribute");
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (cx_str_eq(attribute, cx_str(parts[i]))) {
			add_name(row_key, t, row, "persona");
			return;
		}
	add_name(col_key, t, row, "persona");
	add_name(row_key, t, row, "value");
}

static void name_cell(struct cx_buf *row_key, struct cx_buf *col_key,
    const struct report_table *t, size_t row)
{
	cx_buf_clear(row_key);
	cx_buf_clear(col_key);
	if (t->kind == REPORT_CARDS) {
		name_card(row_key, col_key, t, row);
		return;
	}
	add_groups(row_key, t, row);
	cx_buf_adds(col_key, report_table_cell(t, row, t->period));
	if (t->kind != REPORT_MAP && t->kind != REPORT_GAPS)
		return;
	add_name(col_key, t, row, "stage");
	add_name(col_key, t, row, "touchpoint");
	add_name(col_key, t, row, "channel");
}

/* ---- totals ---- */

/* Whether another table of the page is about the same answers. */
static bool is_told_elsewhere(
    const struct report_table *tables, size_t n, const struct report_table *t)
{
	double all = count_all(t);

	for (size_t i = 0; i < n; i++)
		if (&tables[i] != t && tables[i].kind == t->kind &&
		    strcmp(tables[i].name, t->name) == 0 &&
		    count_all(&tables[i]) == all)
			return true;
	return false;
}

/* Whether the page has a map, or gaps, of wider groups, or of none. */
static bool is_wider_there(
    const struct report_table *tables, size_t n, const struct report_table *t)
{
	for (size_t i = 0; i < n; i++)
		if (tables[i].kind == t->kind &&
		    tables[i].n_groups < t->n_groups)
			return true;
	return false;
}

/*
 * How many answered is known to many, and so the total of a list of groups.
 * Other totals count as known where they stand on the page.
 */
static unsigned totals_of(
    const struct report_table *tables, size_t n, const struct report_table *t)
{
	if (t->kind == REPORT_CARDS)
		return CX_MASK_COLS;
	if (t->kind == REPORT_MAP || t->kind == REPORT_GAPS)
		return is_wider_there(tables, n, t) ? CX_MASK_COLS : 0;
	if (t->n_groups && t->period >= 0)
		return CX_MASK_ROWS | CX_MASK_COLS | CX_MASK_GRAND;
	if (t->n_groups)
		return CX_MASK_COLS;
	if (t->period >= 0 && is_told_elsewhere(tables, n, t))
		return CX_MASK_GRAND;
	return 0;
}

/* ---- marks ---- */

static struct cx_mask_cell *make_cells(
    const struct report_table *t, struct lines *lines, double min_n)
{
	struct cx_mask_cell *cells = cx_calloc(t->n_rows + 1, sizeof(*cells));
	struct cx_buf row_key = { 0 }, col_key = { 0 };

	for (size_t row = 0; row < t->n_rows; row++) {
		name_cell(&row_key, &col_key, t, row);
		cells[row] = (struct cx_mask_cell){ cx_map_put(&lines->rows,
			                                cx_buf_str(&row_key)),
			cx_map_put(&lines->cols, cx_buf_str(&col_key)),
			count_of(t, row, min_n) };
	}
	cx_buf_release(&row_key);
	cx_buf_release(&col_key);
	return cells;
}

static void decide(struct report_table *t, unsigned totals, double min_n)
{
	struct lines lines = { { 0 }, { 0 } };
	struct cx_mask_cell *cells = make_cells(t, &lines, min_n);
	size_t n = lines.rows.n + lines.cols.n + 1;
	enum cx_mask_mark *sums = cx_calloc(n, sizeof(*sums));
	struct cx_mask_table table = { lines.rows.n, lines.cols.n, t->n_rows,
		cells, totals, (uint64_t)min_n };
	struct cx_mask mask = { t->marks, sums, sums + lines.rows.n,
		CX_MASK_SHOWN };

	cx_mask_decide(&table, &mask);
	free(sums);
	free(cells);
	cx_map_release(&lines.rows);
	cx_map_release(&lines.cols);
}

static void settle(struct report_table *t)
{
	for (size_t row = 0; row < t->n_rows; row++) {
		bool told = report_table_is_told(t, row, t->base);

		if (is_example(t, row))
			t->marks[row] = CX_MASK_SHOWN;
		if (!told)
			t->marks[row] = CX_MASK_HIDDEN;
		t->masks |= told && t->marks[row] != CX_MASK_SHOWN;
	}
	/* It may name what is masked here. */
	for (size_t row = 0; t->masks && row < t->n_rows; row++)
		if (is_example(t, row))
			t->marks[row] = CX_MASK_HIDDEN;
}

void report_mask_tables(struct report_table *tables, size_t n, double min_n)
{
	for (size_t i = 0; i < n; i++) {
		struct report_table *t = &tables[i];

		if (t->base < 0)
			continue;
		t->marks = cx_calloc(t->n_rows + 1, sizeof(*t->marks));
		if (min_n >= 2 && any_small(t, min_n))
			decide(t, totals_of(tables, n, t), min_n);
		settle(t);
	}
}

/* ---- comparisons ---- */

static bool is_masked_here(const struct report_table *t, size_t row)
{
	return t->marks[row] != CX_MASK_SHOWN &&
	       report_table_is_told(t, row, t->base);
}

static bool same_period(const struct report_table *t, size_t a, size_t b)
{
	return cx_str_eq(report_table_cell(t, a, t->period),
	    report_table_cell(t, b, t->period));
}

/* With a period: that row alone. Else whatever the page masks beside it. */
bool report_mask_compares(
    const struct report_table *t, size_t row, ptrdiff_t column)
{
	struct cx_str vs =
	    report_table_cell(t, row, report_table_column(t, "vs"));

	if (!t->masks || !t->columns[column].is_against ||
	    report_table_cell(t, row, column).n == 0)
		return false;
	for (size_t i = 0; t->period >= 0 && i < t->n_rows; i++)
		if (report_table_same_groups(t, i, row) &&
		    cx_str_eq(vs, report_table_cell(t, i, t->period)))
			return is_masked_here(t, i);
	for (size_t i = 0; i < t->n_rows; i++)
		if (same_period(t, i, row) && is_masked_here(t, i))
			return true;
	return false;
}
