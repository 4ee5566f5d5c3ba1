/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/survival.h"

#include "libcx/model/normal.h"
#include "libcx/model/proportion.h"

#include <math.h>

static uint64_t total(const struct cx_follow *rows, size_t n)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += rows[i].events + rows[i].censored;
	return sum;
}

/* se is that of the logarithm of the share. */
static void bound(
    struct cx_survival *s, double se, uint64_t start, double level)
{
	double z = cx_normal_half_width(level), at = log(s->share);
	struct cx_interval wilson;

	if (s->share > 0 && s->share < 1) {
		s->lo = exp(-exp(log(-at) - z * se / at));
		s->hi = exp(-exp(log(-at) + z * se / at));
		return;
	}
	wilson = s->share > 0 ? cx_proportion_wilson((double)s->at_risk,
	                            (double)s->at_risk, level)
	                      : cx_proportion_wilson(0, (double)start, level);
	s->lo = wilson.lo;
	s->hi = wilson.hi;
}

struct cx_survival cx_survival_at(
    const struct cx_follow *rows, size_t n, int64_t at, double level)
{
	uint64_t start = total(rows, n), risk = start;
	struct cx_survival s = { .share = 1 };
	double sum = 0;
	size_t i = 0;

	for (; i < n && rows[i].time <= at; i++) {
		double d = (double)rows[i].events, r = (double)risk;

		if (rows[i].events) {
			s.share *= (r - d) / r;
			sum += d / (r * (r - d));
		}
		s.at_risk = risk;
		risk -= rows[i].events + rows[i].censored;
	}
	if (i == 0 || rows[i - 1].time < at)
		s.at_risk = risk;
	if (s.at_risk == 0 && (s.share > 0 || start == 0)) {
		s.share = s.se = s.lo = s.hi = NAN;
		return s;
	}
	s.se = s.share > 0 ? s.share * sqrt(sum) : 0;
	bound(&s, sqrt(sum), start, level);
	return s;
}
