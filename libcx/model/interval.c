/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/interval.h"

#include <math.h>

struct cx_interval cx_interval_difference(
    double a, struct cx_interval of_a, double b, struct cx_interval of_b)
{
	double down = hypot(fmax(a - of_a.lo, 0), fmax(of_b.hi - b, 0));
	double up = hypot(fmax(of_a.hi - a, 0), fmax(b - of_b.lo, 0));

	return (struct cx_interval){ a - b - down, a - b + up };
}
