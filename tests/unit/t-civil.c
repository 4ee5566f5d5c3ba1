/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates, times of day and ISO weeks, against a counter of days. */
#include "libcx/table/civil.h"
#include "tests/lib/check.h"

#include <stdint.h>

enum { FIRST_YEAR = 1, LAST_YEAR = 9999, EPOCH_YEAR = 1970 };

/* One day after the other, the plain way. */
struct counter {
	int year, month, day;
	int year_day; /* from 1 */
	int weekday;  /* 1 is Monday, 7 is Sunday */
	int64_t days; /* since 1970-01-01 */
};

static bool leap(int year)
{
	if (year % 400 == 0)
		return true;
	return year % 4 == 0 && year % 100 != 0;
}

static int length_of(int month, int year)
{
	if (month == 2)
		return leap(year) ? 29 : 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static struct counter first_day(void)
{
	struct counter c = { FIRST_YEAR, 1, 1, 1, 1, 0 };

	for (int year = FIRST_YEAR; year < EPOCH_YEAR; year++)
		c.days -= leap(year) ? 366 : 365;
	return c;
}

static void next_day(struct counter *c)
{
	c->days++;
	c->weekday = c->weekday % 7 + 1;
	c->year_day++;
	if (++c->day <= length_of(c->month, c->year))
		return;
	c->day = 1;
	if (++c->month <= 12)
		return;
	c->month = 1;
	c->year++;
	c->year_day = 1;
}

/* A year has 53 weeks when it starts, or ends, on a Thursday. */
static int weeks_of(int year, int first_weekday)
{
	return first_weekday == 4 || (leap(year) && first_weekday == 3) ? 53
	                                                                : 52;
}

/* ISO 8601: by the day of the year and of the week. */
static int slow_week(const struct counter *c, int *year)
{
	int week = (c->year_day - c->weekday + 10) / 7;
	/* the weekday of the first of January, of this year and the last */
	int first = (c->weekday - c->year_day % 7 + 7 + 7) % 7 + 1;
	int first_before =
	    (first - 1 - (leap(c->year - 1) ? 2 : 1) + 7) % 7 + 1;

	*year = c->year;
	if (week == 0) {
		*year = c->year - 1;
		return weeks_of(*year, first_before);
	}
	if (week == 53 && weeks_of(c->year, first) == 52) {
		*year = c->year + 1;
		return 1;
	}
	return week;
}

static bool same_civil(const struct cx_civil *a, const struct cx_civil *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day &&
	       a->hour == b->hour && a->minute == b->minute &&
	       a->second == b->second;
}

static void test_all_days(void)
{
	struct counter c = first_day();
	int bad_to = 0, bad_from = 0, bad_week = 0, bad_valid = 0;

	for (; c.year <= LAST_YEAR; next_day(&c)) {
		struct cx_civil civil = { c.year, c.month, c.day, 0, 0, 0 };
		int64_t seconds = c.days * CX_DAY;
		struct cx_civil back = cx_civil_from_seconds(seconds);
		int week_year, want_year;

		bad_to += cx_civil_to_seconds(&civil) != seconds;
		bad_from += !same_civil(&back, &civil);
		bad_valid += !cx_civil_valid(&civil);
		bad_week += cx_civil_iso_week(&civil, &week_year) !=
		                slow_week(&c, &want_year) ||
		            week_year != want_year;
		civil.day = length_of(c.month, c.year) + 1;
		bad_valid += cx_civil_valid(&civil);
	}
	check_int(bad_to, 0, "all days to seconds");
	check_int(bad_from, 0, "seconds to all days");
	check_int(bad_valid, 0, "all days are valid, and none beyond");
	check_int(bad_week, 0, "ISO weeks of all days");
}

static void test_seconds_of_day(void)
{
	static const int64_t days[] = { -719162, -25567, -1, 0, 1, 20454,
		2932896 };
	int bad = 0;

	for (int i = 0; i < 7; i++)
		for (int s = 0; s < CX_DAY; s++) {
			int64_t seconds = days[i] * CX_DAY + s;
			struct cx_civil c = cx_civil_from_seconds(seconds);

			bad += c.hour != s / 3600 || c.minute != s / 60 % 60 ||
			       c.second != s % 60;
			bad += cx_civil_to_seconds(&c) != seconds;
		}
	check_int(bad, 0, "all seconds of some days, before 1970 too");
}

static void test_valid(void)
{
	static const struct cx_civil no[] = {
		{ 0, 1, 1, 0, 0, 0 },
		{ 10000, 1, 1, 0, 0, 0 },
		{ -1, 1, 1, 0, 0, 0 },
		{ 2026, 0, 1, 0, 0, 0 },
		{ 2026, 13, 1, 0, 0, 0 },
		{ 2026, -1, 1, 0, 0, 0 },
		{ 2026, 1, 0, 0, 0, 0 },
		{ 2026, 1, 32, 0, 0, 0 },
		{ 2026, 2, 29, 0, 0, 0 },
		{ 1900, 2, 29, 0, 0, 0 },
		{ 2026, 1, 1, 24, 0, 0 },
		{ 2026, 1, 1, -1, 0, 0 },
		{ 2026, 1, 1, 0, 60, 0 },
		{ 2026, 1, 1, 0, -1, 0 },
		{ 2026, 1, 1, 0, 0, 60 },
		{ 2026, 1, 1, 0, 0, -1 },
	};

	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		check(!cx_civil_valid(&no[i]), "no date or time, %zu", i);
	check(cx_civil_valid(&(struct cx_civil){ 2000, 2, 29, 23, 59, 59 }),
	    "a leap day's last second");
}

/* Checked with Python 3.11, date.isocalendar(). */
static void test_known_weeks(void)
{
	static const struct {
		int year, month, day, week_year, week;
	} days[] = {
		{ 1900, 1, 1, 1900, 1 },
		{ 2000, 1, 1, 1999, 52 },
		{ 2000, 12, 31, 2000, 52 },
		{ 2004, 12, 31, 2004, 53 },
		{ 2005, 1, 1, 2004, 53 },
		{ 2005, 1, 2, 2004, 53 },
		{ 2005, 12, 31, 2005, 52 },
		{ 2006, 1, 1, 2005, 52 },
		{ 2006, 1, 2, 2006, 1 },
		{ 2006, 12, 31, 2006, 52 },
		{ 2007, 1, 1, 2007, 1 },
		{ 2007, 12, 30, 2007, 52 },
		{ 2007, 12, 31, 2008, 1 },
		{ 2008, 1, 1, 2008, 1 },
		{ 2008, 12, 28, 2008, 52 },
		{ 2008, 12, 29, 2009, 1 },
		{ 2008, 12, 31, 2009, 1 },
		{ 2009, 1, 1, 2009, 1 },
		{ 2009, 12, 31, 2009, 53 },
		{ 2010, 1, 1, 2009, 53 },
		{ 2010, 1, 3, 2009, 53 },
		{ 2010, 1, 4, 2010, 1 },
		{ 2026, 1, 1, 2026, 1 },
		{ 2026, 12, 31, 2026, 53 },
		{ 2027, 1, 3, 2026, 53 },
		{ 2027, 1, 4, 2027, 1 },
	};

	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
		struct cx_civil c = { days[i].year, days[i].month, days[i].day,
			0, 0, 0 };
		int year, week = cx_civil_iso_week(&c, &year);

		check(week == days[i].week && year == days[i].week_year,
		    "ISO week of %d-%02d-%02d", c.year, c.month, c.day);
	}
}

int main(void)
{
	test_all_days();
	test_seconds_of_day();
	test_valid();
	test_known_weeks();
	return check_done();
}
