/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_SPREAD_H
#define CX_MODEL_SPREAD_H

#include <stddef.h>
#include <stdint.h>

/*
 * Mean and quantiles of whole numbers that come in ascending order, so many
 * of each, and are not kept.
 *
 * A quantile at p of n numbers lies at (n - 1) p, counted from 0, and between
 * two numbers by straight interpolation.
 * Source: Hyndman and Fan 1996, The American Statistician 50(4), 361-365,
 * definition 7.
 * Check: R quantile(type = 7); tests/unit/t-spread.c.
 */
struct cx_spread {
	uint64_t n;  /* numbers to come */
	uint64_t at; /* come so far */
	__extension__ __int128 sum;
	struct cx_spread_point {
		double place;
		int64_t below, above; /* the numbers around the place */
	} median, p90;
};

/* n: how many numbers will be added. */
void cx_spread_start(struct cx_spread *spread, uint64_t n);

/* count times value, which is not below any before it. */
void cx_spread_add(struct cx_spread *spread, int64_t value, uint64_t count);

/* NaN where there is no number. */
double cx_spread_mean(const struct cx_spread *spread);
double cx_spread_median(const struct cx_spread *spread);
double cx_spread_p90(const struct cx_spread *spread);

#endif
