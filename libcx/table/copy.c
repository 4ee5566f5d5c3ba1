/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/copy.h"

#include "libcx/base/bytes.h"

static void copy_cell(struct cx_lines *lines, struct cx_str cell)
{
	if (cx_bytes_lack(cell, '\\', '\t', '\n', '\r'))
		cx_lines_plain(lines, cell);
	else
		cx_lines_text(lines, cell);
}

/* The cells and the delimiters between them, as they are written. */
static struct cx_str raw_cells(const struct cx_row *row, size_t from, size_t to)
{
	struct cx_str first = cx_row_raw_cell(row, from);
	struct cx_str last = cx_row_raw_cell(row, to - 1);

	return (struct cx_str){ first.p, (size_t)(last.p + last.n - first.p) };
}

void cx_copy_cells(
    struct cx_lines *lines, const struct cx_row *row, size_t from, size_t to)
{
	struct cx_str raw;
	char *copy;

	if (from >= to)
		return;
	raw = raw_cells(row, from, to);
	if (!cx_writer_is_tsv(lines->writer) ||
	    (!row->tsv && !cx_bytes_lack(raw, '"', '\\', '\t', '\r'))) {
		for (size_t i = from; i < to; i++)
			copy_cell(lines, cx_row_cell(row, i));
		return;
	}
	cx_lines_plain(lines, raw);
	lines->column += to - from - 1;
	if (row->tsv)
		return;
	copy = lines->bytes.data + lines->bytes.len - raw.n;
	for (size_t i = from; i + 1 < to; i++)
		copy[row->base + row->ends[i] - raw.p] = '\t';
}
