/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_INGEST_MANIFEST_H
#define CX_CMD_INGEST_MANIFEST_H

#include "cmd/ingest/ingest.h"

/* The file of --manifest; NULL: none. */
extern const char *ingest_manifest_file;

#define INGEST_MANIFEST_OPTION                                                 \
	CX_OPT_TEXT(0, "manifest", &ingest_manifest_file, "FILE",              \
	    "write what was read, how, and what became of it, as JSON")

/* All zero where none is asked for. */
struct ingest_manifest {
	struct cx_output *out;
	const char *codebook;
	struct cx_input_sum codebook_sum;
	struct cx_input_sum *sums; /* of the inputs, filled as they are read */
	const char **arguments;
	size_t n_arguments;
};

/* Remembers the arguments of the program, before they are put in order. */
void ingest_manifest_arguments(
    struct ingest_manifest *m, int argc, char **argv);

/* Usage errors that can be told before anything is read. */
int ingest_manifest_check(const char *codebook, struct cx_err *err);

/*
 * Opens the file, sums up the codebook (NULL: none), and has the job sum up
 * its inputs.
 */
int ingest_manifest_open(struct ingest_manifest *m, const char *codebook,
    struct cx_job *job, struct cx_err *err);

/* When all is done: the file appears. */
int ingest_manifest_close(struct ingest_manifest *m, const struct cx_job *job,
    const struct ingest_state *total, struct cx_err *err);
void ingest_manifest_release(struct ingest_manifest *m);

#endif
