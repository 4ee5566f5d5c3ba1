/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/instant.h"

#include <stdlib.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static int wrong(struct cx_str cell, struct cx_err *err)
{
	return cx_err_record(err, "not a time",
	    "%s is not a time with a zone, such as 2026-11-21T16:54:29Z "
	    "(cx-ingest makes one)",
	    cx_quote(cell));
}

/* n digits at p, or -1. */
static int number(const char *p, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -1;
		value = value * 10 + (p[i] - '0');
	}
	return value;
}

bool cx_instant_civil(const char *p, struct cx_civil *c)
{
	if (p[4] != '-' || p[7] != '-' || (p[10] != 'T' && p[10] != ' ') ||
	    p[13] != ':' || p[16] != ':')
		return false;
	*c =
	    (struct cx_civil){ number(p, 4), number(p + 5, 2), number(p + 8, 2),
		    number(p + 11, 2), number(p + 14, 2), number(p + 17, 2) };
	return cx_civil_valid(c);
}

/* "Z", "+09:00", "+0900" */
static bool parse_zone(struct cx_str s, int *offset)
{
	int hours, minutes;

	*offset = 0;
	if (s.n == 1 && s.p[0] == 'Z')
		return true;
	if ((s.n != 6 || s.p[3] != ':') && s.n != 5)
		return false;
	if (s.p[0] != '+' && s.p[0] != '-')
		return false;
	hours = number(s.p + 1, 2);
	minutes = number(s.p + s.n - 2, 2);
	if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59)
		return false;
	*offset = hours * CX_HOUR + minutes * CX_MINUTE;
	if (s.p[0] == '-')
		*offset = -*offset;
	return true;
}

static struct cx_str skip_decimals(struct cx_str s)
{
	size_t i = 1;

	if (s.n < 2 || (s.p[0] != '.' && s.p[0] != ','))
		return s;
	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i == 1 ? s : (struct cx_str){ s.p + i, s.n - i };
}

int cx_instant_parse(struct cx_str cell, int64_t *seconds, struct cx_err *err)
{
	struct cx_civil civil;
	struct cx_str rest;
	int offset;

	if (cell.n <= CX_CIVIL_SIZE || !cx_instant_civil(cell.p, &civil))
		return wrong(cell, err);
	rest = skip_decimals(
	    (struct cx_str){ cell.p + CX_CIVIL_SIZE, cell.n - CX_CIVIL_SIZE });
	if (!parse_zone(rest, &offset))
		return wrong(cell, err);
	*seconds = cx_civil_to_seconds(&civil) - offset;
	return cx_civil_in_range(*seconds) ? 0 : wrong(cell, err);
}

