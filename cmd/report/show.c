/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/report/report.h"

#include "cmd/report/words.h"

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
		report_put_item(&groups, cx_str(t->columns[t->groups[i]].name));
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
		    &list, group_text(report_table_cell(t, row, t->groups[i])));
	cx_buf_adds(out, cx_buf_str(&list));
	cx_buf_release(&list);
}

/* ---- a table ---- */

static bool is_group(const struct report_table *t, size_t column)
{
	return t->columns[column].is_group;
}

void report_put_versus(struct cx_buf *out, struct cx_str vs)
{
	if (cx_str_eq(vs, cx_str("rest")))
		cx_buf_addz(out, report_word("vs_rest"));
	else
		report_put_period(out, vs);
}

void report_put_words(struct cx_buf *out, struct cx_str cell)
{
	struct cx_buf list = { 0 }, key = { 0 };

	while (cell.n) {
		size_t n = 0;
		struct cx_str item;
		const char *word;

		while (n < cell.n && cell.p[n] != ',' && cell.p[n] != ';')
			n++;
		item = cx_str_trim((struct cx_str){ cell.p, n });
		cell.p += n + (n < cell.n);
		cell.n -= n + (n < cell.n);
		cx_buf_clear(&key);
		cx_buf_addz(&key, "word_");
		for (size_t i = 0; i < item.n; i++)
			cx_buf_addc(&key, item.p[i] == ' ' ? '_' : item.p[i]);
		word = report_word_or_null(cx_buf_str(&key));
		if (item.n)
			report_put_item(&list, word ? cx_str(word) : item);
	}
	cx_buf_adds(out, cx_buf_str(&list));
	cx_buf_release(&list);
	cx_buf_release(&key);
}

static bool is_period(const struct report_table *t, size_t column)
{
	return (ptrdiff_t)column == t->period;
}

static enum cx_page_side side_of(const struct report_table *t, size_t column)
{
	return report_form_is_text(t->columns[column].form) ? CX_PAGE_LEFT
	                                                    : CX_PAGE_RIGHT;
}

/* What is never set or never known is not worth a column. */
static bool is_idle(const struct report_table *t, size_t column)
{
	bool flag = t->columns[column].form == REPORT_FLAG;

	for (size_t row = 0; row < t->n_rows; row++) {
		struct cx_str cell =
		    report_table_cell(t, row, (ptrdiff_t)column);

		if (cell.n && !(flag && cx_str_eq(cell, cx_str("0"))))
			return false;
	}
	return t->n_rows > 0 || flag;
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
	/* What happens is counted, not who answers. */
	if (t->kind >= REPORT_HANDOFFS && t->kind <= REPORT_PATHS &&
	    strcmp(name, "n") == 0)
		word = report_word("col_count");
	else if (!is_group(t, column) || is_period(t, column))
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
	case REPORT_THOUSANDTHS:
		report_put_real(out, x, 3);
		break;
	case REPORT_SECONDS:
		report_put_duration(out, x);
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

/* Decimals of an interval; 0 for other forms. */
static int range_decimals(enum report_form form)
{
	return form == REPORT_RANGE    ? 1
	       : form == REPORT_RANGE2 ? 2
	       : form == REPORT_RANGE3 ? 3
	                               : 0;
}

static void put_range_of(
    struct cx_buf *out, const struct report_table *t, size_t row, size_t column)
{
	double lo = report_table_number(t, row, (ptrdiff_t)column), hi = NAN;

	if (column + 1 < t->n_columns)
		hi = report_table_number(t, row, (ptrdiff_t)column + 1);
	if (isnan(lo) && isnan(hi))
		cx_buf_addz(out, "–");
	else
		report_put_range(
		    out, lo, hi, range_decimals(t->columns[column].form));
}

/* Flags say nothing then; that a period goes on is about nobody. */
static void put_masked(
    struct cx_buf *out, const struct report_table *t, size_t column)
{
	if (t->columns[column].form != REPORT_FLAG)
		cx_buf_addz(out, report_word("masked"));
}

/* A value of cards is a name, or else what a masked row must not tell. */
static bool masks_text(const struct report_table *t, size_t row, size_t column)
{
	if (t->kind != REPORT_CARDS ||
	    strcmp(t->columns[column].name, "value") != 0)
		return false;
	return report_cards_mask_value(t, row);
}

/* A cell of a number that is not told says so. */
static void put_cell(struct cx_buf *out, const struct report_table *t,
    size_t row, size_t column, bool masked)
{
	struct cx_str cell = report_table_cell(t, row, (ptrdiff_t)column);
	enum report_form form = t->columns[column].form;

	if (is_period(t, column)) {
		if (cell.n)
			report_put_period(out, cell);
		else
			cx_buf_addz(out, report_word("no_time"));
	} else if (is_group(t, column)) {
		cx_buf_adds(out, group_text(cell));
	} else if (form == REPORT_TEXT && !masks_text(t, row, column)) {
		/* The first column names the row. */
		cx_buf_adds(out, column ? cell : group_text(cell));
	} else if (form == REPORT_VERSUS) {
		report_put_versus(out, cell);
	} else if (masked) {
		put_masked(out, t, column);
	} else if (form == REPORT_RESULT) {
		cx_buf_adds(out, cell);
	} else if (form == REPORT_WORDS) {
		report_put_words(out, cell);
	} else if (range_decimals(form)) {
		put_range_of(out, t, row, column);
	} else {
		put_number(
		    out, form, report_table_number(t, row, (ptrdiff_t)column));
	}
}

/* What a masked cell rests on: "<5", by the table or by the page. */
static void put_masked_n(
    struct cx_buf *out, const struct report_table *t, size_t row, size_t column)
{
	struct cx_str cell = report_table_cell(t, row, (ptrdiff_t)column);

	bool small =
	    (ptrdiff_t)column == t->base
	        ? t->marks[row] == CX_MASK_SMALL
	        : !report_table_is_masked(t, row, -1, report_settings.min_n);

	if (cell.n && cell.p[0] == '<') {
		cx_buf_adds(out, cell);
	} else if (small && report_settings.min_n > 2) {
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

static bool is_about_time(const struct report_table *t, size_t column)
{
	return strcmp(t->columns[column].name, "partial") == 0;
}

static void show_row(
    struct cx_page *page, const struct report_table *t, size_t row)
{
	struct cx_buf text = { 0 };

	for (size_t i = 0; i < t->n_columns; i++) {
		bool masked = !is_about_time(t, i) &&
		              report_table_is_masked(
		                  t, row, (ptrdiff_t)i, report_settings.min_n);

		if (!is_shown(t, i))
			continue;
		cx_buf_clear(&text);
		if (masked && report_table_is_base(t, i))
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
