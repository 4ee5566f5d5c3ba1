/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/moment-impl.h"

enum { CENTURY_PIVOT = 69, WEEK = 7, MONTHS = 12 };

static int full_year(int year, int digits)
{
	if (digits > 2)
		return year;
	return year + (year < CENTURY_PIVOT ? 2000 : 1900);
}

/* ---- eight or fourteen digits ---- */

static bool cut_compact(struct cx_str *s, struct cx_civil *c)
{
	struct cx_str rest = *s;
	int day, time, n;

	if (!cut_number(&rest, 8, &day, &n) || n != 8)
		return false;
	if (starts_with_digit(rest)) {
		if (!cut_number(&rest, 6, &time, &n) || n != 6 ||
		    starts_with_digit(rest) ||
		    (rest.n && strchr(" Tt", rest.p[0])))
			return false;
		c->hour = time / 10000;
		c->minute = time / 100 % 100;
		c->second = time % 100;
	}
	c->year = day / 10000;
	c->month = day / 100 % 100;
	c->day = day % 100;
	*s = rest;
	return true;
}

/* ---- Japanese: 2026年11月21日, 令和8年11月21日, R8.11.21 ---- */

/*
 * The eras and their first days in the Gregorian calendar; Meiji from 1873 on,
 * when Japan took that calendar over.
 */
static const struct era {
	const char *word;
	const char *letter;
	struct cx_civil first;
	int year_before; /* of year 1 */
} eras[] = {
	{ "令和", "r", { 2019, 5, 1, 0, 0, 0 }, 2018 },
	{ "平成", "h", { 1989, 1, 8, 0, 0, 0 }, 1988 },
	{ "昭和", "s", { 1926, 12, 25, 0, 0, 0 }, 1925 },
	{ "大正", "t", { 1912, 7, 30, 0, 0, 0 }, 1911 },
	{ "明治", "m", { 1873, 1, 1, 0, 0, 0 }, 1867 },
};

static const struct era *cut_era(struct cx_str *s)
{
	for (size_t i = 0; i < sizeof(eras) / sizeof(*eras); i++)
		if (cx_moment_cut_word(s, eras[i].word) ||
		    cx_moment_cut_word(s, eras[i].letter))
			return &eras[i];
	return NULL;
}

/* A year of an era; 元 is the first. */
static bool cut_era_year(struct cx_str *s, int *year)
{
	int n;

	cut_blanks(s);
	if (cx_moment_cut_word(s, "元")) {
		*year = 1;
		return true;
	}
	return cut_number(s, 2, year, &n);
}

static bool cut_month_and_day(struct cx_str *s, struct cx_civil *c)
{
	int n;

	if (!cut_number(s, 2, &c->month, &n) || !cx_moment_cut_word(s, "月"))
		return false;
	return cut_number(s, 2, &c->day, &n) && cx_moment_cut_word(s, "日");
}

static bool cut_dotted(struct cx_str *s, struct cx_civil *c)
{
	char between = s->n ? s->p[0] : '\0';
	int n;

	if (between != '.' && between != '/' && between != '-')
		return false;
	return cut_char(s, between) && cut_number(s, 2, &c->month, &n) &&
	       cut_char(s, between) && cut_number(s, 2, &c->day, &n);
}

static bool cut_era_date(struct cx_str *s, struct cx_civil *c)
{
	struct cx_str rest = *s;
	const struct era *era = cut_era(&rest);
	int year;

	if (!era || !cut_era_year(&rest, &year))
		return false;
	c->year = era->year_before + year;
	if (cx_moment_cut_word(&rest, "年")) {
		if (!cut_month_and_day(&rest, c))
			return false;
	} else if (!cut_dotted(&rest, c)) {
		return false;
	}
	if (year == 0 || !cx_civil_valid(c) ||
	    cx_civil_to_seconds(c) < cx_civil_to_seconds(&era->first))
		return false;
	*s = rest;
	return true;
}

static bool cut_kanji_date(struct cx_str *s, struct cx_civil *c)
{
	struct cx_str rest = *s;
	int n;

	if (!cut_number(&rest, 4, &c->year, &n) || n != 4 ||
	    !cx_moment_cut_word(&rest, "年") || !cut_month_and_day(&rest, c))
		return false;
	*s = rest;
	return true;
}

/* ---- English: 21 Nov 2026, 21-Nov-26, November 21, 2026 ---- */

static bool cut_month(struct cx_str *s, int *month)
{
	static const char *const names[MONTHS] = { "january", "february",
		"march", "april", "may", "june", "july", "august", "september",
		"october", "november", "december" };

	for (int i = 0; i < MONTHS; i++) {
		char shorter[4] = { names[i][0], names[i][1], names[i][2] };

		*month = i + 1;
		if (cx_moment_cut_word(s, names[i]))
			return true;
		if (i == 8 && cx_moment_cut_word(s, "sept"))
			return true;
		if (cx_moment_cut_word(s, shorter)) {
			(void)cut_char(s, '.');
			return true;
		}
	}
	return false;
}

