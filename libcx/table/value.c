/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t digits(struct cx_str s)
{
	size_t n = 0;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	return n;
}

static int no_score(struct cx_str cell, int low, int high, struct cx_err *err)
{
	return cx_err_record(err, "not on the scale",
	    "%s is not a whole number from %d to %d", cx_quote(cell), low,
	    high);
}

/* Digits, then at most a point with zeros: "8", "8.", "8.00". */
static bool is_whole(struct cx_str s, size_t n_digits)
{
	size_t i = n_digits;

	if (i == s.n)
		return true;
	if (s.p[i++] != '.')
		return false;
	while (i < s.n && s.p[i] == '0')
		i++;
	return i == s.n;
}

static int any_score(
    struct cx_str cell, int low, int high, int *score, struct cx_err *err)
{
	struct cx_str s = cx_str_trim(cell);
	bool minus = s.n && s.p[0] == '-';
	size_t n;
	long value = 0;

	if (minus) {
		s.p++;
		s.n--;
	}
	n = digits(s);
	if (n == 0 || n > 9 || !is_whole(s, n))
		return no_score(cell, low, high, err);
	for (size_t i = 0; i < n; i++)
		value = value * 10 + (s.p[i] - '0');
	value = minus ? -value : value;
	if (value < low || value > high)
		return no_score(cell, low, high, err);
	*score = (int)value;
	return 0;
}

int cx_value_score(
    struct cx_str cell, int low, int high, int *score, struct cx_err *err)
{
	int value;

	/* Nearly all scores are one or two digits. */
	if (cell.n == 1 && is_digit(cell.p[0]))
		value = cell.p[0] - '0';
	else if (cell.n == 2 && is_digit(cell.p[0]) && is_digit(cell.p[1]))
		value = (cell.p[0] - '0') * 10 + (cell.p[1] - '0');
	else
		return any_score(cell, low, high, score, err);
	if (value < low || value > high)
		return no_score(cell, low, high, err);
	*score = value;
	return 0;
}

static int no_number(struct cx_str cell, struct cx_err *err)
{
	return cx_err_record(
	    err, "not a number", "%s is not a number", cx_quote(cell));
}

/* Cuts digits off the front; how many. */
static size_t cut_digits(struct cx_str *s)
{
	size_t n = digits(*s);

	s->p += n;
	s->n -= n;
	return n;
}

static bool cut_any(struct cx_str *s, const char *any)
{
	if (s->n == 0 || !s->p[0] || !strchr(any, s->p[0]))
		return false;
	s->p++;
	s->n--;
	return true;
}

static bool is_number(struct cx_str s)
{
	size_t n;

	cut_any(&s, "+-");
	n = cut_digits(&s);
	if (cut_any(&s, "."))
		n += cut_digits(&s);
	if (n == 0)
		return false;
	if (cut_any(&s, "eE")) {
		cut_any(&s, "+-");
		if (cut_digits(&s) == 0)
			return false;
	}
	return s.n == 0;
}

enum { LONGEST_NUMBER = 400, LONGEST_WHOLE = 18 };

/*
 * Digits with perhaps a minus and a point, of so few that all of them make a
 * whole number which a double holds, as it holds the power of ten: then one
 * division rounds as it should.
 * Source: Clinger 1990, ACM SIGPLAN Notices 25(6), 92-101.
 */
static bool is_short(struct cx_str s, double *number)
{
	static const double powers[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
		1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	bool minus = s.n && s.p[0] == '-';
	size_t at = minus, n_digits = 0, n_decimals = 0;
	int64_t value = 0;
	bool point = false;

	if (s.n == 0 || s.n > sizeof(powers) / sizeof(*powers))
		return false;
	for (; at < s.n; at++) {
		if (s.p[at] == '.' && !point) {
			point = true;
			continue;
		}
		if (!is_digit(s.p[at]))
			return false;
		value = value * 10 + (s.p[at] - '0');
		n_decimals += point;
		n_digits++;
	}
	if (n_digits == 0)
		return false;
	*number = (double)value / powers[n_decimals];
	if (minus)
		*number = -*number;
	return true;
}

int cx_value_number(struct cx_str cell, double *number, struct cx_err *err)
{
	struct cx_str s = cx_str_trim(cell);
	char text[LONGEST_NUMBER];
	double value;

	if (is_short(s, number))
		return 0;
	if (s.n >= sizeof(text) || !is_number(s))
		return no_number(cell, err);
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	value = strtod(text, NULL);
	/* More than a double holds is no number to count with. */
	if (!isfinite(value))
		return no_number(cell, err);
	*number = value;
	return 0;
}

int cx_value_whole(struct cx_str cell, int64_t *whole, struct cx_err *err)
{
	struct cx_str s = cell;
	bool minus = cut_any(&s, "-");
	int64_t value = 0;

	if (s.n == 0 || s.n > LONGEST_WHOLE || digits(s) != s.n)
		return cx_err_record(err, "not a whole number",
		    "%s is not a whole number", cx_quote(cell));
	for (size_t i = 0; i < s.n; i++)
		value = value * 10 + (s.p[i] - '0');
	*whole = minus ? -value : value;
	return 0;
}

int cx_value_scale(struct cx_str text, int *low, int *high)
{
	struct cx_err ignored;
	int64_t ends[2];
	size_t dots = 0;

	while (dots + 1 < text.n &&
	       (text.p[dots] != '.' || text.p[dots + 1] != '.'))
		dots++;
	if (dots + 2 > text.n ||
	    cx_value_whole(
	        (struct cx_str){ text.p, dots }, &ends[0], &ignored) < 0 ||
	    cx_value_whole(
	        (struct cx_str){ text.p + dots + 2, text.n - dots - 2 },
	        &ends[1], &ignored) < 0)
		return -1;
	if (ends[0] < -CX_SCALE_FARTHEST || ends[1] > CX_SCALE_FARTHEST ||
	    ends[0] >= ends[1])
		return -1;
	*low = (int)ends[0];
	*high = (int)ends[1];
	return 0;
}
