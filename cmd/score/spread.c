/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/spread.h"

#include <math.h>

/* An error below this, of scores up to 1, is rounding. */
static const double NOTHING = 1e-12, PERCENT = 100;

struct score_spread score_spread_of(const struct score_design *group)
{
	return (struct score_spread){ group->n_psu,
		group->net_se > PERCENT * NOTHING };
}

struct score_spread score_spread_of_side(const struct score_side *side)
{
	double mean = score_side_mean(side);
	struct score_spread s = { 0, false };

	for (size_t i = 0; i < side->n; i++) {
		if (!(side->w[i] > 0))
			continue;
		s.n_psu++;
		s.any |= fabs(side->wy[i] / side->w[i] - mean) > NOTHING;
	}
	return s;
}

struct cx_comparison score_spread_compare(const struct cx_design_mean *m,
    double se, struct score_spread a, struct score_spread b)
{
	double times = a.any ? (double)a.n_psu / (double)b.n_psu
	                     : (double)b.n_psu / (double)a.n_psu;
	struct cx_comparison c;

	/* All of se is from the one that has a spread. */
	if (a.any != b.any)
		se *= sqrt(1 + times);
	if (se <= NOTHING || (!a.any && !b.any))
		se = 0;
	c = cx_compare_by_t(m->mean, m->df_domain ? se : NAN,
	    (double)m->df_domain, score_settings.level);
	if (a.n_psu < CX_COMPARE_FEWEST || b.n_psu < CX_COMPARE_FEWEST)
		c.statistic = c.p = NAN;
	return c;
}
