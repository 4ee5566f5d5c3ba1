/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/codebook.h"

#include "libcx/base/mem.h"
#include "libcx/table/reader.h"
#include "libcx/table/value.h"

#include <stdlib.h>

/* The columns of a codebook; cells of absent ones are empty. */
enum {
	COLUMN,
	HEADER,
	TYPE,
	RANGE,
	LABELS,
	MISSING,
	DATES,
	ZONE,
	LOOKUP,
	NOTE,
	N_FIELDS
};

static const char *const fields[N_FIELDS] = { "column", "header", "type",
	"range", "labels", "missing", "dates", "zone", "lookup", "note" };

static const char *const types[] = { "text", "id", "score", "number", "label",
	"time", "drop" };

enum { LARGEST_SCORE = 1000000 };

enum { N_TYPES = sizeof(types) / sizeof(*types) };

static char *copy(struct cx_str s)
{
	return cx_memdup(s.p, s.n);
}

/* ---- one cell each ---- */

static int set_type(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	struct cx_str names[N_TYPES];
	int near;

	if (cell.n == 0)
		return 0;
	entry->has_type = true;
	for (int i = 0; i < N_TYPES; i++) {
		names[i] = cx_str(types[i]);
		if (cx_str_eq(cell, names[i])) {
			entry->type = (enum cx_type)i;
			return 0;
		}
	}
	near = cx_str_nearest(cell, names, N_TYPES);
	return cx_err_set(err, CX_USAGE,
	    "%s is not a type%s%s; types are text, id, score, number, "
	    "label, time and drop",
	    cx_quote(cell), near < 0 ? "" : "; did you mean ",
	    near < 0 ? "" : types[near]);
}

/* LOW..HIGH */
static int set_range(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	struct cx_str high = cell, low = cell;

	if (cell.n == 0)
		return 0;
	for (size_t i = 0; i + 1 < cell.n; i++) {
		if (memcmp(cell.p + i, "..", 2) != 0)
			continue;
		low.n = i;
		high.p = cell.p + i + 2;
		high.n = cell.n - i - 2;
		break;
	}
	entry->has_range = true;
	if (low.n == cell.n || cx_value_number(low, &entry->low, err) < 0 ||
	    cx_value_number(high, &entry->high, err) < 0 ||
	    !(entry->low < entry->high))
		return cx_err_set(err, CX_USAGE,
		    "%s is not a range such as 0..10", cx_quote(cell));
	return 0;
}

/* LABEL=VALUE, split at the last "=". */
static int add_label(
    struct cx_entry *entry, struct cx_str item, struct cx_err *err)
{
	struct cx_str label = item, value = item;
	size_t at = item.n;

	while (at > 0 && item.p[at - 1] != '=')
		at--;
	if (at == 0)
		return cx_err_set(
		    err, CX_USAGE, "%s is not LABEL=VALUE", cx_quote(item));
	label.n = at - 1;
	value.p += at;
	value.n -= at;
	label = cx_str_trim(label);
	value = cx_str_trim(value);
	if (label.n == 0 || value.n == 0)
		return cx_err_set(err, CX_USAGE,
		    "%s lacks its label or its value", cx_quote(item));
	if (cx_lookup_add(&entry->labels, label, value) < 0)
		return cx_err_set(err, CX_USAGE, "the label %s has two values",
		    cx_quote(label));
	return 0;
}

static int set_labels(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	while (cell.n) {
		struct cx_str item = cx_str_trim(cx_str_next(&cell, '|'));

		if (item.n && add_label(entry, item, err) < 0)
			return -1;
	}
	return 0;
}

static void set_missing(struct cx_entry *entry, struct cx_str cell)
{
	while (cell.n) {
		struct cx_str item = cx_str_trim(cx_str_next(&cell, '|'));

		if (item.n)
			cx_map_put(&entry->missing, item);
	}
}

static int set_dates(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	if (cell.n == 0 || cx_date_order_of(cell, &entry->order) == 0)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "%s is not an order of dates; orders are ymd, mdy and dmy",
	    cx_quote(cell));
}

