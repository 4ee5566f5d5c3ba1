/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_INGEST_SHARDS_H
#define CX_CMD_INGEST_SHARDS_H

#include "cmd/ingest/ingest.h"

/*
 * Where the rows of the stream go: to the program's one writer or, with
 * --shard, each to that of the shard its --by cell is of. See cx-ingest(1).
 */

extern const char *ingest_shard, *ingest_shard_by; /* what the options say */

#define INGEST_SHARD_OPTIONS                                                   \
	CX_OPT_TEXT(0, "shard", &ingest_shard, "N",                            \
	    "cut the stream into N files, -o part-%d.tsv"),                    \
	    CX_OPT_TEXT(0, "by", &ingest_shard_by, "COLUMN",                   \
	        "equal cells of it go to one file of --shard")

struct ingest_shards {
	size_t n;
	size_t by; /* a column of the stream as it is written */
	size_t n_columns;
	struct cx_writer *form; /* of rows on their way */
	struct cx_lines *lines; /* by shard */
	uint64_t *n_rows;       /* by shard */
	struct cx_str *cells;   /* of the row at hand, as they are in TSV */
	struct cx_buf plain;
};

/* Makes ingest->writer, and ingest->shards where they are asked for. */
int ingest_open_output(
    struct cx_cli *cli, struct ingest *ingest, struct cx_err *err);

/* The columns of the stream, one by one, and when all of them are told. */
void ingest_put_column(const struct ingest *ingest, struct cx_str name);
int ingest_settle_columns(const struct ingest *ingest, struct cx_err *err);

/* Writes the rows, made for ingest->writer, and empties lines. */
int ingest_write(
    const struct ingest *ingest, struct cx_lines *lines, struct cx_err *err);

/* What is told at the end. -1 and err when rows were lost: a fault of ours. */
int ingest_tell_shards(const struct ingest_state *total, struct cx_err *err);

void ingest_shards_free(struct ingest_shards *shards); /* NULL is fine */

#endif
