/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record: what is to be known of it later, and its rows as they go out. */
#include "cmd/ingest-rows.h"

#include "libcx/base/hash.h"
#include "libcx/base/mem.h"
#include "libcx/table/instant.h"
#include "libcx/table/reader.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

/* ---- lines of TSV ---- */

size_t ingest_split(
    const char *p, const char *end, struct cx_str *cells, size_t most)
{
	size_t n = 0;

	while (n < most) {
		const char *tab = memchr(p, '\t', (size_t)(end - p));
		const char *stop = tab ? tab : end;

		cells[n++] = (struct cx_str){ p, (size_t)(stop - p) };
		if (!tab)
			break;
		p = tab + 1;
	}
	return n;
}

static char meant(char c)
{
	switch (c) {
	case 't':
		return '\t';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	default:
		return c;
	}
}

struct cx_str ingest_plain(struct cx_str cell, struct cx_buf *room)
{
	if (!cell.n || !memchr(cell.p, '\\', cell.n))
		return cell;
	cx_buf_clear(room);
	for (size_t i = 0; i < cell.n; i++) {
		bool escaped = cell.p[i] == '\\' && i + 1 < cell.n;

		cx_buf_addc(room, escaped ? meant(cell.p[++i]) : cell.p[i]);
	}
	return cx_buf_str(room);
}

/* ---- facts ---- */

struct cx_str ingest_cell(const struct ingest_piece *p, size_t column)
{
	return column < p->n_cells ? p->cells[column]
	                           : (struct cx_str){ "", 0 };
}

/* A cell that tells groups apart, as it goes out where that is a pseudonym. */
static void add_key(
    const struct ingest_rows *rows, struct ingest_piece *p, size_t column)
{
	struct cx_str cell = ingest_cell(p, column);
	char pseudonym[CX_PSEUDONYM_SIZE];

	if (!cell.n)
		return;
	if (rows->cells[column] != CELLS_PSEUDONYMS) {
		cx_buf_adds(&p->keys, cx_str_trim(cell));
		return;
	}
	cell = ingest_plain(cell, &p->plain);
	if (cx_pseudonym_make(&rows->key, cell, &p->room, pseudonym))
		cx_buf_add(&p->keys, pseudonym, sizeof(pseudonym));
}

static void add_keys(const struct ingest_rows *rows, struct ingest_piece *p,
    struct ingest_record *r)
{
	struct cx_str id = ingest_cell(p, rows->id);

	if (id.n && rows->duplicates != DUPLICATES_KEEP) {
		cx_buf_adds(&p->keys, id);
		cx_buf_addc(&p->keys, '\t');
		cx_buf_adds(&p->keys, ingest_cell(p, rows->touchpoint));
	}
	r->key_end[KEY_ID] = p->keys.len;
	if (rows->group != CX_ABSENT)
		cx_buf_adds(&p->keys, id);
	r->key_end[KEY_RESPONSE] = p->keys.len;
	add_key(rows, p, rows->group);
	r->key_end[KEY_GROUP] = p->keys.len;
	add_key(rows, p, rows->order);
	r->key_end[KEY_ORDER] = p->keys.len;
}

static int read_time(const struct ingest_rows *rows,
    const struct ingest_piece *p, struct ingest_record *r, struct cx_err *err)
{
	struct cx_str cell = ingest_cell(p, rows->time);

	r->time = INT64_MIN;
	if (!cell.n || cx_instant_parse(cell, &r->time, err) == 0)
		return 0;
	cx_err_column(err, cx_str("time"));
	return -1;
}

static int read_duration(const struct ingest_rows *rows,
    const struct ingest_piece *p, struct ingest_record *r,
    const struct cx_map *names, struct cx_err *err)
{
	struct cx_str cell = cx_str_trim(ingest_cell(p, rows->duration));

	r->duration = NAN;
	if (!cell.n)
		return 0;
	if (cx_value_number(cell, &r->duration, err) < 0) {
		cx_err_column(err, cx_map_key(names, rows->duration));
		return -1;
	}
	if (r->duration < rows->least)
		r->flags |= FLAG_SPEEDER;
	return 0;
}

static int read_facts(const struct ingest *ingest, struct ingest_piece *p,
    struct ingest_record *r, const char *at, const char *end,
    struct cx_err *err)
{
	const struct ingest_rows *rows = ingest->rows;
	const char *lf = memchr(at, '\n', (size_t)(end - at));
	const char *stop = lf ? lf : end;

	p->n_cells = ingest_split(at, stop, p->cells, rows->n_needed);
	add_keys(rows, p, r);
	if (rows->time != CX_ABSENT && read_time(rows, p, r, err) < 0)
		return -1;
	if (rows->duration != CX_ABSENT &&
	    read_duration(rows, p, r, &ingest->columns.names, err) < 0)
		return -1;
	return ingest_flag(rows, p, r, lf ? lf + 1 : end, end, err);
}

/* ---- rows ---- */

