/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_INTERVALS_H
#define CX_REPORT_INTERVALS_H

#include "libcx/base/buf.h"

/* A group: NaN where it has no value or no interval. */
struct cx_interval_row {
	struct cx_str label, base; /* borrowed: its name; its n, as written */
	double value, lo, hi;
	bool masked; /* too few to tell */
	bool low;    /* few: take with care */
	int sign; /* -1, 1: credibly below, above what it was tested against */
};

struct cx_interval_words {
	const char *title, *desc;
	const char *base; /* above the column of n */
	const char *masked, *low, *better, *worse, *none;
};
extern const struct cx_interval_words cx_interval_words; /* English */

/*
 * Draws a line for each group: its name, its value as a dot on its interval,
 * and both in figures. The axis lies within low to high; a broken line stands
 * at reference, if that is a number.
 */
struct cx_intervals {
	const struct cx_interval_row *rows;
	size_t n;
	double low, high, reference;
	const struct cx_interval_words *words;
	bool alone;
};

void cx_intervals_draw(struct cx_buf *out, const struct cx_intervals *plot);

#endif
