/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_QUADRANT_H
#define CX_REPORT_QUADRANT_H

#include "libcx/base/buf.h"

/*
 * A driver: how well it is done (x) and how much it matters (y), each with an
 * interval whose ends are NaN where it has none.
 */
struct cx_quadrant_point {
	struct cx_str label; /* borrowed */
	size_t number;       /* its rank, or 0 */
	double x, x_lo, x_hi;
	double y, y_lo, y_hi;
	bool faint; /* its importance is not credibly above 0 */
};

/* Drivers of one group, ordered by rank, and where the cross stands. */
struct cx_quadrant_panel {
	struct cx_str title; /* may be empty */
	const struct cx_quadrant_point *points;
	size_t n;
	double cross_x, cross_y; /* NaN: at the means of the points */
};

/* The words of the picture in its language. */
struct cx_quadrant_words {
	const char *title, *desc;
	const char *importance, *performance;
	const char *fix_first, *keep_up, *low_priority, *overkill;
	const char *faint, *none;
};
extern const struct cx_quadrant_words cx_quadrant_words; /* English */

struct cx_quadrant {
	const struct cx_quadrant_panel *panels;
	size_t n;
	const struct cx_quadrant_words *words;
	bool alone;
};

/*
 * Draws importance against performance, a panel for each group, with the
 * intervals as crosses and the four quarters named (importance-performance
 * analysis: Martilla and James 1977, Journal of Marketing 41(1), 77-79).
 * No two labels overlap: one that finds no place beside its point is a number
 * there and stands in a list below. Points whose x or y is NaN or infinite
 * are in that list only, behind a dash.
 */
void cx_quadrant_draw(struct cx_buf *out, const struct cx_quadrant *quadrant);

#endif
