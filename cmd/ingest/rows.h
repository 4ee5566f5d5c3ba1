/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_INGEST_ROWS_H
#define CX_CMD_INGEST_ROWS_H

#include "cmd/ingest/ingest.h"
#include "libcx/table/held.h"
#include "libcx/table/pseudonym.h"
#include "libcx/table/redact.h"

/*
 * What is done with records when their rows are made: cells that identify
 * somebody are replaced, records that come twice or are not the latest of
 * somebody are dropped, refunds are taken off their orders, and hasty ones are
 * flagged. See cx-ingest(1) for each.
 */

/* What the options say. */
struct ingest_asked {
	struct cx_list pseudonymize, redact, drop, batteries, flags;
	const char *key, *duplicates, *latest_per, *net_refunds, *speeder;
	struct cx_predicate *conditions; /* those of flags, made of them */
};
extern struct ingest_asked ingest_asked;

#define INGEST_ROWS_OPTIONS                                                    \
	CX_OPT_TEXT(0, "duplicates", &ingest_asked.duplicates, "RULE",         \
	    "of two records with one id: error, first, last or keep"),         \
	    CX_OPT_TEXT(0, "latest-per", &ingest_asked.latest_per, "COLUMN",   \
	        "keep the latest record of each customer or the like"),        \
	    CX_OPT_TEXT(0, "net-refunds", &ingest_asked.net_refunds, "COLUMN", \
	        "take refunds off the order COLUMN names"),                    \
	    CX_OPT_LIST(0, "battery", &ingest_asked.batteries, "A|B|C",        \
	        "flag who gives the same answer to all of these"),             \
	    CX_OPT_TEXT(0, "speeder", &ingest_asked.speeder, "COLUMN=N",       \
	        "flag who took less than N, or N% of the median"),             \
	    CX_OPT_LIST(0, "flag", &ingest_asked.flags, "NAME=CONDITION",      \
	        "flag the records for which CONDITION holds"),                 \
	    CX_OPT_LIST(0, "pseudonymize", &ingest_asked.pseudonymize,         \
	        "COLUMN", "put pseudonyms in place of its cells"),             \
	    CX_OPT_TEXT(0, "key", &ingest_asked.key, "FILE",                   \
	        "the secret key of the pseudonyms"),                           \
	    CX_OPT_LIST(0, "redact", &ingest_asked.redact, "COLUMN",           \
	        "take addresses and numbers out of its texts"),                \
	    CX_OPT_LIST(0, "drop", &ingest_asked.drop, "COLUMN",               \
	        "leave the column out of the stream")

/* What becomes of the cells of a column. */
enum ingest_cells {
	CELLS_STAY,
	CELLS_DROPPED,
	CELLS_PSEUDONYMS,
	CELLS_REDACTED,
};

enum ingest_duplicates {
	DUPLICATES_ERROR,
	DUPLICATES_FIRST,
	DUPLICATES_LAST,
	DUPLICATES_KEEP,
};

/* Bits of a record's flags. Those of --flag come behind, in their order. */
enum ingest_flag {
	FLAG_STRAIGHT = 1,
	FLAG_SPEEDER = 2,
	FLAG_REFUND = 4,
	N_FLAGS = 3,
	MOST_FLAGS = 32,
};

/* What tells records apart, as texts behind each other. */
enum ingest_key {
	KEY_ID,       /* and touchpoint: unique in a stream */
	KEY_RESPONSE, /* the id alone */
	KEY_GROUP,    /* of which the latest stays */
	KEY_ORDER,
	N_KEYS
};

/* A record of a piece, in the order of the input. */
struct ingest_record {
	uint64_t content; /* a hash of its rows */
	size_t rows_end;  /* in the rows of the piece */
	size_t raw_end;   /* in raw */
	size_t key_end[N_KEYS];
	unsigned long line;
	int64_t time;    /* INT64_MIN: none */
	double duration; /* NAN: none */
	unsigned flags;
	uint32_t n_ratings; /* rows of touchpoints */
};

/* The part of a fold's state that belongs to this. */
struct ingest_piece {
	struct cx_lines rows; /* where they are rewritten */
	struct ingest_record *records;
	size_t n, cap;
	size_t n_waiting; /* the last of them, whose rows are not rewritten */
	struct cx_buf keys, raw;
	struct cx_str *cells; /* of the row at hand, as they are in TSV */
	size_t n_cells;
	struct cx_buf plain, room;
	struct cx_redactor redactor;
	struct cx_pseudonyms recall;
	struct cx_test *conditions; /* NULL: no --flag */
	uint32_t *ends;             /* of cells, for them */
	struct cx_scratch scratch;
};

/* A group of columns that are rated together. */
struct ingest_battery {
	size_t *columns;
	size_t n;
	bool touchpoints; /* the ratings of touchpoint rows instead */
};

/* An id that has been seen. */
struct ingest_seen {
	uint64_t content;
	uint32_t file, line, held;
};

/* A record that is held back. */
struct ingest_fact {
	int64_t time;
	double duration;
	uint32_t response, group, order; /* numbers from 1; 0: none */
	uint32_t link;                   /* another of the same, from 1 */
	unsigned flags;
	uint32_t n_ratings;
};

