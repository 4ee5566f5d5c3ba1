/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/axis.h"

#include <math.h>

enum { MOST_DECIMALS = 6 };

const struct cx_range cx_range_empty = { INFINITY, -INFINITY };

void cx_range_add(struct cx_range *range, double x)
{
	if (!isfinite(x))
		return;
	range->low = fmin(range->low, x);
	range->high = fmax(range->high, x);
}

/* The round number near x. */
static double nice(double x, int *exponent)
{
	const double ten = 10;
	double power = floor(log10(x)), part = x / pow(ten, power);
	double round = part < 1.5 ? 1 : part < 3 ? 2 : part < 7 ? 5 : ten;

	*exponent = (int)power + (round == ten);
	return round * pow(ten, power);
}

struct cx_axis cx_axis_make(double low, double high, int n)
{
	struct cx_axis axis;
	double swap = low;
	int exponent;

	if (low > high) {
		low = high;
		high = swap;
	}
	if (!(high - low > 1e-12 * fmax(1, fabs(high)))) {
		low -= 1;
		high += 1;
	}
	axis.step = nice((high - low) / n, &exponent);
	axis.low = floor(low / axis.step + 1e-9) * axis.step;
	axis.high = ceil(high / axis.step - 1e-9) * axis.step;
	axis.decimals = exponent >= 0               ? 0
	                : -exponent > MOST_DECIMALS ? MOST_DECIMALS
	                                            : -exponent;
	return axis;
}

struct cx_axis cx_axis_within(
    struct cx_range range, double low, double high, int n)
{
	struct cx_axis axis;

	if (range.low > range.high)
		range.low = range.high = low;
	axis = cx_axis_make(range.low, range.high, n);
	axis.low = fmax(axis.low, low);
	axis.high = fmin(axis.high, high);
	return axis;
}

int cx_axis_ticks(const struct cx_axis *axis)
{
	return (int)lround((axis->high - axis->low) / axis->step) + 1;
}

double cx_axis_tick(const struct cx_axis *axis, int i)
{
	return axis->low + i * axis->step;
}

double cx_axis_place(const struct cx_axis *axis, double x)
{
	return (x - axis->low) / (axis->high - axis->low);
}
