/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/civil.h"
#include "libcx/table/instant.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- dates: against a day counter ---- */

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

/* ---- instants ---- */

static int64_t at(const char *text)
{
	struct cx_err err;
	int64_t seconds = INT64_MIN;

	cx_instant_parse(cx_str(text), &seconds, &err);
	return seconds;
}

static void test_instants(void)
{
	static const struct {
		const char *text;
		int64_t want;
	} cases[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "1969-12-31T23:59:59Z", -1 },
		{ "2026-11-21T16:54:29Z", 1795280069 },
		{ "2026-11-21 16:54:29Z", 1795280069 },
		{ "2026-11-22T01:54:29+09:00", 1795280069 },
		{ "2026-11-22T01:54:29+0900", 1795280069 },
		{ "2026-11-21T11:54:29-05:00", 1795280069 },
		{ "2026-11-21T13:24:29-03:30", 1795280069 },
		{ "2026-11-21T16:54:29.999Z", 1795280069 },
		{ "2026-11-21T16:54:29,5Z", 1795280069 },
		{ "2026-11-21T16:54:29.123456789+00:00", 1795280069 },
		{ "2024-02-29T23:59:59Z", 1709251199 },
		{ "0001-01-01T00:00:00Z", -62135596800 },
		{ "9999-12-31T23:59:59Z", 253402300799 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_int(
		    at(cases[i].text), cases[i].want, "%s", cases[i].text);
}

static void test_no_instants(void)
{
	static const char *const cases[] = { "", "2026", "2026-11-21",
		"2026-11-21T16:54Z", "2026-11-21T16:54:29",
		"2026-11-21T16:54:29 Z", "2026-11-21T16:54:29z",
		"2026-11-21T16:54:29UTC", "2026-11-21T16:54:29+9",
		"2026-11-21T16:54:29+9:00", "2026-11-21T16:54:29+09",
		"2026-11-21T16:54:29+09:0", "2026-11-21T16:54:29+09:60",
		"2026-11-21T16:54:29+19:00", "2026-11-21T16:54:29*09:00",
		"2026-11-21T16:54:29+09-00", "2026-11-21T16:54:29.Z",
		"2026-11-21T16:54:29.5", "2026-11-21T16:54:29Zx",
		" 2026-11-21T16:54:29Z", "2026-11-21T16:54:29Z ",
		"2026-11-21t16:54:29Z", "2026/11/21T16:54:29Z",
		"2026-11-21T16.54.29Z", "2026/11-21T16:54:29Z",
		"2026-11/21T16:54:29Z", "2026-11-21T16.54:29Z",
		"2026-11-21T16:54.29Z", "2026-1-21T16:54:29Z0",
		"2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
		"2026-11-31T00:00:00Z", "2026-11-21T24:00:00Z",
		"2026-11-21T23:60:00Z", "2026-11-21T23:59:60Z",
		"0000-01-01T00:00:00Z", "-001-01-01T00:00:00Z",
		"2026-11-21T16:54:2\xEF\xBC\x99Z",
		/* not in the years 1 to 9999 of UTC */
		"0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00" };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct cx_err err = { .reason = NULL };
		int64_t seconds = 1;

		check(
		    cx_instant_parse(cx_str(cases[i]), &seconds, &err) == -1 &&
		        err.reason,
		    "\"%s\" is no time", cases[i]);
	}
}

/* As without a memory, whatever it remembers. */
static void test_recall(void)
{
	static struct cx_day_memo memo;
	static const char *const odd[] = { "2026-02-30T00:00:00Z",
		"2026-11-21T24:00:00Z", "2026-11-21T23:59:60Z", "x",
		"2026-11-21T16:54:29+09:00", "2026-11-21 16:54:29.5Z",
		"2026-11-2\xFFT16:54:29Z", "0000-01-01T00:00:00Z" };
	const size_t n_odd = sizeof(odd) / sizeof(*odd);
	int bad = 0;

	for (size_t i = 0; i < 100000; i++) {
		/* Of 100 days each; those of 40 years share their places. */
		int64_t when = (int64_t)random_below(100 * 86400) +
		               (int64_t)random_below(40) * 365 * 86400;
		char text[CX_INSTANT_SIZE + 1] = { 0 };
		int64_t got = 0, want = 0;
		struct cx_err err;

		cx_instant_format(when, text);
		if (i % 7 == 0)
			strcpy(text, i % 2 ? "" : "1970-02-29T00:00:00Z");
		bad += cx_instant_recall(&memo, cx_str(text), &got, &err) !=
		       cx_instant_parse(cx_str(text), &want, &err);
		bad += got != want;
		got = want = 0;
		bad += cx_instant_recall(
		           &memo, cx_str(odd[i % n_odd]), &got, &err) !=
		       cx_instant_parse(cx_str(odd[i % n_odd]), &want, &err);
		bad += got != want;
	}
	check_int(bad, 0, "a memory of days changes nothing");
}

