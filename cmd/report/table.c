/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/report/kinds.h"

#include "cmd/report/mask.h"
#include "libcx/base/mem.h"
#include "libcx/table/instant.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

/* ---- what it is ---- */

static bool has_needed(
    const struct report_kind_columns *kind, const struct cx_header *header)
{
	for (const struct report_known *k = kind->columns; k->name; k++)
		if (k->is_needed && cx_header_look(header, cx_str(k->name)) < 0)
			return false;
	return true;
}

static const struct report_known *find_known(
    const struct report_known *k, struct cx_str name)
{
	for (; k->name; k++)
		if (cx_str_eq(cx_str(k->name), name))
			return k;
	return NULL;
}

static int recognise(
    struct report_table *t, const struct cx_header *header, struct cx_err *err)
{
	struct cx_map programs = { 0 };
	struct cx_buf names = { 0 };

	for (int i = 0; i < REPORT_N_KINDS; i++) {
		if (has_needed(&report_kinds[i], header)) {
			t->kind = (enum report_kind)i;
			return 0;
		}
	}
	for (int i = 0; i < REPORT_N_KINDS; i++)
		cx_map_put(&programs, cx_str(report_kinds[i].programs));
	for (size_t i = 0; i < programs.n; i++) {
		cx_buf_addz(&names, i ? ", " : "");
		cx_buf_adds(&names, cx_map_key(&programs, i));
	}
	cx_err_set(err, CX_DATA, "by its columns this is no table of %.*s",
	    (int)names.len, names.data);
	err->line = 1;
	cx_map_release(&programs);
	cx_buf_release(&names);
	return -1;
}

/* day, week, month, quarter or year, perhaps of rolling windows: month_90d. */
static bool is_period(struct cx_str name)
{
	char word[CX_PERIOD_SIZE];
	enum cx_period period;
	size_t n = 0;

	while (n < name.n && name.p[n] != '_')
		n++;
	if (n >= sizeof(word))
		return false;
	memcpy(word, name.p, n);
	word[n] = '\0';
	return cx_period_of(word, &period) == 0;
}

/* Groups stand before the first column of a kind, or behind one of them. */
static bool may_be_group(const struct report_table *t)
{
	const char *behind = report_kinds[t->kind].groups_behind;
	const struct report_column *last;

	if (t->n_columns == 0)
		return !behind;
	last = &t->columns[t->n_columns - 1];
	return last->is_group || (behind && strcmp(last->name, behind) == 0);
}

static int add_column(
    struct report_table *t, struct cx_str name, struct cx_err *err)
{
	const struct report_kind_columns *kind = &report_kinds[t->kind];
	const struct report_known *k = find_known(kind->columns, name);
	struct report_column *column = &t->columns[t->n_columns];

	/* In front of all others a group may be called as one of them. */
	if (!k && kind->more && !may_be_group(t))
		k = find_known(kind->more, name);
	if (!k && !may_be_group(t)) {
		cx_err_set(err, CX_DATA, "a table of %s has no column %s",
		    kind->programs, cx_quote(name));
		err->line = 1;
		return -1;
	}
	*column = (struct report_column){ .name = cx_memdup(name.p, name.n),
		.base = k ? k->base : NULL,
		.form = k ? k->form : REPORT_TEXT,
		.is_hidden = k && k->is_hidden,
		.is_group = !k };
	if (!k)
		t->groups[t->n_groups++] = (ptrdiff_t)t->n_columns;
	t->n_columns++;
	return 0;
}

/* Numbers of a row that other rows have a part in. */
static bool is_against(const struct report_column *column)
{
	static const char *const names[] = { "diff", "diff_lo", "diff_hi", "p",
		"p_adj", "q", "q_df", "q_p", "index" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!column->is_group && strcmp(column->name, names[i]) == 0)
			return true;
	return false;
}

static int read_columns(
    struct report_table *t, const struct cx_header *header, struct cx_err *err)
{
	size_t n = cx_header_n(header);
	ptrdiff_t last;

	t->period = t->base = -1;
	t->columns = cx_calloc(n, sizeof(*t->columns));
	t->groups = cx_calloc(n, sizeof(*t->groups));
	for (size_t i = 0; i < n; i++) {
		if (add_column(t, cx_header_name(header, i), err) < 0)
			return -1;
		t->columns[i].is_against = is_against(&t->columns[i]);
	}
	if (report_kinds[t->kind].base)
		t->base = report_table_column(t, report_kinds[t->kind].base);
	if (t->n_groups == 0 || !report_kinds[t->kind].has_periods)
		return 0;
	last = t->groups[t->n_groups - 1];
	if (!is_period(cx_str(t->columns[last].name)))
		return 0;
	t->period = last;
	t->n_groups--;
	return 0;
}

/* ---- its rows ---- */

static bool is_mask(struct cx_str cell)
{
	return cx_str_eq(cell, cx_str("masked")) ||
	       cx_str_eq(cell, cx_str("*")) ||
	       (cell.n > 1 && cell.p[0] == '<' && cell.p[1] >= '0' &&
	           cell.p[1] <= '9');
}

static int check_cell(
    const struct report_column *column, struct cx_str cell, struct cx_err *err)
{
	double x;

	if (report_form_is_text(column->form) || cell.n == 0 || is_mask(cell) ||
	    cx_value_number(cell, &x, err) == 0)
		return 0;
	cx_err_column(err, cx_str(column->name));
	return -1;
}

static void add_cell(struct report_table *t, struct cx_str cell)
{
	if (t->n_cells == t->cap) {
		t->cap = t->cap ? cx_mul(t->cap, 2) : 256;
		t->ends = cx_realloc(t->ends, cx_mul(t->cap, sizeof(*t->ends)));
	}
	cx_buf_adds(&t->text, cell);
	t->ends[t->n_cells++] = t->text.len;
}

