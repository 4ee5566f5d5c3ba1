/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/nps.h"

#include "libcx/model/normal.h"
#include "libcx/model/tango.h"

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

enum cx_nps_method cx_nps_method_for(
    const struct cx_nps *nps, enum cx_nps_method asked)
{
	if (asked != CX_NPS_AUTO)
		return asked;
	if (cx_nps_n(nps) < CX_NPS_SMALL || nps->promoters == 0 ||
	    nps->passives == 0 || nps->detractors == 0)
		return CX_NPS_SCORE;
	return CX_NPS_ADJUSTED_WALD;
}

static struct cx_interval wald(
    double promoters, double passives, double detractors, double level)
{
	double center = score(promoters, passives, detractors);
	double half = cx_normal_half_width(level) *
	              standard_error(promoters, passives, detractors);

	return (struct cx_interval){ center - half, center + half };
}

struct cx_interval cx_nps_interval(
    const struct cx_nps *nps, double level, enum cx_nps_method asked)
{
	enum cx_nps_method method = cx_nps_method_for(nps, asked);
	double p = (double)nps->promoters, a = (double)nps->passives,
	       d = (double)nps->detractors;
	struct cx_interval i;

	if (cx_nps_n(nps) == 0)
		return (struct cx_interval){ NAN, NAN };
	if (method == CX_NPS_SCORE)
		i = cx_tango_interval(p, d, p + a + d, level);
	else if (method == CX_NPS_WALD)
		i = wald(p, a, d, level);
	else
		i = wald(p + ADDED_OUTER, a + ADDED_PASSIVES, d + ADDED_OUTER,
		    level);
	return (struct cx_interval){ PERCENT * i.lo, PERCENT * i.hi };
}

void cx_nps_adjusted(const struct cx_nps *nps, double *estimate, double *se)
{
	double p = (double)nps->promoters + ADDED_OUTER,
	       a = (double)nps->passives + ADDED_PASSIVES,
	       d = (double)nps->detractors + ADDED_OUTER;

	*estimate = PERCENT * score(p, a, d);
	*se = PERCENT * standard_error(p, a, d);
}

struct cx_nps_estimate cx_nps_estimate(
    const struct cx_nps *nps, double level, enum cx_nps_method asked)
{
	double p = (double)nps->promoters, a = (double)nps->passives,
	       d = (double)nps->detractors;
	struct cx_interval i = cx_nps_interval(nps, level, asked);

	if (cx_nps_n(nps) == 0)
		return (struct cx_nps_estimate){ NAN, NAN, NAN, NAN };
	return (struct cx_nps_estimate){
		.nps = PERCENT * score(p, a, d),
		.se = PERCENT * standard_error(p, a, d),
		.lo = fmax(i.lo, -PERCENT),
		.hi = fmin(i.hi, PERCENT),
	};
}
