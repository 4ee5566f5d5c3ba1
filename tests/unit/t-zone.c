/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time zones: offsets and names, and local times that come twice or never. */
#include "tests/lib/check.h"
#include "tests/lib/instants.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- names ---- */

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

/* ---- clocks ---- */

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

int main(void)
{
	test_fixed_zones();
	test_no_zones();
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
