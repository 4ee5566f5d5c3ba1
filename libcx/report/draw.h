/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_DRAW_H
#define CX_REPORT_DRAW_H

#include "libcx/base/buf.h"

/*
 * Small drawings in text for a terminal: numbers in, UTF-8 out, every
 * character one column wide. low < high are the ends of the axis; values
 * beyond them are drawn at the ends.
 */

/*
 * An estimate as a dot on its interval, over an axis of n cells whose middle
 * is marked. Nothing when x is NaN.
 */
void cx_draw_interval(struct cx_buf *out, double x, double lo, double hi,
    double low, double high, int n);

/* A column for each of n values, in eighths of the axis; NaN is a gap. */
void cx_draw_spark(struct cx_buf *out, const double *values, size_t n,
    double low, double high);

#endif
