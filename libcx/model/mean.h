/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_MEAN_H
#define CX_MODEL_MEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Answers on a scale of whole numbers, kept as sums of whole numbers: exact,
 * so that the order in which they come does not show.
 * All zero is none. Exact while every answer is from -CX_MEAN_FARTHEST to
 * CX_MEAN_FARTHEST and n at most CX_MEAN_MOST, about 8.8e12.
 */
enum { CX_MEAN_FARTHEST = 1000 };
#define CX_MEAN_MOST (UINT64_C(1) << 43)

struct cx_mean {
	uint64_t n;
	int64_t sum;
	uint64_t squares; /* sum of the squares */
};

void cx_mean_count(struct cx_mean *mean, int answer);

/*
 * Whether these sums, read from somewhere, may be those of whole numbers from
 * low to high. It finds most sums that do not belong together, not all.
 *   low, high   from -CX_MEAN_FARTHEST to CX_MEAN_FARTHEST
 */
bool cx_mean_is_possible(const struct cx_mean *mean, int low, int high);

/*
 * In the unit of the scale. All NaN when there is no answer; when there is
 * one, all but mean. Where all answers are alike, sd and se are 0 and the
 * interval has no width.
 */
struct cx_mean_estimate {
	double mean;
	double sd; /* sample standard deviation, by n - 1 */
	double se; /* standard error of the mean: sd / sqrt(n) */
	/*
	 * Student's t interval, not cut at the scale's ends; NaN where all
	 * values are the same, as they do not tell how far off they are.
	 */
	double lo, hi;
};

/*
 *   level   two-sided coverage, in (0, 1)
 * Source: Student 1908, Biometrika 6(1), 1-25.
 * Check: R mean, sd, t.test; tests/unit/t-mean.c.
 */
struct cx_mean_estimate cx_mean_estimate(
    const struct cx_mean *mean, double level);

#endif
