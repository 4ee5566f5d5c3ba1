/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/moment.h"

enum { HALF_DAY = 12, CENTURY_PIVOT = 69, MOST_OFFSET_HOURS = 18 };

int cx_date_order_of(struct cx_str word, enum cx_date_order *order)
{
	static const struct {
		const char *word;
		enum cx_date_order order;
	} orders[] = { { "ymd", CX_ORDER_YMD }, { "mdy", CX_ORDER_MDY },
		{ "dmy", CX_ORDER_DMY } };

	for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
		if (cx_str_eq(word, cx_str(orders[i].word))) {
			*order = orders[i].order;
			return 0;
		}
	}
	return -1;
}

/* ---- cutting things off the front of s; false leaves s as it is ---- */

static void cut(struct cx_str *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

static bool cut_char(struct cx_str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	cut(s, 1);
	return true;
}

static bool cut_blanks(struct cx_str *s)
{
	size_t before = s->n;

	while (cut_char(s, ' '))
		continue;
	return s->n < before;
}

/* 1 to most digits; their number in *n. */
static bool cut_number(struct cx_str *s, int most, int *value, int *n)
{
	*value = *n = 0;
	while (*n < most && s->n && s->p[0] >= '0' && s->p[0] <= '9') {
		*value = *value * 10 + (s->p[0] - '0');
		cut(s, 1);
		(*n)++;
	}
	return *n > 0;
}

/* A word in any letter case, upper given. */
static bool cut_word(struct cx_str *s, const char *word)
{
	size_t n = strlen(word);

	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = s->p[i];

		if ((c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c) !=
		    word[i])
			return false;
	}
	cut(s, n);
	return true;
}

/* ---- dates ---- */

static int full_year(int year, int digits)
{
	if (digits > 2)
		return year;
	return year + (year < CENTURY_PIVOT ? 2000 : 1900);
}

static bool cut_compact_date(struct cx_str *s, struct cx_civil *c)
{
	struct cx_str rest = *s;
	int value, n;

	if (!cut_number(&rest, 8, &value, &n) || n != 8 ||
	    (rest.n && rest.p[0] >= '0' && rest.p[0] <= '9'))
		return false;
	c->year = value / 10000;
	c->month = value / 100 % 100;
	c->day = value % 100;
	*s = rest;
	return true;
}

/* Numbers a, b, c of a date whose year, when in front, has four digits. */
static bool place(enum cx_date_order order, const int *v, const int *digits,
    struct cx_civil *c)
{
	if (digits[0] == 4)
		order = CX_ORDER_YMD;
	switch (order) {
	case CX_ORDER_YMD:
		c->year = full_year(v[0], digits[0]);
		c->month = v[1];
		c->day = v[2];
		return digits[0] != 3 && digits[1] <= 2 && digits[2] <= 2;
	case CX_ORDER_MDY:
	case CX_ORDER_DMY:
		c->month = order == CX_ORDER_MDY ? v[0] : v[1];
		c->day = order == CX_ORDER_MDY ? v[1] : v[0];
		c->year = full_year(v[2], digits[2]);
		return digits[0] <= 2 && digits[1] <= 2 &&
		       (digits[2] == 2 || digits[2] == 4);
	case CX_ORDER_UNKNOWN:
		break;
	}
	return false;
}

static bool cut_date(
    struct cx_str *s, enum cx_date_order order, struct cx_civil *c)
{
	int values[3], digits[3];
	char between;

	if (cut_compact_date(s, c))
		return true;
	if (!cut_number(s, 4, &values[0], &digits[0]) || s->n == 0)
		return false;
	between = s->p[0];
	if (between != '-' && between != '/' && between != '.')
		return false;
	for (int i = 1; i < 3; i++)
		if (!cut_char(s, between) ||
		    !cut_number(s, 4, &values[i], &digits[i]))
			return false;
	return place(order, values, digits, c);
}

/* ---- times of day ---- */

static void cut_decimals(struct cx_str *s)
{
	struct cx_str rest = *s;
	int value, n;

	if ((!cut_char(&rest, '.') && !cut_char(&rest, ',')) ||
	    !cut_number(&rest, 9, &value, &n))
		return;
	*s = rest;
}

/* 12 AM is midnight, 12 PM is noon. */
static bool apply_half(struct cx_civil *c, bool afternoon)
{
	if (c->hour < 1 || c->hour > HALF_DAY)
		return false;
	c->hour = c->hour % HALF_DAY + (afternoon ? HALF_DAY : 0);
	return true;
}

static bool cut_half(struct cx_str *s, struct cx_civil *c)
{
	struct cx_str rest = *s;
	bool afternoon;

	cut_blanks(&rest);
	afternoon = cut_word(&rest, "PM");
	if (!afternoon && !cut_word(&rest, "AM"))
		return true;
	*s = rest;
	return apply_half(c, afternoon);
}

static bool cut_time(struct cx_str *s, struct cx_civil *c)
{
	int n;

	if (!cut_number(s, 2, &c->hour, &n) || !cut_char(s, ':') ||
	    !cut_number(s, 2, &c->minute, &n) || n != 2)
		return false;
	if (cut_char(s, ':')) {
		if (!cut_number(s, 2, &c->second, &n) || n != 2)
			return false;
		cut_decimals(s);
	}
	return cut_half(s, c);
}

/* ---- offsets ---- */

/* +H, +HH, +HHMM, +HH:MM, either sign. */
static bool cut_offset(struct cx_str *s, int *offset)
{
	bool minus = s->n && s->p[0] == '-';
	int hours, minutes = 0, n;

	if (!cut_char(s, '+') && !cut_char(s, '-'))
		return false;
	if (!cut_number(s, 2, &hours, &n))
		return false;
	cut_char(s, ':');
	if (s->n && (!cut_number(s, 2, &minutes, &n) || n != 2))
		return false;
	if (hours > MOST_OFFSET_HOURS || minutes > 59)
		return false;
	*offset = hours * CX_HOUR + minutes * CX_MINUTE;
	*offset = minus ? -*offset : *offset;
	return true;
}

/* What may stand behind the time: nothing, or a zone. */
static bool cut_zone(struct cx_str *s, struct cx_moment *moment)
{
	cut_blanks(s);
	if (s->n == 0)
		return true;
	moment->has_offset = true;
	moment->offset = 0;
	if (cut_word(s, "UTC") || cut_word(s, "GMT") || cut_word(s, "Z"))
		return s->n == 0 || cut_offset(s, &moment->offset);
	return cut_offset(s, &moment->offset);
}

static bool parse(
    struct cx_str s, enum cx_date_order order, struct cx_moment *moment)
{
	if (!cut_date(&s, order, &moment->civil))
		return false;
	if (cut_char(&s, 'T') || cut_blanks(&s)) {
		if (!cut_time(&s, &moment->civil))
			return false;
	}
	return cut_zone(&s, moment) && s.n == 0 &&
	       cx_civil_valid(&moment->civil);
}

int cx_moment_parse(struct cx_str cell, enum cx_date_order order,
    struct cx_moment *moment, struct cx_err *err)
{
	static const char *const orders[] = {
		("date that starts with its year (other orders are named in "
		 "the codebook's column \"dates\")"),
		"date in the order year, month, day",
		"date in the order month, day, year",
		"date in the order day, month, year",
	};

	*moment = (struct cx_moment){ .has_offset = false };
	if (parse(cx_str_trim(cell), order, moment))
		return 0;
	return cx_err_record(
	    err, "not a date", "%s is not a %s", cx_quote(cell), orders[order]);
}
