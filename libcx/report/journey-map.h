/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_JOURNEY_MAP_H
#define CX_REPORT_JOURNEY_MAP_H

#include "libcx/report/figure.h"

/* What a touchpoint is marked as; one may be several. */
enum {
	CX_JOURNEY_PAIN = 1 << 0,
	CX_JOURNEY_DELIGHT = 1 << 1,
	CX_JOURNEY_TRUTH = 1 << 2, /* a moment of truth */
	CX_JOURNEY_PEAK = 1 << 3,
	CX_JOURNEY_END = 1 << 4,
};

/*
 * A touchpoint (in a channel, where there are any) on the way of a persona.
 * Numbers that are not known are NaN and left out of the picture.
 */
struct cx_journey_step {
	struct cx_str persona, stage, touchpoint, channel; /* borrowed */
	double customers;                          /* who came; NaN: not told */
	double reach;                              /* share, 0 to 1 */
	double emotion, emotion_lo, emotion_hi;    /* -2 to 2 */
	double drop_off, drop_off_lo, drop_off_hi; /* shares, 0 to 1 */
	double wait;    /* median seconds to the next contact */
	unsigned marks; /* CX_JOURNEY_… */
	bool masked;    /* too few to tell */
};

/* The words of the picture in its language. */
struct cx_journey_words {
	const char *title, *desc;
	const char *emotion, *reach, *drop_off, *wait;
	const char *interval, *pain, *delight, *truth, *peak, *end;
	const char *masked, *none;
	/* the places of: a stage or nothing, a number, customers */
	const char *not_drawn, *not_told; /* the second without customers */
	struct cx_figure_units units;
};
extern const struct cx_journey_words cx_journey_words; /* English */

struct cx_journey_map {
	const struct cx_journey_step *steps;
	size_t n;
	size_t most; /* touchpoints of a stage that are drawn; 0: all */
	const struct cx_journey_words *words;
	bool alone;
};

/* What a page has room for. */
enum { CX_JOURNEY_MOST = 10 };

/*
 * Draws the map: stages as columns in the order of their first step, in them
 * the touchpoints in theirs, and a lane for each persona: the curve of the
 * emotion with its interval as a band, the share of customers who come here,
 * the share who go no further, the time to the next contact. A map too wide
 * for a page goes on below, with the same lanes. Of a stage with more than most
 * touchpoints those with the most customers are drawn, of all personas
 * together, and a line says how many are not.
 */
void cx_journey_map_draw(struct cx_buf *out, const struct cx_journey_map *map);

#endif
