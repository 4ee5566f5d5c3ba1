/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/codebook.h"

#include "libcx/base/compose.h"
#include "libcx/base/glob.h"
#include "libcx/base/mem.h"
#include "libcx/table/entry.h"
#include "libcx/table/settings.h"

#include <stdio.h>
#include <stdlib.h>

/* In the order of enum cx_field. */
static const char *const fields[CX_N_FIELDS] = { "rule", "row", "column",
	"header", "type", "range", "labels", "missing", "dates", "decimal",
	"zone", "lookup", "merges", "high-is", "stage", "touchpoint", "channel",
	"cells", "note" };

enum { LARGEST_SCORE = 1000000 };

static char *copy(struct cx_str s)
{
	return cx_memdup(s.p, s.n);
}

/* ---- one row ---- */

/* How many rows have the name, and the last of them. */
static size_t find_entries(
    struct cx_codebook *book, struct cx_str name, struct cx_entry **found)
{
	size_t n = 0;

	*found = NULL;
	for (size_t i = 0; i < book->n; i++) {
		if (!cx_str_eq(cx_str(book->entries[i].name), name))
			continue;
		*found = &book->entries[i];
		n++;
	}
	return n;
}

static struct cx_entry *add_entry(
    struct cx_codebook *book, struct cx_str name, struct cx_str header)
{
	struct cx_entry *entry;

	book->entries = cx_realloc(
	    book->entries, cx_mul(book->n + 1, sizeof(*book->entries)));
	entry = &book->entries[book->n++];
	*entry =
	    (struct cx_entry){ .name = copy(name), .header = copy(header) };
	return entry;
}

static struct cx_str cell_of(
    const struct cx_row *row, const ptrdiff_t *at, int field)
{
	if (at[field] < 0)
		return (struct cx_str){ "", 0 };
	return cx_str_trim(cx_row_cell(row, (size_t)at[field]));
}

/* Two ratings of one touchpoint cannot go to one column. */
static bool same_place(const struct cx_entry *a, const struct cx_entry *b)
{
	if (!a->touchpoint || !b->touchpoint)
		return !a->touchpoint && !b->touchpoint;
	return strcmp(a->touchpoint, b->touchpoint) == 0;
}

/* Several columns of the source make one multi, or one of several optional. */
static bool may_share(const struct cx_entry *a, const struct cx_entry *b)
{
	if (a->type == CX_TYPE_MULTI && b->type == CX_TYPE_MULTI)
		return true;
	return (a->optional && b->optional) || !same_place(a, b);
}

static int check_twice(const struct cx_codebook *book, struct cx_err *err)
{
	const struct cx_entry *last = &book->entries[book->n - 1];

	for (const struct cx_entry *e = book->entries; e < last; e++)
		if (strcmp(e->name, last->name) == 0 && !may_share(e, last))
			return cx_err_set(err, CX_USAGE,
			    "the column %s has two rows",
			    cx_quote(cx_str(last->name)));
	return 0;
}

static int add_column(struct cx_codebook *book, const struct cx_row *row,
    const ptrdiff_t *at, unsigned long line, struct cx_err *err)
{
	struct cx_str name = cell_of(row, at, CX_FIELD_COLUMN);
	struct cx_str header = cell_of(row, at, CX_FIELD_HEADER);
	struct cx_entry *entry;

	/* What is dropped needs no name of its own. */
	if (!name.n &&
	    cx_str_eq(cell_of(row, at, CX_FIELD_TYPE), cx_str("drop")))
		name = header;
	if (!name.n)
		return cx_err_set(err, CX_USAGE, "there is no name");
	entry = add_entry(book, name, header.n ? header : name);
	entry->line = line;
	entry->optional = book->is_format;
	for (int i = CX_FIELD_TYPE; i < CX_N_FIELDS; i++) {
		if (cx_entry_set(entry, (enum cx_field)i, cell_of(row, at, i),
		        book->path, err) < 0) {
			cx_err_column(err, cx_str(fields[i]));
			return -1;
		}
	}
	return check_twice(book, err);
}

static int add_rule(struct cx_codebook *book, const struct cx_row *row,
    const ptrdiff_t *at, unsigned long line, struct cx_err *err)
{
	struct cx_rule *rule;

	book->rules = cx_realloc(
	    book->rules, cx_mul(book->n_rules + 1, sizeof(*book->rules)));
	rule = &book->rules[book->n_rules++];
	if (cx_rule_read(rule, cell_of(row, at, CX_FIELD_RULE),
	        cell_of(row, at, CX_FIELD_ROW),
	        cell_of(row, at, CX_FIELD_HEADER),
	        cell_of(row, at, CX_FIELD_CELLS),
	        cell_of(row, at, CX_FIELD_NOTE), err) < 0)
		return -1;
	rule->line = line;
	if (book->is_format || rule->word == CX_RULE_DROP)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "only a format has this rule; in a codebook there is drop");
}

