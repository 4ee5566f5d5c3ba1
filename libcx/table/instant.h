/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_INSTANT_H
#define CX_TABLE_INSTANT_H

#include "libcx/base/err.h"
#include "libcx/base/map.h"
#include "libcx/table/civil.h"
#include "libcx/table/zone.h"

/*
 * The time column of a stream: ISO 8601 with a zone, as cx-ingest writes it
 * (2026-11-21T16:54:29Z). Read: date, T or blank, time with seconds and
 * perhaps decimals of them (dropped), then Z or an offset.
 *   seconds   since 1970-01-01T00:00:00 UTC
 */
int cx_instant_parse(struct cx_str cell, int64_t *seconds, struct cx_err *err);

/*
 * The same, quicker where days come again; all zero remembers nothing.
 */
enum { CX_DAY_MEMO = 1 << 9, CX_DAY_TEXT = 10 };
struct cx_day_memo {
	struct cx_day_known {
		char text[CX_DAY_TEXT]; /* 2026-11-21 */
		int64_t start;
	} days[CX_DAY_MEMO];
};
int cx_instant_recall(struct cx_day_memo *memo, struct cx_str cell,
    int64_t *seconds, struct cx_err *err);

enum { CX_INSTANT_SIZE = 20 };

/*
 * The part of it without a zone, of CX_CIVIL_SIZE bytes; T may be a blank.
 * False when it is none.
 */
enum { CX_CIVIL_SIZE = 19 };
bool cx_instant_civil(const char *p, struct cx_civil *civil);

/* "2026-11-21T16:54:29Z" */
void cx_instant_format(int64_t seconds, char out[CX_INSTANT_SIZE]);

enum cx_period {
	CX_NO_PERIOD,
	CX_BY_DAY,
	CX_BY_WEEK,
	CX_BY_MONTH,
	CX_BY_QUARTER,
	CX_BY_YEAR
};

/* A period by its word: day, week, month, quarter, year. -1 when unknown. */
int cx_period_of(const char *word, enum cx_period *period);

enum { CX_PERIOD_SIZE = 16 };

/*
 * Names of periods, numbered as they come, and remembered by day where a day
 * of UTC lies in one, else by hour: most rows of a stream share theirs with
 * some other. All zero remembers nothing.
 */
enum { CX_MEMO_DAYS = 1 << 13, CX_MEMO_HOURS = 1 << 14 };
struct cx_period_known {
	char text[16];          /* 2026-11-21T16, or 2026-11-21 and zeros */
	uint32_t number_plus_1; /* 0: nothing */
};
struct cx_period_memo {
	struct cx_period_known days[CX_MEMO_DAYS], hours[CX_MEMO_HOURS];
	struct cx_map names;
};

/*
 * The number in memo->names of the period that a time cell falls into, as
 * cx_instant_parse and cx_period_name have it; of "" for an empty cell. Or -1
 * and err. A memo is for one period and one zone.
 */
ptrdiff_t cx_period_of_cell(struct cx_period_memo *memo, enum cx_period period,
    const struct cx_zone *zone, struct cx_str cell, struct cx_err *err);
void cx_period_memo_free(struct cx_period_memo *memo);

/*
 * The name of the period before the one called name. -1 when name is none of
 * this kind.
 */
int cx_period_before(
    enum cx_period period, struct cx_str name, char out[CX_PERIOD_SIZE]);

/*
 * The first second after a period, as civil seconds of the zone's clocks.
 * INT64_MIN when name is none of this kind.
 */
int64_t cx_period_end(enum cx_period period, struct cx_str name);

/*
 * Whether the zone's clocks show a year from 1 to 9999 at the time: those of
 * others have no name.
 */
int cx_period_check(
    const struct cx_zone *zone, int64_t seconds, struct cx_err *err);

/*
 * The name of the period a time falls into, as the zone's clocks have it:
 * 2026-11-21, 2026-W47 (ISO 8601), 2026-11, 2026-Q4, 2026. Names sort by
 * time. Returns a string with a NUL.
 */
void cx_period_name(enum cx_period period, const struct cx_zone *zone,
    int64_t seconds, char out[CX_PERIOD_SIZE]);

/* The same for a time of the zone's clocks. */
void cx_period_name_local(
    enum cx_period period, int64_t local, char out[CX_PERIOD_SIZE]);

#endif
