/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_NPS_H
#define CX_MODEL_NPS_H

#include <stdint.h>

/*
 * Net Promoter Score: share of promoters less share of detractors.
 * Source: Reichheld 2003, Harvard Business Review 81(12), 46-54.
 */
enum {
	CX_NPS_LOW = 0,
	CX_NPS_PASSIVE = 7,
	CX_NPS_PROMOTER = 9,
	CX_NPS_HIGH = 10
};

/* Scored answers by class. All zero is none; counts of parts add up. */
struct cx_nps {
	uint64_t promoters, passives, detractors;
};

/* score is a whole number from 0 to 10. */
void cx_nps_count(struct cx_nps *nps, int score);
void cx_nps_merge(struct cx_nps *into, const struct cx_nps *from);
uint64_t cx_nps_n(const struct cx_nps *nps);

/* On the scale -100 to 100; all NaN when there is no answer. */
struct cx_nps_estimate {
	double nps;
	double se;     /* standard error of nps */
	double lo, hi; /* adjusted Wald interval, cut at -100 and 100 */
};

/*
 * Estimate, standard error and adjusted Wald interval.
 *   level   two-sided coverage, in (0, 1)
 * The score of one answer is -1, 0 or 1. With p, q the shares of promoters
 * and detractors, its variance is p + q - (p - q)^2; se is the root of that
 * over n. The interval is the Wald interval after 3/4 of a promoter, 3/2 of
 * a passive and 3/4 of a detractor are added to the sample.
 * Source: Rocks 2016, The American Statistician 70(4), 365-372.
 * Check: tests/unit/t-nps.c.
 */
struct cx_nps_estimate cx_nps_estimate(const struct cx_nps *nps, double level);

#endif
