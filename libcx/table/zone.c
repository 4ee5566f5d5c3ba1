/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/zone.h"

#include "libcx/base/mem.h"
#include "libcx/io/input.h"
#include "libcx/io/retry.h"
#include "libcx/table/civil.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

/* From `from` on, local time is UTC plus offset. */
struct change {
	int64_t from;
	int offset;
};

struct cx_zone {
	struct change *changes; /* at least one, the first at INT64_MIN */
	size_t n;
};

static void add_change(struct cx_zone *zone, int64_t from, int offset)
{
	zone->changes = cx_realloc(
	    zone->changes, cx_mul(zone->n + 1, sizeof(*zone->changes)));
	zone->changes[zone->n++] = (struct change){ from, offset };
}

/* ---- fixed offsets ---- */

/* Two digits, or -1. */
static int two_digits(const char *p)
{
	if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9')
		return -1;
	return (p[0] - '0') * 10 + (p[1] - '0');
}

/* +HH:MM, +HHMM or +HH, either sign. */
static bool fixed_offset(const char *name, int *offset)
{
	size_t n = strlen(name);
	int hours, minutes = 0;

	if ((name[0] != '+' && name[0] != '-') ||
	    (n != 3 && n != 5 && (n != 6 || name[3] != ':')))
		return false;
	hours = two_digits(name + 1);
	if (n > 3)
		minutes = two_digits(name + n - 2);
	if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59)
		return false;
	*offset = hours * CX_HOUR + minutes * CX_MINUTE;
	if (name[0] == '-')
		*offset = -*offset;
	return true;
}

/* ---- the C library's zones ---- */

static int libc_offset(int64_t utc)
{
	time_t t = (time_t)utc;
	struct tm tm;
	struct cx_civil local;

	if (!localtime_r(&t, &tm))
		return 0;
	local = (struct cx_civil){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
		tm.tm_hour, tm.tm_min, tm.tm_sec };
	return (int)(cx_civil_to_seconds(&local) - utc);
}

