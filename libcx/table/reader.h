/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_READER_H
#define CX_TABLE_READER_H

#include "libcx/base/err.h"
#include "libcx/io/input.h"
#include "libcx/table/first.h"
#include "libcx/table/header.h"
#include "libcx/table/row.h"

/*
 * Reads a table, TSV as in cx-stream(5) or CSV as in RFC 4180, row by row:
 *
 *	while ((more = cx_reader_next(reader, &row, err)) > 0)
 *		use(cx_row_cell(row, column));
 *
 * The format comes from the header line alone: a tab outside quotes makes it
 * TSV, else it is CSV with the more frequent of comma and semicolon (comma on
 * a tie, and for one column).
 */
struct cx_reader;

/*
 * What makes a header of the first records of a table, some of which may be
 * data: header is empty and to be filled, *n_rows the number of records that
 * are its rows, 1 or more.
 */
struct cx_head {
	int (*make)(const struct cx_head *head, const struct cx_first *first,
	    struct cx_header *header, size_t *n_rows, struct cx_err *err);
};

struct cx_reader_options {
	char delimiter; /* '\0': from the header line; '\t' is TSV */
	/* TSV that lacks the last newline is complete; cells become Form C */
	bool foreign;
	bool lenient;  /* malformed CSV is read as libcsv reads it */
	bool settings; /* a codebook or the like: no option is for it */
	/* of a foreign input; NULL: UTF-8, or what a byte order mark names */
	const char *encoding;
	const struct cx_head *head; /* NULL: the first record is the header */
};

/* How far a record may reach before it is taken for damage. */
enum {
	CX_RECORD_MOST = 1 << 24, /* bytes */
	CX_CELLS_MOST = 1 << 20,
};

/*
 * Reads up to and with the header. in is borrowed. Returns 0 with *reader, or
 * -1 and err.
 */
int cx_reader_open(struct cx_reader **reader, struct cx_input *in,
    const struct cx_reader_options *options, struct cx_err *err);
void cx_reader_close(struct cx_reader *reader);

const struct cx_header *cx_reader_header(const struct cx_reader *reader);

/*
 * The next record: 1 with *row; 0 at the end; -1 and err.
 * When err->reason is set only this record is bad: *row holds it (for
 * cx_row_raw), and reading can go on.
 */
int cx_reader_next(
    struct cx_reader *reader, const struct cx_row **row, struct cx_err *err);

/*
 * To what an error of next says about bytes that are not UTF-8, the likely
 * encoding and what to do. For an error that is the end: more is read.
 */
void cx_reader_explain(struct cx_reader *reader, struct cx_err *err);

/* The physical line, from 1, that the current record starts on. */
unsigned long cx_reader_line(struct cx_reader *reader);

/* The name of the input, for messages. */
const char *cx_reader_name(const struct cx_reader *reader);

/* The line of a row that a reader has just handed out. */
unsigned long cx_row_line(const struct cx_row *row);

/*
 * The record as it stands in the input, without its line end; for malformed
 * CSV too, where a row is what was made of it.
 */
struct cx_str cx_row_source(const struct cx_row *row);

/* Offset in the bytes of the input at which the next record starts. */
uint64_t cx_reader_offset(const struct cx_reader *reader);

/*
 * Part of a plain file, for a thread of its own: the records that start in
 * start <= offset < end. Made once, set to one part after the other.
 */
bool cx_reader_can_part(const struct cx_reader *whole);
struct cx_reader *cx_reader_part(const struct cx_reader *whole);

/* What a part must know of all bytes before it. */
struct cx_reader_place {
	uint64_t lines; /* LF bytes before it */
	bool inside;    /* it starts in a quoted cell */
};

/* At cx_reader_offset(whole), behind the header. */
struct cx_reader_place cx_reader_begin(const struct cx_reader *whole);

/*
 * Loads the bytes from offset up to end; the last part has no end to its
 * records, which may have grown more since. Then skip moves a place over the
 * part, and start, with the place before it, makes its records ready.
 */
int cx_reader_load(struct cx_reader *part, uint64_t offset, uint64_t end,
    bool last, struct cx_err *err);
void cx_reader_skip(
    const struct cx_reader *part, struct cx_reader_place *place);
void cx_reader_start(
    struct cx_reader *part, const struct cx_reader_place *place);

/* For tests: the size of the blocks read, and 0 for the default. */
void cx_reader_set_block(size_t size);

#endif
