/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_MOMENT_H
#define CX_TABLE_MOMENT_H

#include "libcx/base/err.h"
#include "libcx/table/civil.h"

/* The order of the numbers in a date. */
enum cx_date_order {
	CX_ORDER_UNKNOWN, /* only what starts with a year of four digits */
	CX_ORDER_YMD,
	CX_ORDER_MDY,
	CX_ORDER_DMY,
};

/* By its word: ymd, mdy, dmy. -1 when unknown. */
int cx_date_order_of(struct cx_str word, enum cx_date_order *order);

/* A date, perhaps with a time of day, perhaps with an offset from UTC. */
struct cx_moment {
	struct cx_civil civil; /* midnight when no time is given */
	bool has_offset;
	int offset; /* seconds east of UTC */
};

/*
 * Reads a date as exports write it: three numbers with - / . or between them,
 * or eight digits YYYYMMDD; then, behind T or blanks, H:MM, H:MM:SS or with
 * decimals (dropped), AM or PM; then Z, UTC, GMT, +HH:MM, +HHMM, +HH or the
 * like behind GMT. A year of four digits in front is always the year; years
 * of two digits are 1969 to 2068 (POSIX). Blanks around are ignored.
 * An error has its reason set.
 */
int cx_moment_parse(struct cx_str cell, enum cx_date_order order,
    struct cx_moment *moment, struct cx_err *err);

#endif
