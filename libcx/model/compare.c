/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/compare.h"

#include "libcx/base/mem.h"
#include "libcx/model/fisher.h"
#include "libcx/model/normal.h"
#include "libcx/model/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* An error below this part of what it is of is rounding: there is no spread. */
static const double ROUNDING = 1e-12;

/*
 * Where fewer are expected in a cell, the normal and the chi-square
 * distribution are too far off: of two proportions, and of many.
 */
static const double EXPECTED_OF_TWO = 5, EXPECTED_OF_MANY = 1;

/* NaN where there is no se to divide by. */
static double standardized(double difference, double se)
{
	return se > 0 ? difference / se : NAN;
}

static struct cx_comparison by_z(
    double difference, double se, struct cx_interval interval)
{
	double z = standardized(difference, se);

	return (struct cx_comparison){
		.difference = difference,
		.se = se,
		.statistic = z,
		.df = INFINITY,
		.p = cx_normal_p(z),
		.lo = interval.lo,
		.hi = interval.hi,
	};
}

static bool is_small(const struct cx_nps *nps)
{
	return cx_nps_method_for(nps, CX_NPS_AUTO) == CX_NPS_SCORE;
}

struct cx_comparison cx_compare_nps(const struct cx_nps *a,
    const struct cx_nps *b, double level, enum cx_nps_method method)
{
	struct cx_nps_estimate x = cx_nps_estimate(a, level, method);
	struct cx_nps_estimate y = cx_nps_estimate(b, level, method);

	struct cx_comparison c = by_z(x.nps - y.nps, hypot(x.se, y.se),
	    cx_interval_difference(x.nps, (struct cx_interval){ x.lo, x.hi },
	        y.nps, (struct cx_interval){ y.lo, y.hi }));

	if (isnan(c.difference) || (!is_small(a) && !is_small(b)))
		return c;
	cx_nps_adjusted(a, &x.nps, &x.se);
	cx_nps_adjusted(b, &y.nps, &y.se);
	c.se = hypot(x.se, y.se);
	c.statistic = standardized(x.nps - y.nps, c.se);
	if (cx_nps_n(a) < CX_COMPARE_FEWEST || cx_nps_n(b) < CX_COMPARE_FEWEST)
		c.statistic = NAN;
	c.p = cx_normal_p(c.statistic);
	return c;
}

struct cx_comparison cx_compare_by_t(
    double difference, double se, double df, double level)
{
	double t = standardized(difference, se);
	double half = cx_student_half_width(level, df) * (se > 0 ? se : NAN);

	return (struct cx_comparison){
		.difference = difference,
		.se = se,
		.statistic = t,
		.df = df,
		.p = cx_student_p(t, df),
		.lo = difference - half,
		.hi = difference + half,
	};
}

static bool has_spread(struct cx_measured m)
{
	return m.se > ROUNDING * fabs(m.x);
}

/* Of the one that has a spread, as if the other had the same. */
static struct cx_comparison by_one_spread(double difference,
    struct cx_measured spread, struct cx_measured alike, double level)
{
	double times = 1 + (spread.df + 1) / (alike.df + 1);

	return cx_compare_by_t(difference,
	    has_spread(spread) ? spread.se * sqrt(times) : 0, spread.df, level);
}

struct cx_comparison cx_compare_measured(
    struct cx_measured a, struct cx_measured b, double level)
{
	double v = a.se * a.se, w = b.se * b.se, sum = v + w;
	/* At least the smaller of the two. */
	double df =
	    1 / (v / sum * (v / sum) / a.df + w / sum * (w / sum) / b.df);
	struct cx_comparison c;

	if (isnan(sum) || (has_spread(a) && has_spread(b)))
		c = cx_compare_by_t(a.x - b.x, hypot(a.se, b.se), df, level);
	else if (has_spread(a))
		c = by_one_spread(a.x - b.x, a, b, level);
	else
		c = by_one_spread(a.x - b.x, b, a, level);
	if (fmin(a.df, b.df) + 1 < CX_COMPARE_FEWEST)
		c.statistic = c.p = NAN;
	return c;
}

struct cx_comparison cx_compare_means(
    const struct cx_mean *a, const struct cx_mean *b, double level)
{
	struct cx_mean_estimate x = cx_mean_estimate(a, level);
	struct cx_mean_estimate y = cx_mean_estimate(b, level);

	return cx_compare_measured(
	    (struct cx_measured){ x.mean, x.se, (double)a->n - 1 },
	    (struct cx_measured){ y.mean, y.se, (double)b->n - 1 }, level);
}

static double pooled_error(
    const struct cx_proportion *a, const struct cx_proportion *b)
{
	double n = (double)a->n, m = (double)b->n;
	double hits = (double)a->hits + (double)b->hits;
	double share = hits / (n + m), rest = (n + m - hits) / (n + m);

	return n > 0 && m > 0 ? sqrt(share * rest * (1 / n + 1 / m)) : NAN;
}

