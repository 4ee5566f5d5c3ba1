/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/moment-impl.h"

#include "libcx/base/normal.h"
#include "libcx/table/instant.h"

#include <math.h>

static const struct {
	const char *word, *name;
} orders[] = {
	[CX_ORDER_UNKNOWN] = { "",
	    ("date that can be read in one way only (orders are named in the "
	     "codebook's column \"dates\", or with --dates)") },
	[CX_ORDER_YMD] = { "ymd", "year, month, day" },
	[CX_ORDER_MDY] = { "mdy", "month, day, year" },
	[CX_ORDER_DMY] = { "dmy", "day, month, year" },
	[CX_ORDER_EPOCH] = { "epoch", "number of seconds since 1970" },
	[CX_ORDER_EPOCH_MS] = { "epoch-ms",
	    "number of milliseconds since 1970" },
	[CX_ORDER_EXCEL] = { "excel", "number of a day as spreadsheets count" },
	[CX_ORDER_EXCEL_1904] = { "excel-1904",
	    "number of a day since 1904 as spreadsheets count" },
};

enum { N_ORDERS = sizeof(orders) / sizeof(*orders) };

int cx_date_order_of(struct cx_str word, enum cx_date_order *order)
{
	for (int i = CX_ORDER_YMD; i < N_ORDERS; i++) {
		if (cx_str_eq(word, cx_str(orders[i].word))) {
			*order = (enum cx_date_order)i;
			return 0;
		}
	}
	return -1;
}

const char *cx_date_order_word(enum cx_date_order order)
{
	return orders[order].word;
}

const char *cx_date_order_name(enum cx_date_order order)
{
	return orders[order].name;
}

/* ---- numbers that count from some day on ---- */

enum {
	MOST_DIGITS = 15,
	EPOCH_DIGITS = 10,
	EPOCH_MS_DIGITS = 13,
	MILLI = 1000,
	EXCEL_GHOST = 60, /* the 29th of February 1900, which never was */
};

static const struct cx_civil excel_zero = { 1899, 12, 30, 0, 0, 0 },
                             excel_1904_zero = { 1904, 1, 1, 0, 0, 0 };

/* [-] digits [. digits]: the whole part, the rest, the number of digits. */
static bool cut_count(
    struct cx_str *s, int64_t *whole, double *rest, int *n_digits)
{
	bool minus = cut_char(s, '-');
	double unit = 1;

	*whole = *n_digits = 0;
	*rest = 0;
	for (; starts_with_digit(*s); cut(s, 1)) {
		*whole = *whole * 10 + (s->p[0] - '0');
		if (++*n_digits > MOST_DIGITS)
			return false;
	}
	if (*n_digits && cut_char(s, '.'))
		for (; starts_with_digit(*s); cut(s, 1))
			*rest += (s->p[0] - '0') * (unit /= 10);
	if (minus) {
		*whole = -*whole;
		*rest = -*rest;
	}
	return *n_digits > 0 && s->n == 0;
}

static bool set_seconds(struct cx_moment *moment, int64_t seconds, bool utc)
{
	if (!cx_civil_in_range(seconds))
		return false;
	moment->civil = cx_civil_from_seconds(seconds);
	moment->has_offset = utc;
	moment->offset = 0;
	return true;
}

/* Towards the past, as a clock that shows whole seconds does. */
static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool from_epoch(struct cx_str s, bool milli, struct cx_moment *moment)
{
	int64_t whole;
	double rest;
	int n;

	if (!cut_count(&s, &whole, &rest, &n))
		return false;
	if (rest < 0)
		whole--;
	if (milli)
		whole = floor_div(whole, MILLI);
	return set_seconds(moment, whole, true);
}

/*
 * Spreadsheets count 1900 as a leap year, because Lotus 1-2-3 did: their day
 * 60 does not exist, and the days before it are one later than it seems.
 * Source: ECMA-376 part 1, 18.17.4.1.
 */
static bool from_excel(
    struct cx_str s, const struct cx_civil *zero, struct cx_moment *moment)
{
	bool has_ghost = zero == &excel_zero;
	int64_t day;
	double rest;
	int n;

	if (!cut_count(&s, &day, &rest, &n) || day < 0 || rest < 0 || n > 7 ||
	    (has_ghost && (day == 0 || day == EXCEL_GHOST)))
		return false;
	if (has_ghost && day < EXCEL_GHOST)
		day++;
	return set_seconds(moment,
	    cx_civil_to_seconds(zero) + day * CX_DAY +
	        (int64_t)floor(rest * CX_DAY + 0.5),
	    false);
}

/* Ten digits are seconds from 2001 to 2286, thirteen milliseconds. */
static bool from_digits(struct cx_str s, struct cx_moment *moment)
{
	struct cx_str rest = s;
	int64_t whole;
	double part;
	int n;

	if (!cut_count(&rest, &whole, &part, &n) || whole < 0)
		return false;
	return (n == EPOCH_DIGITS && from_epoch(s, false, moment)) ||
	       (n == EPOCH_MS_DIGITS && from_epoch(s, true, moment));
}

