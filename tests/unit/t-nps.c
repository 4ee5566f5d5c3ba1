/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/nps.h"
#include "libcx/model/normal.h"
#include "libcx/model/tango.h"
#include "tests/lib/interval.h"
#include "tests/lib/random.h"

/* PUBLISHED: half a unit of the fourth decimal. */
static const double EXACT = 1e-9, PUBLISHED = 5e-5;

static const enum cx_nps_method METHODS[] = { CX_NPS_ADJUSTED_WALD, CX_NPS_WALD,
	CX_NPS_SCORE };
enum { N_METHODS = sizeof(METHODS) / sizeof(*METHODS) };
static const char *const NAMES[] = { "adjusted Wald", "Wald", "score" };

static struct cx_nps_estimate of(
    uint64_t detractors, uint64_t passives, uint64_t promoters)
{
	struct cx_nps nps = { promoters, passives, detractors };

	return cx_nps_estimate(&nps, 0.95, CX_NPS_ADJUSTED_WALD);
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
 * 10 detractors, 20 passives, 70 promoters. R 4.2.2, tests/oracles/scores.R,
 * by the formulas of Rocks 2016.
 */
static void test_rocks(void)
{
	struct cx_nps_estimate e = of(10, 20, 70);

	check_rel(e.nps, 60, EXACT, "estimate");
	check_rel(e.se, 6.63324958071, EXACT, "standard error");
	check_rel(e.lo, 45.269760254, EXACT, "lower bound");
	check_rel(e.hi, 71.235094115, EXACT, "upper bound");
}

/*
 * On the scale -1 to 1, at 95 %. R 4.2.2, tests/oracles/scores.R: Wald by
 * mean((s - mean(s))^2) of the scores -1, 0, 1; adjusted Wald by the moments
 * of the shares; score by uniroot() on Tango's statistic.
 */
static void test_methods(void)
{
	static const struct {
		struct cx_nps nps; /* promoters, passives, detractors */
		struct cx_interval want[N_METHODS];
	} cases[] = {
		{ { 70, 20, 10 },
		    { { 0.452697602538483, 0.712350941150838 },
		        { 0.469990697213414, 0.730009302786586 },
		        { 0.452166520647286, 0.712767904926773 } } },
		{ { 45, 30, 25 },
		    { { 0.037702544118751, 0.350646970444356 },
		        { 0.0407717731789328, 0.359228226821067 },
		        { 0.0364778741916563, 0.351904087396645 } } },
		{ { 10, 0, 0 }, { { 0.475035515447902, 1.06342602301364 },
		                    { 1, 1 }, { 0.444934400274222, 1 } } },
		{ { 0, 10, 0 },
		    { { -0.184650449090589, 0.184650449090589 }, { 0, 0 },
		        { -0.277532799862889, 0.277532799862889 } } },
		{ { 3, 0, 2 },
		    { { -0.493583310652315, 0.743583310652315 },
		        { -0.658813188984235, 1.05881318898424 },
		        { -0.538551437447974, 0.764758451534704 } } },
		{ { 3, 7, 0 },
		    { { -0.0634260230136363, 0.524964484552098 },
		        { 0.0159742349106747, 0.584025765089325 },
		        { -0.0607926398217559, 0.603221852538855 } } },
		{ { 1662, 1169, 508 },
		    { { 0.32060780647468, 0.369996622011257 },
		        { 0.320908817968471, 0.370316099671541 },
		        { 0.320645135639803, 0.370047051605837 } } },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		for (size_t m = 0; m < N_METHODS; m++)
			check_interval(
			    cx_nps_interval(&cases[i].nps, 0.95, METHODS[m]),
			    100 * cases[i].want[m].lo,
			    100 * cases[i].want[m].hi, 100 * EXACT,
			    "%s, case %zu", NAMES[m], i);
}

/* As test_methods, of 10/20/70 at other levels. */
static void test_score_levels(void)
{
	check_interval(cx_tango_interval(70, 10, 100, 0.5), 0.55313935105956,
	    0.642649526014875, EXACT, "score, 50 %%");
	check_interval(cx_tango_interval(70, 10, 100, 0.9), 0.478299382913274,
	    0.696883738991868, EXACT, "score, 90 %%");
	check_interval(cx_tango_interval(70, 10, 100, 0.999), 0.333128455563254,
	    0.771225741740045, EXACT, "score, 99.9 %%");
}

/*
 * Complete response before and after consolidation therapy (Cavo et al.
 * 2012), 59, 6, 16, 80: Tango's interval in Fagerland, Lydersen and Laake
 * 2017, Statistical Analysis of Contingency Tables, chapter 8, and in R's
 * contingencytables.
 */
static void test_published_pairs(void)
{
	check_interval(cx_tango_interval(6, 16, 161, 0.95), -0.1240, -0.0054,
	    PUBLISHED, "Tango's interval of 6 and 16 of 161");
}

/* Tango's statistic as in the paper; at its poles, any large number. */
static double tango_z(double b, double c, double n, double delta)
{
	double qa = 2 * n, qb = -b - c + (2 * n - b + c) * delta,
	       qc = -c * delta * (1 - delta);
	double q = (sqrt(fmax(qb * qb - 4 * qa * qc, 0)) - qb) / (2 * qa);

	return (b - c - n * delta) /
	       sqrt(n * fmax(2 * q + delta * (1 - delta), 1e-300));
}

/* How often is a difference in the interval, or not, against the test? */
static int disagreements(double plus, double minus, double n, double level)
{
	enum { STEPS = 200 };
	static const double CLOSE = 1e-6;
	struct cx_interval i = cx_tango_interval(plus, minus, n, level);
	double z = cx_normal_half_width(level);
	int bad = 0;

	for (int step = 1 - STEPS; step < STEPS; step++) {
		double delta = (double)step / STEPS;

		if (fabs(delta - i.lo) < CLOSE || fabs(delta - i.hi) < CLOSE)
			continue;
		bad += (i.lo <= delta && delta <= i.hi) !=
		       (fabs(tango_z(plus, minus, n, delta)) <= z);
	}
	return bad;
}

static void test_score_inverts_test(void)
{
	enum { MOST = 9, SAMPLES = 300, LARGEST = 1000 };
	int bad = 0;

	for (int n = 1; n <= MOST; n++)
		for (int i = 0; i <= n; i++)
			for (int j = 0; i + j <= n; j++)
				bad += disagreements(i, j, n, 0.95);
	check_int(bad, 0, "score holds what its test accepts, few answers");
	bad = 0;
	for (int i = 0; i < SAMPLES; i++) {
		size_t n = 1 + random_below(LARGEST);
		size_t plus = random_below(n + 1);
		size_t minus = random_below(n - plus + 1);

		bad += disagreements((double)plus, (double)minus, (double)n,
		    (double)(1 + random_below(99)) / 100);
	}
	check_int(bad, 0, "score holds what its test accepts, random answers");
}

/* From the estimate, the test's statistic at the ends is the half-width. */
static void test_score_ends(void)
{
	enum { SAMPLES = 1000, LARGEST = 100000 };
	double z = cx_normal_half_width(0.95), worst = 0;

	for (int i = 0; i < SAMPLES; i++) {
		size_t n = 3 + random_below(LARGEST);
		size_t plus = 1 + random_below(n - 2);
		size_t minus = 1 + random_below(n - plus - 1);
		double p = (double)plus, q = (double)minus, m = (double)n;
		struct cx_interval e = cx_tango_interval(p, q, m, 0.95);

		worst = fmax(worst, fabs(tango_z(p, q, m, e.lo) - z));
		worst = fmax(worst, fabs(tango_z(p, q, m, e.hi) + z));
	}
	check_abs(
	    worst, 0, EXACT, "score ends where its test begins to reject");
}

static void test_choice(void)
{
	static const struct {
		struct cx_nps nps;
		enum cx_nps_method want;
	} cases[] = {
		{ { 10, 10, 9 }, CX_NPS_SCORE },
		{ { 10, 10, 10 }, CX_NPS_ADJUSTED_WALD },
		{ { 100, 100, 0 }, CX_NPS_SCORE },
		{ { 100, 0, 100 }, CX_NPS_SCORE },
		{ { 0, 100, 100 }, CX_NPS_SCORE },
		{ { 1, 1, 28 }, CX_NPS_ADJUSTED_WALD },
	};
	struct cx_nps few = { 3, 7, 0 };
	struct cx_nps_estimate chosen, asked;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_int(cx_nps_method_for(&cases[i].nps, CX_NPS_AUTO),
		    cases[i].want, "method chosen, case %zu", i);
	for (size_t m = 0; m < N_METHODS; m++)
		check_int(cx_nps_method_for(&few, METHODS[m]), METHODS[m],
		    "%s when asked for", NAMES[m]);
	chosen = cx_nps_estimate(&few, 0.95, CX_NPS_AUTO);
	asked = cx_nps_estimate(&few, 0.95, CX_NPS_SCORE);
	check(chosen.lo == asked.lo && chosen.hi == asked.hi,
	    "an estimate uses the method chosen");
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

/*
 * One class: Tango's quadratic falls apart, and the ends are 1 and
 * (n - z^2) / (n + z^2), or -+ z^2 / (n + z^2) of passives only.
 */
static void test_score_of_one_class(void)
{
	static const double counts[] = { 1, 2, 10, 1e6, 1e12 };
	double z = cx_normal_half_width(0.95), z2 = z * z;

	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		double n = counts[i];

		check_interval(cx_tango_interval(n, 0, n, 0.95),
		    (n - z2) / (n + z2), 1, 1e-15, "%g promoters", n);
		check_interval(cx_tango_interval(0, n, n, 0.95), -1,
		    (z2 - n) / (n + z2), 1e-15, "%g detractors", n);
		check_interval(cx_tango_interval(0, 0, n, 0.95), -z2 / (n + z2),
		    z2 / (n + z2), 1e-15, "%g passives", n);
	}
}

/*
 * Toyama tourism survey (CC BY 4.0), 508 : 1169 : 1662. R 4.2.2: 100 *
 * mean(s), 100 * sqrt(mean((s - mean(s))^2) / 3339) of its -1, 0 and 1.
 */
static void test_toyama(void)
{
	struct cx_nps_estimate e = of(508, 1169, 1662);

	check_abs(e.nps, 34.5612, PUBLISHED, "Toyama: estimate");
	check_abs(e.se, 1.2604, PUBLISHED, "Toyama: standard error");
}

static void test_none(void)
{
	struct cx_nps none = { 0 };

	for (size_t m = 0; m < N_METHODS; m++) {
		struct cx_nps_estimate e =
		    cx_nps_estimate(&none, 0.95, METHODS[m]);

		check(isnan(e.nps) && isnan(e.se) && isnan(e.lo) && isnan(e.hi),
		    "%s of no answer: all NaN", NAMES[m]);
		check_interval(cx_nps_interval(&none, 0.95, METHODS[m]), NAN,
		    NAN, 0, "%s interval of no answer", NAMES[m]);
	}
	check_interval(cx_tango_interval(0, 0, 0, 0.95), NAN, NAN, 0,
	    "Tango's interval of no answer");
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

/* With very many answers the three methods tell the same. */
static void test_methods_meet(void)
{
	const uint64_t many = 100000000000;
	struct cx_nps nps = { 7 * many, 2 * many, many };
	struct cx_interval wald = cx_nps_interval(&nps, 0.95, CX_NPS_WALD);
	double width = wald.hi - wald.lo;

	check_rel(width, 2 * 1.959963984540054 * 6.63324958071e-5, EXACT,
	    "1e12 answers: width of Wald");
	for (size_t m = 0; m < N_METHODS; m++)
		check_interval(cx_nps_interval(&nps, 0.95, METHODS[m]), wald.lo,
		    wald.hi, 1e-5 * width, "1e12 answers: %s is near Wald",
		    NAMES[m]);
}

/*
 * Mirror images, and the estimate within its interval, but for a single
 * answer: what Rocks adds outweighs it.
 */
static bool is_symmetric(
    uint64_t d, uint64_t a, uint64_t p, enum cx_nps_method method)
{
	struct cx_nps nps = { p, a, d }, mirrored = { d, a, p };
	struct cx_nps_estimate x = cx_nps_estimate(&nps, 0.95, method),
	                       y = cx_nps_estimate(&mirrored, 0.95, method);

	if ((d + a + p > 1 || method != CX_NPS_ADJUSTED_WALD) &&
	    (x.lo > x.nps || x.nps > x.hi))
		return false;
	return x.nps == -y.nps && x.se == y.se && x.lo == -y.hi &&
	       x.hi == -y.lo;
}

static void test_symmetry(void)
{
	enum { MOST = 12 };

	for (size_t m = 0; m < N_METHODS; m++) {
		int bad = 0;

		for (uint64_t i = 1; i < MOST * MOST * MOST; i++)
			bad += !is_symmetric(i % MOST, i / MOST % MOST,
			    i / MOST / MOST, METHODS[m]);
		check_int(bad, 0,
		    "%s: promoters and detractors are mirror images", NAMES[m]);
	}
}

/* How often is the interval at a higher level not the wider one? */
static int narrower(const struct cx_nps *nps, enum cx_nps_method method)
{
	struct cx_interval before = cx_nps_interval(nps, 0.01, method);
	int bad = 0;

	for (int percent = 2; percent < 100; percent++) {
		double level = percent / 100.0;
		struct cx_interval i = cx_nps_interval(nps, level, method);

		bad += !(i.lo < before.lo && i.hi > before.hi);
		before = i;
	}
	return bad;
}

static void test_level(void)
{
	struct cx_nps nps = { 70, 20, 10 }, few = { 1, 1, 1 };

	for (size_t m = 0; m < N_METHODS; m++) {
		check_int(narrower(&nps, METHODS[m]), 0,
		    "%s: wider at higher levels", NAMES[m]);
		check_int(narrower(&few, METHODS[m]), 0,
		    "%s of few: wider at higher levels", NAMES[m]);
	}
}

static void test_normal(void)
{
	/* R: qnorm(0.975), qnorm(0.995), qnorm(0.75) */
	check_rel(cx_normal_half_width(0.95), 1.959963984540054, EXACT,
	    "half width of 95 %%");
	check_rel(cx_normal_half_width(0.99), 2.5758293035489, EXACT,
	    "half width of 99 %%");
	check_rel(cx_normal_half_width(0.5), 0.674489750196082, EXACT,
	    "half width of 50 %%");
	/* R: 2 * pnorm(-c(1, 10, 30)) */
	check_rel(cx_normal_p(1), 0.317310507862914, EXACT, "p of 1");
	check_rel(cx_normal_p(-10), 1.52397060483211e-23, EXACT, "p of -10");
	check_rel(cx_normal_p(30), 9.81342785429637e-198, EXACT, "p of 30");
	check_abs(cx_normal_p(0), 1, 0, "p of 0");
	check_abs(cx_normal_p(NAN), NAN, 0, "p of nothing");
}

int main(void)
{
	test_classes();
	test_merge();
	test_rocks();
	test_methods();
	test_score_levels();
	test_published_pairs();
	test_score_inverts_test();
	test_score_ends();
	test_choice();
	test_all_alike();
	test_score_of_one_class();
	test_toyama();
	test_none();
	test_huge();
	test_methods_meet();
	test_symmetry();
	test_level();
	test_normal();
	return check_done();
}