static void test_format(void)
{
	int bad = 0;

	for (int i = 0; i < 100000; i++) {
		int64_t seconds =
		    -62135596800 + (int64_t)random_below(315537897600);
		char text[CX_INSTANT_SIZE + 1] = { 0 };

		cx_instant_format(seconds, text);
		bad += strlen(text) != CX_INSTANT_SIZE || at(text) != seconds;
	}
	check_int(bad, 0, "written and read again");
}

/* ---- zones ---- */

static struct cx_zone *zone_of(const char *name)
{
	struct cx_zone *zone = NULL;
	struct cx_err err;

	if (cx_zone_open(&zone, name, &err) < 0)
		check_note("%s: %s", name, err.what);
	return zone;
}

static void test_fixed_zones(void)
{
	static const struct {
		const char *name;
		int offset;
	} cases[] = { { "UTC", 0 }, { "Z", 0 }, { "+00:00", 0 },
		{ "+09:00", 32400 }, { "+0900", 32400 }, { "+09", 32400 },
		{ "-03:30", -12600 }, { "-0330", -12600 }, { "+14:00", 50400 },
		{ "-12", -43200 }, { "+05:45", 20700 } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct cx_zone *zone = zone_of(cases[i].name);
		int64_t utc = 0;

		check(zone && cx_zone_offset(zone, 0) == cases[i].offset &&
		          cx_zone_offset(zone, INT64_MIN) == cases[i].offset &&
		          cx_zone_to_utc(zone, 0, &utc) == CX_LOCAL_UNIQUE &&
		          utc == -cases[i].offset,
		    "zone %s", cases[i].name);
		cx_zone_free(zone);
	}
}

static void test_no_zones(void)
{
	static const char *const names[] = { "", "+", "+1:00x", "+09:60",
		"+19:00", "09:00", "+09:00:00", "+ 9:00", "+1 5", "+-9", "+9",
		"+009", "+0x:00", "+x0", "+09:0x", "+09:x0", "+:9",
		"+9:", "+/9", "+09:0/", "+09-00", "utc+9", "JST-9",
		"EST5EDT4,M3.2.0,M11.1.0", ":Asia/Tokyo", "Asia/Nowhere",
		"asia/tokyo ", "../zoneinfo/Asia/Tokyo",
		"/usr/share/zoneinfo/Asia/Tokyo",
		/* there, but no zones */
		"Asia", "America/Indiana", ".", "zone.tab", "tzdata.zi" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct cx_zone *zone = NULL;
		struct cx_err err = { .status = CX_DONE };

		check(cx_zone_open(&zone, names[i], &err) == -1 && !zone &&
		          err.status == CX_USAGE,
		    "no zone \"%s\"", names[i]);
		cx_zone_free(zone);
	}
}

