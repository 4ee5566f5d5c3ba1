/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cx-ingest - make a clean stream out of an export */
#include "libcx/base/mem.h"
#include "libcx/cli/cli.h"
#include "libcx/table/convert.h"
#include "libcx/table/recipe.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *codebook_file, *zone;
static struct cx_list names;
static bool lenient;

static const struct cx_option options[] = {
	CX_OPT_TEXT('m', "codebook", &codebook_file, "FILE",
	    "what the columns are: see cx-codebook(5)"),
	CX_OPT_LIST('c', "column", &names, "NAME=COLUMN",
	    "call the source's COLUMN (or #N) NAME"),
	CX_OPT_TEXT(0, "tz", &zone, "ZONE",
	    "zone of times that name none, such as Asia/Tokyo"),
	CX_OPT_FLAG(
	    0, "lenient", &lenient, "read malformed CSV as well as can be"),
	CX_CLI_REJECT_OPTIONS,
	CX_OPT_END,
};

/* Records on their way from a source to the stream. */
struct filter {
	struct cx_recipe recipe; /* of the file at hand */
	struct cx_lines lines;
	struct cx_convert_counts counts;
};

static struct cx_codebook book;
static struct cx_writer *writer;

/* The first file decides the columns of the stream. */
static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	struct cx_recipe recipe;
	int code = cx_recipe_make(&recipe, &book, header, err);

	(void)total;
	if (code == 0)
		code = cx_recipe_columns(&recipe, writer, err);
	cx_recipe_release(&recipe);
	return code;
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct filter *f = state;

	(void)total;
	f->lines.writer = writer;
	return cx_recipe_make(&f->recipe, &book, header, err);
}

static int add_cell(struct filter *f, const struct cx_step *step,
    const struct cx_row *row, bool plain, struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, step->source);
	char room[CX_CONVERTED_SIZE];

	if (!step->entry && plain) {
		cx_lines_plain(&f->lines, cell);
		return 0;
	}
	if (step->entry &&
	    cx_convert(step->entry, cell, room, &cell, &f->counts, err) < 0) {
		cx_err_column(err, step->name);
		return -1;
	}
	cx_lines_text(&f->lines, cell);
	return 0;
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct filter *f = state;
	bool plain = cx_row_plain(row);

	for (size_t i = 0; i < f->recipe.n; i++) {
		if (add_cell(f, &f->recipe.steps[i], row, plain, err) < 0) {
			cx_lines_cancel(&f->lines);
			return -1;
		}
	}
	cx_lines_end(&f->lines);
	return 0;
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct filter *total = into, *piece = from;

	total->counts.in_gap += piece->counts.in_gap;
	total->counts.twice += piece->counts.twice;
	total->counts.missing += piece->counts.missing;
	piece->counts = (struct cx_convert_counts){ 0 };
	return cx_writer_put(writer, &piece->lines, err);
}

static void release(void *state)
{
	struct filter *f = state;

	cx_recipe_release(&f->recipe);
	cx_lines_release(&f->lines);
}

static const struct cx_fold fold = { sizeof(struct filter), false, open_file,
	bind, add_row, merge, release };

/* ---- the program ---- */

static int read_codebook(struct cx_err *err)
{
	if (codebook_file && cx_codebook_read(&book, codebook_file, err) < 0)
		return -1;
	for (size_t i = 0; i < names.n; i++)
		if (cx_codebook_name(&book, cx_str(names.items[i]), err) < 0)
			return -1;
	return cx_codebook_defaults(&book, zone, err);
}

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

static int ingest(struct cx_cli *cli, struct cx_job *job, struct cx_err *err)
{
	struct filter total = { 0 };
	int code = cx_cli_fold(cli, job, &fold, &total, err);

	if (code == 0)
		tell_counts(cli, &total.counts);
	release(&total);
	if (code == 0)
		code = cx_cli_summary(cli, job, err);
	return code == 0 ? cx_cli_close(cli, err) : -1;
}

static int run(struct cx_cli *cli, struct cx_err *err)
{
	struct cx_job job = cx_cli_job(cli);
	struct cx_rejects rejects = { 0 };
	int code = cx_cli_writer(cli, err);

	job.reader.lenient = lenient;
	writer = cli->writer;
	if (code == 0)
		code = read_codebook(err);
	if (code == 0)
		code = cx_cli_rejects(cli, &job, &rejects, err);
	if (code == 0)
		code = ingest(cli, &job, err);
	cx_rejects_release(&rejects);
	cx_codebook_release(&book);
	return code;
}

int main(int argc, char **argv)
{
	struct cx_cli cli = {
		.name = "cx-ingest",
		.purpose = "Make a clean stream out of survey exports and "
		           "other tables.",
		.options = options,
		.foreign = true,
	};
	int status;

	cx_cli_parse(&cli, argc, argv);
	status = cx_cli_run(&cli, run);
	free(names.items);
	return status;
}
