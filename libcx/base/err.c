/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/err.h"

#include "libcx/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

/* Copies as much of s as fits, whole characters only. */
static void copy(char *to, size_t size, struct cx_str s)
{
	size_t n = 0;

	while (n < s.n) {
		struct cx_str rest = { s.p + n, s.n - n };
		size_t step = cx_utf8_step(rest);

		step = step ? step : 1;
		if (n + step >= size)
			break;
		n += step;
	}
	if (n)
		memcpy(to, s.p, n);
	to[n] = '\0';
}

static void fill(struct cx_err *err, enum cx_status status, const char *reason,
    const char *format, va_list args)
{
	char what[sizeof(err->what) + 4];

	vsnprintf(what, sizeof(what), format, args);
	*err = (struct cx_err){ .status = status, .reason = reason };
	copy(err->what, sizeof(err->what), cx_str(what));
}

int cx_err_set(
    struct cx_err *err, enum cx_status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fill(err, status, NULL, format, args);
	va_end(args);
	return -1;
}

int cx_err_record(
    struct cx_err *err, const char *reason, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fill(err, CX_DATA, reason, format, args);
	va_end(args);
	return -1;
}

void cx_err_below(struct cx_err *err, struct cx_str text)
{
	copy(err->below, sizeof(err->below), text);
}

void cx_err_hide(struct cx_err *err)
{
	snprintf(err->what, sizeof(err->what),
	    "a cell, which is not shown, cannot be used%s%s",
	    err->reason ? ": " : "", err->reason ? err->reason : "");
}

void cx_err_file(struct cx_err *err, const char *file)
{
	if (!err->file[0])
		copy(err->file, sizeof(err->file), cx_str(file));
}

void cx_err_column(struct cx_err *err, struct cx_str column)
{
	if (!err->column[0])
		copy(err->column, sizeof(err->column), column);
}

enum { SHOWN_SIZE = 5 }; /* of a character: as it is, or \xHH and a NUL */

/*
 * Writes the character that s starts with as it may stand in a message;
 * returns how many bytes of s that was.
 */
static size_t show(struct cx_str s, char **out)
{
	size_t n = cx_utf8_step(s);
	unsigned char c = (unsigned char)s.p[0];
	/* C1 controls are two bytes: C2 80 to C2 9F */
	bool c1 = n == 2 && c == 0xC2 && (unsigned char)s.p[1] < 0xA0;

	if (n == 0 || c < 0x20 || c == 0x7F || c1) {
		*out += sprintf(*out, "\\x%02X", c);
		return 1;
	}
	memcpy(*out, s.p, n);
	*out += n;
	return n;
}

void cx_err_show(struct cx_buf *out, struct cx_str s)
{
	for (size_t at = 0; at < s.n;) {
		char *start = cx_buf_reserve(out, SHOWN_SIZE), *end = start;

		at += show(cx_str_skip(s, at), &end);
		out->len += (size_t)(end - start);
	}
}

void cx_err_format(const struct cx_err *err, struct cx_buf *out)
{
	cx_err_show(out, cx_str(err->file));
	if (err->file[0] && err->line)
		cx_buf_addf(out, ":%lu", err->line);
	if (err->file[0])
		cx_buf_addz(out, ": ");
	if (err->column[0])
		cx_buf_addf(out, "column %s: ", cx_quote(cx_str(err->column)));
	cx_err_show(out, cx_str(err->what));
}

enum { QUOTE_CHARS = 40, QUOTE_SIZE = QUOTE_CHARS * 4 + 8, QUOTES = 4 };

const char *cx_quote(struct cx_str s)
{
	static _Thread_local char ring[QUOTES][QUOTE_SIZE];
	static _Thread_local unsigned next;
	char *start = ring[next++ % QUOTES], *out = start;
	size_t at = 0;

	*out++ = '"';
	for (int chars = 0; at < s.n && chars < QUOTE_CHARS; chars++)
		at += show(cx_str_skip(s, at), &out);
	memcpy(out, at < s.n ? "…\"" : "\"", at < s.n ? 5 : 2);
	return start;
}