static int add_row(struct cx_codebook *book, const struct cx_row *row,
    const ptrdiff_t *at, unsigned long line, struct cx_err *err)
{
	if (cell_of(row, at, CX_FIELD_RULE).n == 0)
		return add_column(book, row, at, line, err);
	if (add_rule(book, row, at, line, err) == 0)
		return 0;
	cx_err_column(err, cx_str(fields[CX_FIELD_RULE]));
	return -1;
}

/* ---- the whole ---- */

/* What a spreadsheet adds at the right: see cx_header_add. */
static bool is_nameless(const struct cx_header *header, size_t column)
{
	char name[32];
	int n = snprintf(name, sizeof(name), "col_%zu", column + 1);

	return cx_str_starts(
	    cx_header_name(header, column), (struct cx_str){ name, (size_t)n });
}

static bool is_blank(const struct cx_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (cx_str_trim(cx_row_cell(row, i)).n)
			return false;
	return true;
}

static int check_nameless(const struct cx_header *header,
    const struct cx_row *row, struct cx_err *err)
{
	for (size_t i = 0; i < row->n; i++)
		if (is_nameless(header, i) &&
		    cx_str_trim(cx_row_cell(row, i)).n)
			return cx_err_set(err, CX_USAGE,
			    "cell %zu stands in a column without a name",
			    i + 1);
	return 0;
}

static int find_fields(
    const struct cx_header *header, ptrdiff_t *at, struct cx_err *err)
{
	struct cx_header known = { .n_renamed = 0 };
	size_t column;
	int code = 0;

	for (int i = 0; i < CX_N_FIELDS; i++) {
		at[i] = cx_header_look(header, cx_str(fields[i]));
		(void)cx_header_add(&known, cx_str(fields[i]), err);
	}
	for (size_t i = 0; code == 0 && i < cx_header_n(header); i++)
		if (!is_nameless(header, i))
			code = cx_header_find(
			    &known, cx_header_name(header, i), &column, err);
	cx_header_release(&known);
	if (code == 0 && at[CX_FIELD_COLUMN] < 0)
		return cx_err_set(
		    err, CX_USAGE, "a codebook needs the column \"column\"");
	return code;
}

static int read_rows(void *state, struct cx_reader *reader, struct cx_err *err)
{
	struct cx_codebook *book = state;
	ptrdiff_t at[CX_N_FIELDS];
	const struct cx_row *row;
	int more;

	if (find_fields(cx_reader_header(reader), at, err) < 0) {
		err->line = 1;
		return -1;
	}
	while ((more = cx_reader_next(reader, &row, err)) > 0) {
		unsigned long line = cx_reader_line(reader);

		if (is_blank(row))
			continue;
		if (check_nameless(cx_reader_header(reader), row, err) < 0 ||
		    add_row(book, row, at, line, err) < 0) {
			err->line = line;
			return -1;
		}
	}
	if (more < 0)
		cx_reader_explain(reader, err);
	return more;
}

int cx_codebook_read(
    struct cx_codebook *book, const char *path, struct cx_err *err)
{
	book->path = cx_strdup(path);
	return cx_settings_read(path, read_rows, book, err);
}

static int name_entry(
    struct cx_codebook *book, struct cx_str text, struct cx_err *err)
{
	struct cx_str header = text;
	struct cx_str name = cx_str_next(&header, '=');
	struct cx_entry *entry;
	size_t n;

	if (!header.p || !name.n || !header.n)
		return cx_err_set(
		    err, CX_USAGE, "-c: %s is not NAME=COLUMN", cx_quote(text));
	n = find_entries(book, name, &entry);
	if (n > 1)
		return cx_err_set(err, CX_USAGE,
		    "-c: the codebook has %zu rows for %s: name the column of "
		    "each there",
		    n, cx_quote(name));
	if (!entry) {
		add_entry(book, name, header);
		return 0;
	}
	free(entry->header);
	entry->header = copy(header);
	return 0;
}

/* As the columns of files are called. */
int cx_codebook_name(
    struct cx_codebook *book, struct cx_str text, struct cx_err *err)
{
	struct cx_buf composed = { 0 };
	int code;

	(void)cx_compose(&composed, text);
	code = name_entry(book, cx_buf_str(&composed), err);
	cx_buf_release(&composed);
	return code;
}

static int wrong(const struct cx_codebook *book, const struct cx_entry *entry,
    int field, const char *what, struct cx_err *err)
{
	cx_err_set(err, CX_USAGE, "%s %s", cx_quote(cx_str(entry->name)), what);
	err->line = entry->line;
	cx_err_column(err, cx_str(fields[field]));
	cx_err_file(err, book->path ? book->path : "-c");
	return -1;
}