struct cx_comparison cx_compare_proportions(
    const struct cx_proportion *a, const struct cx_proportion *b, double level)
{
	double difference =
	    (double)a->hits / (double)a->n - (double)b->hits / (double)b->n;

	struct cx_comparison c = by_z(difference, pooled_error(a, b),
	    cx_proportion_newcombe(a, b, level));

	if (!isnan(c.p) && cx_fisher_expected(a, b) < EXPECTED_OF_TWO)
		c.p = cx_fisher_p(a, b);
	return c;
}

static bool has_weight(double x, double se)
{
	return !isnan(x) && se > 0;
}

static double weighted_mean(const double *x, const double *se, size_t n)
{
	double sum = 0, weights = 0;

	for (size_t i = 0; i < n; i++) {
		if (!has_weight(x[i], se[i]))
			continue;
		sum += x[i] / (se[i] * se[i]);
		weights += 1 / (se[i] * se[i]);
	}
	return sum / weights;
}

static struct cx_omnibus by_chi_square(double q, size_t n_used)
{
	if (n_used < 2)
		return (struct cx_omnibus){ NAN, n_used, NAN };
	return (struct cx_omnibus){ q, n_used,
		gsl_cdf_chisq_Q(q, (double)(n_used - 1)) };
}

/* doubt is the sum of (1 - share of all weights)^2 / df over the groups. */
static struct cx_omnibus by_f(double q, size_t n_used, double doubt)
{
	double k = (double)n_used, squares = k * k - 1, f;

	if (n_used < 2 || !(doubt > 0))
		return by_chi_square(q, n_used);
	f = q / (k - 1) / (1 + 2 * (k - 2) / squares * doubt);
	return (struct cx_omnibus){ q, n_used,
		gsl_cdf_fdist_Q(f, k - 1, squares / (3 * doubt)) };
}

struct cx_omnibus cx_compare_omnibus(
    const double *x, const double *se, const double *df, size_t n)
{
	double mean = weighted_mean(x, se, n), weights = 0, q = 0, doubt = 0;
	size_t n_used = 0;

	for (size_t i = 0; i < n; i++)
		if (has_weight(x[i], se[i]))
			weights += 1 / (se[i] * se[i]);
	for (size_t i = 0; i < n; i++) {
		double distance = (x[i] - mean) / se[i];
		double others = 1 - 1 / (se[i] * se[i]) / weights;

		if (!has_weight(x[i], se[i]))
			continue;
		q += distance * distance;
		doubt += df ? others * others / df[i] : 0;
		n_used++;
	}
	return by_f(q, n_used, doubt);
}

static bool any_small(const struct cx_nps *groups, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cx_nps_n(&groups[i]) >= CX_COMPARE_FEWEST &&
		    is_small(&groups[i]))
			return true;
	return false;
}

struct cx_omnibus cx_compare_all_nps(const struct cx_nps *groups, size_t n)
{
	double *x = cx_malloc(cx_mul(n, sizeof(*x)));
	double *se = cx_malloc(cx_mul(n, sizeof(*se)));
	bool adjusted = any_small(groups, n);
	struct cx_omnibus all;

	for (size_t i = 0; i < n; i++) {
		/* Of its interval nothing is wanted: any level will do. */
		struct cx_nps_estimate e =
		    cx_nps_estimate(&groups[i], 0.95, CX_NPS_WALD);

		x[i] = e.nps;
		se[i] = e.se;
		if (adjusted)
			cx_nps_adjusted(&groups[i], &x[i], &se[i]);
		if (cx_nps_n(&groups[i]) < CX_COMPARE_FEWEST)
			x[i] = NAN;
	}
	all = cx_compare_omnibus(x, se, NULL, n);
	free(se);
	free(x);
	return all;
}

static double share_of(const struct cx_proportion *groups, size_t n)
{
	double hits = 0, answers = 0;

	for (size_t i = 0; i < n; i++) {
		hits += (double)groups[i].hits;
		answers += (double)groups[i].n;
	}
	return hits / answers;
}

/* Enough of them, where so many of all are hits. */
static bool is_enough(const struct cx_proportion *group, double share)
{
	double n = (double)group->n;

	return n >= CX_COMPARE_FEWEST &&
	       n * fmin(share, 1 - share) >= EXPECTED_OF_MANY;
}

struct cx_omnibus cx_compare_all_proportions(
    const struct cx_proportion *groups, size_t n)
{
	struct cx_proportion *used = cx_malloc(cx_mul(n, sizeof(*used)));
	double share = share_of(groups, n), q = 0;
	size_t n_used = 0;

	for (size_t i = 0; i < n; i++)
		if (is_enough(&groups[i], share))
			used[n_used++] = groups[i];
	share = share_of(used, n_used);
	for (size_t i = 0; i < n_used; i++) {
		double expected = (double)used[i].n * share;
		double off = (double)used[i].hits - expected;

		q += off * off / expected / (1 - share);
	}
	free(used);
	/* Shares of 0 and 1 make no q. */
	return isnan(q) ? (struct cx_omnibus){ NAN, n_used, NAN }
	                : by_chi_square(q, n_used);
}