static int set_zone(
    struct cx_entry *entry, struct cx_str cell, struct cx_err *err)
{
	char *name;
	int code;

	if (cell.n == 0)
		return 0;
	name = copy(cell);
	code = cx_zone_open(&entry->zone, name, err);
	free(name);
	return code;
}

/* path, as seen from the folder of the codebook */
static void beside(struct cx_buf *out, const char *codebook, struct cx_str path)
{
	const char *slash = strrchr(codebook, '/');

	if (slash && path.n && path.p[0] != '/')
		cx_buf_add(out, codebook, (size_t)(slash - codebook) + 1);
	cx_buf_adds(out, path);
	cx_buf_addc(out, '\0');
}

/* Makes an error about the lookup table one about the codebook's cell. */
static int in_table(struct cx_err *err)
{
	struct cx_buf text = { 0 };

	cx_err_format(err, &text);
	cx_err_set(err, err->status, "%.*s", (int)text.len, text.data);
	cx_buf_release(&text);
	return -1;
}

/* FILE:KEY:VALUE */
static int set_lookup(const struct cx_codebook *book, struct cx_entry *entry,
    struct cx_str cell, struct cx_err *err)
{
	struct cx_str rest = cell, path, key;
	struct cx_buf full = { 0 };
	int code;

	if (cell.n == 0)
		return 0;
	path = cx_str_next(&rest, ':');
	key = cx_str_next(&rest, ':');
	if (!rest.p || !path.n || !key.n || !rest.n)
		return cx_err_set(err, CX_USAGE,
		    "%s is not FILE:KEY:VALUE, a table and two of its "
		    "columns",
		    cx_quote(cell));
	entry->has_lookup = true;
	beside(&full, book->path, path);
	code = cx_lookup_read(&entry->lookup, full.data, key, rest, err);
	cx_buf_release(&full);
	return code < 0 ? in_table(err) : 0;
}

/* ---- one row ---- */

static struct cx_entry *find_entry(struct cx_codebook *book, struct cx_str name)
{
	for (size_t i = 0; i < book->n; i++)
		if (cx_str_eq(cx_str(book->entries[i].name), name))
			return &book->entries[i];
	return NULL;
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

static int set_field(const struct cx_codebook *book, struct cx_entry *entry,
    int field, struct cx_str cell, struct cx_err *err)
{
	switch (field) {
	case TYPE:
		return set_type(entry, cell, err);
	case RANGE:
		return set_range(entry, cell, err);
	case LABELS:
		return set_labels(entry, cell, err);
	case MISSING:
		set_missing(entry, cell);
		return 0;
	case DATES:
		return set_dates(entry, cell, err);
	case ZONE:
		return set_zone(entry, cell, err);
	case LOOKUP:
		return set_lookup(book, entry, cell, err);
	default:
		return 0;
	}
}

static int add_row(struct cx_codebook *book, const struct cx_row *row,
    const ptrdiff_t *at, unsigned long line, struct cx_err *err)
{
	struct cx_str name = cell_of(row, at, COLUMN);
	struct cx_str header = cell_of(row, at, HEADER);
	struct cx_entry *entry;

	/* What is dropped needs no name of its own. */
	if (!name.n && cx_str_eq(cell_of(row, at, TYPE), cx_str("drop")))
		name = header;
	if (!name.n)
		return cx_err_set(err, CX_USAGE, "there is no name");
	if (find_entry(book, name))
		return cx_err_set(err, CX_USAGE, "the column %s has two rows",
		    cx_quote(name));
	entry = add_entry(book, name, header.n ? header : name);
	entry->line = line;
	for (int i = TYPE; i < N_FIELDS; i++) {
		if (set_field(book, entry, i, cell_of(row, at, i), err) < 0) {
			cx_err_column(err, cx_str(fields[i]));
			return -1;
		}
	}
	return 0;
}

/* ---- the whole ---- */

static int find_fields(
    const struct cx_header *header, ptrdiff_t *at, struct cx_err *err)
{
	struct cx_header known = { { 0 } };
	size_t column;
	int code = 0;

	for (int i = 0; i < N_FIELDS; i++) {
		at[i] = cx_header_look(header, cx_str(fields[i]));
		(void)cx_header_add(&known, cx_str(fields[i]), err);
	}
	for (size_t i = 0; code == 0 && i < cx_header_n(header); i++)
		code = cx_header_find(
		    &known, cx_header_name(header, i), &column, err);
	cx_header_release(&known);
	if (code == 0 && at[COLUMN] < 0)
		return cx_err_set(
		    err, CX_USAGE, "a codebook needs the column \"column\"");
	return code;
}

static int read_rows(
    struct cx_codebook *book, struct cx_reader *reader, struct cx_err *err)
{
	ptrdiff_t at[N_FIELDS];
	const struct cx_row *row;
	int more;