static struct cx_str treat_cell(const struct ingest_rows *rows,
    struct ingest_piece *p, enum ingest_cells kind, struct cx_str cell,
    char *pseudonym)
{
	if (kind == CELLS_PSEUDONYMS)
		return cx_pseudonym_make(&rows->key, cell, &p->room, pseudonym)
		           ? (struct cx_str){ pseudonym, CX_PSEUDONYM_SIZE }
		           : (struct cx_str){ "", 0 };
	cx_buf_clear(&p->room);
	if (kind == CELLS_REDACTED && cx_redact(&p->redactor, cell, &p->room))
		return cx_buf_str(&p->room);
	return cell;
}

static void put_row(const struct ingest_rows *rows, struct ingest_piece *p,
    const char *at, const char *end, unsigned flags)
{
	bool tsv = cx_writer_is_tsv(p->rows.writer);

	p->n_cells = ingest_split(at, end, p->cells, rows->n_columns);
	for (size_t i = 0; i < p->n_cells; i++) {
		enum ingest_cells kind = rows->cells[i];
		char pseudonym[CX_PSEUDONYM_SIZE];
		struct cx_str cell = p->cells[i];

		if (kind == CELLS_DROPPED)
			continue;
		if (kind == CELLS_STAY && tsv) {
			cx_lines_plain(&p->rows, cell);
			continue;
		}
		cell = ingest_plain(cell, &p->plain);
		cx_lines_text(
		    &p->rows, treat_cell(rows, p, kind, cell, pseudonym));
	}
	if (rows->flags && !rows->hold)
		ingest_put_flags(&p->rows, flags);
	cx_lines_end(&p->rows);
}

static void put_rows(const struct ingest_rows *rows, struct ingest_piece *p,
    const char *at, const char *end, unsigned flags)
{
	const char *lf;

	do {
		lf = memchr(at, '\n', (size_t)(end - at));
		put_row(rows, p, at, lf ? lf : end, flags);
		at = lf ? lf + 1 : end;
	} while (lf);
}

/* ---- the whole ---- */

static uint32_t count_lines(const char *at, const char *end)
{
	uint32_t n = 0;

	for (; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		n++;
	return n;
}

static struct ingest_record *new_record(struct ingest_piece *p)
{
	if (p->n == p->cap) {
		p->cap = p->cap ? cx_mul(p->cap, 2) : 256;
		p->records =
		    cx_realloc(p->records, cx_mul(p->cap, sizeof(*p->records)));
	}
	p->records[p->n] = (struct ingest_record){ .time = INT64_MIN };
	return &p->records[p->n];
}

static void take_back(struct ingest_state *s, size_t from, size_t keys)
{
	s->lines.bytes.len = s->lines.whole = from;
	s->piece->keys.len = keys;
}

int ingest_treat(struct ingest_state *s, size_t from, const struct cx_row *row,
    struct cx_err *err)
{
	const struct ingest *ingest = s->ingest;
	const struct ingest_rows *rows = ingest->rows;
	struct ingest_piece *p = s->piece;
	struct ingest_record *r = new_record(p);
	size_t keys = p->keys.len;
	const char *at, *end;

	cx_buf_reserve(&s->lines.bytes, CX_ROW_SLACK);
	/* Each row starts with a line end. */
	at = s->lines.bytes.data + from + 1;
	end = s->lines.bytes.data + s->lines.bytes.len;
	if (read_facts(ingest, p, r, at, end, err) < 0) {
		take_back(s, from, keys);
		return -1;
	}
	if (r->key_end[KEY_ID] > keys) {
		r->content = cx_hash((struct cx_str){ at, (size_t)(end - at) });
		r->line = cx_row_line(row);
		if (ingest->job->rejects)
			cx_buf_adds(&p->raw, cx_row_source(row));
	}
	r->raw_end = p->raw.len;
	r->n_ratings = s->recipe.n_ratings ? count_lines(at, end) : 0;
	if (rows->rewrite) {
		put_rows(rows, p, at, end, r->flags);
		s->lines.bytes.len = s->lines.whole = 0;
	}
	r->rows_end = rows->rewrite ? p->rows.bytes.len : s->lines.bytes.len;
	p->n++;
	return 0;
}

struct ingest_piece *ingest_piece_new(const struct ingest *ingest)
{
	const struct ingest_rows *rows = ingest->rows;
	struct ingest_piece *p = cx_calloc(1, sizeof(*p));

	p->cells = cx_calloc(rows->n_columns + 1, sizeof(*p->cells));
	p->rows.writer = rows->hold ? rows->form : ingest->writer;
	if (ingest_asked.conditions) {
		struct cx_err ignored; /* the columns are known to be there */

		p->ends = cx_calloc(rows->n_columns + 1, sizeof(*p->ends));
		p->conditions = cx_test_new(
		    ingest_asked.conditions, &rows->header, &ignored);
	}
	return p;
}

void ingest_piece_free(struct ingest_piece *p)
{
	if (!p)
		return;
	cx_lines_release(&p->rows);
	free(p->records);
	free(p->cells);
	cx_buf_release(&p->keys);
	cx_buf_release(&p->raw);
	cx_buf_release(&p->plain);
	cx_buf_release(&p->room);
	cx_redactor_release(&p->redactor);
	cx_test_free(p->conditions);
	free(p->ends);
	cx_scratch_release(&p->scratch);
	free(p);
}
