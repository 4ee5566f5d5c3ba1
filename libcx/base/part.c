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

/* Of a name and the sign behind it, the byte at i. */
static char at(struct cx_str name, struct cx_str sign, size_t i)
{
	return i < name.n ? name.p[i] : sign.p[i - name.n];
}

/* Whether the sign stands in front of the place that it is meant to be at. */
static bool ends_early(struct cx_str name, struct cx_str sign)
{
	for (size_t start = 0; start < name.n; start++) {
		size_t same = 0;

		while (same < sign.n &&
		       at(name, sign, start + same) == sign.p[same])
			same++;
		if (same == sign.n)
			return true;
	}
	return false;
}

/* Whether it stands behind that place, in the sign and the name behind it. */
static bool starts_late(struct cx_str name, struct cx_str sign)
{
	for (size_t start = 1; start <= name.n; start++) {
		size_t same = 0;

		while (same < sign.n &&
		       at(sign, name, start + same) == sign.p[same])
			same++;
		if (same == sign.n)
			return true;
	}
	return false;
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
