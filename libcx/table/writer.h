/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_WRITER_H
#define CX_TABLE_WRITER_H

#include "libcx/base/err.h"
#include "libcx/io/output.h"

/* CX_EXCEL: CSV with a byte order mark and no formulas, for spreadsheets. */
enum cx_format { CX_TSV, CX_CSV, CX_JSON, CX_TABLE, CX_MD, CX_EXCEL };

/* How a record of a laid-out table looks, where there is colour. */
enum cx_style { CX_PLAIN, CX_GOOD, CX_BAD, CX_DIM };

/* What a column holds decides its side in a table and its type in JSON. */
enum cx_kind { CX_TEXT, CX_NUMBER };

/*
 * Writes a table: columns first, then records. The line end of the last
 * record is held back until close, so that a reader can tell a whole stream
 * from one whose writer was killed (cx-stream(5)).
 */
struct cx_writer;

/* out is owned from here on. colour: for CX_TABLE, on a terminal. */
struct cx_writer *cx_writer_new(
    struct cx_output *out, enum cx_format format, bool colour);

void cx_writer_column(
    struct cx_writer *writer, struct cx_str name, enum cx_kind kind);
size_t cx_writer_n_columns(const struct cx_writer *writer);
struct cx_str cx_writer_name(const struct cx_writer *writer, size_t column);

/* False for NULL. */
bool cx_writer_is_table(const struct cx_writer *writer);

/* Whether its records are lines of TSV, as those of cx_writer_form are. */
bool cx_writer_is_tsv(const struct cx_writer *writer);

/* Lines that stand below a laid-out table; elsewhere they are dropped. */
void cx_writer_footer(struct cx_writer *writer, struct cx_str lines);

/*
 * Records on their way to a writer: made anywhere, by any thread, after the
 * columns are known. All zero but writer is empty and valid.
 */
struct cx_lines {
	const struct cx_writer *writer;
	enum cx_style style; /* of the record at hand */
	struct cx_buf bytes;
	size_t column;
	size_t whole; /* bytes of complete records */
};

void cx_lines_text(struct cx_lines *lines, struct cx_str cell);

/* The same for a cell that is known to need no escape in TSV. */
void cx_lines_plain(struct cx_lines *lines, struct cx_str cell);

/* Whole records in the form of the same writer. */
void cx_lines_take(struct cx_lines *lines, struct cx_str records);
/* n cells of TSV as they are, with the tabs between them; n > 0. */
void cx_lines_run(struct cx_lines *lines, struct cx_str cells, size_t n);
void cx_lines_count(struct cx_lines *lines, uint64_t n);
void cx_lines_whole(struct cx_lines *lines, int64_t n);
void cx_lines_missing(struct cx_lines *lines);

/*
 * A real number with a fixed number of decimals; brief ones where a person
 * reads (CX_TABLE, CX_MD). NaN and infinities are missing.
 */
void cx_lines_real(
    struct cx_lines *lines, double x, int decimals, int brief_decimals);

/*
 * A p-value: six decimals; below 0.001 six digits and a power of ten, as
 * 1.36818e-04. Where a person reads, three decimals and "<0.001".
 */
enum { CX_P_SIZE = 16 };
void cx_lines_p(struct cx_lines *lines, double p);

/* Every record has as many cells as the writer has columns. */
void cx_lines_end(struct cx_lines *lines);

/* Takes back the cells of a record that has not ended. */
void cx_lines_cancel(struct cx_lines *lines);
void cx_lines_release(struct cx_lines *lines);

/* Writes the records and empties lines. */
int cx_writer_put(
    struct cx_writer *writer, struct cx_lines *lines, struct cx_err *err);

/*
 * The table is complete, and all of it written but for the file's name:
 * nothing is put after this. See cx_output_settle.
 */
int cx_writer_settle(struct cx_writer *writer, struct cx_err *err);

/* The table appears, settled or not. Frees writer in any case. */
int cx_writer_close(struct cx_writer *writer, struct cx_err *err);

/*
 * A writer for the form of records only, that of TSV, also where there is one
 * column: nothing is put into it. To be freed with cx_writer_free.
 */
struct cx_writer *cx_writer_form(void);
void cx_writer_free(struct cx_writer *writer); /* NULL is fine */

/*
 * The table will not be complete: what is written ends in a poison record
 * that tells the next program why (TSV, CSV and JSON on a pipe); a file does
 * not appear. Frees writer.
 */
void cx_writer_poison(struct cx_writer *writer, struct cx_str why);

/*
 * The same where the program ends on the spot, as cx_output_last_words: line
 * is the poison record.
 */
void cx_writer_last_words(struct cx_writer *writer, const char *line);

#endif
