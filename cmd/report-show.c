/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/report.h"

#include "cmd/report-words.h"

#include <math.h>

/* ---- names ---- */

void report_put_item(struct cx_buf *list, struct cx_str item)
{
	struct cx_buf longer = { 0 };

	if (list->len == 0) {
		cx_buf_adds(list, item);
		return;
	}
	REPORT_SAY(&longer, "list", cx_buf_str(list), item);
	cx_buf_release(list);
	*list = longer;
}

void report_put_name(struct cx_buf *out, const struct report_table *t)
{
	struct cx_buf groups = { 0 };

	for (size_t i = 0; i < t->n_groups; i++)
		report_put_item(&groups, cx_str(t->columns[i].name));
	if (t->n_groups)
		REPORT_SAY(
		    out, "name_by", cx_str(t->name), cx_buf_str(&groups));
	else
		cx_buf_addz(out, t->name);
	cx_buf_release(&groups);
}

static struct cx_str group_text(struct cx_str cell)
{
	return cell.n ? cell : cx_str(report_word("not_given"));
}

void report_put_groups(
    struct cx_buf *out, const struct report_table *t, size_t row)
{
	struct cx_buf list = { 0 };

	for (size_t i = 0; i < t->n_groups; i++)
		report_put_item(
		    &list, group_text(report_table_cell(t, row, (ptrdiff_t)i)));
	cx_buf_adds(out, cx_buf_str(&list));
	cx_buf_release(&list);
}

/* ---- a table ---- */

static bool is_group(const struct report_table *t, size_t column)
{
	return column < t->n_groups;
}

void report_put_versus(struct cx_buf *out, struct cx_str vs)
{
	if (cx_str_eq(vs, cx_str("rest")))
		cx_buf_addz(out, report_word("vs_rest"));
	else
		report_put_period(out, vs);
}

static bool is_period(const struct report_table *t, size_t column)
{
	return t->has_period && column == t->n_groups;
}

static enum cx_page_side side_of(const struct report_table *t, size_t column)
{
	return report_form_is_text(t->columns[column].form) ? CX_PAGE_LEFT
	                                                    : CX_PAGE_RIGHT;
}

/* A flag that is never set is not worth a column. */
static bool is_idle(const struct report_table *t, size_t column)
{
	if (t->columns[column].form != REPORT_FLAG)
		return false;
	for (size_t row = 0; row < t->n_rows; row++)
		if (report_table_number(t, row, (ptrdiff_t)column) != 0)
			return false;
	return true;
}

static bool is_shown(const struct report_table *t, size_t column)
{
	return !t->columns[column].is_hidden && !is_idle(t, column);
}

/* Columns of programs have words, those of the data their own names. */
static struct cx_str column_name(const struct report_table *t, size_t column)
{
	const char *name = t->columns[column].name, *word = NULL;
	struct cx_buf key = { 0 };

	cx_buf_addf(&key, "col_%s", name);
	if (!is_group(t, column))
		word = report_word_or_null(cx_buf_str(&key));
	cx_buf_release(&key);
	return cx_str(word ? word : name);
}

static void put_number(struct cx_buf *out, enum report_form form, double x)
{
	switch (form) {
	case REPORT_COUNT:
		report_put_real(out, x, 0);
		break;
	case REPORT_TENTHS:
		report_put_real(out, x, 1);
		break;
	case REPORT_HUNDREDTHS:
		report_put_real(out, x, 2);
		break;
	case REPORT_P:
		if (isnan(x))
			cx_buf_addz(out, "–");
		else
			report_put_p(out, x);
		break;
	case REPORT_FLAG:
		cx_buf_addz(out, x == 1 ? report_word("flag_set") : "");
		break;
	default:
		break;
	}
}

static void put_range_of(
    struct cx_buf *out, const struct report_table *t, size_t row, size_t column)
{
	bool tenths = t->columns[column].form == REPORT_RANGE;
	double lo = report_table_number(t, row, (ptrdiff_t)column), hi = NAN;

