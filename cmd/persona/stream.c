/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/stream.h"

#include "libcx/base/mem.h"
#include "libcx/table/copy.h"

#include <stdlib.h>

/* Cells from <= i < to of the row; where they are none, an own cell. */
struct persona_run {
	size_t from, to;
	size_t own;
};

static ptrdiff_t own_of(const struct persona_plan *plan, struct cx_str name)
{
	for (size_t i = 0; i < plan->n_own; i++)
		if (cx_str_eq(name, cx_str(plan->own[i])))
			return (ptrdiff_t)i;
	return -1;
}

static void add_column(struct persona_plan *plan, struct cx_str name)
{
	cx_map_put(&plan->columns.names, name);
	cx_writer_column(plan->writer, name, CX_TEXT);
}

static int compare(const struct persona_plan *plan,
    const struct cx_header *header, struct cx_err *err)
{
	size_t at;

	for (size_t i = 0; i < cx_header_n(&plan->columns); i++) {
		struct cx_str name = cx_header_name(&plan->columns, i);

		if (own_of(plan, name) < 0 &&
		    cx_header_find(header, name, &at, err) < 0)
			return -1;
	}
	for (size_t i = 0; i < cx_header_n(header); i++)
		if (cx_header_look(&plan->columns, cx_header_name(header, i)) <
		    0)
			return cx_err_set(err, CX_USAGE,
			    "column %s is not in the first file: cx-ingest "
			    "makes one stream of files whose columns differ",
			    cx_quote(cx_header_name(header, i)));
	return 0;
}

int persona_plan_open(struct persona_plan *plan, const struct cx_header *header,
    struct cx_err *err)
{
	if (cx_header_n(&plan->columns))
		return compare(plan, header, err);
	for (size_t i = 0; i < cx_header_n(header); i++)
		add_column(plan, cx_header_name(header, i));
	for (size_t i = 0; i < plan->n_own; i++)
		if (cx_header_look(&plan->columns, cx_str(plan->own[i])) < 0)
			add_column(plan, cx_str(plan->own[i]));
	return 0;
}

void persona_plan_release(struct persona_plan *plan)
{
	cx_header_release(&plan->columns);
}

/* ---- the records ---- */

static void add_run(struct persona_stream *s, size_t from, size_t own)
{
	struct persona_run *last = s->n_runs ? &s->runs[s->n_runs - 1] : NULL;
	bool copied = from != SIZE_MAX;

	if (copied && last && last->to && last->to == from) {
		last->to++;
		return;
	}
	s->runs = cx_realloc(s->runs, cx_mul(s->n_runs + 1, sizeof(*s->runs)));
	s->runs[s->n_runs++] = copied
	                           ? (struct persona_run){ from, from + 1, 0 }
	                           : (struct persona_run){ 0, 0, own };
}

int persona_stream_bind(struct persona_stream *stream,
    const struct persona_plan *plan, const struct cx_header *header,
    struct cx_err *err)
{
	stream->lines.writer = plan->writer;
	for (size_t i = 0; i < cx_header_n(&plan->columns); i++) {
		struct cx_str name = cx_header_name(&plan->columns, i);
		ptrdiff_t own = own_of(plan, name);
		size_t at = SIZE_MAX;

		if (own < 0 && cx_header_find(header, name, &at, err) < 0)
			return -1;
		add_run(stream, at, own < 0 ? 0 : (size_t)own);
	}
	return 0;
}

void persona_stream_put(struct persona_stream *stream, const struct cx_row *row,
    const struct cx_str *own)
{
	for (size_t i = 0; i < stream->n_runs; i++) {
		const struct persona_run *run = &stream->runs[i];

		if (run->to)
			cx_copy_cells(&stream->lines, row, run->from, run->to);
		else
			cx_lines_text(&stream->lines, own[run->own]);
	}
	cx_lines_end(&stream->lines);
}

void persona_stream_release(struct persona_stream *stream)
{
	cx_lines_release(&stream->lines);
	free(stream->runs);
}

int persona_plan_run(struct cx_cli *cli, struct persona_plan *plan,
    const struct cx_fold *fold, void *total, struct cx_err *err)
{
	struct cx_job job = cx_cli_job(cli);
	struct cx_rejects rejects = { 0 };
	int code = cx_cli_writer(cli, err);

	plan->writer = cli->writer;
	if (code == 0)
		code = cx_cli_rejects(cli, &job, &rejects, err);
	if (code == 0)
		code = cx_cli_fold(cli, &job, fold, total, err);
	if (code == 0)
		code = cx_cli_summary(cli, &job, err);
	if (code == 0)
		code = cx_cli_close(cli, err);
	cx_rejects_release(&rejects);
	return code;
}