static char *put(char *out, int value, int n_digits)
{
	for (int i = n_digits - 1; i >= 0; i--) {
		out[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return out + n_digits;
}

static char *put_date(char *out, const struct cx_civil *c)
{
	out = put(out, c->year, 4);
	*out++ = '-';
	out = put(out, c->month, 2);
	*out++ = '-';
	return put(out, c->day, 2);
}

void cx_instant_format(int64_t seconds, char out[CX_INSTANT_SIZE])
{
	struct cx_civil c = cx_civil_from_seconds(seconds);

	out = put_date(out, &c);
	*out++ = 'T';
	out = put(out, c.hour, 2);
	*out++ = ':';
	out = put(out, c.minute, 2);
	*out++ = ':';
	out = put(out, c.second, 2);
	*out = 'Z';
}

int cx_period_of(const char *word, enum cx_period *period)
{
	static const char *const words[] = { "day", "week", "month", "quarter",
		"year" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strcmp(word, words[i]) == 0) {
			*period = (enum cx_period)(CX_BY_DAY + i);
			return 0;
		}
	}
	return -1;
}

void cx_period_name_local(
    enum cx_period period, int64_t local, char out[CX_PERIOD_SIZE])
{
	struct cx_civil c = cx_civil_from_seconds(local);
	int year = c.year, week;

	switch (period) {
	case CX_BY_DAY:
		out = put_date(out, &c);
		break;
	case CX_BY_WEEK:
		week = cx_civil_iso_week(&c, &year);
		out = put(out, year, 4);
		*out++ = '-';
		*out++ = 'W';
		out = put(out, week, 2);
		break;
	case CX_BY_MONTH:
		out = put(out, year, 4);
		*out++ = '-';
		out = put(out, c.month, 2);
		break;
	case CX_BY_QUARTER:
		out = put(out, year, 4);
		*out++ = '-';
		*out++ = 'Q';
		*out++ = (char)('0' + (c.month + 2) / 3);
		break;
	case CX_BY_YEAR:
		out = put(out, year, 4);
		break;
	case CX_NO_PERIOD:
		break;
	}
	*out = '\0';
}

int cx_period_check(
    const struct cx_zone *zone, int64_t seconds, struct cx_err *err)
{
	if (cx_civil_in_range(seconds + cx_zone_offset(zone, seconds)))
		return 0;
	return cx_err_record(err, "not a time",
	    "on the clocks of the zone it is not in the years 1 to 9999");
}

void cx_period_name(enum cx_period period, const struct cx_zone *zone,
    int64_t seconds, char out[CX_PERIOD_SIZE])
{
	cx_period_name_local(
	    period, seconds + cx_zone_offset(zone, seconds), out);
}

#ifndef __SSE2__
static bool is_sixty(const char *p)
{
	return p[0] >= '0' && p[0] <= '5' && p[1] >= '0' && p[1] <= '9';
}
#endif

enum { DAY_TEXT = CX_DAY_TEXT, HOUR_TEXT = 13 }; /* 2026-11-21T16 */

static bool is_hour(const char *p)
{
	if (p[0] == '2')
		return p[1] >= '0' && p[1] <= '3';
	return p[0] >= '0' && p[0] <= '1' && p[1] >= '0' && p[1] <= '9';
}

/* Behind the day: "T16:54:29Z", the form that cx-ingest writes. */
static bool is_plain_rest(struct cx_str cell)
{
#ifdef __SSE2__
	/* The last 16 bytes, each from least to most; the day counts later. */
	static const char least[] = "\0\0\0\0\0\0T00:00:00Z";
	static const char most[] = "\377\377\377\377\377\377T29:59:59Z";
	__m128i v, in;

	if (cell.n != CX_INSTANT_SIZE)
		return false;
	v = _mm_loadu_si128((const __m128i *)(const void *)(cell.p + 4));
	in = _mm_and_si128(
	    _mm_cmpeq_epi8(
	        _mm_max_epu8(v, _mm_loadu_si128((const __m128i *)least)), v),
	    _mm_cmpeq_epi8(
	        _mm_min_epu8(v, _mm_loadu_si128((const __m128i *)most)), v));
	return _mm_movemask_epi8(in) == 0xFFFF && is_hour(cell.p + 11);
#else
	const char *p = cell.p + DAY_TEXT;

	return cell.n == CX_INSTANT_SIZE && p[0] == 'T' && is_hour(p + 1) &&
	       p[3] == ':' && is_sixty(p + 4) && p[6] == ':' &&
	       is_sixty(p + 7) && p[9] == 'Z';
#endif
}

/* The start of a cell as two words, n bytes of it being the key. */
struct words {
	uint64_t a, b;
};

static inline struct words load(const char *p, size_t n)
{
	char text[16] = { 0 };
	struct words w;

	memcpy(text, p, n);
	memcpy(&w.a, text, 8);
	memcpy(&w.b, text + 8, 8);
	return w;
}

static inline int two_digits(const char *p)
{
	return (p[0] - '0') * 10 + p[1] - '0';
}

/* Days of some twenty years, hours of two, have a place of their own. */
static inline size_t day_place(const char *p)
{
	int month = two_digits(p + 2) * 12 + two_digits(p + 5);
	int day = month * 31 + two_digits(p + 8);

	return (size_t)day;
}

int cx_instant_recall(struct cx_day_memo *memo, struct cx_str cell,
    int64_t *seconds, struct cx_err *err)
{
	struct cx_day_known *known;
	int of_day;

	if (!is_plain_rest(cell))
		return cx_instant_parse(cell, seconds, err);
	known = &memo->days[day_place(cell.p) % CX_DAY_MEMO];
	of_day = two_digits(cell.p + 11) * CX_HOUR +
	         two_digits(cell.p + 14) * CX_MINUTE + two_digits(cell.p + 17);
	if (memcmp(known->text, cell.p, DAY_TEXT) == 0) {
		*seconds = known->start + of_day;
		return 0;
	}
	if (cx_instant_parse(cell, seconds, err) < 0)
		return -1;
	memcpy(known->text, cell.p, DAY_TEXT);
	known->start = *seconds - of_day;
	return 0;
}

static inline size_t hour_place(const char *p)
{
	return (day_place(p) * 24 + (size_t)two_digits(p + 11)) % CX_MEMO_HOURS;
}

static inline ptrdiff_t recall(
    const struct cx_period_known *known, struct words w)
{
	struct words k = load(known->text, sizeof(known->text));

	return k.a == w.a && k.b == w.b ? (ptrdiff_t)known->number_plus_1 - 1
	                                : -1;
}

/* Remembers the name when the n seconds from start all have it. */
static bool remember(struct cx_period_known *known, struct words w,
    enum cx_period period, const struct cx_zone *zone, int64_t start, int64_t n,
    const char *name, size_t number)
{
	char first[CX_PERIOD_SIZE], last[CX_PERIOD_SIZE];

	cx_period_name(period, zone, start, first);
	cx_period_name(period, zone, start + n - 1, last);
	if (strcmp(first, name) != 0 || strcmp(last, name) != 0)
		return false;
	memcpy(known->text, &w.a, 8);
	memcpy(known->text + 8, &w.b, 8);
	known->number_plus_1 = (uint32_t)number + 1;
	return true;
}

/* The long way, and what can be learned from it. */
static ptrdiff_t find_name(struct cx_period_memo *memo, enum cx_period period,
    const struct cx_zone *zone, struct cx_str cell, bool plain,
    struct cx_err *err)
{
	char name[CX_PERIOD_SIZE];
	struct words day, hour;
	int64_t seconds, of_day;
	size_t number;

	if (cell.n == 0)
		return (ptrdiff_t)cx_map_put(&memo->names, cx_str(""));
	if (cx_instant_parse(cell, &seconds, err) < 0 ||
	    cx_period_check(zone, seconds, err) < 0)
		return -1;
	cx_period_name(period, zone, seconds, name);
	number = cx_map_put(&memo->names, cx_str(name));
	if (!plain)
		return (ptrdiff_t)number;
	day = load(cell.p, DAY_TEXT);
	hour = load(cell.p, HOUR_TEXT);
	of_day = ((seconds % CX_DAY) + CX_DAY) % CX_DAY;
	if (!remember(&memo->days[day_place(cell.p) % CX_MEMO_DAYS], day,
	        period, zone, seconds - of_day, CX_DAY, name, number))
		(void)remember(&memo->hours[hour_place(cell.p)], hour, period,
		    zone, seconds - of_day % CX_HOUR, CX_HOUR, name, number);
	return (ptrdiff_t)number;
}

ptrdiff_t cx_period_of_cell(struct cx_period_memo *memo, enum cx_period period,
    const struct cx_zone *zone, struct cx_str cell, struct cx_err *err)
{
	bool plain = is_plain_rest(cell);
	ptrdiff_t number = -1;

	if (plain)
		number = recall(&memo->days[day_place(cell.p) % CX_MEMO_DAYS],
		    load(cell.p, DAY_TEXT));
	if (plain && number < 0)
		number = recall(
		    &memo->hours[hour_place(cell.p)], load(cell.p, HOUR_TEXT));
	if (number < 0)
		number = find_name(memo, period, zone, cell, plain, err);
	return number;
}

void cx_period_memo_free(struct cx_period_memo *memo)
{
	if (!memo)
		return;
	cx_map_release(&memo->names);
	free(memo);
}

/* The first day of ISO week 1 is the Monday of the week of January 4. */
static int64_t week_start(int year, int week)
{
	struct cx_civil c = { .year = year, .month = 1, .day = 4 };
	int64_t days = cx_civil_to_seconds(&c) / CX_DAY;
	/* 1970-01-01 was a Thursday; 0 is Monday. */
	int64_t weekday = ((days + 3) % 7 + 7) % 7;

	return (days - weekday + 7 * (int64_t)(week - 1)) * CX_DAY;
}

/* Not every year has a week 53. */
static bool has_week(int year, int week)
{
	struct cx_civil c = cx_civil_from_seconds(week_start(year, week));
	int its_year;

	return cx_civil_iso_week(&c, &its_year) == week && its_year == year;
}

/* The first second of a period, or -1 when s does not name one. */
static int first_second(enum cx_period period, struct cx_str s, int64_t *out)
{
	static const size_t lengths[] = { [CX_BY_DAY] = 10,
		[CX_BY_WEEK] = 8,
		[CX_BY_MONTH] = 7,
		[CX_BY_QUARTER] = 7,
		[CX_BY_YEAR] = 4 };
	struct cx_civil c = { .month = 1, .day = 1 };
	int n;

	if (period == CX_NO_PERIOD || s.n != lengths[period] ||
	    (s.n > 4 && s.p[4] != '-') || (s.n > 8 && s.p[7] != '-'))
		return -1;
	c.year = number(s.p, 4);
	switch (period) {
	case CX_BY_WEEK:
		n = number(s.p + 6, 2);
		if (s.p[5] != 'W' || c.year < 1 || !has_week(c.year, n))
			return -1;
		*out = week_start(c.year, n);
		return 0;
	case CX_BY_DAY:
		c.day = number(s.p + 8, 2);
		c.month = number(s.p + 5, 2);
		break;
	case CX_BY_MONTH:
		c.month = number(s.p + 5, 2);
		break;
	case CX_BY_QUARTER:
		n = number(s.p + 6, 1);
		if (s.p[5] != 'Q' || n < 1 || n > 4)
			return -1;
		c.month = 3 * n - 2;
		break;
	default:
		break;
	}
	*out = cx_civil_valid(&c) ? cx_civil_to_seconds(&c) : 0;
	return cx_civil_valid(&c) ? 0 : -1;
}

int cx_period_before(
    enum cx_period period, struct cx_str name, char out[CX_PERIOD_SIZE])
{
	int64_t start;

	if (first_second(period, name, &start) < 0)
		return -1;
	cx_period_name_local(period, start - 1, out);
	return 0;
}

int64_t cx_period_end(enum cx_period period, struct cx_str name)
{
	/* Enough days to reach the next period, too few to pass it. */
	static const int days[] = { [CX_BY_DAY] = 1,
		[CX_BY_WEEK] = 7,
		[CX_BY_MONTH] = 31,
		[CX_BY_QUARTER] = 92,
		[CX_BY_YEAR] = 366 };
	char next[CX_PERIOD_SIZE];
	int64_t start;

	if (first_second(period, name, &start) < 0)
		return INT64_MIN;
	cx_period_name_local(
	    period, start + days[period] * (int64_t)CX_DAY, next);
	if (first_second(period, cx_str(next), &start) < 0)
		return INT64_MIN;
	return start;
}
