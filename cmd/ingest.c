/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records on their way from a source to the stream: see ingest.h. */
#include "cmd/ingest.h"

#include <inttypes.h>

/* The first file decides the columns of the stream. */
static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	struct ingest *ingest = ((struct ingest_state *)total)->ingest;
	struct cx_recipe recipe;
	int code = cx_recipe_make(&recipe, &ingest->book, header, err);

	if (code == 0)
		code = cx_recipe_columns(&recipe, ingest->writer, err);
	cx_recipe_release(&recipe);
	return code;
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct ingest_state *s = state;

	s->ingest = ((const struct ingest_state *)total)->ingest;
	s->lines.writer = s->ingest->writer;
	return cx_recipe_make(&s->recipe, &s->ingest->book, header, err);
}

void ingest_drop(struct ingest_state *state, const char *name)
{
	cx_lines_cancel(&state->lines);
	cx_tally_add(&state->dropped, cx_str(name), 1);
}

static int add_cell(struct ingest_state *s, const struct cx_step *step,
    const struct cx_row *row, bool plain, struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, step->source);
	char room[CX_CONVERTED_SIZE];

	if (!step->entry && plain) {
		cx_lines_plain(&s->lines, cell);
		return 0;
	}
	if (step->entry &&
	    cx_convert(step->entry, cell, room, &cell, &s->counts, err) < 0) {
		cx_err_column(err, step->name);
		return -1;
	}
	cx_lines_text(&s->lines, cell);
	return 0;
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct ingest_state *s = state;
	bool plain = cx_row_plain(row);

	for (size_t i = 0; i < s->recipe.n; i++) {
		if (add_cell(s, &s->recipe.steps[i], row, plain, err) < 0) {
			cx_lines_cancel(&s->lines);
			return -1;
		}
	}
	cx_lines_end(&s->lines);
	s->n_kept++;
	return 0;
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct ingest_state *total = into, *piece = from;

	total->counts.in_gap += piece->counts.in_gap;
	total->counts.twice += piece->counts.twice;
	total->counts.missing += piece->counts.missing;
	piece->counts = (struct cx_convert_counts){ 0 };
	cx_tally_merge(&total->dropped, &piece->dropped);
	total->n_kept += piece->n_kept;
	piece->n_kept = 0;
	return cx_writer_put(total->ingest->writer, &piece->lines, err);
}

static void release(void *state)
{
	ingest_release(state);
}

void ingest_release(struct ingest_state *state)
{
	cx_recipe_release(&state->recipe);
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

	if (job->n_read == total->n_kept + rejected + total->dropped.n)
		return 0;
	return cx_err_set(err, CX_DATA,
	    "records do not add up: read %" PRIu64 ", kept %" PRIu64
	    ", rejected %" PRIu64 ", dropped %" PRIu64
	    "; this is a fault of cx-ingest",
	    job->n_read, total->n_kept, rejected, total->dropped.n);
}

int ingest_tell(const struct cx_cli *cli, struct cx_job *job,
    const struct ingest_state *total, struct cx_err *err)
{
	if (check_sum(job, total, err) < 0)
		return -1;
	tell_counts(cli, &total->counts);
	job->dropped = &total->dropped;
	return cx_cli_summary(cli, job, err);
}