/* Python 3.11, zoneinfo with tzdata of Debian 12. */
static const struct {
	const char *zone, *utc;
	int offset;
} offsets[] = {
	{ "America/New_York", "1945-08-01T00:00:00Z", -14400 },
	{ "America/New_York", "1970-01-01T00:00:00Z", -18000 },
	{ "America/New_York", "2026-01-01T00:00:00Z", -18000 },
	{ "America/New_York", "2026-03-08T06:59:59Z", -18000 },
	{ "America/New_York", "2026-03-08T07:00:00Z", -14400 },
	{ "America/New_York", "2026-11-01T05:59:59Z", -14400 },
	{ "America/New_York", "2026-11-01T06:00:00Z", -18000 },
	{ "America/New_York", "2050-07-01T00:00:00Z", -14400 },
	{ "America/New_York", "2099-07-01T00:00:00Z", -14400 },
	{ "Asia/Tokyo", "1900-06-01T00:00:00Z", 32400 },
	{ "Asia/Tokyo", "1949-08-01T00:00:00Z", 36000 },
	{ "Asia/Tokyo", "2026-07-01T00:00:00Z", 32400 },
	{ "Asia/Tokyo", "2099-07-01T00:00:00Z", 32400 },
	{ "Europe/Berlin", "1945-08-01T00:00:00Z", 10800 },
	{ "Europe/Berlin", "1970-01-01T00:00:00Z", 3600 },
	{ "Europe/Berlin", "2026-03-29T00:59:59Z", 3600 },
	{ "Europe/Berlin", "2026-03-29T01:00:00Z", 7200 },
	{ "Europe/Berlin", "2026-10-25T00:59:59Z", 7200 },
	{ "Europe/Berlin", "2026-10-25T01:00:00Z", 3600 },
	{ "Australia/Lord_Howe", "1970-01-01T00:00:00Z", 36000 },
	{ "Australia/Lord_Howe", "1999-12-31T23:59:59Z", 39600 },
	{ "Australia/Lord_Howe", "2026-04-04T14:59:59Z", 39600 },
	{ "Australia/Lord_Howe", "2026-04-04T15:00:00Z", 37800 },
	{ "Australia/Lord_Howe", "2026-07-01T00:00:00Z", 37800 },
	{ "Pacific/Apia", "2011-12-30T09:59:59Z", -36000 },
	{ "Pacific/Apia", "2011-12-30T10:00:00Z", 50400 },
};

static void test_offsets(void)
{
	for (size_t i = 0; i < sizeof(offsets) / sizeof(*offsets); i++) {
		struct cx_zone *zone = zone_of(offsets[i].zone);

		if (zone)
			check_int(cx_zone_offset(zone, at(offsets[i].utc)),
			    offsets[i].offset, "%s at %s", offsets[i].zone,
			    offsets[i].utc);
		cx_zone_free(zone);
	}
}

/*
 * Python 3.11, zoneinfo: a local time is in a gap when it does not come back
 * from UTC as it was, and twice when fold=0 and fold=1 differ.
 */
static const struct {
	const char *zone, *local;
	enum cx_zone_local kind;
	const char *utc;
} locals[] = {
	{ "America/New_York", "2026-03-08T01:59:59Z", CX_LOCAL_UNIQUE,
	    "2026-03-08T06:59:59Z" },
	{ "America/New_York", "2026-03-08T02:00:00Z", CX_LOCAL_GAP,
	    "2026-03-08T07:00:00Z" },
	{ "America/New_York", "2026-03-08T02:30:00Z", CX_LOCAL_GAP,
	    "2026-03-08T07:30:00Z" },
	{ "America/New_York", "2026-03-08T02:59:59Z", CX_LOCAL_GAP,
	    "2026-03-08T07:59:59Z" },
	{ "America/New_York", "2026-03-08T03:00:00Z", CX_LOCAL_UNIQUE,
	    "2026-03-08T07:00:00Z" },
	{ "America/New_York", "2026-11-01T00:59:59Z", CX_LOCAL_UNIQUE,
	    "2026-11-01T04:59:59Z" },
	{ "America/New_York", "2026-11-01T01:00:00Z", CX_LOCAL_TWICE,
	    "2026-11-01T05:00:00Z" },
	{ "America/New_York", "2026-11-01T01:30:00Z", CX_LOCAL_TWICE,
	    "2026-11-01T05:30:00Z" },
	{ "America/New_York", "2026-11-01T01:59:59Z", CX_LOCAL_TWICE,
	    "2026-11-01T05:59:59Z" },
	{ "America/New_York", "2026-11-01T02:00:00Z", CX_LOCAL_UNIQUE,
	    "2026-11-01T07:00:00Z" },
	{ "Europe/Berlin", "2026-03-29T02:30:00Z", CX_LOCAL_GAP,
	    "2026-03-29T01:30:00Z" },
	{ "Europe/Berlin", "2026-10-25T02:30:00Z", CX_LOCAL_TWICE,
	    "2026-10-25T00:30:00Z" },
	{ "Europe/Berlin", "2026-07-01T12:00:00Z", CX_LOCAL_UNIQUE,
	    "2026-07-01T10:00:00Z" },
	{ "Asia/Tokyo", "2026-03-08T02:30:00Z", CX_LOCAL_UNIQUE,
	    "2026-03-07T17:30:00Z" },
	{ "Australia/Lord_Howe", "2026-04-05T01:29:59Z", CX_LOCAL_UNIQUE,
	    "2026-04-04T14:29:59Z" },
	{ "Australia/Lord_Howe", "2026-04-05T01:45:00Z", CX_LOCAL_TWICE,
	    "2026-04-04T14:45:00Z" },
	{ "Australia/Lord_Howe", "2026-10-04T02:15:00Z", CX_LOCAL_GAP,
	    "2026-10-03T15:45:00Z" },
	{ "Pacific/Apia", "2011-12-29T23:59:59Z", CX_LOCAL_UNIQUE,
	    "2011-12-30T09:59:59Z" },
	{ "Pacific/Apia", "2011-12-30T12:00:00Z", CX_LOCAL_GAP,
	    "2011-12-30T22:00:00Z" },
	{ "Pacific/Apia", "2011-12-31T00:00:00Z", CX_LOCAL_UNIQUE,
	    "2011-12-30T10:00:00Z" },
};