	if (column + 1 < t->n_columns)
		hi = report_table_number(t, row, (ptrdiff_t)column + 1);
	if (isnan(lo) && isnan(hi))
		cx_buf_addz(out, "–");
	else
		report_put_range(out, lo, hi, tenths ? 1 : 2);
}

static bool is_range(enum report_form form)
{
	return form == REPORT_RANGE || form == REPORT_RANGE2;
}

/* A cell of a number that is not told says so. */
static void put_cell(struct cx_buf *out, const struct report_table *t,
    size_t row, size_t column, bool masked)
{
	struct cx_str cell = report_table_cell(t, row, (ptrdiff_t)column);
	enum report_form form = t->columns[column].form;

	if (is_group(t, column)) {
		cx_buf_adds(out, group_text(cell));
	} else if (is_period(t, column)) {
		if (cell.n)
			report_put_period(out, cell);
		else
			cx_buf_addz(out, report_word("no_time"));
	} else if (form == REPORT_TEXT) {
		cx_buf_adds(out, cell);
	} else if (form == REPORT_VERSUS) {
		report_put_versus(out, cell);
	} else if (masked && form != REPORT_FLAG) {
		cx_buf_addz(out, report_word("masked"));
	} else if (is_range(form)) {
		put_range_of(out, t, row, column);
	} else {
		put_number(
		    out, form, report_table_number(t, row, (ptrdiff_t)column));
	}
}

/* The n of a masked row: "<5", by the table or by the page. */
static void put_masked_n(
    struct cx_buf *out, const struct report_table *t, size_t row, size_t column)
{
	struct cx_str cell = report_table_cell(t, row, (ptrdiff_t)column);

	if (cell.n && cell.p[0] == '<') {
		cx_buf_adds(out, cell);
	} else if (cell.n && cell.p[0] != 'm') {
		cx_buf_addc(out, '<');
		report_put_real(out, report_settings.min_n, 0);
	} else {
		cx_buf_addz(out, report_word("masked"));
	}
}

static void show_columns(struct cx_page *page, const struct report_table *t)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (is_shown(t, i))
			cx_page_column(page, column_name(t, i), side_of(t, i));
	cx_page_columns_end(page);
}

static void show_row(
    struct cx_page *page, const struct report_table *t, size_t row)
{
	bool masked = report_table_is_masked(t, row, report_settings.min_n);
	ptrdiff_t n = report_table_column(t, "n");
	struct cx_buf text = { 0 };

	for (size_t i = 0; i < t->n_columns; i++) {
		if (!is_shown(t, i))
			continue;
		cx_buf_clear(&text);
		if (masked && (ptrdiff_t)i == n)
			put_masked_n(&text, t, row, i);
		else
			put_cell(&text, t, row, i, masked);
		cx_page_cell(page, cx_buf_str(&text), side_of(t, i));
	}
	cx_page_row_end(page);
	cx_buf_release(&text);
}

static void tell_rest(struct report *r, const struct report_table *t)
{
	struct cx_buf text = { 0 }, shown = { 0 }, all = { 0 };

	report_put_real(&shown, REPORT_ROWS_MOST, 0);
	report_put_real(&all, (double)t->n_rows, 0);
	REPORT_SAY(&text, "rows_left", cx_buf_str(&shown), cx_buf_str(&all));
	r->page.kind->note(&r->page, cx_buf_str(&text));
	cx_buf_release(&text);
	cx_buf_release(&shown);
	cx_buf_release(&all);
}

void report_show_table(struct report *r, const struct report_table *t)
{
	struct cx_page *page = &r->page;
	size_t n = t->n_rows < REPORT_ROWS_MOST ? t->n_rows : REPORT_ROWS_MOST;
	struct cx_buf caption = { 0 };

	report_put_name(&caption, t);
	page->kind->table(page, cx_buf_str(&caption));
	show_columns(page, t);
	for (size_t row = 0; row < n; row++)
		show_row(page, t, row);
	page->kind->table_end(page);
	if (n == 0)
		page->kind->note(page, cx_str(report_word("no_rows")));
	if (n < t->n_rows)
		tell_rest(r, t);
	cx_buf_release(&caption);
}
