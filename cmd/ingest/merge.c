/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records in the order of the input: which of them stay, and at last all. */
#include "cmd/ingest/rows.h"

#include "cmd/ingest/shards.h"
#include "libcx/base/mem.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* Bytes that are written at a time; records whose ids are fetched before. */
enum { CHUNK = 1 << 16, AHEAD = 8 };

/* Room for what is at n, in an array that doubles. */
static void *room_for(void *array, size_t n, size_t *cap, size_t size)
{
	size_t old = *cap;

	if (n < old)
		return array;
	*cap = old ? old : 512;
	do
		*cap = cx_mul(*cap, 2);
	while (n >= *cap);
	array = cx_realloc(array, cx_mul(*cap, size));
	memset((char *)array + old * size, 0, (*cap - old) * size);
	return array;
}

/* ---- duplicates ---- */

enum verdict { KEEP, DROP, FAIL };

static struct cx_str key_of(
    const struct ingest_piece *p, size_t record, enum ingest_key key)
{
	const struct ingest_record *r = &p->records[record];
	size_t start = key      ? r->key_end[key - 1]
	               : record ? r[-1].key_end[N_KEYS - 1]
	                        : 0;

	return (struct cx_str){ p->keys.data ? p->keys.data + start : "",
		r->key_end[key] - start };
}

static void drop(
    struct ingest_state *total, uint32_t n_ratings, const char *rule)
{
	total->n_kept--;
	total->n_ratings -= n_ratings;
	cx_tally_add(&total->dropped, cx_str(rule), 1);
}

static struct cx_str raw_of(const struct ingest_piece *p, size_t record)
{
	const struct ingest_record *r = &p->records[record];
	size_t start = record ? r[-1].raw_end : 0;

	return (struct cx_str){ p->raw.data ? p->raw.data + start : "",
		r->raw_end - start };
}

/* One id, two contents: a reject, or the end. */
static enum verdict clash(struct ingest_state *total,
    const struct ingest_piece *p, size_t record, const struct ingest_seen *seen,
    struct cx_err *err)
{
	struct ingest *ingest = total->ingest;
	struct cx_rejects *rejects = ingest->job->rejects;

	cx_err_record(err, "duplicate id",
	    "the record has the id of %s:%" PRIu32
	    ", and other content (--duplicates first or last chooses)",
	    cx_union_file(&ingest->columns, seen->file), seen->line);
	err->line = p->records[record].line;
	cx_err_column(err, cx_str("id"));
	cx_err_file(err, cx_union_file(&ingest->columns, ingest->n_opened - 1));
	if (!rejects)
		return FAIL;
	cx_reject_list_add(
	    &ingest->rows->late, rejects, err, raw_of(p, record));
	*err = (struct cx_err){ .status = CX_DONE };
	total->n_kept--;
	total->n_ratings -= p->records[record].n_ratings;
	return DROP;
}

static enum verdict judge(struct ingest_state *total,
    const struct ingest_piece *p, size_t record, struct ingest_seen **id,
    struct cx_err *err)
{
	struct ingest_rows *rows = total->ingest->rows;
	const struct ingest_record *r = &p->records[record];
	struct cx_str key = key_of(p, record, KEY_ID);
	size_t before = rows->ids.n, number;

	*id = NULL;
	if (!key.n)
		return KEEP;
	number = cx_map_put(&rows->ids, key);
	rows->seen =
	    room_for(rows->seen, number, &rows->seen_cap, sizeof(*rows->seen));
	*id = &rows->seen[number];
	if (number < before && (*id)->content == r->content) {
		drop(total, r->n_ratings, "same record again");
		return DROP;
	}
	if (number < before && rows->duplicates == DUPLICATES_ERROR)
		return clash(total, p, record, *id, err);
	if (number < before && rows->duplicates == DUPLICATES_FIRST) {
		drop(total, r->n_ratings, "duplicate id");
		return DROP;
	}
	if (number < before)
		ingest_drop_held(total, (*id)->held, "duplicate id");
	**id = (struct ingest_seen){ r->content,
		(uint32_t)total->ingest->n_opened - 1, (uint32_t)r->line, 0 };
	return KEEP;
}

/* ---- those that wait ---- */

void ingest_drop_held(
    struct ingest_state *total, uint32_t number, const char *rule)
{
	struct ingest_rows *rows = total->ingest->rows;

	cx_held_drop(&rows->held, number);
	drop(total, rows->facts[number].n_ratings, rule);
}

static uint32_t number_of(struct cx_map *map, struct cx_str key)
{
	return key.n ? (uint32_t)cx_map_put(map, key) + 1 : 0;
}

