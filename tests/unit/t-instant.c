/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times of the stream, and the periods that they are in. */
#include "tests/lib/check.h"
#include "tests/lib/instants.h"
#include "tests/lib/random.h"

/* ---- instants ---- */

/*
 * date -u -d TIME +%s of GNU coreutils 9.1; the first and the last second of
 * the years that there are, by counting days.
 */
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
	const int64_t first = at("0001-01-01T00:00:00Z"),
	              last = at("9999-12-31T23:59:59Z");
	int bad = 0;

	for (int i = 0; i < 100000; i++) {
		int64_t seconds =
		    first + (int64_t)random_below((size_t)(last - first + 1));
		char text[CX_INSTANT_SIZE + 1] = { 0 };

		cx_instant_format(seconds, text);
		bad += strlen(text) != CX_INSTANT_SIZE || at(text) != seconds;
	}
	check_int(bad, 0, "written and read again");
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
	test_instants();
	test_no_instants();
	test_recall();
	test_format();
	test_period_words();
	test_period_names();
	test_quarters();
	test_period_order();
	test_before();
	test_no_before();
	test_all_before();
	return check_done();
}
