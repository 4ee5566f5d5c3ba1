/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/part.h"

static const char quote = '"';

static void add_quoted(struct cx_buf *text, struct cx_str name)
{
	cx_buf_addc(text, quote);
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == quote)
			cx_buf_addc(text, quote);
		cx_buf_addc(text, name.p[i]);
	}
	cx_buf_addc(text, quote);
}

/* Of a and b behind it, the byte at i. */
static char at(struct cx_str a, struct cx_str b, size_t i)
{
	return i < a.n ? a.p[i] : b.p[i - a.n];
}

/* Whether the sign stands in a and b behind it, from start on or before end. */
static bool stands(struct cx_str sign, struct cx_str a, struct cx_str b,
    size_t start, size_t end)
{
	for (; start < end; start++) {
		size_t same = 0;

		while (same < sign.n && at(a, b, start + same) == sign.p[same])
			same++;
		if (same == sign.n)
			return true;
	}
	return false;
}

/* Whether the sign stands in front of the place that it is meant to be at. */
static bool ends_early(struct cx_str name, struct cx_str sign)
{
	return stands(sign, name, sign, 0, name.n);
}

/* Whether it stands behind that place, in the sign and the name behind it. */
static bool starts_late(struct cx_str name, struct cx_str sign)
{
	return stands(sign, sign, name, 1, name.n + 1);
}

void cx_part_add_front(
    struct cx_buf *text, struct cx_str name, struct cx_str sign)
{
	if ((name.n && name.p[0] == quote) || ends_early(name, sign))
		add_quoted(text, name);
	else
		cx_buf_adds(text, name);
}

void cx_part_add_last(
    struct cx_buf *text, struct cx_str name, struct cx_str sign)
{
	if ((name.n && name.p[name.n - 1] == quote) || starts_late(name, sign))
		add_quoted(text, name);
	else
		cx_buf_adds(text, name);
}