/* Whether a bound of a scale is a whole number of a sensible size. */
static bool is_whole(double bound)
{
	return bound >= -LARGEST_SCORE && bound <= LARGEST_SCORE &&
	       bound == (double)(int)bound;
}

static int check_labels(
    const struct cx_codebook *book, struct cx_entry *entry, struct cx_err *err)
{
	bool labelled = entry->labels.keys.n > 0;

	if (entry->type == CX_TYPE_TIME && labelled)
		return wrong(book, entry, CX_FIELD_LABELS,
		    "is a time and has no labels", err);
	entry->find_set =
	    entry->type == CX_TYPE_LABEL && !labelled && !entry->set;
	return 0;
}

static int check_direction(
    const struct cx_codebook *book, struct cx_entry *entry, struct cx_err *err)
{
	bool scaled =
	    entry->type == CX_TYPE_SCORE || entry->set || entry->find_set;

	if (!entry->high_is_bad || scaled)
		return 0;
	return wrong(book, entry, CX_FIELD_HIGH_IS,
	    "has no scale to be turned over: it is no score, and no label of "
	    "a set",
	    err);
}

static int check_place(
    const struct cx_codebook *book, struct cx_entry *entry, struct cx_err *err)
{
	bool rating = entry->type == CX_TYPE_SCORE ||
	              entry->type == CX_TYPE_LABEL ||
	              entry->type == CX_TYPE_NUMBER;

	if (!entry->touchpoint && (entry->stage || entry->channel))
		return wrong(book, entry, CX_FIELD_TOUCHPOINT,
		    "has a stage or a channel and no touchpoint", err);
	if (entry->touchpoint && cx_is_glob(cx_str(entry->name)))
		return wrong(book, entry, CX_FIELD_TOUCHPOINT,
		    "has a touchpoint, which is rated in one column, and a *",
		    err);
	if (!entry->touchpoint || rating)
		return 0;
	return wrong(book, entry, CX_FIELD_TOUCHPOINT,
	    "has a touchpoint and is no score, label or number", err);
}

static int check_scale(
    const struct cx_codebook *book, struct cx_entry *entry, struct cx_err *err)
{
	bool scaled =
	    entry->type == CX_TYPE_SCORE || entry->type == CX_TYPE_NUMBER ||
	    entry->type == CX_TYPE_MONEY || entry->type == CX_TYPE_PERCENT ||
	    entry->type == CX_TYPE_BAND;

	if (entry->has_range && !scaled)
		return wrong(book, entry, CX_FIELD_RANGE,
		    "is no score or number and has no range", err);
	if (entry->type != CX_TYPE_SCORE)
		return 0;
	if (!entry->has_range && strcmp(entry->name, "nps") == 0) {
		entry->has_range = true;
		entry->low = 0;
		entry->high = 10;
	}
	if (entry->has_range && is_whole(entry->low) && is_whole(entry->high))
		return 0;
	return wrong(book, entry, CX_FIELD_RANGE,
	    "needs its scale in whole numbers, such as 1..5", err);
}

static int check_merges(
    const struct cx_codebook *book, struct cx_entry *entry, struct cx_err *err)
{
	if (!entry->merges.keys.n || entry->type == CX_TYPE_ID)
		return 0;
	return wrong(book, entry, CX_FIELD_MERGES,
	    "is no id, and nothing was merged into it", err);
}

static int check_entry(
    const struct cx_codebook *book, struct cx_entry *entry, struct cx_err *err)
{
	if (check_scale(book, entry, err) < 0 ||
	    check_merges(book, entry, err) < 0 ||
	    check_labels(book, entry, err) < 0 ||
	    check_direction(book, entry, err) < 0)
		return -1;
	return check_place(book, entry, err);
}

int cx_codebook_defaults(
    struct cx_codebook *book, const char *zone, struct cx_err *err)
{
	for (size_t i = 0; i < book->n; i++) {
		struct cx_entry *entry = &book->entries[i];
		bool bare = !entry->has_type;

		if (bare && strcmp(entry->name, "time") == 0)
			entry->type = CX_TYPE_TIME;
		if (bare && strcmp(entry->name, "nps") == 0)
			entry->type = CX_TYPE_SCORE;
		if (check_entry(book, entry, err) < 0)
			return -1;
		if (entry->type == CX_TYPE_TIME && !entry->zone &&
		    !entry->zone_in_cells && zone &&
		    cx_zone_open(&entry->zone, zone, err) < 0)
			return -1;
	}
	return 0;
}

void cx_codebook_release(struct cx_codebook *book)
{
	for (size_t i = 0; i < book->n; i++)
		cx_entry_release(&book->entries[i]);
	for (size_t i = 0; i < book->n_rules; i++)
		cx_rule_release(&book->rules[i]);
	free(book->entries);
	free(book->rules);
	free(book->path);
	*book = (struct cx_codebook){ 0 };
}
