/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/definition.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

static const struct score_settings *const set = &score_settings;

static const char *const columns[SCORE_ASPECTS] = { "answers", "counted",
	"tz" };

/* Between the parts of a definition's text, as in the keys of groups. */
static const char between = '\0';

/* That of the table which is printed, and the parts that it tells. */
static struct cx_buf own;
static bool told[SCORE_ASPECTS];

/* How many tables were opened, and the columns that any of them has. */
static size_t n_tables;
static bool seen[SCORE_ASPECTS];

/* What a table without the column is of. */
static const char *usual[SCORE_ASPECTS] = { "", "response", "UTC" };

static void set_own(struct cx_str text)
{
	cx_buf_clear(&own);
	cx_buf_adds(&own, text);
	for (int i = 0; i < SCORE_ASPECTS; i++)
		told[i] =
		    !cx_str_eq(cx_str_next(&text, between), cx_str(usual[i]));
}

void score_definition_open(const struct score_program *program,
    const struct cx_grouping *by, const struct cx_header *header)
{
	ptrdiff_t at = cx_header_look(header, cx_str(set->answers));
	struct cx_buf text = { 0 };

	usual[SCORE_OF_ANSWERS] = program->untold;
	if (at >= 0)
		cx_buf_adds(&text, cx_header_name(header, (size_t)at));
	cx_buf_addc(&text, between);
	cx_buf_addz(&text, set->unit ? set->unit : usual[SCORE_OF_UNITS]);
	cx_buf_addc(&text, between);
	cx_buf_addz(&text,
	    by->period != CX_NO_PERIOD ? set->zone : usual[SCORE_OF_CLOCKS]);
	set_own(cx_buf_str(&text));
	cx_buf_release(&text);
}

void score_definition_columns(struct cx_sheet *sheet)
{
	for (int i = 0; i < SCORE_ASPECTS; i++) {
		if (!told[i])
			continue;
		cx_sheet_text_column(sheet, cx_str(columns[i]));
		cx_sheet_detail(sheet);
	}
}

void score_definition_cells(struct cx_sheet *sheet)
{
	struct cx_str rest = cx_buf_str(&own);

	for (int i = 0; i < SCORE_ASPECTS; i++) {
		struct cx_str part =
		    rest.p ? cx_str_next(&rest, between) : cx_str("");

		if (told[i])
			cx_sheet_text(sheet, part);
	}
}

void score_definition_release(void)
{
	cx_buf_release(&own);
}

/* ---- of tables that are added up ---- */

/* Behind the counts: a column of groups may be called so too. */
static ptrdiff_t find(const struct cx_header *header, int aspect)
{
	ptrdiff_t n = cx_header_look(header, cx_str("n"));
	ptrdiff_t at = cx_header_look(header, cx_str(columns[aspect]));

	return n >= 0 && at > n ? at : -1;
}

/* Without the periods, which stand last before the counts, no clock counts. */
static bool has_periods(
    const struct cx_grouping *by, const struct cx_header *header)
{
	ptrdiff_t n = cx_header_look(header, cx_str("n"));

	return n > 0 && cx_header_look(&by->columns,
	                    cx_header_name(header, (size_t)n - 1)) >= 0;
}

static void find_all(ptrdiff_t at[SCORE_ASPECTS], const struct cx_grouping *by,
    const struct cx_header *header)
{
	for (int i = 0; i < SCORE_ASPECTS; i++)
		at[i] = find(header, i);
	if (!has_periods(by, header))
		at[SCORE_OF_CLOCKS] = -1;
}

int score_definition_table(const struct score_program *program,
    const struct cx_grouping *by, const struct cx_header *header,
    struct cx_err *err)
{
	ptrdiff_t n = cx_header_look(header, cx_str("n"));
	ptrdiff_t at[SCORE_ASPECTS];