static bool cut_year(struct cx_str *s, int *year)
{
	int n;

	if (!cut_number(s, 4, year, &n) || (n != 2 && n != 4))
		return false;
	*year = full_year(*year, n);
	return true;
}

/* What may stand between the words of a date. */
static bool cut_between(struct cx_str *s)
{
	size_t before = s->n;

	if (!cut_char(s, '-') && !cut_char(s, '/'))
		cut_char(s, ',');
	cut_blanks(s);
	return s->n < before;
}

static bool cut_english_date(struct cx_str *s, struct cx_civil *c)
{
	struct cx_str rest = *s;
	bool month_first = cut_month(&rest, &c->month);
	int n;

	if (month_first && !cut_between(&rest))
		return false;
	if (!cut_number(&rest, 2, &c->day, &n) || !cut_between(&rest))
		return false;
	if (!month_first &&
	    (!cut_month(&rest, &c->month) || !cut_between(&rest)))
		return false;
	if (!cut_year(&rest, &c->year))
		return false;
	*s = rest;
	return true;
}

/* ---- three numbers ---- */

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
		return (digits[0] == 2 || digits[0] == 4) && digits[1] <= 2 &&
		       digits[2] <= 2;
	case CX_ORDER_MDY:
	case CX_ORDER_DMY:
		c->month = order == CX_ORDER_MDY ? v[0] : v[1];
		c->day = order == CX_ORDER_MDY ? v[1] : v[0];
		c->year = full_year(v[2], digits[2]);
		return digits[0] <= 2 && digits[1] <= 2 &&
		       (digits[2] == 2 || digits[2] == 4);
	default:
		return false;
	}
}

static bool cut_numbers(
    struct cx_str *s, enum cx_date_order order, struct cx_civil *c)
{
	int values[3], digits[3];
	char between;

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

/* ---- weekdays: they must be right ---- */

static int weekday_of(const struct cx_civil *c)
{
	static const int thursday = 3; /* as 1970-01-01 was */
	struct cx_civil day = { c->year, c->month, c->day, 0, 0, 0 };
	int64_t days = cx_civil_to_seconds(&day) / CX_DAY + thursday;

	return (int)((days % WEEK + WEEK) % WEEK);
}

static const char *const day_ends[WEEK] = { "day", "sday", "nesday", "rsday",
	"day", "urday", "day" };

static int cut_weekday(struct cx_str *s)
{
	static const char *const names[2 * WEEK] = { "mon", "tue", "wed", "thu",
		"fri", "sat", "sun", "月", "火", "水", "木", "金", "土", "日" };

	for (int i = 0; i < 2 * WEEK; i++) {
		if (!cx_moment_cut_word(s, names[i]))
			continue;
		if (i < WEEK)
			cx_moment_cut_word(s, day_ends[i]);
		return i % WEEK;
	}
	return -1;
}

/* "(土)", "（土曜日）" in its normal form, "(Sat)" behind a date. */
static bool cut_weekday_behind(struct cx_str *s, const struct cx_civil *c)
{
	struct cx_str rest = *s;
	int weekday;

	cut_blanks(&rest);
	if (!cut_char(&rest, '('))
		return true;
	weekday = cut_weekday(&rest);
	if (!cx_moment_cut_word(&rest, "曜日"))
		cx_moment_cut_word(&rest, "曜");
	if (weekday < 0 || !cut_char(&rest, ')') || !cx_civil_valid(c) ||
	    weekday != weekday_of(c))
		return false;
	*s = rest;
	return true;
}

/* "Sat, " and "Sat " before one; -1 where there is none. */
static int cut_weekday_before(struct cx_str *s)
{
	struct cx_str rest = *s;
	int weekday = cut_weekday(&rest);

	if (weekday < 0 || !cut_between(&rest))
		return -1;
	*s = rest;
	return weekday;
}

/* Digits, then one of the signs, then a digit: no other form is like it. */
static bool is_numbers(struct cx_str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n + 1 < s.n && strchr("-/.", s.p[n]) && s.p[n + 1] >= '0' &&
	       s.p[n + 1] <= '9';
}

static bool cut_any_date(
    struct cx_str *s, enum cx_date_order order, struct cx_civil *c)
{
	if (!starts_with_digit(*s))
		return cut_era_date(s, c) || cut_english_date(s, c);
	if (is_numbers(*s))
		return cut_numbers(s, order, c);
	return cut_compact(s, c) || cut_kanji_date(s, c) ||
	       cut_english_date(s, c);
}

bool cx_moment_cut_date(
    struct cx_str *s, enum cx_date_order order, struct cx_civil *c)
{
	int before = starts_with_digit(*s) ? -1 : cut_weekday_before(s);

	if (!cut_any_date(s, order, c))
		return false;
	if (before >= 0 && (!cx_civil_valid(c) || before != weekday_of(c)))
		return false;
	return cut_weekday_behind(s, c);
}
