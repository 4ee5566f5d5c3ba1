/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_INGEST_H
#define CX_CMD_INGEST_H

#include "libcx/base/tally.h"
#include "libcx/cli/cli.h"
#include "libcx/table/convert.h"
#include "libcx/table/export.h"
#include "libcx/table/evidence.h"
#include "libcx/table/recipe.h"
#include "libcx/table/screen.h"

struct ingest_rows;
struct ingest_piece;
struct ingest_shards;

/* What is asked of cx-ingest, and what is known of all its files. */
struct ingest {
	const struct cx_cli *cli;
	struct cx_codebook book;
	struct cx_exports exports;  /* the formats there are */
	struct cx_map keep;         /* rules that do not drop */
	struct cx_writer *writer;   /* by ingest_write (shards.h) */
	struct cx_union columns;    /* of the stream */
	struct ingest_found *found; /* by the number of an entry in the book */
	bool has_open; /* columns that only the whole of them settles */
	struct cx_job *job;
	size_t n_opened;              /* files that are read or were */
	struct ingest_rows *rows;     /* rows.h; NULL: rows go out as made */
	struct ingest_shards *shards; /* NULL: the stream is one */
};

/*
 * Records on their way from a source to the stream. Every record that is read
 * is kept, rejected (an error with its reason set) or dropped by a rule; the
 * numbers of the three add up to what was read, and this is checked.
 */
struct ingest_state {
	struct ingest *ingest;          /* set by the caller in the total */
	const struct cx_header *header; /* of the file at hand */
	struct cx_recipe recipe;        /* of the file at hand */
	struct cx_lines lines;
	struct cx_convert_counts counts;
	struct cx_tally dropped; /* records, by rule */
	uint64_t n_kept;         /* records; each makes one row or more */
	struct cx_screen screen;
	uint64_t n_ratings;         /* rows of touchpoints */
	struct cx_tally unknown;    /* cells that no rule of the format knows */
	uint64_t wrong_groups;      /* NPS groups that are not their score's */
	struct ingest_rated *rated; /* the ratings of the record at hand */
	struct cx_buf text;         /* a multi or a key */
	struct ingest_piece *piece; /* with rows: rows.h */
	struct ingest_money *money; /* by column of money */
	size_t n_money;
};

extern const struct cx_fold ingest_fold;

/*
 * Every option of the program's own that is given is --MODE or in the list
 * with, which NULL ends; else -1 and err (usage).
 */
int ingest_check_mode(const struct cx_cli *cli, const char *mode,
    const char *const *with, struct cx_err *err);

/* Learns the columns of the stream from the files' headers: a job's survey. */
int ingest_survey(void *total, const char *name, const struct cx_header *header,
    struct cx_err *err);

/*
 * The rows that a record makes: one for the response, and one for each
 * touchpoint that is rated. -1 and err when a cell is not what it should be;
 * then no row of it has ended.
 */
int ingest_put(
    struct ingest_state *state, const struct cx_row *row, struct cx_err *err);

/*
 * The currencies of columns that name none: those of a piece go to the total,
 * with -1 and err when a column's are not all the same.
 */
int ingest_merge_money(
    struct ingest_state *total, struct ingest_state *piece, struct cx_err *err);
void ingest_release_money(struct ingest_state *state);

/* What was recognised in a file, and made of the names of its columns. */
void ingest_tell_header(
    const struct cx_cli *cli, const char *name, const struct cx_header *header);

/* The record at hand is not for the stream, as the rule called name has it. */
void ingest_drop(struct ingest_state *state, const char *name);

void ingest_release(struct ingest_state *state);
void ingest_forget(struct ingest *ingest);

/*
 * Reads the formats: those installed, then those of a folder (NULL: of
 * CX_FORMATS).
 */
int ingest_read_formats(
    struct ingest *ingest, const char *folder, struct cx_err *err);

/* A rule, by its note, that is not to drop. The formats are read before. */
int ingest_keep(struct ingest *ingest, struct cx_str name, struct cx_err *err);

/* The table of --list-formats. */
int ingest_list_formats(const struct ingest *ingest, struct cx_err *err);

/* What is told on standard error when all is read; closes the rejects. */
int ingest_tell(const struct cx_cli *cli, struct cx_job *job,
    const struct ingest_state *total, struct cx_err *err);

#endif
