/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/tango.h"

#include "libcx/model/normal.h"

#include <float.h>
#include <math.h>

/* Shares of the two classes; half-width of the level over the root of n. */
struct sample {
	double plus, minus, width;
};

/*
 * n times the variance of plus - minus where that difference is held at
 * delta: 2 q + delta (1 - delta), and q the upper root of 2 q^2 + b q - c. The
 * classes change places for delta < 0, so that c is never below 0, and the
 * root always real.
 */
static double variance(double plus, double minus, double delta)
{
	double b, c;

	if (delta < 0)
		return variance(minus, plus, -delta);
	b = (2 - plus + minus) * delta - plus - minus;
	c = minus * delta * (1 - delta);
	return (sqrt(b * b + 8 * c) - b) / 2 + delta * (1 - delta);
}

/* Above 0 where the test rejects delta as too low. */
static double excess(const struct sample *s, double delta)
{
	return s->plus - s->minus - delta -
	       s->width * sqrt(variance(s->plus, s->minus, delta));
}

/* The root between -1, which the test rejects, and the estimate. */
static double lower_end(const struct sample *s)
{
	static const double PRECISION = DBL_EPSILON / 2;
	double lo = -1, hi = s->plus - s->minus;
	double at_lo = excess(s, lo), at_hi = excess(s, hi);
	enum { NEITHER, LO, HI } moved = NEITHER;

	while (hi - lo > PRECISION) {
		double x = lo + (hi - lo) * (at_lo / (at_lo - at_hi));
		double at_x;

		/* Rounded onto an end, or one class: the estimate is a root. */
		if (!(lo < x && x < hi))
			x = lo + (hi - lo) / 2;
		at_x = excess(s, x);
		/* An end that stays a second time counts half. */
		if (at_x > 0) {
			at_hi /= moved == LO ? 2 : 1;
			lo = x;
			at_lo = at_x;
			moved = LO;
		} else {
			at_lo /= moved == HI ? 2 : 1;
			hi = x;
			at_hi = at_x;
			moved = HI;
		}
	}
	return hi;
}

struct cx_interval cx_tango_interval(
    double plus, double minus, double n, double level)
{
	double width = cx_normal_half_width(level) / sqrt(n);
	struct sample s = { plus / n, minus / n, width };
	struct sample mirrored = { minus / n, plus / n, width };

	return (struct cx_interval){ lower_end(&s), -lower_end(&mirrored) };
}
