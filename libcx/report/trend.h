/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_TREND_H
#define CX_REPORT_TREND_H

#include "libcx/base/buf.h"

/* A period: NaN where it has no value or no interval. */
struct cx_trend_point {
	struct cx_str label; /* borrowed, as are all texts */
	double value, lo, hi;
	bool partial; /* the period is not over */
	int sign;     /* -1, 1: credibly below, above the one before; 0 */
};

/* The periods of a group, without gaps, in order. */
struct cx_trend_panel {
	struct cx_str title; /* may be empty */
	const struct cx_trend_point *points;
	size_t n;
};

struct cx_trend_words {
	const char *title, *desc;
	const char *interval, *partial, *better, *worse, *none;
};
extern const struct cx_trend_words cx_trend_words; /* English */

/*
 * Draws a value over time with its interval as a band, a panel for each
 * group, all on one axis, which lies within low to high. A period that is not
 * over is a ring at the end of a broken line.
 */
struct cx_trend {
	const struct cx_trend_panel *panels;
	size_t n;
	double low, high;
	const struct cx_trend_words *words;
	bool alone;
};

void cx_trend_draw(struct cx_buf *out, const struct cx_trend *trend);

#endif