static void test_locals(void)
{
	for (size_t i = 0; i < sizeof(locals) / sizeof(*locals); i++) {
		struct cx_zone *zone = zone_of(locals[i].zone);
		int64_t utc = 0;

		if (zone)
			check(cx_zone_to_utc(zone, at(locals[i].local), &utc) ==
			              locals[i].kind &&
			          utc == at(locals[i].utc),
			    "%s, %s local", locals[i].zone, locals[i].local);
		cx_zone_free(zone);
	}
}

/* An hour and a bit at a time, there and back. */
static int round_trips(const struct cx_zone *zone)
{
	int64_t end = at("2030-01-01T00:00:00Z");
	int bad = 0;

	for (int64_t t = at("2005-01-01T00:00:00Z"); t < end; t += 3701) {
		int64_t local = t + cx_zone_offset(zone, t), utc = 0;
		enum cx_zone_local kind = cx_zone_to_utc(zone, local, &utc);

		bad += kind == CX_LOCAL_GAP || utc > t ||
		       utc + cx_zone_offset(zone, utc) != local;
		bad += kind == CX_LOCAL_UNIQUE && utc != t;
	}
	return bad;
}

static void test_round_trips(void)
{
	static const char *const names[] = { "America/New_York", "Asia/Tokyo",
		"Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia",
		"America/Sao_Paulo", "Africa/Casablanca", "Asia/Kolkata" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct cx_zone *zone = zone_of(names[i]);

		if (zone)
			check_int(
			    round_trips(zone), 0, "%s and back", names[i]);
		cx_zone_free(zone);
	}
}

/* At the ends of time, where no change of clocks is near. */
static void test_far(void)
{
	struct cx_zone *zone = zone_of("America/New_York");
	int64_t utc = 0;

	check(zone && cx_zone_offset(zone, INT64_MIN) ==
	                  cx_zone_offset(zone, at("1899-01-01T00:00:00Z")),
	    "an offset before all changes");
	check(cx_zone_to_utc(zone, at("0001-01-01T00:00:00Z"), &utc) ==
	              CX_LOCAL_UNIQUE &&
	          utc + cx_zone_offset(zone, utc) == at("0001-01-01T00:00:00Z"),
	    "local time before all changes");
	check(cx_zone_to_utc(zone, at("9999-12-31T23:59:59Z"), &utc) ==
	              CX_LOCAL_UNIQUE &&
	          utc + cx_zone_offset(zone, utc) == at("9999-12-31T23:59:59Z"),
	    "local time after all changes");
	cx_zone_free(zone);
}

