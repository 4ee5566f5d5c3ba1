/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_CIVIL_H
#define CX_TABLE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

/* A date and time of day in the proleptic Gregorian calendar, no zone. */
struct cx_civil {
	int year, month, day;     /* month and day from 1 */
	int hour, minute, second; /* second to 59; leap seconds are not kept */
};

enum { CX_MINUTE = 60, CX_HOUR = 3600, CX_DAY = 86400 };

/* Whether there is such a date and time; year from 1 to 9999. */
bool cx_civil_valid(const struct cx_civil *civil);

/*
 * Seconds since 1970-01-01T00:00:00, as if in UTC, and back. Days are counted
 * from 0000-03-01, so that a leap day is the last day of its year.
 */
int64_t cx_civil_to_seconds(const struct cx_civil *civil);
struct cx_civil cx_civil_from_seconds(int64_t seconds);

/* Whether the time is in the years 1 to 9999, which have a form in text. */
bool cx_civil_in_range(int64_t seconds);

/* The week of ISO 8601: 1 to 53, and the year it belongs to. */
int cx_civil_iso_week(const struct cx_civil *civil, int *year);

#endif