/* Drops a group's latest with all its rows. */
static void drop_chain(struct ingest_state *total, uint32_t number)
{
	for (; number; number = total->ingest->rows->facts[number - 1].link)
		ingest_drop_held(total, number - 1, "not the latest");
}

void ingest_offer(struct ingest_state *total, uint32_t number)
{
	struct ingest_rows *rows = total->ingest->rows;
	struct ingest_fact *fact = &rows->facts[number], *best;
	uint32_t *latest;

	if (!fact->group)
		return;
	rows->latest = room_for(rows->latest, fact->group, &rows->latest_cap,
	    sizeof(*rows->latest));
	latest = &rows->latest[fact->group];
	best = *latest ? &rows->facts[*latest - 1] : NULL;
	/* Rows of one response stay together. */
	if (best && fact->response && fact->response == best->response) {
		fact->link = *latest;
		*latest = number + 1;
		return;
	}
	if (best && fact->time < best->time) {
		ingest_drop_held(total, number, "not the latest");
		return;
	}
	drop_chain(total, *latest);
	*latest = number + 1;
}

static void hold(struct ingest_state *total, const struct ingest_piece *p,
    size_t record, struct cx_str text, struct ingest_seen *id)
{
	struct ingest_rows *rows = total->ingest->rows;
	const struct ingest_record *r = &p->records[record];
	uint32_t number = (uint32_t)cx_held_add(&rows->held, text);

	rows->facts = room_for(
	    rows->facts, number, &rows->facts_cap, sizeof(*rows->facts));
	rows->facts[number] = (struct ingest_fact){
		.time = r->time,
		.duration = r->duration,
		.response = number_of(
		    &rows->responses, key_of(p, record, KEY_RESPONSE)),
		.group = number_of(&rows->groups, key_of(p, record, KEY_GROUP)),
		.order = number_of(&rows->orders, key_of(p, record, KEY_ORDER)),
		.flags = r->flags,
		.n_ratings = r->n_ratings,
	};
	if (id)
		id->held = number;
	if (rows->group != CX_ABSENT && rows->duplicates != DUPLICATES_LAST)
		ingest_offer(total, number);
}

/* ---- a piece ---- */

/* Keeps the rows of those that stay, moved together. */
static int sort_out(struct ingest_state *total, struct ingest_piece *p,
    struct cx_lines *lines, struct cx_err *err)
{
	struct ingest_rows *rows = total->ingest->rows;
	size_t start = 0, to = 0;

	cx_buf_reserve(&lines->bytes, 0); /* a place, where rows are empty */
	for (size_t i = 0; i < p->n; i++) {
		struct cx_str text = { lines->bytes.data + start,
			p->records[i].rows_end - start };
		struct ingest_seen *id;
		enum verdict verdict;

		if (i + AHEAD < p->n)
			cx_map_expect(&rows->ids, key_of(p, i + AHEAD, KEY_ID));
		verdict = judge(total, p, i, &id, err);
		if (verdict == FAIL)
			return -1;
		start = p->records[i].rows_end;
		if (verdict == DROP)
			continue;
		if (rows->hold) {
			hold(total, p, i, text, id);
			continue;
		}
		ingest_count_flags(rows, p->records[i].flags);
		if (lines->bytes.data + to != text.p)
			memmove(lines->bytes.data + to, text.p, text.n);
		to += text.n;
	}
	lines->bytes.len = lines->whole = to;
	return 0;
}

int ingest_rows_merge(
    struct ingest_state *total, struct ingest_state *state, struct cx_err *err)
{
	struct ingest_rows *rows = total->ingest->rows;
	struct ingest_piece *p = state->piece;
	struct cx_lines *lines = rows->rewrite ? &p->rows : &state->lines;

	ingest_treat_rest(state);
	if (sort_out(total, p, lines, err) < 0)
		return -1;
	p->n = 0;
	cx_buf_clear(&p->keys);
	cx_buf_clear(&p->raw);
	for (int i = 0; i < CX_N_REDACTED; i++) {
		rows->redacted[i] += p->redactor.counts[i];
		p->redactor.counts[i] = 0;
	}
	return rows->hold ? 0 : ingest_write(total->ingest, lines, err);
}

