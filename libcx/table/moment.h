/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_MOMENT_H
#define CX_TABLE_MOMENT_H

#include "libcx/base/err.h"
#include "libcx/table/civil.h"

/* The order of the numbers in a date, or what a single number counts. */
enum cx_date_order {
	CX_ORDER_UNKNOWN, /* only what can be read in one way */
	CX_ORDER_YMD,
	CX_ORDER_MDY,
	CX_ORDER_DMY,
	CX_ORDER_EPOCH,      /* seconds since 1970 in UTC */
	CX_ORDER_EPOCH_MS,   /* milliseconds */
	CX_ORDER_EXCEL,      /* days since 1900 of a spreadsheet */
	CX_ORDER_EXCEL_1904, /* days since 1904-01-01 */
};

/*
 * By its word: ymd, mdy, dmy, epoch, epoch-ms, excel, excel-1904. -1 when
 * unknown.
 */
int cx_date_order_of(struct cx_str word, enum cx_date_order *order);

/* "mdy", and "month, day, year" for messages. */
const char *cx_date_order_word(enum cx_date_order order);
const char *cx_date_order_name(enum cx_date_order order);

/* A date, perhaps with a time of day, perhaps with an offset from UTC. */
struct cx_moment {
	struct cx_civil civil; /* midnight when no time is given */
	bool has_offset;
	int offset; /* seconds east of UTC */
};

/*
 * Reads a date as exports write it; cx-codebook(5) lists the forms. A year of
 * four digits in front is always the year; years of two digits are 1969 to
 * 2068 (POSIX). Where the order is unknown, three numbers must start with a
 * year of four digits, and ten or thirteen digits are seconds or milliseconds
 * since 1970. Blanks around are ignored, and full-width characters are what
 * they mean (NFKC).
 * An error has its reason set.
 */
int cx_moment_parse(struct cx_str cell, enum cx_date_order order,
    struct cx_moment *moment, struct cx_err *err);

/* Whether it is the zero date of some databases, which is no date. */
bool cx_moment_is_zero(struct cx_str cell);

/*
 * The orders in which a cell is a date, as bits 1 << order of CX_ORDER_YMD,
 * CX_ORDER_MDY and CX_ORDER_DMY; 0 when it is none in any, when the order does
 * not matter to it, and when it is the same date in all that it can have.
 */
unsigned cx_moment_orders(struct cx_str cell);

#endif
