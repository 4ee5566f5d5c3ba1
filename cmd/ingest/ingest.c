/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records on their way from a source to the stream: see ingest.h. */
#include "cmd/ingest/rows.h"

#include "cmd/ingest/scout.h"
#include "cmd/ingest/shards.h"
#include "libcx/base/mem.h"
#include "libcx/base/normal.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- columns ---- */

/* Whether some file has the source of an entry, and under which header. */
struct ingest_found {
	char *header;        /* of the first file that has it; NULL: none has */
	struct cx_err err;   /* what the first file without it has to say */
	struct cx_err alike; /* one has it but for case, width and blanks */
};

static bool is_used(
    const struct ingest *ingest, size_t column, const struct cx_header *header)
{
	for (size_t i = 0; i < ingest->book.n; i++)
		if (cx_recipe_source(&ingest->book.entries[i], header) ==
		    column)
			return true;
	return false;
}

/* A column whose name was changed a little would be empty in half a stream. */
static void look_alike(const struct ingest *ingest,
    const struct cx_entry *entry, const char *name,
    const struct cx_header *header, struct cx_err *alike)
{
	struct cx_buf want = { 0 }, has = { 0 };

	cx_normal(&want, cx_str(entry->header));
	for (size_t i = 0; i < cx_header_n(header) && !alike->status; i++) {
		cx_normal(&has, cx_header_name(header, i));
		if (!cx_str_eq(cx_buf_str(&want), cx_buf_str(&has)) ||
		    is_used(ingest, i, header))
			continue;
		(void)cx_err_set(alike, CX_USAGE,
		    "a column is called %s here, and %s in another file: "
		    "give them one name",
		    cx_quote(cx_header_name(header, i)),
		    cx_quote(cx_str(entry->header)));
		alike->line = 1;
		cx_err_file(alike, name);
	}
	cx_buf_release(&want);
	cx_buf_release(&has);
}

static void lacks(struct ingest *ingest, const struct cx_entry *entry,
    const char *name, const struct cx_header *header)
{
	struct ingest_found *found =
	    &ingest->found[entry - ingest->book.entries];

	if (entry->touchpoint)
		cx_cli_note(ingest->cli, "%s: no column %s: no rating of %s",
		    name, cx_quote(cx_str(entry->header)),
		    cx_quote(cx_str(entry->touchpoint)));
	look_alike(ingest, entry, name, header, &found->alike);
	if (found->err.status)
		return;
	(void)cx_recipe_absent(&ingest->book, entry, header, &found->err);
	if (!found->err.file[0])
		found->err.line = 1;
	cx_err_file(&found->err, name);
}

/* "#3" must not be one thing in this file and another in the next. */
static int has(struct ingest *ingest, const struct cx_entry *entry,
    struct cx_str header, struct cx_err *err)
{
	struct ingest_found *found =
	    &ingest->found[entry - ingest->book.entries];

	header = cx_str_trim(header);
	if (found->header && entry->header[0] != '#')
		return 0;
	if (!found->header)
		found->header = cx_memdup(header.p, header.n);
	if (cx_str_eq(cx_str(found->header), header))
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "%s is %s here, and %s in a file before this one: name it "
	    "by its header",
	    entry->header, cx_quote(header), cx_quote(cx_str(found->header)));
}

/* Which entries of the codebook this file has. */
static int find_book(struct ingest *ingest, const char *name,
    const struct cx_header *header, struct cx_err *err)
{
	for (size_t i = 0; i < ingest->book.n; i++) {
		const struct cx_entry *entry = &ingest->book.entries[i];
		size_t column = cx_recipe_source(entry, header);

		if (column == CX_ABSENT)
			lacks(ingest, entry, name, header);
		else if (has(ingest, entry, cx_header_name(header, column),
		             err) < 0)
			return -1;
	}
	return 0;
}

/* What was recognised, and made of the names. */
void ingest_tell_header(
    const struct cx_cli *cli, const char *name, const struct cx_header *header)
{
	const struct cx_export *e = header->export;
	size_t n_rows = e ? cx_export_header_rows(e) : 1;

	if (e && e->book.n_rules > 1)
		cx_cli_note(cli, "%s: read as %s (%s), %zu header row%s", name,
		    e->name, cx_export_title(e), n_rows,
		    n_rows == 1 ? "" : "s");
	if (header->n_renamed)
		cx_cli_note(cli,
		    "%s: %zu column%s called like one before; the first is "
		    "#%zu, now %s",
		    name, header->n_renamed,
		    header->n_renamed == 1 ? " is" : "s are",
		    header->renamed + 1,
		    cx_quote(cx_header_name(header, header->renamed)));
}

int ingest_survey(void *total, const char *name, const struct cx_header *header,
    struct cx_err *err)
{
	struct ingest *ingest = ((struct ingest_state *)total)->ingest;
	struct cx_recipe recipe;
	int code;