/* The C library's own idea of the local time is left as it was. */
static void test_environment(void)
{
	struct cx_zone *zone;
	time_t t = 0;
	struct tm tm;

	setenv("TZ", "XYZ-3", 1);
	tzset();
	zone = zone_of("Asia/Tokyo");
	check(strcmp(getenv("TZ"), "XYZ-3") == 0 && localtime_r(&t, &tm) &&
	          tm.tm_hour == 3,
	    "TZ is as it was");
	check(zone && cx_zone_offset(zone, 0) == 32400,
	    "and the zone is another");
	cx_zone_free(zone);
	unsetenv("TZ");
	zone = zone_of("Asia/Tokyo");
	check(!getenv("TZ"), "TZ is unset as it was");
	cx_zone_free(zone);
}

/* ---- periods ---- */

static void test_period_words(void)
{
	static const char *const words[] = { "day", "week", "month", "quarter",
		"year" };
	enum cx_period period = CX_NO_PERIOD;

	for (int i = 0; i < 5; i++)
		check(cx_period_of(words[i], &period) == 0 &&
		          period == (enum cx_period)(CX_BY_DAY + i),
		    "period %s", words[i]);
	period = CX_NO_PERIOD;
	check(cx_period_of("days", &period) == -1 &&
	          cx_period_of("", &period) == -1 &&
	          cx_period_of("Day", &period) == -1 && period == CX_NO_PERIOD,
	    "other words are no periods");
}

static void check_periods(
    const struct cx_zone *zone, const char *utc, const char *const *want)
{
	for (int i = 0; i < 6; i++) {
		char name[CX_PERIOD_SIZE];

		cx_period_name(
		    (enum cx_period)(CX_NO_PERIOD + i), zone, at(utc), name);
		check_str(name, want[i], "period %d of %s", i, utc);
	}
}

static void test_period_names(void)
{
	struct cx_zone *utc = zone_of("UTC"), *east = zone_of("+09:00"),
	               *west = zone_of("-08:00");

	check_periods(utc, "2026-11-21T16:54:29Z",
	    (const char *[]){
	        "", "2026-11-21", "2026-W47", "2026-11", "2026-Q4", "2026" });
	check_periods(east, "2026-11-21T16:54:29Z",
	    (const char *[]){
	        "", "2026-11-22", "2026-W47", "2026-11", "2026-Q4", "2026" });
	check_periods(utc, "2027-01-01T00:00:00Z",
	    (const char *[]){
	        "", "2027-01-01", "2026-W53", "2027-01", "2027-Q1", "2027" });
	check_periods(west, "2027-01-01T00:00:00Z",
	    (const char *[]){
	        "", "2026-12-31", "2026-W53", "2026-12", "2026-Q4", "2026" });
	check_periods(utc, "2024-12-30T00:00:00Z",
	    (const char *[]){
	        "", "2024-12-30", "2025-W01", "2024-12", "2024-Q4", "2024" });
	check_periods(utc, "0987-04-01T00:00:00Z",
	    (const char *[]){
	        "", "0987-04-01", "0987-W13", "0987-04", "0987-Q2", "0987" });
	cx_zone_free(utc);
	cx_zone_free(east);
	cx_zone_free(west);
}

static void test_quarters(void)
{
	struct cx_zone *utc = zone_of("UTC");
	int bad = 0;

	for (int month = 1; month <= 12; month++) {
		struct cx_civil c = { 2026, month, 15, 0, 0, 0 };
		char name[CX_PERIOD_SIZE];

		cx_period_name(
		    CX_BY_QUARTER, utc, cx_civil_to_seconds(&c), name);
		bad += name[6] != "111222333444"[month - 1];
	}
	check_int(bad, 0, "quarters");
	cx_zone_free(utc);
}

/* Names sort by time. */
static void test_period_order(void)
{
	struct cx_zone *utc = zone_of("UTC");
	int bad = 0;

	for (int i = CX_BY_DAY; i <= CX_BY_YEAR; i++) {
		char before[CX_PERIOD_SIZE] = "", name[CX_PERIOD_SIZE];
		int64_t t = at("1999-01-01T00:00:00Z");

		for (; t < at("2031-01-01T00:00:00Z"); t += CX_DAY) {
			cx_period_name((enum cx_period)i, utc, t, name);
			bad += strcmp(before, name) > 0;
			strcpy(before, name);
		}
	}
	check_int(bad, 0, "names of periods sort by time");
	cx_zone_free(utc);
}