/* ---- the end ---- */

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Of the durations of records that stay; NAN where there are none. */
static double median_duration(const struct ingest_rows *rows)
{
	double *all = cx_malloc(cx_mul(rows->held.n + 1, sizeof(*all)));
	struct cx_str text;
	double median;
	size_t n = 0;

	for (size_t i = 0; i < rows->held.n; i++)
		if (cx_held_get(&rows->held, i, &text) &&
		    !isnan(rows->facts[i].duration))
			all[n++] = rows->facts[i].duration;
	qsort(all, n, sizeof(*all), by_size);
	median = n == 0  ? NAN
	         : n % 2 ? all[n / 2]
	                 : (all[n / 2 - 1] + all[n / 2]) / 2;
	free(all);
	return median;
}

static void flag_speeders(struct ingest_rows *rows)
{
	double least = median_duration(rows) * rows->least_percent / 100;

	for (size_t i = 0; i < rows->held.n; i++)
		if (rows->facts[i].duration < least)
			rows->facts[i].flags |= FLAG_SPEEDER;
}

size_t ingest_held_place(const struct ingest_rows *rows, size_t column)
{
	size_t place = 0;

	for (size_t i = 0; i < column && column != CX_ABSENT; i++)
		place += rows->cells[i] != CELLS_DROPPED;
	return column == CX_ABSENT ? CX_ABSENT : place;
}

/* What is needed to write a row that was held. */
struct last_row {
	struct cx_lines lines;
	struct cx_str *cells;
	size_t n;      /* columns held */
	size_t amount; /* the place of it */
	struct cx_buf plain;
};

static void write_row(const struct ingest_rows *rows, struct last_row *w,
    size_t number, const char *at, const char *end)
{
	bool tsv = cx_writer_is_tsv(w->lines.writer);
	const char *amount = rows->amounts ? rows->amounts[number] : NULL;
	size_t n = ingest_split(at, end, w->cells, w->n);

	for (size_t i = 0; i < n; i++) {
		struct cx_str cell = w->cells[i];

		if (amount && i == w->amount && cell.n)
			cell = cx_str(amount);
		if (tsv)
			cx_lines_plain(&w->lines, cell);
		else
			cx_lines_text(&w->lines, ingest_plain(cell, &w->plain));
	}
	if (rows->flags)
		ingest_put_flags(&w->lines, rows->facts[number].flags);
	cx_lines_end(&w->lines);
}

static void write_rows(const struct ingest_rows *rows, struct last_row *w,
    size_t number, struct cx_str text)
{
	/* Each row starts with a line end. */
	const char *at = text.p + 1, *end = text.p + text.n, *lf;

	do {
		lf = memchr(at, '\n', (size_t)(end - at));
		write_row(rows, w, number, at, lf ? lf : end);
		at = lf ? lf + 1 : end;
	} while (lf);
}

static int write_held(const struct ingest *ingest, struct cx_err *err)
{
	struct ingest_rows *rows = ingest->rows;
	struct last_row w = { .lines = { .writer = ingest->writer } };
	struct cx_str text;
	int code = 0;

	w.n = ingest_held_place(rows, rows->n_columns);
	w.amount = ingest_held_place(rows, rows->amount);
	w.cells = cx_calloc(w.n, sizeof(*w.cells));
	for (size_t i = 0; code == 0 && i < rows->held.n; i++) {
		if (!cx_held_get(&rows->held, i, &text))
			continue;
		ingest_count_flags(rows, rows->facts[i].flags);
		write_rows(rows, &w, i, text);
		if (w.lines.bytes.len > CHUNK)
			code = ingest_write(ingest, &w.lines, err);
	}
	if (code == 0)
		code = ingest_write(ingest, &w.lines, err);
	cx_lines_release(&w.lines);
	free(w.cells);
	cx_buf_release(&w.plain);
	return code;
}

static void settle_latest(struct ingest_state *total)
{
	struct ingest_rows *rows = total->ingest->rows;
	struct cx_str text;

	if (rows->group == CX_ABSENT || rows->duplicates != DUPLICATES_LAST)
		return;
	for (size_t i = 0; i < rows->held.n; i++)
		if (cx_held_get(&rows->held, i, &text))
			ingest_offer(total, (uint32_t)i);
}

int ingest_rows_finish(struct ingest_state *total, struct cx_err *err)
{
	struct ingest *ingest = total->ingest;
	struct ingest_rows *rows = ingest->rows;

	if (!rows)
		return 0;
	if (rows->late.reasons.n &&
	    cx_rejects_take(ingest->job->rejects, &rows->late, err) < 0)
		return -1;
	if (!rows->hold)
		return 0;
	settle_latest(total);
	if (rows->order != CX_ABSENT && ingest_net_refunds(total, err) < 0)
		return -1;
	if (rows->least_percent > 0)
		flag_speeders(rows);
	return write_held(ingest, err);
}
