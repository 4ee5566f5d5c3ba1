/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/proportion.h"
#include "tests/lib/interval.h"

/* PUBLISHED: half a unit of the fourth decimal. */
static const double EXACT = 1e-9, PUBLISHED = 5e-5;

static struct cx_interval wilson(double hits, double n)
{
	return cx_proportion_wilson(hits, n, 0.95);
}

static struct cx_interval newcombe(
    uint64_t hits, uint64_t n, uint64_t others, uint64_t m)
{
	return cx_proportion_newcombe(&(struct cx_proportion){ hits, n },
	    &(struct cx_proportion){ others, m }, 0.95);
}

/* R 4.2.2: prop.test(x, n, conf.level = , correct = FALSE)$conf.int */
static void test_wilson(void)
{
	check_interval(wilson(81, 263), 0.25528851987827, 0.36620957698280,
	    EXACT, "81 of 263");
	check_interval(cx_proportion_wilson(81, 263, 0.99), 0.240136902687608,
	    0.38528250231823, EXACT, "81 of 263 at 99 %%");
	check_interval(wilson(0, 20), 0, 0.161125158052819, EXACT, "0 of 20");
	check_interval(
	    wilson(20, 20), 1 - 0.161125158052819, 1, EXACT, "20 of 20");
	check_interval(wilson(1, 29), 0.00611321429276266, 0.171755218793203,
	    EXACT, "1 of 29");
}

/* Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3. */
static void test_wilson_published(void)
{
	check_interval(
	    wilson(81, 263), 0.2553, 0.3662, PUBLISHED, "paper: 81 of 263");
	check_interval(
	    wilson(15, 148), 0.0624, 0.1605, PUBLISHED, "paper: 15 of 148");
	check_interval(wilson(0, 20), 0, 0.1611, PUBLISHED, "paper: 0 of 20");
	check_interval(
	    wilson(1, 29), 0.0061, 0.1718, PUBLISHED, "paper: 1 of 29");
}

/* R 4.2.2, tests/oracles/scores.R: prop.test()'s intervals, squared sums. */
static void test_newcombe(void)
{
	check_interval(newcombe(56, 70, 48, 80), 0.052431472402365,
	    0.333872654036906, EXACT, "56/70 less 48/80");
	check_interval(newcombe(0, 10, 0, 20), -0.161125158052819,
	    0.277532799862889, EXACT, "0/10 less 0/20");
	check_interval(newcombe(7, 34, 1, 34), 0.018921443885773,
	    0.340368687032707, EXACT, "7/34 less 1/34");
}

/* Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10. */
static void test_newcombe_published(void)
{
	static const struct {
		uint64_t hits, n, others, m;
		double lo, hi;
	} cases[] = {
		{ 56, 70, 48, 80, 0.0524, 0.3339 },
		{ 9, 10, 3, 10, 0.1705, 0.8090 },
		{ 6, 7, 2, 7, 0.0582, 0.8062 },
		{ 5, 56, 0, 29, -0.0381, 0.1926 },
		{ 0, 10, 0, 20, -0.1611, 0.2775 },
		{ 0, 10, 0, 10, -0.2775, 0.2775 },
		{ 10, 10, 0, 20, 0.6791, 1 },
		{ 10, 10, 0, 10, 0.6075, 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_interval(newcombe(cases[i].hits, cases[i].n,
		                   cases[i].others, cases[i].m),
		    cases[i].lo, cases[i].hi, PUBLISHED,
		    "paper: %" PRIu64 "/%" PRIu64 " less %" PRIu64 "/%" PRIu64,
		    cases[i].hits, cases[i].n, cases[i].others, cases[i].m);
}

/* R: 81/263, sqrt(81/263 * 182/263 / 263) */
static void test_estimate(void)
{
	struct cx_proportion p = { 81, 263 }, all = { 7, 7 };
	struct cx_proportion_estimate e = cx_proportion_estimate(&p, 0.95);

	check_rel(e.share, 0.307984790874525, EXACT, "share");
	check_rel(e.se, 0.0284671887348537, EXACT, "standard error");
	check_abs(e.lo, 0.25528851987827, EXACT, "lower bound");
	check_abs(e.hi, 0.36620957698280, EXACT, "upper bound");
	e = cx_proportion_estimate(&all, 0.95);
	check(e.share == 1 && e.se == 0 && e.hi == 1, "all of them");
}

static void test_none(void)
{
	struct cx_proportion none = { 0, 0 }, some = { 1, 2 };
	struct cx_proportion_estimate e = cx_proportion_estimate(&none, 0.95);

	check(isnan(e.share) && isnan(e.se) && isnan(e.lo) && isnan(e.hi),
	    "no answer: all NaN");
	check_interval(wilson(0, 0), NAN, NAN, 0, "no answer: interval");
	check_interval(cx_proportion_newcombe(&none, &some, 0.95), NAN, NAN, 0,
	    "difference from no answer");
	check_interval(cx_proportion_newcombe(&some, &none, 0.95), NAN, NAN, 0,
	    "difference of no answer");
}

/* The ends, and where hits and misses change places. */
static bool is_sound(uint64_t hits, uint64_t n)
{
	struct cx_interval i = wilson((double)hits, (double)n),
	                   mirrored = wilson((double)(n - hits), (double)n);
	double share = (double)hits / (double)n;

	return i.lo >= 0 && i.lo <= share && share <= i.hi && i.hi <= 1 &&
	       (i.lo == 0) == (hits == 0) && (i.hi == 1) == (hits == n) &&
	       fabs(i.lo - (1 - mirrored.hi)) < 1e-15;
}

static void test_sound(void)
{
	enum { MOST = 60 };
	const uint64_t huge = 1000000000000;
	struct cx_interval i;
	int bad = 0;

	for (uint64_t n = 1; n < MOST; n++)
		for (uint64_t hits = 0; hits <= n; hits++)
			bad += !is_sound(hits, n);
	check_int(bad, 0, "within 0 and 1, round the share, mirror images");
	check(is_sound(0, huge) && is_sound(huge / 3, huge) &&
	          is_sound(huge, huge),
	    "1e12 answers");
	/* 1 hit: the roots of (n + z^2) x^2 - (2 + z^2) x + 1/n, n large:
	 * R: z <- qnorm(.975); (2 + z^2 + c(-1, 1) * z * sqrt(z^2 + 4)) / 2 */
	i = wilson(1, (double)huge);
	check_rel(i.lo * (double)huge, 0.176524554935153, EXACT,
	    "one of 1e12: lower bound");
	check_rel(i.hi * (double)huge, 5.66493426575897, EXACT,
	    "one of 1e12: upper bound");
}

static void test_level(void)
{
	struct cx_interval before = cx_proportion_wilson(3, 10, 0.01);
	int bad = 0;

	for (int percent = 2; percent < 100; percent++) {
		double level = percent / 100.0;
		struct cx_interval i = cx_proportion_wilson(3, 10, level);

		bad += !(i.lo < before.lo && i.hi > before.hi);
		before = i;
	}
	check_int(bad, 0, "wider at higher levels");
}

int main(void)
{
	test_wilson();
	test_wilson_published();
	test_newcombe();
	test_newcombe_published();
	test_estimate();
	test_none();
	test_sound();
	test_level();
	return check_done();
}
