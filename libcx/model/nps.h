/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_NPS_H
#define CX_MODEL_NPS_H

#include "libcx/model/interval.h"

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

/* How the interval of a score is found. */
enum cx_nps_method {
	CX_NPS_AUTO, /* as cx_nps_method_for chooses */
	CX_NPS_ADJUSTED_WALD,
	CX_NPS_WALD,
	CX_NPS_SCORE
};

/*
 * The method to use for these answers: asked, when it is not CX_NPS_AUTO;
 * else score when there are fewer than CX_NPS_SMALL answers or none in one
 * of the classes, and adjusted Wald otherwise.
 */
enum { CX_NPS_SMALL = 30 };
enum cx_nps_method cx_nps_method_for(
    const struct cx_nps *nps, enum cx_nps_method asked);

/*
 * Interval of the score, on the scale -100 to 100.
 *   level   two-sided coverage, in (0, 1)
 * NaN when there is no answer. With p, q the shares of promoters and
 * detractors of n answers, and z the half-width of level:
 *
 * Wald            p - q and z sqrt((p + q - (p - q)^2) / n) to both sides. It
 *                 has no width when all answers are in one class.
 * adjusted Wald   Wald's, after 3/4 of a promoter, 3/2 of a passive and 3/4 of
 *                 a detractor are added. It need not hold p - q where n is 1.
 * score           libcx/model/tango.h.
 *
 * The first two are as the formulas give them and may pass -100 and 100.
 * Source: Rocks 2016, The American Statistician 70(4), 365-372; Tango 1998,
 * Statistics in Medicine 17(8), 891-908.
 * Check: tests/unit/t-nps.c; their coverage, tests/unit/t-coverage.c.
 */
struct cx_interval cx_nps_interval(
    const struct cx_nps *nps, double level, enum cx_nps_method asked);

/*
 * The score and its standard error after 3/4 of a promoter, 3/2 of a passive
 * and 3/4 of a detractor are added, on the scale -100 to 100: for tests of
 * few answers, whose own standard error may be far too small or 0.
 */
void cx_nps_adjusted(const struct cx_nps *nps, double *estimate, double *se);

/* On the scale -100 to 100; all NaN when there is no answer. */
struct cx_nps_estimate {
	double nps;
	double se; /* standard error of nps: sqrt((p + q - (p - q)^2) / n) */
	double lo, hi; /* cx_nps_interval, cut at -100 and 100 */
};

struct cx_nps_estimate cx_nps_estimate(
    const struct cx_nps *nps, double level, enum cx_nps_method asked);

#endif
