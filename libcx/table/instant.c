/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/instant.h"

#include "libcx/table/civil.h"

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

enum { WHOLE = 19 }; /* "2026-11-21T16:54:29" */

static bool parse_civil(const char *p, struct cx_civil *c)
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

	if (cell.n <= WHOLE || !parse_civil(cell.p, &civil))
		return wrong(cell, err);
	rest = skip_decimals((struct cx_str){ cell.p + WHOLE, cell.n - WHOLE });
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

void cx_period_name(enum cx_period period, const struct cx_zone *zone,
    int64_t seconds, char out[CX_PERIOD_SIZE])
{
	struct cx_civil c =
	    cx_civil_from_seconds(seconds + cx_zone_offset(zone, seconds));
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