	if (!ingest->found) {
		ingest->found =
		    cx_calloc(ingest->book.n, sizeof(*ingest->found));
		/* Its columns come first, whichever file has them. */
		cx_recipe_promise(&ingest->book, &ingest->columns);
	}
	ingest_tell_header(ingest->cli, name, header);
	if (header->export &&
	    cx_export_lend_zone(header->export, &ingest->book, err) < 0)
		return -1;
	if (find_book(ingest, name, header, err) < 0)
		return -1;
	code = cx_recipe_make(&recipe, &ingest->book, header, err);
	if (code == 0)
		ingest_scout_look(ingest, &recipe);
	cx_union_table(&ingest->columns, name);
	for (size_t i = 0; code == 0 && i < recipe.n; i++)
		cx_union_put(&ingest->columns, recipe.steps[i].name);
	cx_recipe_release(&recipe);
	return code;
}

static int check_found(const struct ingest *ingest, struct cx_err *err)
{
	for (size_t i = 0; i < ingest->book.n; i++) {
		const struct ingest_found *found = &ingest->found[i];

		if (found->header && !found->alike.status)
			continue;
		*err = found->header ? found->alike : found->err;
		return -1;
	}
	return 0;
}

static void tell_drift(const struct ingest *ingest)
{
	const struct cx_union *columns = &ingest->columns;

	if (cx_union_even(columns))
		return;
	cx_cli_note(ingest->cli,
	    "the files differ in their columns; the stream has all %zu, empty "
	    "where a file lacks them",
	    columns->names.n);
	for (size_t i = 0; i < columns->n_tables; i++) {
		struct cx_buf text = { 0 };

		cx_union_describe(columns, i, &text);
		if (text.len)
			cx_cli_note(
			    ingest->cli, "%.*s", (int)text.len, text.data);
		cx_buf_release(&text);
	}
}

/* The columns are settled when the first file is read. */
static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	struct ingest *ingest = ((struct ingest_state *)total)->ingest;

	if (ingest->cli->where &&
	    ingest_hide_sources(ingest, header, ingest->cli->where, err) < 0)
		return -1;
	if (ingest->n_opened++)
		return 0;
	if (check_found(ingest, err) < 0)
		return -1;
	tell_drift(ingest);
	if (ingest_rows_start(ingest, err) < 0)
		return -1;
	ingest_rows_columns(ingest);
	return ingest_settle_columns(ingest, err);
}

void ingest_forget(struct ingest *ingest)
{
	for (size_t i = 0; ingest->found && i < ingest->book.n; i++)
		free(ingest->found[i].header);
	free(ingest->found);
	cx_map_release(&ingest->keep);
	cx_exports_release(&ingest->exports);
	cx_union_release(&ingest->columns);
	cx_codebook_release(&ingest->book);
	ingest_rows_free(ingest->rows);
	ingest_shards_free(ingest->shards);
}

/* ---- records ---- */

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct ingest_state *s = state;

	s->ingest = ((const struct ingest_state *)total)->ingest;
	s->header = header;
	s->lines.writer = ingest_rows_form(s->ingest);
	if (s->ingest->rows)
		s->piece = ingest_piece_new(s->ingest);
	if (cx_recipe_make(&s->recipe, &s->ingest->book, header, err) < 0)
		return -1;
	cx_screen_make(&s->screen, &s->ingest->book, &s->ingest->keep, header);
	return cx_recipe_arrange(&s->recipe, &s->ingest->columns, err);
}

void ingest_drop(struct ingest_state *state, const char *name)
{
	cx_lines_cancel(&state->lines);
	cx_tally_add(&state->dropped, cx_str(name), 1);
}

/* Files with headers of their own that were put together, byte marks and all.
 */
static bool is_header_again(
    const struct cx_header *header, const struct cx_row *row)
{
	static const struct cx_str mark = { "\xEF\xBB\xBF", 3 };
	size_t n = cx_header_n(header);

	for (size_t i = 0; i < n; i++) {
		struct cx_str cell = cx_row_cell(row, i);

		if (i == 0 && cell.n > mark.n &&
		    memcmp(cell.p, mark.p, mark.n) == 0)
			cell =
			    (struct cx_str){ cell.p + mark.n, cell.n - mark.n };
		if (!cx_str_eq(cell, cx_header_name(header, i)))
			return false;
	}
	return n > 1;
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct ingest_state *s = state;
	size_t start = s->lines.bytes.len;
	uint64_t n_ratings = s->n_ratings;
	const char *rule = cx_screen_drop(&s->screen, row);

	if (rule) {
		ingest_drop(s, rule);
		return 0;
	}
	if (is_header_again(s->header, row))
		return cx_err_record(err, "header again",
		    "the header stands here again: were files put together?");
	if (ingest_put(s, row, err) < 0) {
		cx_lines_cancel(&s->lines);
		ingest_rows_mask(s->ingest, err);
		return -1;
	}
	if (s->piece && ingest_treat(s, start, row, err) < 0) {
		s->n_ratings = n_ratings;
		ingest_rows_mask(s->ingest, err);
		return -1;
	}
	cx_screen_unknown(&s->screen, row, &s->unknown);
	s->wrong_groups += cx_screen_wrong_groups(&s->screen, row);
	s->n_kept++;
	return 0;
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct ingest_state *total = into, *piece = from;

	total->counts.in_gap += piece->counts.in_gap;
	total->counts.twice += piece->counts.twice;
	total->counts.missing += piece->counts.missing;
	total->counts.absent += piece->counts.absent;
	total->counts.zero_dates += piece->counts.zero_dates;
	total->counts.merged += piece->counts.merged;
	piece->counts = (struct cx_convert_counts){ 0 };
	cx_tally_merge(&total->dropped, &piece->dropped);
	total->n_kept += piece->n_kept;
	piece->n_kept = 0;
	total->n_ratings += piece->n_ratings;
	total->wrong_groups += piece->wrong_groups;
	piece->n_ratings = piece->wrong_groups = 0;
	cx_tally_merge(&total->unknown, &piece->unknown);
	if (ingest_merge_money(total, piece, err) < 0)
		return -1;
	if (piece->piece)
		return ingest_rows_merge(total, piece, err);
	return ingest_write(total->ingest, &piece->lines, err);
}

