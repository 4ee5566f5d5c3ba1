/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_REPORT_SCORE_H
#define CX_CMD_REPORT_SCORE_H

#include "cmd/report/report.h"

/* Where a table of scores has its columns; -1 where it has none. */
struct report_score {
	const struct report_table *table;
	ptrdiff_t n, value, lo, hi, low_base, partial, vs, diff, diff_lo,
	    diff_hi, p;
};

bool report_is_score(const struct report_table *table);

/*
 * A name that two tables of all answers have, of two surveys, perhaps; nobody
 * sees which is which. NULL where there is none.
 */
const char *report_score_twice(const struct report *r);
struct report_score report_score_of(const struct report_table *table);

/* The low end of what a score can be; the high one is 100. */
double report_score_lowest(const struct report_table *table);

/* A number of a row; NaN where it is missing or the row is masked. */
double report_score_number(
    const struct report_score *score, size_t row, ptrdiff_t column);
bool report_score_is_masked(const struct report_score *score, size_t row);

/* 1, -1: credibly above, below what the row was tested against; else 0. */
int report_score_sign(const struct report_score *score, size_t row);

/* The period of a row; the table has one. */
struct cx_str report_score_period(const struct report_table *table, size_t row);

/* Draw a table with periods, and one with groups alone. */
void report_draw_trend(
    struct report *report, const struct report_score *score, const char *title);
void report_draw_groups(
    struct report *report, const struct report_score *score, const char *title);

#endif
