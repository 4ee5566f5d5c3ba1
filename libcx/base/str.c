/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/str.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

/* Length of the blank that s starts with, 0 when it starts with none. */
static size_t blank_at_start(struct cx_str s)
{
	if (s.n && strchr(" \t\r\n", s.p[0]) && s.p[0])
		return 1;
	if (s.n >= 2 && memcmp(s.p, "\xC2\xA0", 2) == 0)
		return 2;
	if (s.n >= 3 && (memcmp(s.p, "\xE3\x80\x80", 3) == 0 ||
	                    memcmp(s.p, "\xEF\xBB\xBF", 3) == 0))
		return 3;
	return 0;
}

static size_t blank_at_end(struct cx_str s)
{
	for (size_t n = 1; n <= 3 && n <= s.n; n++) {
		struct cx_str tail = { s.p + s.n - n, n };

		if (blank_at_start(tail) == n)
			return n;
	}
	return 0;
}

struct cx_str cx_str_trim_any(struct cx_str s)
{
	size_t n;

	while ((n = blank_at_start(s)) > 0) {
		s.p += n;
		s.n -= n;
	}
	while ((n = blank_at_end(s)) > 0)
		s.n -= n;
	return s;
}

struct cx_str cx_str_next(struct cx_str *rest, char sep)
{
	struct cx_str item = *rest;
	const char *at = rest->n ? memchr(rest->p, sep, rest->n) : NULL;

	if (!at) {
		*rest = (struct cx_str){ NULL, 0 };
		return item;
	}
	item.n = (size_t)(at - rest->p);
	rest->p = at + 1;
	rest->n -= item.n + 1;
	return item;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* A change of letter case costs an eighth of another one. */
enum { EDIT = 8, CASE = 1, LONGEST = 64 };

static int replace_cost(char a, char b)
{
	if (a == b)
		return 0;
	return lower(a) == lower(b) ? CASE : EDIT;
}

static int min(int a, int b)
{
	return a < b ? a : b;
}

/* Optimal string alignment distance, row by row; both at most LONGEST. */
static int distance(struct cx_str a, struct cx_str b)
{
	int rows[3][LONGEST + 1];
	int *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= b.n; j++)
		above[j] = (int)j * EDIT;
	for (size_t i = 1; i <= a.n; i++) {
		row[0] = (int)i * EDIT;
		for (size_t j = 1; j <= b.n; j++) {
			int cost = replace_cost(a.p[i - 1], b.p[j - 1]);

			row[j] = min(above[j - 1] + cost,
			    min(above[j], row[j - 1]) + EDIT);
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] &&
			    a.p[i - 2] == b.p[j - 1])
				row[j] = min(row[j], before[j - 2] + EDIT);
		}
		int *spare = before;

		before = above;
		above = row;
		row = spare;
	}
	return above[b.n];
}

int cx_str_nearest(
    struct cx_str name, const struct cx_str *candidates, size_t n)
{
	int best = -1, best_cost = 0;

	if (name.n == 0 || name.n > LONGEST)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (candidates[i].n == 0 || candidates[i].n > LONGEST)
			continue;
		int cost = distance(name, candidates[i]);

		if (best < 0 || cost < best_cost) {
			best = (int)i;
			best_cost = cost;
		}
	}
	/* A third of the name may be wrong, and one letter always. */
	if (best >= 0 && best_cost > EDIT &&
	    (size_t)best_cost > name.n * EDIT / 3)
		return -1;
	/* Nothing in common is no suggestion. */
	if (best >= 0 && (size_t)best_cost >= name.n * EDIT)
		return -1;
	return best;
}
