/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/nps.h"
#include "libcx/model/normal.h"
#include "tests/lib/check.h"

static const double EXACT = 1e-9, PUBLISHED = 5e-5;

static struct cx_nps_estimate of(
    uint64_t detractors, uint64_t passives, uint64_t promoters)
{
	struct cx_nps nps = { promoters, passives, detractors };

	return cx_nps_estimate(&nps, 0.95);
}

/* Scores 0 to 10 fall into classes as Reichheld 2003 has them. */
static void test_classes(void)
{
	static const char classes[] = "dddddddaapp";

	for (int score = CX_NPS_LOW; score <= CX_NPS_HIGH; score++) {
		struct cx_nps nps = { 0 };

		cx_nps_count(&nps, score);
		check(cx_nps_n(&nps) == 1 &&
		          nps.detractors == (classes[score] == 'd') &&
		          nps.passives == (classes[score] == 'a') &&
		          nps.promoters == (classes[score] == 'p'),
		    "class of score %d", score);
	}
}

static void test_merge(void)
{
	struct cx_nps a = { 1, 20, 300 }, b = { 4000, 50000, 600000 };

	cx_nps_merge(&a, &b);
	check_int((intmax_t)a.promoters, 4001, "merged promoters");
	check_int((intmax_t)a.passives, 50020, "merged passives");
	check_int((intmax_t)a.detractors, 600300, "merged detractors");
	check_int((intmax_t)cx_nps_n(&a), 654321, "merged answers");
}

/*
 * 10 detractors, 20 passives, 70 promoters. Expected values from R 4, by the
 * formulas of Rocks 2016, on the scale -1 to 1.
 */
static void test_rocks(void)
{
	struct cx_nps_estimate e = of(10, 20, 70);

	check_rel(e.nps, 60, EXACT, "estimate");
	check_rel(e.se, 6.63324958071, EXACT, "standard error");
	check_rel(e.lo, 45.269760254, EXACT, "lower bound");
	check_rel(e.hi, 71.235094115, EXACT, "upper bound");
}

/* Promoters only: the plain Wald interval would have no width. */
static void test_all_alike(void)
{
	struct cx_nps_estimate e = of(0, 0, 10);

	check_rel(e.nps, 100, EXACT, "promoters only: estimate");
	check_abs(e.se, 0, 0, "promoters only: standard error");
	check_rel(e.lo, 47.5035515448, EXACT, "promoters only: lower bound");
	check_abs(e.hi, 100, 0, "promoters only: upper bound is cut");
	e = of(10, 0, 0);
	check_abs(e.lo, -100, 0, "detractors only: lower bound is cut");
	check_rel(e.hi, -47.5035515448, EXACT, "detractors only: upper bound");
	e = of(0, 10, 0);
	check_abs(e.nps, 0, 0, "passives only: estimate");
	check_abs(e.se, 0, 0, "passives only: standard error");
	check(e.hi > 0 && e.lo == -e.hi, "passives only: interval round 0");
}

/* Published with four decimals: Toyama, 508 : 1169 : 1662. */
static void test_toyama(void)
{
	struct cx_nps_estimate e = of(508, 1169, 1662);

	check_abs(e.nps, 34.5612, PUBLISHED, "Toyama: estimate");
	check_abs(e.se, 1.2604, PUBLISHED, "Toyama: standard error");
}

static void test_none(void)
{
	struct cx_nps_estimate e = of(0, 0, 0);

	check(isnan(e.nps) && isnan(e.se) && isnan(e.lo) && isnan(e.hi),
	    "no answer: all NaN");
}

static void test_huge(void)
{
	const uint64_t many = 1000000000000000;
	struct cx_nps_estimate e = of(many, 2 * many, 7 * many);

	check_rel(e.nps, 60, EXACT, "huge counts: estimate");
	/* se falls with the root of n: 1e14 times the answers of test_rocks */
	check_rel(e.se, 6.63324958071e-7, EXACT, "huge counts: error");
	check(e.lo < e.nps && e.nps < e.hi && e.lo > 59.99 && e.hi < 60.01,
	    "huge counts: interval");
	e = of(1, 0, many);
	check(isfinite(e.se) && e.se > 0 && e.hi <= 100,
	    "one detractor among 1e15");
	/* p + q - (p - q)^2 = 4pq for q = 1/n: 4/n to within 1/n^2 */
	check_rel(e.se, 100 * 2 / (double)many, 1e-9, "no cancellation");
}

/*
 * Mirror images, and the estimate within its interval, but for a single
 * answer: what Rocks adds outweighs it.
 */
static bool is_symmetric(uint64_t d, uint64_t a, uint64_t p)
{
	struct cx_nps_estimate x = of(d, a, p), y = of(p, a, d);

	if (d + a + p > 1 && (x.lo > x.nps || x.nps > x.hi))
		return false;
	return x.nps == -y.nps && x.se == y.se && x.lo == -y.hi &&
	       x.hi == -y.lo;
}

static void test_symmetry(void)
{
	enum { MOST = 12 };
	int bad = 0;

	for (uint64_t i = 1; i < MOST * MOST * MOST; i++)
		bad +=
		    !is_symmetric(i % MOST, i / MOST % MOST, i / MOST / MOST);
	check_int(bad, 0, "promoters and detractors are mirror images");
}

static void test_level(void)
{
	struct cx_nps nps = { 70, 20, 10 };
	double width = 0;
	int bad = 0;

	for (double level = 0.5; level < 1; level += 0.01) {
		struct cx_nps_estimate e = cx_nps_estimate(&nps, level);

		bad += e.hi - e.lo <= width;
		width = e.hi - e.lo;
	}
	check_int(bad, 0, "wider at higher levels");
	/* R: qnorm(0.975), qnorm(0.995), qnorm(0.75) */
	check_rel(cx_normal_half_width(0.95), 1.959963984540054, EXACT,
	    "half width of 95 %%");
	check_rel(cx_normal_half_width(0.99), 2.5758293035489, EXACT,
	    "half width of 99 %%");
	check_rel(cx_normal_half_width(0.5), 0.674489750196082, EXACT,
	    "half width of 50 %%");
}

int main(void)
{
	test_classes();
	test_merge();
	test_rocks();
	test_all_alike();
	test_toyama();
	test_none();
	test_huge();
	test_symmetry();
	test_level();
	return check_done();
}