/* The first second in (low, high] at which the offset is no more before. */
static int64_t find_change(int64_t low, int64_t high, int before)
{
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (libc_offset(middle) == before)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* No zone has changed its clocks twice within a week and back. */
static void collect(struct cx_zone *zone)
{
	const int64_t step = 7 * CX_DAY;
	const int64_t end =
	    cx_civil_to_seconds(&(struct cx_civil){ 2100, 1, 1, 0, 0, 0 });
	int64_t at =
	    cx_civil_to_seconds(&(struct cx_civil){ 1900, 1, 1, 0, 0, 0 });
	int offset = libc_offset(at);

	add_change(zone, INT64_MIN, offset);
	for (; at < end; at += step) {
		int64_t change;

		if (libc_offset(at + step) == offset)
			continue;
		change = find_change(at, at + step, offset);
		offset = libc_offset(change);
		add_change(zone, change, offset);
	}
}

static void set_zone(const char *name)
{
	if (!name)
		unsetenv("TZ");
	else if (setenv("TZ", name, 1) < 0)
		cx_mem_lacking();
	tzset();
}

/* ---- is it known? ---- */

static int read_file(const char *path, struct cx_buf *bytes, struct cx_err *err)
{
	enum { BLOCK = 1 << 12 };
	struct cx_input *in;
	ssize_t n;

	if (cx_input_open(&in, path, err) < 0)
		return -1;
	do {
		n = cx_input_read(in, cx_buf_reserve(bytes, BLOCK), BLOCK, err);
		bytes->len += n > 0 ? (size_t)n : 0;
	} while (n > 0);
	cx_input_close(in);
	return (int)n;
}

/*
 * The rules for times to come, as TZ has them, with a NUL: the last line of a
 * file of zone data, which starts with "TZif". Empty in the oldest files.
 * Source: RFC 8536, 3.3. False when the file is no such file.
 */
static bool find_rules(struct cx_str file, struct cx_buf *rules)
{
	size_t start;

	if (!cx_str_starts(file, cx_str("TZif")))
		return false;
	if (file.p[file.n - 1] == '\n')
		file.n--;
	for (start = file.n; file.p[start - 1] != '\n' && start > 1;)
		start--;
	if (start > 1)
		cx_buf_add(rules, file.p + start, file.n - start);
	cx_buf_addc(rules, '\0');
	return true;
}

static int unknown(const char *name, struct cx_err *err)
{
	return cx_err_set(err, CX_USAGE,
	    "no time zone %s; it is UTC, an offset such as +09:00, "
	    "or a name such as Asia/Tokyo (package tzdata)",
	    cx_quote(cx_str(name)));
}

/* An unknown name would silently be UTC to the C library. */
static int read_rules(
    const char *name, struct cx_buf *rules, struct cx_err *err)
{
	const char *root = getenv("TZDIR");
	struct cx_buf path = { 0 }, bytes = { 0 };
	struct stat st;
	int code;

	if (!*name || *name == '/' || strstr(name, ".."))
		return unknown(name, err);
	cx_buf_addf(
	    &path, "%s/%s%c", root ? root : "/usr/share/zoneinfo", name, '\0');
	CX_RETRY(code, stat(path.data, &st));
	if (code < 0 && (errno == ENOENT || errno == ENOTDIR))
		code = unknown(name, err);
	else if (code == 0 && S_ISDIR(st.st_mode))
		code = unknown(name, err);
	else
		code = read_file(path.data, &bytes, err);
	if (code == 0 && !find_rules(cx_buf_str(&bytes), rules))
		code = unknown(name, err);
	cx_buf_release(&path);
	cx_buf_release(&bytes);
	return code;
}

/* ---- is it what the C library works with? ---- */

enum { NAME_SIZE = 32 };

/* Offset and name of local time in a winter and a summer to come. */
struct future {
	int offsets[2];
	char names[2][NAME_SIZE];
};

static struct future look(void)
{
	struct future future = { { 0 }, { "" } };

	for (int i = 0; i < 2; i++) {
		struct cx_civil day = { 2099, i ? 7 : 1, 1, 0, 0, 0 };
		int64_t at = cx_civil_to_seconds(&day);
		time_t t = (time_t)at;
		struct tm tm;

		future.offsets[i] = libc_offset(at);
		if (!localtime_r(&t, &tm) ||
		    !strftime(future.names[i], NAME_SIZE, "%Z", &tm))
			future.names[i][0] = '\0';
	}
	return future;
}

/*
 * The C library does not say when it could not read a file, and goes on in
 * UTC under the start of the zone's name. The file's rules need no file.
 */
static int check(const char *name, const char *rules, struct cx_err *err)
{
	struct future loaded = look(), wanted;

	if (!*rules)
		return 0;
	set_zone(rules);
	wanted = look();
	for (int i = 0; i < 2; i++)
		if (loaded.offsets[i] != wanted.offsets[i] ||
		    strcmp(loaded.names[i], wanted.names[i]) != 0)
			return cx_err_set(err, CX_DATA,
			    "the data of time zone %s cannot be loaded",
			    cx_quote(cx_str(name)));
	return 0;
}

static int load(struct cx_zone *zone, const char *name, struct cx_err *err)
{
	const char *old = getenv("TZ");
	char *saved = old ? cx_strdup(old) : NULL;
	struct cx_buf rules = { 0 };
	int code = read_rules(name, &rules, err);

	if (code == 0) {
		set_zone(name);
		collect(zone);
		code = check(name, rules.data, err);
		set_zone(saved);
	}
	cx_buf_release(&rules);
	free(saved);
	return code;
}

int cx_zone_open(struct cx_zone **zone, const char *name, struct cx_err *err)
{
	struct cx_zone *made = cx_calloc(1, sizeof(*made));
	int offset = 0, code = 0;

	if (strcmp(name, "UTC") == 0 || strcmp(name, "Z") == 0 ||
	    fixed_offset(name, &offset))
		add_change(made, INT64_MIN, offset);
	else
		code = load(made, name, err);
	if (code < 0)
		cx_zone_free(made);
	else
		*zone = made;
	return code;
}

void cx_zone_free(struct cx_zone *zone)
{
	if (!zone)
		return;
	free(zone->changes);
	free(zone);
}

/* The last change at or before utc. */
static size_t find(const struct cx_zone *zone, int64_t utc)
{
	size_t low = 0, high = zone->n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (zone->changes[middle].from <= utc)
			low = middle;
		else
			high = middle;
	}
	return low;
}

int cx_zone_offset(const struct cx_zone *zone, int64_t utc)
{
	return zone->changes[find(zone, utc)].offset;
}

/*
 * Clocks differ from UTC by less than a day, so the offsets a day before and
 * a day after are those on both sides of a change, if there is one.
 */
enum cx_zone_local cx_zone_to_utc(
    const struct cx_zone *zone, int64_t local, int64_t *utc)
{
	size_t i = find(zone, local - CX_DAY);
	int before = zone->changes[i].offset, after;
	int64_t early = local - before, late;
	bool early_fits, late_fits;

	*utc = early;
	if (i + 1 == zone->n || zone->changes[i + 1].from > local + CX_DAY)
		return CX_LOCAL_UNIQUE;
	after = cx_zone_offset(zone, local + CX_DAY);
	late = local - after;
	early_fits = cx_zone_offset(zone, early) == before;
	late_fits = cx_zone_offset(zone, late) == after;
	if (early_fits && late_fits && early != late) {
		*utc = early < late ? early : late;
		return CX_LOCAL_TWICE;
	}
	if (late_fits && !early_fits)
		*utc = late;
	return early_fits || late_fits ? CX_LOCAL_UNIQUE : CX_LOCAL_GAP;
}