static void release(void *state)
{
	ingest_release(state);
}

void ingest_release(struct ingest_state *state)
{
	cx_recipe_release(&state->recipe);
	cx_screen_release(&state->screen);
	cx_tally_release(&state->unknown);
	cx_buf_release(&state->text);
	free(state->rated);
	ingest_release_money(state);
	ingest_piece_free(state->piece);
	cx_lines_release(&state->lines);
	cx_tally_release(&state->dropped);
}

const struct cx_fold ingest_fold = { sizeof(struct ingest_state), false,
	open_file, bind, add_row, merge, release };

/* ---- what is told ---- */

static void tell_counts(
    const struct cx_cli *cli, const struct cx_convert_counts *counts)
{
	if (counts->missing)
		cx_cli_note(cli,
		    "cells that hold a missing code: %" PRIu64
		    "; empty in the stream",
		    counts->missing);
	if (counts->absent)
		cx_cli_note(cli,
		    "cells that say not applicable: %" PRIu64
		    "; empty in the stream",
		    counts->absent);
	if (counts->zero_dates)
		cx_cli_note(cli,
		    "dates that are all zeros: %" PRIu64
		    "; empty in the stream",
		    counts->zero_dates);
	if (counts->merged)
		cx_cli_note(cli,
		    "identifiers that were merged into others: %" PRIu64
		    "; those they became part of stand in the stream",
		    counts->merged);
	if (counts->in_gap)
		cx_cli_note(cli,
		    "times that the clocks skipped: %" PRIu64
		    "; read with the offset before the gap",
		    counts->in_gap);
	if (counts->twice)
		cx_cli_note(cli,
		    "times that happened twice as clocks went back: %" PRIu64
		    "; read as the first",
		    counts->twice);
}

/* Nothing is lost, not even by a fault of ours. */
static int check_sum(const struct cx_job *job, const struct ingest_state *total,
    struct cx_err *err)
{
	uint64_t rejected = job->rejects ? job->rejects->reasons.n : 0;

	if (job->n_read ==
	    total->n_kept + rejected + total->dropped.n + job->n_left_out)
		return 0;
	return cx_err_set(err, CX_DATA,
	    "records do not add up: read %" PRIu64 ", kept %" PRIu64
	    ", left out %" PRIu64 ", rejected %" PRIu64 ", dropped %" PRIu64
	    "; this is a fault of cx-ingest",
	    job->n_read, total->n_kept, job->n_left_out, rejected,
	    total->dropped.n);
}

static void tell_ratings(
    const struct cx_cli *cli, const struct ingest_state *total)
{
	if (total->n_ratings == 0)
		return;
	cx_cli_note(cli, "rows of touchpoints: %" PRIu64, total->n_ratings);
	if (cx_map_get(&total->ingest->columns.names, cx_str("id")) < 0)
		cx_cli_note(cli,
		    "no column is called id, so nothing tells which response "
		    "these are of; see TOUCHPOINTS in cx-codebook(5)");
}

int ingest_tell(const struct cx_cli *cli, struct cx_job *job,
    const struct ingest_state *total, struct cx_err *err)
{
	if (check_sum(job, total, err) < 0)
		return -1;
	tell_counts(cli, &total->counts);
	for (size_t i = 0; i < total->unknown.names.n; i++)
		cx_cli_note(cli,
		    "column %s: cells that the format does not know: %" PRIu64
		    "; their records are kept",
		    cx_quote(cx_map_key(&total->unknown.names, i)),
		    total->unknown.counts[i]);
	if (total->wrong_groups)
		cx_cli_note(cli,
		    "NPS groups that are not those of their scores: %" PRIu64
		    "; the scores count",
		    total->wrong_groups);
	tell_ratings(cli, total);
	ingest_rows_tell(total->ingest);
	if (ingest_tell_shards(total, err) < 0)
		return -1;
	job->dropped = &total->dropped;
	return cx_cli_summary(cli, job, err);
}
