/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/proportion.h"

#include "libcx/model/normal.h"

#include <math.h>

/*
 * The ends are the roots of (n + z^2) x^2 - (2 hits + z^2) x + hits^2 / n.
 * The upper one is a quotient of sums; the lower follows from their product,
 * where the textbook form takes near equals from another.
 */
struct cx_interval cx_proportion_wilson(double hits, double n, double level)
{
	double z = cx_normal_half_width(level), misses = n - hits;
	double spread = z * sqrt(z * z + 4 * hits * (misses / n));
	double hi = (2 * hits + z * z + spread) / (2 * (n + z * z));

	if (!(n > 0))
		return (struct cx_interval){ NAN, NAN };
	return (struct cx_interval){
		.lo = hits / n * (hits / (n + z * z)) / hi,
		.hi = misses > 0 ? hi : 1,
	};
}

struct cx_proportion_estimate cx_proportion_estimate(
    const struct cx_proportion *p, double level)
{
	double hits = (double)p->hits, n = (double)p->n;
	struct cx_interval wilson = cx_proportion_wilson(hits, n, level);

	return (struct cx_proportion_estimate){
		.share = hits / n,
		.se = sqrt(hits / n * ((n - hits) / n) / n),
		.lo = wilson.lo,
		.hi = wilson.hi,
	};
}

struct cx_interval cx_proportion_newcombe(
    const struct cx_proportion *a, const struct cx_proportion *b, double level)
{
	struct cx_proportion_estimate of_a = cx_proportion_estimate(a, level);
	struct cx_proportion_estimate of_b = cx_proportion_estimate(b, level);

	return cx_interval_difference(of_a.share,
	    (struct cx_interval){ of_a.lo, of_a.hi }, of_b.share,
	    (struct cx_interval){ of_b.lo, of_b.hi });
}
