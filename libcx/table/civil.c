/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/civil.h"

enum {
	ERA_YEARS = 400,
	ERA_DAYS = 146097,  /* in 400 years */
	EPOCH_DAYS = 719468 /* from 0000-03-01 to 1970-01-01 */
};

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

bool cx_civil_valid(const struct cx_civil *c)
{
	return c->year >= 1 && c->year <= 9999 && c->month >= 1 &&
	       c->month <= 12 && c->day >= 1 &&
	       c->day <= month_days(c->year, c->month) && c->hour >= 0 &&
	       c->hour <= 23 && c->minute >= 0 && c->minute <= 59 &&
	       c->second >= 0 && c->second <= 59;
}

bool cx_civil_in_range(int64_t seconds)
{
	static const struct cx_civil first = { 1, 1, 1, 0, 0, 0 },
	                             last = { 9999, 12, 31, 23, 59, 59 };

	return seconds >= cx_civil_to_seconds(&first) &&
	       seconds <= cx_civil_to_seconds(&last);
}

/* Floor division, for times before 1970. */
static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Days from the first of March to the first of a month, March being 0. */
static int march_days(int march_month)
{
	return (153 * march_month + 2) / 5;
}

static int64_t days_of(int year, int month, int day)
{
	int march_month = (month + 9) % 12;
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = floor_div(y, ERA_YEARS);
	int64_t year_of_era = y - era * ERA_YEARS;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 -
	                     year_of_era / 100 + march_days(march_month) + day -
	                     1;

	return era * ERA_DAYS + day_of_era - EPOCH_DAYS;
}

int64_t cx_civil_to_seconds(const struct cx_civil *c)
{
	return days_of(c->year, c->month, c->day) * CX_DAY + c->hour * CX_HOUR +
	       c->minute * CX_MINUTE + c->second;
}

struct cx_civil cx_civil_from_seconds(int64_t seconds)
{
	int64_t days = floor_div(seconds, CX_DAY);
	int rest = (int)(seconds - days * CX_DAY);
	int64_t from_march = days + EPOCH_DAYS;
	int64_t era = floor_div(from_march, ERA_DAYS);
	int day_of_era = (int)(from_march - era * ERA_DAYS);
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
	                      day_of_era / 146096) /
	                  365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 -
	                                   year_of_era / 100);
	int march_month = (5 * day_of_year + 2) / 153;
	int month = march_month < 10 ? march_month + 3 : march_month - 9;

	return (struct cx_civil){
		.year = (int)(era * ERA_YEARS) + year_of_era + (month <= 2),
		.month = month,
		.day = day_of_year - march_days(march_month) + 1,
		.hour = rest / CX_HOUR,
		.minute = rest / CX_MINUTE % 60,
		.second = rest % 60,
	};
}

int cx_civil_iso_week(const struct cx_civil *c, int *year)
{
	int64_t days = days_of(c->year, c->month, c->day);
	/* 1970-01-01 was a Thursday; 0 is Monday. */
	int weekday = (int)(((days + 3) % 7 + 7) % 7);
	/* A week belongs to the year of its Thursday. */
	int64_t thursday = days - weekday + 3;
	struct cx_civil t = cx_civil_from_seconds(thursday * CX_DAY);

	*year = t.year;
	return (int)((thursday - days_of(t.year, 1, 1)) / 7) + 1;
}