	usual[SCORE_OF_ANSWERS] = program->untold;
	n_tables++;
	find_all(at, by, header);
	for (int i = 0; i < SCORE_ASPECTS; i++)
		seen[i] |= at[i] >= 0;
	if (at[SCORE_OF_UNITS] < 0 || (size_t)n == cx_header_n(&by->columns))
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "each row counts customers or accounts by itself, and one may be "
	    "in several: they cannot be added up over groups or periods");
}

void score_definitions_bind(struct score_definitions *d,
    const struct cx_grouping *by, const struct cx_header *header)
{
	d->table = n_tables - 1;
	find_all(d->at, by, header);
}

static void put(struct score_definitions *d, struct cx_str text, size_t table)
{
	size_t before = d->texts.n, number = cx_map_put(&d->texts, text);

	if (number == d->cap) {
		d->cap = d->cap ? cx_mul(d->cap, 2) : 4;
		d->tables =
		    cx_realloc(d->tables, cx_mul(d->cap, sizeof(*d->tables)));
	}
	if (number == before || table < d->tables[number])
		d->tables[number] = table;
}

void score_definitions_note(
    struct score_definitions *d, const struct cx_row *row)
{
	cx_buf_clear(&d->text);
	for (int i = 0; i < SCORE_ASPECTS; i++) {
		struct cx_str cell = { NULL, 0 };

		if (d->at[i] >= 0)
			cell = cx_row_cell(row, (size_t)d->at[i]);
		if (i)
			cx_buf_addc(&d->text, between);
		cx_buf_adds(&d->text, cell.n ? cell : cx_str(usual[i]));
	}
	put(d, cx_buf_str(&d->text), d->table);
}

void score_definitions_merge(
    struct score_definitions *into, struct score_definitions *from)
{
	for (size_t i = 0; i < from->texts.n; i++)
		put(into, cx_map_key(&from->texts, i), from->tables[i]);
	cx_map_clear(&from->texts);
}

/* Of two definitions the one of the earlier table, or the first by bytes. */
static bool is_before(const struct score_definitions *d, size_t a, size_t b)
{
	if (d->tables[a] != d->tables[b])
		return d->tables[a] < d->tables[b];
	return cx_str_order(
	           cx_map_key(&d->texts, a), cx_map_key(&d->texts, b)) < 0;
}

static const char *name_of(const char *const *names, size_t table)
{
	return !names || strcmp(names[table], "-") == 0 ? "standard input"
	                                                : names[table];
}

/* The first of their parts that differs. */
static int differ(const struct score_definitions *d, size_t first, size_t other,
    const char *const *names, struct cx_err *err)
{
	struct cx_str a = cx_map_key(&d->texts, first), was;
	struct cx_str b = cx_map_key(&d->texts, other), is;
	int i = -1;

	do {
		was = cx_str_next(&a, between);
		is = cx_str_next(&b, between);
		i++;
	} while (cx_str_eq(was, is));
	cx_err_set(err, CX_USAGE,
	    "%s here, and %s in %s: they cannot be added up", cx_quote(is),
	    cx_quote(was), name_of(names, d->tables[first]));
	cx_err_column(err, cx_str(columns[i]));
	cx_err_file(err, name_of(names, d->tables[other]));
	return -1;
}

int score_definitions_settle(const struct score_definitions *d,
    const char *const *names, struct cx_err *err)
{
	size_t first = 0, other = 1;

	if (d->texts.n == 0)
		memcpy(told, seen, sizeof(told));
	else
		set_own(cx_map_key(&d->texts, 0));
	if (d->texts.n < 2)
		return 0;
	for (size_t i = 1; i < d->texts.n; i++)
		if (is_before(d, i, first))
			first = i;
	other = first == 0;
	for (size_t i = 0; i < d->texts.n; i++)
		if (i != first && is_before(d, i, other))
			other = i;
	return differ(d, first, other, names, err);
}

void score_definitions_release(struct score_definitions *d)
{
	cx_map_release(&d->texts);
	cx_buf_release(&d->text);
	free(d->tables);
}
