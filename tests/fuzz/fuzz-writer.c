/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cells of any UTF-8, written in each format: what our reader reads of TSV and
 * CSV are the same cells, JSON is JSON with the same cells in it, and laid out
 * nothing can move a cursor or start markup.
 *
 * Byte 0 is the format, byte 1 the number of columns, the rest cells with NUL
 * between them, the first ones names.
 */
#include "tests/fuzz/file.h"

#include "libcx/base/utf8.h"
#include "libcx/table/json.h"
#include "libcx/table/reader.h"
#include "libcx/table/writer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct cx_str column_name(struct cx_str *names)
{
	return names->p ? cx_str_next(names, '\0') : cx_str("");
}

/* 0, or -1 where the header cannot be. */
static int write_all(enum cx_format format, size_t n, struct cx_str cells)
{
	struct cx_writer *writer;
	struct cx_lines lines;
	struct cx_output *out;
	struct cx_err err;
	int code = 0;

	fuzz_file((struct cx_str){ NULL, 0 });
	if (lseek(fuzz_fd(), 0, SEEK_SET) < 0 ||
	    dup2(fuzz_fd(), STDOUT_FILENO) < 0 ||
	    cx_output_open(&out, NULL, &err) < 0)
		abort();
	writer = cx_writer_new(out, format, false);
	lines = (struct cx_lines){ .writer = writer };
	for (size_t i = 0; i < n; i++)
		cx_writer_column(writer, column_name(&cells), CX_TEXT);
	while (cells.p && code == 0) {
		for (size_t i = 0; i < n; i++)
			cx_lines_text(&lines, column_name(&cells));
		cx_lines_end(&lines);
		code = cx_writer_put(writer, &lines, &err);
	}
	cx_lines_release(&lines);
	if (code < 0) {
		cx_writer_free(writer);
		return -1;
	}
	return cx_writer_close(writer, &err);
}

/* ---- TSV, CSV ---- */

static void check_row(const struct cx_row *row, size_t n, struct cx_str *cells)
{
	for (size_t i = 0; i < n; i++)
		if (!cx_str_eq(cx_row_cell(row, i), column_name(cells)))
			abort();
}

static void read_back(size_t n, struct cx_str cells)
{
	struct cx_reader_options options = { .delimiter = '\0' };
	struct cx_reader *reader;
	const struct cx_row *row;
	struct cx_input *in;
	struct cx_err err;
	int more;

	if (cx_input_open(&in, fuzz_path(), &err) < 0 ||
	    cx_reader_open(&reader, in, &options, &err) < 0)
		abort();
	if (cx_header_n(cx_reader_header(reader)) != n)
		abort();
	for (size_t i = 0; i < n; i++) {
		struct cx_str name = column_name(&cells);

		if (cx_str_trim(name).n &&
		    !cx_str_eq(
		        cx_header_name(cx_reader_header(reader), i), name))
			abort();
	}
	while ((more = cx_reader_next(reader, &row, &err)) > 0)
		check_row(row, n, &cells);
	if (more < 0 || cells.p)
		abort();
	cx_reader_close(reader);
	cx_input_close(in);
}

/* ---- what is for others ---- */

static int take_value(
    void *cells, struct cx_str name, struct cx_str value, struct cx_err *err)
{
	(void)name;
	(void)err;
	if (!cx_str_eq(value, column_name(cells)) &&
	    !cx_str_eq(value, cx_str("null")))
		abort();
	return 0;
}

static void check_json(size_t n, struct cx_str cells, struct cx_str text)
{
	struct cx_err err;

	for (size_t i = 0; i < n; i++)
		column_name(&cells);
	while (text.n)
		if (cx_json_walk(
		        cx_str_next(&text, '\n'), take_value, &cells, &err) < 0)
			abort();
	if (cells.p)
		abort();
}

static void check_shown(struct cx_str text, enum cx_format format)
{
	if (cx_utf8_valid(text) != text.n)
		abort();
	for (size_t i = 0; i < text.n; i++) {
		if (format == CX_MD && text.p[i] == '<')
			abort();
		if (format == CX_TABLE && (text.p[i] & 0xE0) == 0 &&
		    text.p[i] != '\n')
			abort();
	}
}

static void check(enum cx_format format, size_t n, struct cx_str cells)
{
	static struct cx_buf text;
	off_t size = lseek(fuzz_fd(), 0, SEEK_END);

	cx_buf_clear(&text);
	if (size < 0 ||
	    pread(fuzz_fd(), cx_buf_reserve(&text, (size_t)size + 1),
	        (size_t)size, 0) != size)
		abort();
	text.len = (size_t)size;
	if (format == CX_TSV || format == CX_CSV)
		read_back(n, cells);
	else if (format == CX_JSON)
		check_json(n, cells, cx_buf_str(&text));
	else
		check_shown(cx_buf_str(&text), format);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cx_str cells;
	enum cx_format format;
	size_t n;

	if (size < 2)
		return 0;
	format = (enum cx_format)(data[0] % (CX_MD + 1));
	n = 1 + data[1] % 4;
	cells = (struct cx_str){ (const char *)data + 2, size - 2 };
	if (cx_utf8_valid(cells) == cells.n && write_all(format, n, cells) == 0)
		check(format, n, cells);
	return 0;
}
