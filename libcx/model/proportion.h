/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_PROPORTION_H
#define CX_MODEL_PROPORTION_H

#include "libcx/model/interval.h"

#include <stddef.h>
#include <stdint.h>

/* hits of n answers. */
struct cx_proportion {
	uint64_t hits, n;
};

/*
 * Wilson score interval for a proportion.
 *   hits, n   counts, 0 <= hits <= n; of a weighted sample, n is the
 *             effective number of answers and hits the proportion of it
 *   level     two-sided coverage, in (0, 1)
 * Returns proportions in [0, 1]; NaN when n is 0. The lower end is 0 exactly
 * when hits is 0, the upper 1 when it is n.
 * Source: Wilson 1927, JASA 22(158), 209-212.
 * Check: R prop.test(correct = FALSE); tests/unit/t-proportion.c.
 */
struct cx_interval cx_proportion_wilson(double hits, double n, double level);

/* Proportions in [0, 1]; all NaN when there is no answer. */
struct cx_proportion_estimate {
	double share;
	double se;     /* standard error: sqrt(share (1 - share) / n) */
	double lo, hi; /* Wilson score interval */
};

/* level is the two-sided coverage, in (0, 1). */
struct cx_proportion_estimate cx_proportion_estimate(
    const struct cx_proportion *p, double level);

/*
 * Interval for the difference a - b of two independent proportions: MOVER
 * (libcx/model/interval.h) from their Wilson score intervals.
 *   level   two-sided coverage, in (0, 1)
 * Returns differences in [-1, 1]; NaN when a or b has no answer.
 * Source: Newcombe 1998, Statistics in Medicine 17(8), 873-890, method 10.
 * Check: tests/unit/t-proportion.c.
 */
struct cx_interval cx_proportion_newcombe(
    const struct cx_proportion *a, const struct cx_proportion *b, double level);

#endif
