/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a reader makes of an input, as text to compare:
 *
 *	[a][b]                  the header
 *	2 [1][x\ny]             line, cells
 *	4 (ragged row) 1,2,3    line, column if known, reason, raw record
 *
 * An error that ends the reading is in err, and not in the text. In cells \n,
 * \r, \t and \0 are what they mean elsewhere, and \] \\ are ] and \.
 */
#ifndef CX_TESTS_TRANSCRIPT_H
#define CX_TESTS_TRANSCRIPT_H

#include "libcx/base/mem.h"
#include "libcx/table/reader.h"

#include <stdlib.h>

/* What stands behind the backslash for a byte, or 0. */
static inline char transcribe_escape(char c)
{
	switch (c) {
	case '\0':
		return '0';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	case '\\':
	case ']':
		return c;
	default:
		return 0;
	}
}

static inline void transcribe_text(struct cx_str s, struct cx_buf *out)
{
	size_t done = 0;

	for (size_t i = 0; i < s.n; i++) {
		char escape = transcribe_escape(s.p[i]);

		if (!escape)
			continue;
		cx_buf_add(out, s.p + done, i - done);
		cx_buf_addc(out, '\\');
		cx_buf_addc(out, escape);
		done = i + 1;
	}
	cx_buf_add(out, s.p + done, s.n - done);
}

static inline void transcribe_cell(struct cx_str cell, struct cx_buf *out)
{
	cx_buf_addc(out, '[');
	transcribe_text(cell, out);
	cx_buf_addc(out, ']');
}

/* As cx_row_plain has it, byte by byte. */
static inline bool transcribe_is_plain(const struct cx_row *row)
{
	for (uint32_t i = row->start; i < row->ends[row->n - 1]; i++)
		if (memchr("\"\\\t\r", row->base[i], 4))
			return false;
	return !row->tsv;
}

/* Each cell is asked for twice, and both stay valid. */
static inline void transcribe_row(const struct cx_row *row, struct cx_buf *out)
{
	struct cx_str *cells = cx_malloc(row->n * sizeof(*cells));

	for (size_t i = 0; i < row->n; i++)
		cells[i] = cx_row_cell(row, i);
	for (size_t i = row->n; i-- > 0;)
		if (!cx_str_eq(cells[i], cx_row_cell(row, i)))
			cx_buf_addz(out, "(another answer) ");
	if (cx_row_plain(row) != transcribe_is_plain(row))
		cx_buf_addz(out, "(plain or not) ");
	for (size_t i = 0; i < row->n; i++)
		transcribe_cell(cells[i], out);
	cx_buf_addc(out, '\n');
	free(cells);
}

/* All rows up to the end, 0, or an error that ends the reading, -1. */
static inline int transcribe_rows(
    struct cx_reader *reader, struct cx_buf *out, struct cx_err *err)
{
	const struct cx_row *row;
	int more;

	while ((more = cx_reader_next(reader, &row, err)) != 0) {
		if (more < 0 && !err->reason)
			return -1;
		if (more > 0) {
			cx_buf_addf(out, "%lu ", cx_reader_line(reader));
			transcribe_row(row, out);
			continue;
		}
		cx_buf_addf(out, "%lu (%s%s%s) ", err->line, err->column,
		    err->column[0] ? ": " : "", err->reason);
		transcribe_text(cx_row_raw(row), out);
		cx_buf_addc(out, '\n');
	}
	return 0;
}

static inline void transcribe_header(
    const struct cx_header *header, struct cx_buf *out)
{
	for (size_t i = 0; i < cx_header_n(header); i++)
		transcribe_cell(cx_header_name(header, i), out);
	cx_buf_addc(out, '\n');
}

/* Piece by piece, in the order in which cx_fold_run has its threads do it. */
static inline int transcribe_parts(struct cx_reader *whole, uint64_t size,
    uint64_t piece, struct cx_buf *out, struct cx_err *err)
{
	struct cx_reader *part = cx_reader_part(whole);
	struct cx_reader_place place = cx_reader_begin(whole), here;
	uint64_t first = cx_reader_offset(whole), end;
	int code = 0;

	for (uint64_t n = first / piece; n * piece < size && code == 0; n++) {
		end = (n + 1) * piece;
		code =
		    cx_reader_load(part, n * piece > first ? n * piece : first,
		        end, end >= size, err);
		if (code < 0)
			break;
		here = place;
		cx_reader_skip(part, &place);
		cx_reader_start(part, &here);
		code = transcribe_rows(part, out, err);
	}
	cx_reader_close(part);
	return code;
}

/*
 * Reads the file, piece bytes to a part, or as a whole when piece is 0.
 * Returns 0, or -1 and err; out is emptied first.
 */
static inline int transcribe(const char *path,
    const struct cx_reader_options *options, uint64_t piece, struct cx_buf *out,
    struct cx_err *err)
{
	struct cx_input *in;
	struct cx_reader *reader;
	int code;

	cx_buf_clear(out);
	memset(err, 0, sizeof(*err));
	if (cx_input_open(&in, path, err) < 0)
		return -1;
	code = cx_reader_open(&reader, in, options, err);
	if (code == 0) {
		transcribe_header(cx_reader_header(reader), out);
		if (piece && cx_reader_can_part(reader))
			code = transcribe_parts(
			    reader, cx_input_size(in), piece, out, err);
		else
			code = transcribe_rows(reader, out, err);
		cx_reader_close(reader);
	}
	cx_input_close(in);
	return code;
}

/* ---- what came of it ---- */

struct reading {
	struct cx_buf text;
	struct cx_err err;
	int code;
};

static inline bool same_reading(
    const struct reading *a, const struct reading *b)
{
	if (a->code != b->code ||
	    !cx_str_eq(cx_buf_str(&a->text), cx_buf_str(&b->text)))
		return false;
	return a->code == 0 || (strcmp(a->err.what, b->err.what) == 0 &&
	                           strcmp(a->err.column, b->err.column) == 0 &&
	                           a->err.line == b->err.line &&
	                           a->err.reason == b->err.reason &&
	                           a->err.poison == b->err.poison);
}

#endif
