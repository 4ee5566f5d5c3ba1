/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/layout.h"

#include "libcx/base/mem.h"

#include <stdlib.h>
#include <utf8proc.h>

enum { GAP = 2 };

static const char bold[] = "\x1B[1m", plain[] = "\x1B[0m";

/* By number; 0 is none. */
static const char *const styles[] = { NULL, "\x1B[32m", "\x1B[31m", "\x1B[2m" };

enum { N_STYLES = sizeof(styles) / sizeof(*styles) };

/* Cuts the style off a line: a backslash and a digit, which no cell holds. */
static const char *cut_style(struct cx_str *line)
{
	int style;

	if (line->n < 2 || line->p[0] != '\\')
		return NULL;
	style = line->p[1] - '0';
	if (style < 1 || style >= N_STYLES)
		return NULL;
	line->p += 2;
	line->n -= 2;
	return styles[style];
}

size_t cx_layout_width(struct cx_str s)
{
	size_t width = 0;

	while (s.n) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate(
		    (const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &c);

		if (n <= 0)
			break;
		width += (size_t)utf8proc_charwidth(c);
		s.p += n;
		s.n -= (size_t)n;
	}
	return width;
}

static bool is_control(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	/* Cf holds the bidirectional overrides, which can reorder a line. */
	return category == UTF8PROC_CATEGORY_CC ||
	       (category == UTF8PROC_CATEGORY_CF && c != 0x200D);
}

/* The cell as it may stand on a terminal. */
static void masked(struct cx_str cell, struct cx_buf *out)
{
	cx_buf_clear(out);
	while (cell.n) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n =
		    utf8proc_iterate((const utf8proc_uint8_t *)cell.p,
		        (utf8proc_ssize_t)cell.n, &c);

		if (n <= 0)
			break;
		if (is_control(c))
			cx_buf_addf(out, "\\x%02X", (unsigned)c);
		else
			cx_buf_add(out, cell.p, (size_t)n);
		cell.p += n;
		cell.n -= (size_t)n;
	}
}

static void measure(struct cx_str tsv, size_t *widths, size_t n_columns)
{
	struct cx_buf cell = { 0 };

	while (tsv.n) {
		struct cx_str line = cx_str_next(&tsv, '\n');

		(void)cut_style(&line);
		for (size_t i = 0; i < n_columns; i++) {
			size_t width;

			masked(cx_str_next(&line, '\t'), &cell);
			width = cx_layout_width(cx_buf_str(&cell));
			if (width > widths[i])
				widths[i] = width;
		}
	}
	cx_buf_release(&cell);
}

static void pad(struct cx_buf *out, size_t n)
{
	while (n--)
		cx_buf_addc(out, ' ');
}

static void lay_line(struct cx_str line, const size_t *widths,
    const bool *right, size_t n_columns, struct cx_buf *out)
{
	struct cx_buf cell = { 0 };

	for (size_t i = 0; i < n_columns; i++) {
		size_t room;

		masked(cx_str_next(&line, '\t'), &cell);
		room = widths[i] - cx_layout_width(cx_buf_str(&cell));
		pad(out, (i ? GAP : 0) + (right[i] ? room : 0));
		cx_buf_adds(out, cx_buf_str(&cell));
		if (!right[i] && i + 1 < n_columns)
			pad(out, room);
	}
	cx_buf_release(&cell);
}

void cx_layout(struct cx_str tsv, const bool *right, size_t n_columns,
    bool colour, struct cx_buf *out)
{
	size_t *widths = cx_calloc(n_columns, sizeof(*widths));
	bool header = true;

	measure(tsv, widths, n_columns);
	while (tsv.n) {
		struct cx_str line = cx_str_next(&tsv, '\n');
		const char *style = cut_style(&line);

		if (header)
			style = bold;
		if (colour && style)
			cx_buf_addz(out, style);
		lay_line(line, widths, right, n_columns, out);
		if (colour && style)
			cx_buf_addz(out, plain);
		cx_buf_addc(out, '\n');
		header = false;
	}
	free(widths);
}
