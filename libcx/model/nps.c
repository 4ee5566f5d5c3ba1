/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/nps.h"

#include "libcx/model/normal.h"

#include <math.h>

/* What Rocks adds: three answers, spread evenly over the two halves. */
static const double ADDED_OUTER = 0.75, ADDED_PASSIVES = 1.5;

static const double PERCENT = 100;

void cx_nps_count(struct cx_nps *nps, int score)
{
	if (score >= CX_NPS_PROMOTER)
		nps->promoters++;
	else if (score >= CX_NPS_PASSIVE)
		nps->passives++;
	else
		nps->detractors++;
}

void cx_nps_merge(struct cx_nps *into, const struct cx_nps *from)
{
	into->promoters += from->promoters;
	into->passives += from->passives;
	into->detractors += from->detractors;
}

uint64_t cx_nps_n(const struct cx_nps *nps)
{
	return nps->promoters + nps->passives + nps->detractors;
}

static double score(double promoters, double passives, double detractors)
{
	return (promoters - detractors) / (promoters + passives + detractors);
}

/*
 * n^2 (p + q - (p - q)^2) with n = P + A + D is A (P + D) + 4 P D: a sum of
 * what is positive, where the textbook form takes near equals from another.
 */
static double standard_error(
    double promoters, double passives, double detractors)
{
	double n = promoters + passives + detractors;
	double outer = promoters + detractors;

	return sqrt((passives * outer + 4 * promoters * detractors) / n) / n;
}

struct cx_nps_estimate cx_nps_estimate(const struct cx_nps *nps, double level)
{
	double p = (double)nps->promoters, a = (double)nps->passives,
	       d = (double)nps->detractors;
	double z = cx_normal_half_width(level), center, half;

	if (cx_nps_n(nps) == 0)
		return (struct cx_nps_estimate){ NAN, NAN, NAN, NAN };
	center = score(p + ADDED_OUTER, a + ADDED_PASSIVES, d + ADDED_OUTER);
	half = z * standard_error(
	               p + ADDED_OUTER, a + ADDED_PASSIVES, d + ADDED_OUTER);
	return (struct cx_nps_estimate){
		.nps = PERCENT * score(p, a, d),
		.se = PERCENT * standard_error(p, a, d),
		.lo = PERCENT * fmax(center - half, -1),
		.hi = PERCENT * fmin(center + half, 1),
	};
}
