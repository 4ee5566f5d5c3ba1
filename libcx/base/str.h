/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_STR_H
#define CX_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Borrowed bytes: n of them at p, no NUL behind them, never owned. */
struct cx_str {
	const char *p;
	size_t n;
};

static inline struct cx_str cx_str(const char *s)
{
	return (struct cx_str){ s, strlen(s) };
}

static inline bool cx_str_eq(struct cx_str a, struct cx_str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Byte order, as memcmp says it; what is the beginning of the other is less. */
static inline int cx_str_order(struct cx_str a, struct cx_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order ? order : (a.n > b.n) - (a.n < b.n);
}

static inline bool cx_str_starts(struct cx_str s, struct cx_str with)
{
	return s.n >= with.n &&
	       (with.n == 0 || memcmp(s.p, with.p, with.n) == 0);
}

/* Whether no byte is beyond ASCII. */
static inline bool cx_str_is_ascii(struct cx_str s)
{
	unsigned char all = 0;

	for (size_t i = 0; i < s.n; i++)
		all |= (unsigned char)s.p[i];
	return all < 0x80;
}

/* Without the first n bytes; n <= s.n. */
static inline struct cx_str cx_str_skip(struct cx_str s, size_t n)
{
	return (struct cx_str){ s.p + n, s.n - n };
}

/*
 * Without blanks at both ends: space, tab, CR, LF, U+00A0, U+3000 and U+FEFF.
 */
struct cx_str cx_str_trim_any(struct cx_str s);

/* A visible ASCII character: surely no part of a blank. */
static inline bool cx_str_solid(char c)
{
	return c > ' ' && c < 0x7F;
}

/* The same, for most cells without a call. */
static inline struct cx_str cx_str_trim(struct cx_str s)
{
	if (s.n && cx_str_solid(s.p[0]) && cx_str_solid(s.p[s.n - 1]))
		return s;
	return cx_str_trim_any(s);
}

/*
 * Cuts the next item off a list: returns the bytes before the first sep and
 * moves *rest behind it. The last item leaves rest->p NULL, and so does an
 * empty list, whose one item is empty.
 */
struct cx_str cx_str_next(struct cx_str *rest, char sep);

/*
 * The candidate nearest to name by edit distance (insert, delete, replace,
 * swap of neighbours; a change of letter case counts an eighth), or -1 when
 * none is near enough to be what was meant.
 */
int cx_str_nearest(
    struct cx_str name, const struct cx_str *candidates, size_t n);

#endif