/* Made when the columns of the stream are known. */
struct ingest_rows {
	/* settings, for all threads to read; columns may be CX_ABSENT */
	size_t n_columns;
	enum ingest_cells *cells; /* by column */
	size_t id, touchpoint, group, order, time, amount, duration, csat;
	size_t n_needed; /* no fact comes from this column or those behind */
	enum ingest_duplicates duplicates;
	struct ingest_battery *batteries;
	size_t n_batteries;
	double least, least_percent; /* of the duration; 0: no bound */
	bool flags, rewrite, hold;
	struct cx_header header; /* of the stream */
	struct cx_pseudonym key;
	struct cx_writer *form; /* of rows on their way */
	/* what has been merged */
	struct cx_map ids, responses, groups, orders;
	struct ingest_seen *seen; /* by id */
	size_t seen_cap;
	struct cx_held held;
	struct ingest_fact *facts; /* by number held */
	size_t facts_cap;
	uint32_t *latest; /* by group: a number held from 1 */
	size_t latest_cap;
	char **amounts; /* by number held: what is to be written; or NULL */
	struct cx_reject_list late;
	uint64_t redacted[CX_N_REDACTED];
	uint64_t flagged[MOST_FLAGS]; /* by bit */
};

/* ---- rows.c: what is asked, met with the columns ---- */

/* Usage errors that can be told before anything is read. */
int ingest_rows_check(struct cx_err *err);

/* The column of the stream that an option names, or a usage error. */
int ingest_find_column(const struct ingest_rows *rows, const char *option,
    struct cx_str name, size_t *column, struct cx_err *err);

/* One that an option cannot do without. */
int ingest_need_column(const struct ingest_rows *rows, const char *option,
    const char *name, size_t *column, struct cx_err *err);

/* Makes ingest->rows, where there is something to do. */
int ingest_rows_start(struct ingest *ingest, struct cx_err *err);

/* Gives the writer the columns of the stream. */
void ingest_rows_columns(const struct ingest *ingest);

/* Where ingest_put is to leave the rows of a record. */
const struct cx_writer *ingest_rows_form(const struct ingest *ingest);

/* What is told of it at the end. */
void ingest_rows_tell(const struct ingest *ingest);
void ingest_rows_free(struct ingest_rows *rows);

/*
 * Whether messages are to show nothing of the cells of this column of the
 * stream, or of those that are made of the column of a band. Known as soon as
 * the columns of the stream are.
 */
bool ingest_hides(const struct ingest *ingest, struct cx_str name);

/* Takes cells out of the message where the column's are not to be seen. */
void ingest_rows_mask(const struct ingest *ingest, struct cx_err *err);

/*
 * The same for a condition about a file with this header: columns of the
 * source that those of the stream are made of.
 */
int ingest_hide_sources(const struct ingest *ingest,
    const struct cx_header *header, struct cx_predicate *where,
    struct cx_err *err);

/* ---- treat.c: one record, in any thread ---- */

/* The rows of the record stand in state->lines, from the byte `from`. */
int ingest_treat(struct ingest_state *state, size_t from,
    const struct cx_row *row, struct cx_err *err);

/* Rewrites the rows that wait for it: before the piece is merged. */
void ingest_treat_rest(struct ingest_state *state);

struct ingest_piece *ingest_piece_new(const struct ingest *ingest);
void ingest_piece_free(struct ingest_piece *piece); /* NULL is fine */

/* The cells of the row at p, up to end, as they are in TSV. */
size_t ingest_split(
    const char *p, const char *end, struct cx_str *cells, size_t most);

/* A cell of TSV as it is meant. */
struct cx_str ingest_plain(struct cx_str cell, struct cx_buf *room);

/* The cell of a column in the row at hand; one that is absent is empty. */
struct cx_str ingest_cell(const struct ingest_piece *p, size_t column);

/* ---- flags.c ---- */

/* Reads the conditions of --flag. */
int ingest_flags_check(struct cx_err *err);

/* Finds what they and the batteries need among the columns. */
int ingest_flags_find(struct ingest_rows *rows, struct cx_err *err);

/*
 * Flags the record whose first row is split into cells, and whose other rows
 * stand behind it, up to end. -1 and err when a cell is not what a condition
 * takes it for.
 */
int ingest_flag(const struct ingest_rows *rows, struct ingest_piece *p,
    struct ingest_record *r, const char *behind, const char *end,
    struct cx_err *err);

/* The words of flags, into the last column. */
void ingest_put_flags(struct cx_lines *lines, unsigned flags);

void ingest_count_flags(struct ingest_rows *rows, unsigned flags);
void ingest_tell_flags(const struct ingest *ingest);
void ingest_flags_free(struct ingest_rows *rows);

/* ---- merge.c: in the order of the input ---- */

int ingest_rows_merge(
    struct ingest_state *total, struct ingest_state *piece, struct cx_err *err);

/* What waits for the end: is settled, and written. */
int ingest_rows_finish(struct ingest_state *total, struct cx_err *err);

/* The place of a column among the cells of rows held; CX_ABSENT: of none. */
size_t ingest_held_place(const struct ingest_rows *rows, size_t column);

/* Does the record (a number held) stay as one of its group? Drops others. */
void ingest_offer(struct ingest_state *total, uint32_t number);

/* A kept record is dropped after all. */
void ingest_drop_held(
    struct ingest_state *total, uint32_t number, const char *rule);

/* ---- refunds.c ---- */

/* Takes the refunds that are held off the orders that are. */
int ingest_net_refunds(struct ingest_state *total, struct cx_err *err);

#endif
