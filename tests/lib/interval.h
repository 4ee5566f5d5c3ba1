/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks on intervals; see check.h. */
#ifndef CX_TESTS_INTERVAL_H
#define CX_TESTS_INTERVAL_H

#include "libcx/model/interval.h"
#include "tests/lib/check.h"

CHECK_API(5)
bool check_interval(struct cx_interval got, double lo, double hi, double margin,
    const char *name, ...)
{
	bool ok = isnan(lo) ? isnan(got.lo) && isnan(got.hi)
	                    : fabs(got.lo - lo) <= margin &&
	                          fabs(got.hi - hi) <= margin;

	CHECK_LINE(ok, name);
	if (!ok)
		printf("# got %.17g to %.17g, want %.17g to %.17g\n", got.lo,
		    got.hi, lo, hi);
	return ok;
}

#endif
