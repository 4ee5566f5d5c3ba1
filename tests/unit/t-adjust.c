/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/adjust.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

static const double EXACT = 1e-9;

static void check_all(void (*adjust)(const double *, size_t, double *),
    const double *p, const double *want, size_t n, const char *name)
{
	enum { MOST = 16 };
	double got[MOST];

	adjust(p, n, got);
	for (size_t i = 0; i < n; i++)
		check_rel(
		    got[i], want[i], EXACT, "%s: p-value %zu", name, i + 1);
}

/* Benjamini and Hochberg 1995, section 3.2: 15 hypotheses of one trial. */
enum { N_PUBLISHED = 15 };
static const double PUBLISHED[N_PUBLISHED] = { .0001, .0004, .0019, .0095,
	.0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590,
	1 };

/* R 4.2.2: p.adjust(p, "BH"), p.adjust(p, "holm") */
static void test_r(void)
{
	static const double bh[] = { .0015, .003, .0095, .035625, .0603,
		.0638571428571429, .0638571428571429, .0645, .0765, .486,
		.581181818181818, .714875, .753230769230769, .813214285714286,
		1 };
	static const double holm[] = { .0015, .0056, .0247, .114, .2211, .278,
		.278, .278, .3213, 1, 1, 1, 1, 1, 1 };

	check_all(cx_adjust_bh, PUBLISHED, bh, N_PUBLISHED, "BH");
	check_all(cx_adjust_holm, PUBLISHED, holm, N_PUBLISHED, "Holm");
}

static int rejected(const double *p, size_t n, double level)
{
	int rejections = 0;

	for (size_t i = 0; i < n; i++)
		rejections += p[i] <= level;
	return rejections;
}

/* What the paper says: its method rejects four, Bonferroni's three. */
static void test_paper(void)
{
	double adjusted[N_PUBLISHED];

	cx_adjust_bh(PUBLISHED, N_PUBLISHED, adjusted);
	check_int(rejected(adjusted, N_PUBLISHED, .05), 4, "paper: BH");
	check_int(rejected(PUBLISHED, N_PUBLISHED, .05 / N_PUBLISHED), 3,
	    "paper: Bonferroni");
	cx_adjust_holm(PUBLISHED, N_PUBLISHED, adjusted);
	check_int(rejected(adjusted, N_PUBLISHED, .05), 3, "Holm");
}

/* R 4.2.2: p.adjust() of c(.04, NA, .2, .04, .001, 0, 1, .2, NA, .04, .03) */
static void test_ties_and_untested(void)
{
	enum { N = 11 };
	static const double p[N] = { .04, NAN, .2, .04, .001, 0, 1, .2, NAN,
		.04, .03 };
	static const double bh[N] = { .06, NAN, .225, .06, .0045, 0, 1, .225,
		NAN, .06, .06 };
	static const double holm[N] = { .24, NAN, .6, .24, .008, 0, 1, .6, NAN,
		.24, .21 };

	check_all(cx_adjust_bh, p, bh, N, "BH, unsorted");
	check_all(cx_adjust_holm, p, holm, N, "Holm, unsorted");
}

/* ---- random p-values against the definitions, in quadratic time ---- */

enum { LONGEST = 40 };

/* How many are tested. */
static double n_tested(const double *p, size_t n)
{
	double m = 0;

	for (size_t i = 0; i < n; i++)
		m += !isnan(p[i]);
	return m;
}

/* How many are at most x. */
static double n_below(const double *p, size_t n, double x)
{
	double m = 0;

	for (size_t i = 0; i < n; i++)
		m += p[i] <= x;
	return m;
}

/* Step-up: the least m x / #(p <= x) over the p-values x from p[at] up. */
static double bh_by_definition(const double *p, size_t n, size_t at)
{
	double least = 1;

	for (size_t i = 0; i < n; i++)
		if (p[i] >= p[at])
			least = fmin(
			    least, n_tested(p, n) * p[i] / n_below(p, n, p[i]));
	return isnan(p[at]) ? NAN : least;
}

/* Step-down: the largest x #(p >= x) over the p-values x up to p[at]. */
static double holm_by_definition(const double *p, size_t n, size_t at)
{
	double most = 0;

	for (size_t i = 0; i < n; i++) {
		double below = 0;

		if (!(p[i] <= p[at]))
			continue;
		for (size_t j = 0; j < n; j++)
			below += p[j] < p[i];
		most = fmax(most, (n_tested(p, n) - below) * p[i]);
	}
	return isnan(p[at]) ? NAN : fmin(most, 1);
}

/* In hundredths, so that there are ties; some of them not tested. */
static size_t random_p(double p[LONGEST])
{
	size_t n = random_below(LONGEST + 1);

	for (size_t i = 0; i < n; i++)
		p[i] = random_below(8) ? (double)random_below(101) *
		                             (double)random_below(101) / 10000
		                       : NAN;
	return n;
}

static bool is_near(double got, double want)
{
	return isnan(want) ? isnan(got) : fabs(got - want) <= 1e-14;
}

static void test_random(void)
{
	enum { VECTORS = 500 };
	double p[LONGEST], bh[LONGEST], holm[LONGEST];
	int bad_bh = 0, bad_holm = 0, out_of_order = 0;

	for (int k = 0; k < VECTORS; k++) {
		size_t n = random_p(p);

		cx_adjust_bh(p, n, bh);
		cx_adjust_holm(p, n, holm);
		for (size_t i = 0; i < n; i++) {
			bad_bh += !is_near(bh[i], bh_by_definition(p, n, i));
			bad_holm +=
			    !is_near(holm[i], holm_by_definition(p, n, i));
			out_of_order += bh[i] < p[i] || holm[i] < bh[i] - 1e-14;
		}
	}
	check_int(bad_bh, 0, "BH of random p-values, by definition");
	check_int(bad_holm, 0, "Holm of random p-values, by definition");
	check_int(out_of_order, 0, "p <= BH <= Holm");
}

static void test_edges(void)
{
	double p[] = { .03, NAN, .01 }, none[] = { NAN, NAN }, one = .7;

	cx_adjust_bh(p, 3, p);
	check(p[0] == .03 && isnan(p[1]) && p[2] == .02, "BH in place");
	p[0] = .03;
	p[2] = .01;
	cx_adjust_holm(p, 3, p);
	check(p[0] == .03 && isnan(p[1]) && p[2] == .02, "Holm in place");
	cx_adjust_bh(none, 2, none);
	check(isnan(none[0]) && isnan(none[1]), "nothing tested");
	cx_adjust_bh(&one, 1, &one);
	check(one == .7, "one test is not adjusted");
	cx_adjust_holm(&one, 1, &one);
	check(one == .7, "nor by Holm");
	cx_adjust_bh(p, 0, &one);
	cx_adjust_holm(p, 0, &one);
	check(one == .7, "none at all: nothing is written");
}

int main(void)
{
	test_r();
	test_paper();
	test_ties_and_untested();
	test_random();
	test_edges();
	return check_done();
}
