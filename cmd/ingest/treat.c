/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record: what is to be known of it later, and its rows as they go out. */
#include "cmd/ingest/rows.h"

#include "libcx/base/bytes.h"
#include "libcx/base/hash.h"
#include "libcx/base/mem.h"
#include "libcx/table/instant.h"
#include "libcx/table/reader.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

/*
 * Records whose rows are rewritten together, so that what is looked up for
 * them has come from memory.
 */
enum { WAITING = 8 };

/* ---- lines of TSV ---- */

size_t ingest_split(
    const char *p, const char *end, struct cx_str *cells, size_t most)
{
	return cx_bytes_split(p, end, '\t', cells, most);
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
		cx_buf_addc(&p->keys, '\0');
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
	for (size_t i = 0; rows->key.n && i < p->n_cells; i++)
		if (rows->cells[i] == CELLS_PSEUDONYMS)
			cx_pseudonym_expect(&p->recall, p->cells[i]);
	if (rows->time != CX_ABSENT && read_time(rows, p, r, err) < 0)
		return -1;
	if (rows->duration != CX_ABSENT &&
	    read_duration(rows, p, r, &ingest->columns.names, err) < 0)
		return -1;
	return ingest_flag(rows, p, r, lf ? lf + 1 : end, end, err);
}

/* ---- rows ---- */

/* A cell of TSV as it is. */
static void put_cell(struct ingest_piece *p, struct cx_str cell)
{
	if (cx_writer_is_tsv(p->rows.writer))
		cx_lines_plain(&p->rows, cell);
	else
		cx_lines_text(&p->rows, ingest_plain(cell, &p->plain));
}

/* A cell of TSV that does not stay, as it goes out. */
static void put_treated(const struct ingest_rows *rows, struct ingest_piece *p,
    enum ingest_cells kind, struct cx_str cell)
{
	char pseudonym[CX_PSEUDONYM_SIZE];

	if (kind == CELLS_REDACTED && !cx_redact_may(cell)) {
		put_cell(p, cell);
		return;
	}
	cell = ingest_plain(cell, &p->plain);
	cx_buf_clear(&p->room);
	if (kind == CELLS_REDACTED && cx_redact(&p->redactor, cell, &p->room))
		cell = cx_buf_str(&p->room);
	if (kind == CELLS_PSEUDONYMS)
		cell = cx_pseudonym_recall(
		           &rows->key, &p->recall, cell, &p->room, pseudonym)
		           ? (struct cx_str){ pseudonym, CX_PSEUDONYM_SIZE }
		           : (struct cx_str){ "", 0 };
	cx_lines_text(&p->rows, cell);
}

/* Those that stay go out as they are, as many at once as stand together. */
static void put_row(const struct ingest_rows *rows, struct ingest_piece *p,
    const char *at, const char *end, unsigned flags)
{
	bool tsv = cx_writer_is_tsv(p->rows.writer);
	size_t n = ingest_split(at, end, p->cells, rows->n_columns), i = 0;

	while (i < n) {
		const struct cx_str *cells = p->cells + i;
		size_t run = 0;

		while (tsv && i + run < n && !rows->cells[i + run])
			run++;
		if (run)
			cx_lines_run(&p->rows,
			    (struct cx_str){ cells->p,
			        (size_t)(cells[run - 1].p + cells[run - 1].n -
			                 cells->p) },
			    run);
		else if (!rows->cells[i])
			put_cell(p, *cells);
		else if (rows->cells[i] != CELLS_DROPPED)
			put_treated(rows, p, rows->cells[i], *cells);
		i += run ? run : 1;
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

void ingest_treat_rest(struct ingest_state *s)
{
	const struct ingest_rows *rows = s->ingest->rows;
	struct ingest_piece *p = s->piece;
	const char *data = s->lines.bytes.data;
	size_t start = 0;

	for (size_t i = p->n - p->n_waiting; i < p->n; i++) {
		struct ingest_record *r = &p->records[i];

		/* Each row starts with a line end. */
		put_rows(
		    rows, p, data + start + 1, data + r->rows_end, r->flags);
		start = r->rows_end;
		r->rows_end = p->rows.bytes.len;
	}
	if (p->n_waiting)
		s->lines.bytes.len = s->lines.whole = 0;
	p->n_waiting = 0;
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
	r->rows_end = s->lines.bytes.len;
	p->n++;
	if (rows->rewrite && ++p->n_waiting == WAITING)
		ingest_treat_rest(s);
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
	cx_pseudonym_forget(&p->recall);
	cx_test_free(p->conditions);
	free(p->ends);
	cx_scratch_release(&p->scratch);
	free(p);
}
