/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_STREAM_H
#define CX_CMD_PERSONA_STREAM_H

#include "libcx/cli/cli.h"

/*
 * The stream that a way of cx-persona passes on: every cell as it came, and
 * own columns, which take the place of those of the same name, or else stand
 * at the end. All files have the columns of the first, in any order.
 */
struct persona_plan {
	struct cx_writer *writer;
	const char *const *own; /* names of the own columns */
	size_t n_own;
	struct cx_header columns; /* of the stream, once there is a file */
};

/*
 * For each file, before its rows. A usage error where a column of the first
 * file is not there, or one that is not in the first.
 */
int persona_plan_open(struct persona_plan *plan, const struct cx_header *header,
    struct cx_err *err);
void persona_plan_release(struct persona_plan *plan);

/*
 * Opens output and rejects, folds the inputs into total, tells the summary,
 * and closes.
 */
int persona_plan_run(struct cx_cli *cli, struct persona_plan *plan,
    const struct cx_fold *fold, void *total, struct cx_err *err);

/* Records on their way: of a piece of the input. All zero is empty. */
struct persona_stream {
	struct cx_lines lines;
	struct persona_run *runs; /* cells that go one behind the other */
	size_t n_runs;
};

/* Finds the columns in the file at hand. */
int persona_stream_bind(struct persona_stream *stream,
    const struct persona_plan *plan, const struct cx_header *header,
    struct cx_err *err);

/* A record, with the own cells in the order of the plan. */
void persona_stream_put(struct persona_stream *stream, const struct cx_row *row,
    const struct cx_str *own);
void persona_stream_release(struct persona_stream *stream);

#endif