static int add_row(
    struct report_table *t, const struct cx_row *row, struct cx_err *err)
{
	for (size_t i = 0; i < t->n_columns; i++) {
		struct cx_str cell = cx_row_cell(row, i);

		if (check_cell(&t->columns[i], cell, err) < 0)
			return -1;
		add_cell(t, cell);
	}
	t->n_rows++;
	return 0;
}

/* Programs print a group once, and its periods in order. */
static int check_order(const struct report_table *t, struct cx_err *err)
{
	size_t row = t->n_rows - 1;
	struct cx_str now, before;

	if (row == 0 || !report_kinds[t->kind].is_unique ||
	    !report_table_same_groups(t, row, row - 1))
		return 0;
	now = report_table_cell(t, row, t->period);
	before = report_table_cell(t, row - 1, t->period);
	if (t->period >= 0 && report_period_is_before(before, now))
		return 0;
	return cx_err_set(err, CX_DATA,
	    t->period >= 0 ? "periods are not in their order, or one is twice"
	                   : "this group is there a second time");
}

static int read_rows(
    struct report_table *t, struct cx_reader *reader, struct cx_err *err)
{
	const struct cx_row *row;
	int more;

	while ((more = cx_reader_next(reader, &row, err)) > 0) {
		if (add_row(t, row, err) == 0 && check_order(t, err) == 0)
			continue;
		err->line = cx_reader_line(reader);
		return -1;
	}
	return more;
}

static int read_from(struct report_table *t, struct cx_input *in,
    const struct cx_cli *cli, struct cx_err *err)
{
	struct cx_reader_options options = { .delimiter = cli->delimiter };
	const struct cx_header *header;
	struct cx_reader *reader;
	int code;

	if (cx_reader_open(&reader, in, &options, err) < 0)
		return -1;
	header = cx_reader_header(reader);
	code = recognise(t, header, err);
	if (code == 0)
		code = read_columns(t, header, err);
	if (code == 0)
		code = read_rows(t, reader, err);
	cx_reader_close(reader);
	return code;
}

int report_table_read(struct report_table *t, const struct cx_cli *cli,
    const char *file, struct cx_err *err)
{
	struct cx_input *in;
	int code;

	*t = (struct report_table){ .file =
		                        strcmp(file, "-") == 0 ? NULL : file };
	if (cx_input_open(&in, file, err) < 0)
		return -1;
	code = read_from(t, in, cli, err);
	if (code < 0)
		cx_err_file(err, cx_input_name(in));
	cx_input_close(in);
	return code;
}

void report_table_release(struct report_table *t)
{
	for (size_t i = 0; i < t->n_columns; i++)
		free(t->columns[i].name);
	free(t->columns);
	free(t->groups);
	free(t->name);
	free(t->ends);
	free(t->marks);
	cx_buf_release(&t->text);
}

/* ---- cells ---- */

bool report_period_is_before(struct cx_str a, struct cx_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order < 0 || (order == 0 && a.n < b.n);
}

struct cx_str report_table_cell(
    const struct report_table *t, size_t row, ptrdiff_t column)
{
	size_t cell, start;

	if (column < 0)
		return (struct cx_str){ "", 0 };
	cell = row * t->n_columns + (size_t)column;
	start = cell ? t->ends[cell - 1] : 0;
	return (struct cx_str){ t->text.data + start, t->ends[cell] - start };
}

bool report_table_same_groups(const struct report_table *t, size_t a, size_t b)
{
	for (size_t i = 0; i < t->n_groups; i++)
		if (!cx_str_eq(report_table_cell(t, a, t->groups[i]),
		        report_table_cell(t, b, t->groups[i])))
			return false;
	return true;
}

double report_table_number(
    const struct report_table *t, size_t row, ptrdiff_t column)
{
	struct cx_str cell = report_table_cell(t, row, column);
	struct cx_err ignored;
	double x;

	if (cell.n == 0 || is_mask(cell) ||
	    cx_value_number(cell, &x, &ignored) < 0)
		return NAN;
	return x;
}

ptrdiff_t report_table_column(const struct report_table *t, const char *name)
{
	for (size_t i = 0; i < t->n_columns; i++)
		if (!t->columns[i].is_group &&
		    strcmp(t->columns[i].name, name) == 0)
			return (ptrdiff_t)i;
	return -1;
}

bool report_table_is_told(
    const struct report_table *t, size_t row, ptrdiff_t column)
{
	return column >= 0 && !is_mask(report_table_cell(t, row, column));
}

static const char *base_of(const struct report_table *t, ptrdiff_t column)
{
	if (column >= 0 && t->columns[column].base)
		return t->columns[column].base;
	return report_kinds[t->kind].base;
}

bool report_table_is_base(const struct report_table *t, size_t column)
{
	const char *base = base_of(t, (ptrdiff_t)column);

	return base && !t->columns[column].is_group &&
	       strcmp(base, t->columns[column].name) == 0;
}

bool report_table_is_masked(
    const struct report_table *t, size_t row, ptrdiff_t column, double least)
{
	ptrdiff_t at = -1;
	double n;

	if (t->marks && t->marks[row] != CX_MASK_SHOWN)
		return true;
	if (column < 0 || t->base < 0 || t->columns[column].is_group)
		return false;
	if (report_mask_compares(t, row, column))
		return true;
	if (t->columns[column].base)
		at = report_table_column(t, t->columns[column].base);
	n = report_table_number(t, row, at);
	/* Of nobody nothing is told. */
	return is_mask(report_table_cell(t, row, at)) || (n < least && n > 0);
}
