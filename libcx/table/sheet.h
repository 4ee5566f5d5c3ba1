/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_SHEET_H
#define CX_TABLE_SHEET_H

#include "libcx/table/writer.h"

/*
 * A computed table on its way to a writer, row by row: cells are put in the
 * order of the columns, gates look at each row, and the row is written.
 */
struct cx_sheet;

/* writer is borrowed. */
struct cx_sheet *cx_sheet_new(struct cx_writer *writer);
void cx_sheet_free(struct cx_sheet *sheet);

void cx_sheet_text_column(struct cx_sheet *sheet, struct cx_str name);

/*
 * A column of numbers; real ones have this many decimals, and brief ones
 * where a person reads.
 */
void cx_sheet_number_column(
    struct cx_sheet *sheet, const char *name, int decimals, int brief);

/* A column of p-values, put as real numbers and written by cx_lines_p. */
void cx_sheet_p_column(struct cx_sheet *sheet, const char *name);

/*
 * The column added last is of detail: gates know it, and a table laid out
 * for the eye leaves it out.
 */
void cx_sheet_detail(struct cx_sheet *sheet);

/*
 * The text column added last says which row it is, in messages about gates.
 * Where no column does, those in front of the first number do.
 */
void cx_sheet_key(struct cx_sheet *sheet);

/*
 * All columns are added: the writer gets them. A usage error when two have
 * one name.
 */
int cx_sheet_start(struct cx_sheet *sheet, struct cx_err *err);

/*
 * Gates: each of the n texts is "COLUMN OP NUMBER" with OP one of
 * < <= > >= == !=, such as "nps < 20". Rows for which it is true fail; a
 * missing value is never true. Added behind the columns. A usage error of
 * "--fail-if" where one cannot be understood.
 */
int cx_sheet_gates(struct cx_sheet *sheet, const char *const *texts, size_t n,
    struct cx_err *err);

void cx_sheet_text(struct cx_sheet *sheet, struct cx_str cell);
void cx_sheet_count(struct cx_sheet *sheet, uint64_t n);
void cx_sheet_whole(struct cx_sheet *sheet, int64_t n);
void cx_sheet_real(struct cx_sheet *sheet, double x); /* NaN: missing */

/* A word in the place of a number that is not to be told; no gate sees it. */
void cx_sheet_masked(struct cx_sheet *sheet, const char *word);

/* The row at hand, where there is colour; before its first cell. */
void cx_sheet_style(struct cx_sheet *sheet, enum cx_style style);

/* The row is complete. */
int cx_sheet_end(struct cx_sheet *sheet, struct cx_err *err);

/* Hands what is left to the writer. */
int cx_sheet_flush(struct cx_sheet *sheet, struct cx_err *err);

/* -1 and err (CX_GATE), which names the rows, when a gate was true. */
int cx_sheet_verdict(const struct cx_sheet *sheet, struct cx_err *err);

/*
 * The end of a table made with success (code 0): flush and verdict, of which
 * the first that fails counts. Where code is -1, it stays. Frees the sheet.
 */
int cx_sheet_close(struct cx_sheet *sheet, int code, struct cx_err *err);

#endif