	if (find_fields(cx_reader_header(reader), at, err) < 0) {
		err->line = 1;
		return -1;
	}
	while ((more = cx_reader_next(reader, &row, err)) > 0) {
		unsigned long line = cx_reader_line(reader);

		if (add_row(book, row, at, line, err) < 0) {
			err->line = line;
			return -1;
		}
	}
	return more;
}

int cx_codebook_read(
    struct cx_codebook *book, const char *path, struct cx_err *err)
{
	struct cx_reader_options options = { .foreign = true };
	struct cx_reader *reader;
	struct cx_input *in;
	int code;

	book->path = cx_strdup(path);
	if (cx_input_open(&in, path, err) < 0)
		return -1;
	code = cx_reader_open(&reader, in, &options, err);
	if (code == 0) {
		code = read_rows(book, reader, err);
		cx_reader_close(reader);
	}
	if (code < 0)
		cx_err_file(err, path);
	cx_input_close(in);
	return code;
}

int cx_codebook_name(
    struct cx_codebook *book, struct cx_str text, struct cx_err *err)
{
	struct cx_str header = text;
	struct cx_str name = cx_str_next(&header, '=');
	struct cx_entry *entry;

	if (!header.p || !name.n || !header.n)
		return cx_err_set(
		    err, CX_USAGE, "-c: %s is not NAME=COLUMN", cx_quote(text));
	entry = find_entry(book, name);
	if (entry) {
		free(entry->header);
		entry->header = copy(header);
		return 0;
	}
	add_entry(book, name, header);
	return 0;
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

static int check_entry(
    const struct cx_codebook *book, struct cx_entry *entry, struct cx_err *err)
{
	bool scaled =
	    entry->type == CX_TYPE_SCORE || entry->type == CX_TYPE_NUMBER;

	if (entry->has_range && !scaled)
		return wrong(book, entry, RANGE,
		    "is no score or number and has no range", err);
	if (entry->type == CX_TYPE_TIME && entry->labels.keys.n)
		return wrong(
		    book, entry, LABELS, "is a time and has no labels", err);
	if (entry->type == CX_TYPE_LABEL && entry->labels.keys.n == 0)
		return wrong(book, entry, LABELS, "needs its labels", err);
	if (entry->type != CX_TYPE_SCORE)
		return 0;
	if (!entry->has_range && strcmp(entry->name, "nps") == 0) {
		entry->has_range = true;
		entry->low = 0;
		entry->high = 10;
	}
	if (entry->has_range && is_whole(entry->low) && is_whole(entry->high))
		return 0;
	return wrong(book, entry, RANGE,
	    "needs its scale in whole numbers, such as 1..5", err);
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
		if (entry->type == CX_TYPE_TIME && !entry->zone && zone &&
		    cx_zone_open(&entry->zone, zone, err) < 0)
			return -1;
	}
	return 0;
}

void cx_codebook_release(struct cx_codebook *book)
{
	for (size_t i = 0; i < book->n; i++) {
		struct cx_entry *entry = &book->entries[i];

		free(entry->name);
		free(entry->header);
		cx_lookup_release(&entry->labels);
		cx_map_release(&entry->missing);
		cx_lookup_release(&entry->lookup);
		cx_zone_free(entry->zone);
	}
	free(book->entries);
	free(book->path);
	*book = (struct cx_codebook){ 0 };
}