static void test_before(void)
{
	static const struct {
		enum cx_period period;
		const char *name, *want;
	} cases[] = {
		{ CX_BY_DAY, "2026-11-21", "2026-11-20" },
		{ CX_BY_DAY, "2026-01-01", "2025-12-31" },
		{ CX_BY_DAY, "2024-03-01", "2024-02-29" },
		{ CX_BY_WEEK, "2026-W47", "2026-W46" },
		{ CX_BY_WEEK, "2026-W01", "2025-W52" },
		{ CX_BY_WEEK, "2027-W01", "2026-W53" },
		{ CX_BY_MONTH, "2026-11", "2026-10" },
		{ CX_BY_MONTH, "2026-01", "2025-12" },
		{ CX_BY_QUARTER, "2026-Q4", "2026-Q3" },
		{ CX_BY_QUARTER, "2026-Q1", "2025-Q4" },
		{ CX_BY_YEAR, "2026", "2025" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char name[CX_PERIOD_SIZE] = "none";

		check(cx_period_before(
		          cases[i].period, cx_str(cases[i].name), name) == 0 &&
		          strcmp(name, cases[i].want) == 0,
		    "before %s", cases[i].name);
	}
}

static void test_no_before(void)
{
	static const struct {
		enum cx_period period;
		const char *name;
	} cases[] = { { CX_BY_DAY, "2026-11-31" }, { CX_BY_DAY, "2026-11" },
		{ CX_BY_DAY, "2026x11x21" }, { CX_BY_DAY, "" },
		{ CX_BY_WEEK, "2026-W54" }, { CX_BY_WEEK, "2026-W00" },
		/* date -d 2025-12-29 +%G-W%V: 2026-W01 (coreutils 9.1) */
		{ CX_BY_WEEK, "2025-W53" }, { CX_BY_WEEK, "2026xW01" },
		{ CX_BY_WEEK, "2026-w01" }, { CX_BY_MONTH, "2026-13" },
		{ CX_BY_MONTH, "2026-00" }, { CX_BY_MONTH, "2026x11" },
		{ CX_BY_QUARTER, "2026-Q5" }, { CX_BY_QUARTER, "2026-Q0" },
		{ CX_BY_QUARTER, "2026-11" }, { CX_BY_YEAR, "20x6" },
		{ CX_BY_YEAR, "0000" }, { CX_NO_PERIOD, "2026" } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char name[CX_PERIOD_SIZE];

		check(cx_period_before(
		          cases[i].period, cx_str(cases[i].name), name) == -1,
		    "period %d: nothing is before \"%s\"", (int)cases[i].period,
		    cases[i].name);
	}
}

/* Day by day: where a name gives way to another it is the one before it. */
static void test_all_before(void)
{
	struct cx_zone *utc = zone_of("UTC");
	int bad = 0;

	for (int i = CX_BY_DAY; i <= CX_BY_YEAR; i++) {
		enum cx_period period = (enum cx_period)i;
		char last[CX_PERIOD_SIZE], name[CX_PERIOD_SIZE], got[16];
		int64_t t = at("1960-01-01T00:00:00Z");

		cx_period_name(period, utc, t, last);
		for (; t < at("2061-01-01T00:00:00Z"); t += CX_DAY) {
			cx_period_name(period, utc, t, name);
			if (strcmp(name, last) != 0)
				bad += cx_period_before(
				           period, cx_str(name), got) < 0 ||
				       strcmp(got, last) != 0;
			strcpy(last, name);
		}
	}
	check_int(bad, 0, "the period before, of a hundred years");
	cx_zone_free(utc);
}

int main(void)
{
	test_all_days();
	test_seconds_of_day();
	test_valid();
	test_known_weeks();
	test_instants();
	test_no_instants();
	test_recall();
	test_format();
	test_fixed_zones();
	test_no_zones();
	test_period_words();
	test_period_names();
	test_quarters();
	test_period_order();
	test_before();
	test_no_before();
	test_all_before();
	if (access("/usr/share/zoneinfo/Pacific/Apia", R_OK) == 0) {
		test_offsets();
		test_locals();
		test_round_trips();
		test_far();
		test_environment();
	} else {
		check_note("no zones: /usr/share/zoneinfo is not there");
	}
	return check_done();
}
