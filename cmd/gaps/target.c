/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/interval.h"

#include "libcx/table/value.h"

#include <math.h>

/* Groups of fewer ratings are no model for others. */
enum { BEST_FEWEST = 30 };

static double best_performance(
    const struct gaps_result *results, size_t n_results, size_t k)
{
	size_t n = gaps_plan.drivers.n;
	double best = NAN;

	for (size_t g = 0; g < n_results; g++) {
		const struct gaps_result *r = &results[g];

		if (r->facts[GAPS_FACTS + k * GAPS_D_FACTS + GAPS_D_N] >=
		    BEST_FEWEST)
			best =
			    fmax(best, r->stats[CX_DRIVER_PERFORMANCE * n + k]);
	}
	return best;
}

void gaps_set_targets(struct gaps_result *results, size_t n_results)
{
	const char *what = gaps_settings.target;
	double given = NAN;
	struct cx_err err;

	if (what && strcmp(what, "mean") != 0 && strcmp(what, "best") != 0)
		(void)cx_value_number(cx_str(what), &given, &err);
	for (size_t g = 0; g < n_results; g++) {
		struct gaps_result *r = &results[g];
		double mean = cx_driver_mean(
		    r->stats + CX_DRIVER_PERFORMANCE * gaps_plan.drivers.n,
		    gaps_plan.drivers.n);

		for (size_t k = 0; k < gaps_plan.drivers.n; k++) {
			double own = gaps_plan.drivers.items[k].target;

			r->target[k] = mean;
			if (what && strcmp(what, "best") == 0)
				r->target[k] =
				    best_performance(results, n_results, k);
			else if (!isnan(given))
				r->target[k] = given;
			else if (!what && !isnan(own))
				r->target[k] = own;
		}
	}
}

bool gaps_is_at_target(const struct gaps_result *r, size_t k)
{
	size_t at = CX_DRIVER_PERFORMANCE * gaps_plan.drivers.n + k;

	return r->stats[at] >= r->target[k];
}

bool gaps_target_is_mean(size_t k)
{
	const char *what = gaps_settings.target;

	if (what)
		return strcmp(what, "mean") == 0;
	return isnan(gaps_plan.drivers.items[k].target);
}