/* ---- dates and times ---- */

/* A time right behind the character that ends a Japanese date. */
static bool is_close(struct cx_str s)
{
	return s.n &&
	       ((unsigned char)s.p[0] >= 0x80 ||
	           (starts_with_digit(s) &&
	               ((unsigned char)s.p[-1] >= 0x80 || s.p[-1] == ')')));
}

static bool parse_date(
    struct cx_str s, enum cx_date_order order, struct cx_moment *moment)
{
	/* Most times of most exports. */
	if (s.n == CX_CIVIL_SIZE && cx_instant_civil(s.p, &moment->civil))
		return true;
	if (!cx_moment_cut_date(&s, order, &moment->civil))
		return false;
	if (cut_char(&s, 'T') || cut_char(&s, 't') || cut_blanks(&s) ||
	    is_close(s)) {
		if (!cx_moment_cut_time(&s, &moment->civil))
			return false;
	}
	return cx_moment_cut_zone(&s, moment) && s.n == 0 &&
	       cx_civil_valid(&moment->civil);
}

static bool parse(
    struct cx_str s, enum cx_date_order order, struct cx_moment *moment)
{
	switch (order) {
	case CX_ORDER_EPOCH:
		return from_epoch(s, false, moment);
	case CX_ORDER_EPOCH_MS:
		return from_epoch(s, true, moment);
	case CX_ORDER_EXCEL:
		return from_excel(s, &excel_zero, moment);
	case CX_ORDER_EXCEL_1904:
		return from_excel(s, &excel_1904_zero, moment);
	case CX_ORDER_UNKNOWN:
		return parse_date(s, order, moment) || from_digits(s, moment);
	default:
		return parse_date(s, order, moment);
	}
}

/* As it stands, and else, where there may be another, in its normal form. */
static bool parse_any(
    struct cx_str s, enum cx_date_order order, struct cx_moment *moment)
{
	struct cx_buf normal = { 0 };
	bool ok;

	*moment = (struct cx_moment){ .has_offset = false };
	if (parse(s, order, moment))
		return true;
	if (cx_str_is_ascii(s))
		return false;
	cx_normal(&normal, s);
	*moment = (struct cx_moment){ .has_offset = false };
	ok = parse(cx_buf_str(&normal), order, moment);
	cx_buf_release(&normal);
	return ok;
}

/* The orders that fit; *moment is the last reading, *differ if not the only. */
static unsigned fitting(struct cx_str s, struct cx_moment *moment, bool *differ)
{
	struct cx_moment m;
	int64_t before = 0;
	unsigned fits = 0;

	*differ = false;
	for (int i = CX_ORDER_YMD; i <= CX_ORDER_DMY; i++) {
		int64_t seconds;

		if (!parse_any(s, (enum cx_date_order)i, &m))
			continue;
		seconds = cx_civil_to_seconds(&m.civil);
		*differ |= fits && seconds != before;
		before = seconds;
		fits |= 1u << i;
		*moment = m;
	}
	return fits;
}

/* 5/5/2026 is one day, whatever the order. */
static bool parse_same(struct cx_str s, struct cx_moment *moment)
{
	bool differ;
	unsigned fits = fitting(s, moment, &differ);

	return (fits & (fits - 1)) != 0 && !differ;
}

int cx_moment_parse(struct cx_str cell, enum cx_date_order order,
    struct cx_moment *moment, struct cx_err *err)
{
	bool ordered = order >= CX_ORDER_YMD && order <= CX_ORDER_DMY;

	if (parse_any(cx_str_trim(cell), order, moment))
		return 0;
	if (order == CX_ORDER_UNKNOWN && parse_same(cx_str_trim(cell), moment))
		return 0;
	return cx_err_record(err, "not a date", "%s is not a %s%s",
	    cx_quote(cell), ordered ? "date in the order " : "",
	    orders[order].name);
}

bool cx_moment_is_zero(struct cx_str cell)
{
	static const char zero[] = "0000-00-00";
	struct cx_str s = cx_str_trim(cell);

	if (s.n < sizeof(zero) - 1)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '0' && !strchr("-/:. TZ", s.p[i]))
			return false;
	return s.p[4] == s.p[7] && (s.p[4] == '-' || s.p[4] == '/');
}

unsigned cx_moment_orders(struct cx_str cell)
{
	struct cx_str s = cx_str_trim(cell);
	struct cx_moment moment = { .has_offset = false };
	unsigned fits;
	bool differ;

	/* Most dates of most columns. */
	if (s.n >= 5 && s.p[4] == '-' && parse(s, CX_ORDER_UNKNOWN, &moment))
		return 0;
	if (parse_any(s, CX_ORDER_UNKNOWN, &moment))
		return 0;
	fits = fitting(s, &moment, &differ);
	return differ || (fits & (fits - 1)) == 0 ? fits : 0;
}
