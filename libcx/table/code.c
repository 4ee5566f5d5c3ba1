/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/code.h"

static const struct cx_str none = { "", 0 };
static const struct cx_str wide_colon = { "\xEF\xBC\x9A", 3 };
static const struct cx_str en_dash = { "\xE2\x80\x93", 3 };
static const struct cx_str em_dash = { "\xE2\x80\x94", 3 };

enum { MOST_DIGITS = 4 };

static bool at(struct cx_str s, const char *any)
{
	return s.n && s.p[0] && strchr(any, s.p[0]);
}

static void skip(struct cx_str *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

static bool is_dash(struct cx_str s, size_t *n)
{
	*n = at(s, "-")                                               ? 1
	     : cx_str_starts(s, en_dash) || cx_str_starts(s, em_dash) ? 3
	                                                              : 0;
	return *n > 0;
}

/* What parts a number from the words that it stands for. */
static bool parts(struct cx_str rest)
{
	bool blank = at(rest, " ");
	size_t n;

	while (at(rest, " "))
		skip(&rest, 1);
	if (rest.n == 0 || at(rest, ":=") || cx_str_starts(rest, wide_colon))
		return true;
	if (blank && at(rest, "("))
		return true;
	if (at(rest, ".") && !blank)
		return rest.n > 1 && rest.p[1] == ' ';
	if (!blank || !is_dash(rest, &n))
		return false;
	skip(&rest, n);
	return at(rest, " ");
}

struct cx_str cx_code_of(struct cx_str cell)
{
	bool bracket = at(cell, "(");
	struct cx_str rest = cell, code;
	size_t digits = 0;

	if (bracket)
		skip(&rest, 1);
	code = rest;
	if (at(rest, "-"))
		skip(&rest, 1);
	while (
	    digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9')
		digits++;
	if (digits == 0 || digits > MOST_DIGITS)
		return none;
	skip(&rest, digits);
	code.n = (size_t)(rest.p - code.p);
	if (bracket)
		return at(rest, ")") ? code : none;
	return parts(rest) ? code : none;
}
