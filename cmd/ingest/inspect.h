/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_INGEST_INSPECT_H
#define CX_CMD_INGEST_INSPECT_H

#include "cmd/ingest/ingest.h"

/* The options that the command has, too, which is printed at the end. */
struct ingest_inspect_options {
	const char *encoding, *format, *formats, *zone;
	const struct cx_list *keep;
	bool lenient;
	bool repeats; /* found: records of one id differ, and all are kept */
};

/*
 * --inspect: reads one file, says what it is, and writes the draft of a
 * codebook for it.
 *   job       as for reading the file
 *   options   an encoding that is guessed is put there
 */
int ingest_inspect(struct ingest *ingest, struct cx_job *job,
    struct ingest_inspect_options *options, struct cx_err *err);

/* The command that makes a stream of the file, quoted for a shell. */
void ingest_inspect_command(const struct cx_cli *cli,
    const struct ingest_inspect_options *options, bool rejects,
    struct cx_buf *out);

#endif
