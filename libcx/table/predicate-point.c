/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in a condition something is wrong: its place, and a caret. */
#include "libcx/base/utf8.h"
#include "libcx/table/layout.h"
#include "libcx/table/predicate-impl.h"

#include <stdarg.h>
#include <stdio.h>

enum { SHOWN_BEFORE = 50, SHOWN_AFTER = 25 }; /* characters round the caret */

/* Bytes of the character at the front; what is none is one of one byte. */
static size_t step(struct cx_str s)
{
	size_t n = cx_utf8_step(s);

	return n ? n : 1;
}

static size_t characters(struct cx_str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n; n++)
		at += step((struct cx_str){ s.p + at, s.n - at });
	return n;
}

/* Control characters, and bytes that are no character. */
static bool is_dull(struct cx_str s)
{
	unsigned char c = (unsigned char)s.p[0];

	if (c == 0xC2 && s.n > 1)
		return (unsigned char)s.p[1] < 0xA0;
	return c < ' ' || c == 0x7F || cx_utf8_step(s) == 0;
}

/* So many characters of s behind the first skip, the dull ones as blanks. */
static void show(struct cx_buf *out, struct cx_str s, size_t skip, size_t most)
{
	size_t at = 0;

	for (size_t i = 0; at < s.n && i < skip + most; i++) {
		struct cx_str rest = { s.p + at, s.n - at };
		size_t n = step(rest);

		if (i >= skip && is_dull(rest))
			cx_buf_addc(out, ' ');
		else if (i >= skip)
			cx_buf_add(out, rest.p, n);
		at += n;
	}
}

/* The line of text that byte `at` is on; moves *at to where it is in it. */
static struct cx_str line_of(
    struct cx_str text, size_t *at, unsigned long *lines_before)
{
	size_t start = 0, end = *at;

	*lines_before = 0;
	for (size_t i = 0; i < *at; i++) {
		if (text.p[i] != '\n')
			continue;
		start = i + 1;
		++*lines_before;
	}
	while (end < text.n && text.p[end] != '\n')
		end++;
	*at -= start;
	return (struct cx_str){ text.p + start, end - start };
}

int cx_lexer_point(const struct cx_lexer *lexer, size_t at, struct cx_err *err)
{
	unsigned long lines;
	struct cx_str line = line_of(lexer->text, &at, &lines);
	size_t before = characters((struct cx_str){ line.p, at });
	size_t skip = before > SHOWN_BEFORE ? before - SHOWN_BEFORE : 0;
	struct cx_buf out = { 0 };
	size_t width;

	cx_buf_addz(&out, "  ");
	show(&out, line, skip, before - skip);
	width = cx_layout_width(cx_buf_str(&out));
	show(&out, (struct cx_str){ line.p + at, line.n - at }, 0, SHOWN_AFTER);
	cx_buf_addf(&out, "\n%*s^", (int)width, "");
	cx_err_below(err, cx_buf_str(&out));
	cx_buf_release(&out);
	err->line = 0;
	snprintf(err->file, sizeof(err->file), "%.200s:%lu:%zu", lexer->origin,
	    lexer->line + lines, before + (lines ? 1 : lexer->character));
	return -1;
}

int cx_lexer_fail(const struct cx_lexer *lexer, size_t at, struct cx_err *err,
    const char *format, ...)
{
	char what[sizeof(err->what)];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	cx_err_set(err, CX_USAGE, "%s", what);
	return cx_lexer_point(lexer, at, err);
}
