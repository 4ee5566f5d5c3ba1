/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables of text, and what the writer makes of them. With tests/lib/scratch.h,
 * whose files they go to.
 */
#ifndef CX_TESTS_TABLE_H
#define CX_TESTS_TABLE_H

#include "libcx/base/mem.h"
#include "libcx/table/writer.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"
#include "tests/lib/scratch.h"
#include "tests/lib/str.h"

enum { MOST_COLUMNS = 6, MOST_ROWS = 12 };

struct table {
	size_t n_columns, n_rows;
	struct cx_str names[MOST_COLUMNS];
	struct cx_str cells[MOST_ROWS][MOST_COLUMNS];
};

static inline struct cx_writer *start(
    const char *path, enum cx_format format, const struct table *t)
{
	struct cx_output *out;
	struct cx_writer *writer;
	struct cx_err err;

	if (cx_output_open(&out, path, &err) < 0)
		scratch_fail(path);
	writer = cx_writer_new(out, format, false);
	for (size_t i = 0; i < t->n_columns; i++)
		cx_writer_column(writer, t->names[i], CX_TEXT);
	return writer;
}

/* The records go to the writer some at a time. */
static inline int write_table(
    const char *path, enum cx_format format, const struct table *t)
{
	struct cx_writer *writer = start(path, format, t);
	struct cx_lines lines = { .writer = writer };
	struct cx_err err;
	int bad = 0;

	for (size_t row = 0; row < t->n_rows; row++) {
		for (size_t i = 0; i < t->n_columns; i++)
			cx_lines_text(&lines, t->cells[row][i]);
		cx_lines_end(&lines);
		if (random_below(3) == 0)
			bad += cx_writer_put(writer, &lines, &err);
	}
	bad += cx_writer_put(writer, &lines, &err);
	cx_lines_release(&lines);
	return bad + cx_writer_close(writer, &err);
}

static inline void check_file(
    const char *path, const char *want, const char *name)
{
	struct cx_buf got = { 0 };

	scratch_read(path, &got);
	cx_buf_addc(&got, '\0');
	check_str(got.data, want, "%s", name);
	cx_buf_release(&got);
}

static inline void check_table(enum cx_format format, const struct table *t,
    const char *want, const char *name)
{
	const char *path = scratch_path("table");

	if (write_table(path, format, t) < 0)
		check(false, "%s is written", name);
	check_file(path, want, name);
}

#endif
