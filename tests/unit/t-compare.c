/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/compare.h"
#include "libcx/model/interval.h"
#include "tests/lib/interval.h"
#include "tests/lib/means.h"
#include "tests/lib/random.h"

static const double EXACT = 1e-9;

static void check_comparison(const struct cx_comparison *got,
    const struct cx_comparison *want, const char *name)
{
	check_rel(
	    got->difference, want->difference, EXACT, "%s: difference", name);
	check_rel(got->se, want->se, EXACT, "%s: standard error", name);
	check_rel(
	    got->statistic, want->statistic, EXACT, "%s: statistic", name);
	check(
	    got->df == want->df || fabs(got->df - want->df) <= EXACT * want->df,
	    "%s: degrees of freedom", name);
	check_rel(got->p, want->p, EXACT, "%s: p", name);
	check_rel(got->lo, want->lo, EXACT, "%s: lower bound", name);
	check_rel(got->hi, want->hi, EXACT, "%s: upper bound", name);
}

/* The other way round, only the signs change. */
static bool is_mirrored(
    const struct cx_comparison *x, const struct cx_comparison *y)
{
	return x->difference == -y->difference && x->se == y->se &&
	       x->statistic == -y->statistic && x->p == y->p &&
	       x->lo == -y->hi && x->hi == -y->lo && fabs(x->difference) <= 200;
}

/* Nothing is tested: no statistic, no p. */
static bool is_untested(const struct cx_comparison *c)
{
	return isnan(c->statistic) && isnan(c->p);
}

/* ---- Net Promoter Scores ---- */

static struct cx_comparison nps_of(
    const struct cx_nps *a, const struct cx_nps *b)
{
	return cx_compare_nps(a, b, 0.95, CX_NPS_SCORE);
}

/*
 * Promoters, passives, detractors 70, 20, 10 against 45, 30, 25. R 4.2.2,
 * tests/oracles/scores.R: z <- (.6 - .2) / sqrt((.8 - .6^2) / 100 +
 * (.7 - .2^2) / 100); 2 * pnorm(-z); the squared distances of Zou and Donner
 * 2008 from the three single intervals.
 */
static void test_nps(void)
{
	static const struct cx_nps a = { 70, 20, 10 }, b = { 45, 30, 25 };
	static const struct {
		enum cx_nps_method method;
		double lo, hi;
		const char *name;
	} cases[] = {
		{ CX_NPS_SCORE, 18.8033990023549, 59.8635560790241, "score" },
		{ CX_NPS_ADJUSTED_WALD, 18.9304708163724, 59.7390977916938,
		    "adjusted Wald" },
		{ CX_NPS_WALD, 19.4437243091957, 60.5562756908043, "Wald" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct cx_comparison got =
		    cx_compare_nps(&a, &b, 0.95, cases[i].method);

		check_comparison(&got,
		    &(struct cx_comparison){ 40, 40 / 3.81385035698237,
		        3.81385035698237, INFINITY, 0.000136818331627393,
		        cases[i].lo, cases[i].hi },
		    cases[i].name);
	}
}

/* Where 1 less the rest of the distribution is 0. */
static void test_nps_far(void)
{
	static const struct cx_nps a = { 9000, 500, 500 },
	                           b = { 8000, 1000, 1000 };
	struct cx_comparison c = nps_of(&a, &b);

	/* R: z <- .15 / sqrt((.95 - .85^2 + .9 - .7^2) / 10000) */
	check_rel(c.statistic, 18.7867287325545, EXACT, "far: z");
	/* R: 2 * pnorm(-z) */
	check_rel(c.p, 9.69760082843284e-79, EXACT, "far: p");
}

static struct cx_nps random_nps(void)
{
	enum { MOST = 6 };

	return (struct cx_nps){ random_below(MOST), random_below(MOST),
		1 + random_below(MOST) };
}

/* Signs, and an interval within -200 and 200 that holds the difference. */
static bool is_sound(
    const struct cx_nps *a, const struct cx_nps *b, enum cx_nps_method method)
{
	struct cx_comparison x = cx_compare_nps(a, b, 0.95, method);
	struct cx_comparison y = cx_compare_nps(b, a, 0.95, method);

	return x.lo >= -200 && x.lo <= x.difference && x.difference <= x.hi &&
	       x.hi <= 200 && (is_untested(&x) || is_mirrored(&x, &y));
}

static void test_nps_sound(void)
{
	enum { PAIRS = 5000 };
	int bad = 0;

	for (int i = 0; i < PAIRS; i++) {
		struct cx_nps a = random_nps(), b = random_nps();

		bad += !is_sound(&a, &b, CX_NPS_SCORE) +
		       !is_sound(&a, &b, CX_NPS_ADJUSTED_WALD);
	}
	check_int(bad, 0, "signs turn with the pair, bounds are bounds");
}

static void test_nps_edges(void)
{
	static const struct cx_nps promoters = { 50, 0, 0 },
	                           detractors = { 0, 0, 50 }, none = { 0 },
	                           mixed = { 7, 2, 1 }, one = { 1, 0, 0 };
	struct cx_comparison c = nps_of(&promoters, &detractors);

	/* 2 (50/53) / sqrt(2 v), v = (51.5/53 - (50/53)^2) / 53: python3 */
	check(c.difference == 200, "one class each: a difference");
	check_rel(c.statistic, 33.98064295831618, 1e-12,
	    "one class each: a test by adjusted counts");
	check(c.lo > 150 && c.lo < 200 && c.hi == 200,
	    "one class each: an interval");
	c = nps_of(&none, &mixed);
	check(isnan(c.difference) && isnan(c.se) && is_untested(&c) &&
	          isnan(c.lo) && isnan(c.hi),
	    "no answer: all NaN");
	c = nps_of(&one, &mixed);
	check(c.difference == 40 && is_untested(&c) && c.lo < 40 && c.hi > 40,
	    "one answer: too few to test");
	/* Its own interval ends at 98.5: it counts as if at 100. */
	c = cx_compare_nps(&one, &mixed, 0.95, CX_NPS_ADJUSTED_WALD);
	check_abs(c.hi - c.difference,
	    60 - cx_nps_estimate(&mixed, 0.95, CX_NPS_ADJUSTED_WALD).lo, EXACT,
	    "an estimate above its own interval");
}

static void test_nps_huge(void)
{
	static const struct cx_nps a = { 700000000000, 200000000000,
		100000000000 },
	                           b = { 450000000000, 300000000000,
		                           250000000000 };
	struct cx_comparison c = nps_of(&a, &b);

	/* 1e10 times the answers of test_nps: se by 1e5 smaller */
	check_rel(c.statistic, 3.81385035698237e5, EXACT, "huge: z");
	check_abs(c.p, 0, 0, "huge: p");
	check_rel(c.hi - c.lo, 2 * 1.959963984540054 * c.se, 1e-5,
	    "huge: MOVER is Wald's");
}

static void test_level(void)
{
	static const struct cx_nps a = { 7, 2, 1 }, b = { 4, 3, 3 };
	struct cx_comparison before =
	    cx_compare_nps(&a, &b, 0.01, CX_NPS_SCORE);
	int bad = 0;

	for (int percent = 2; percent < 100; percent++) {
		double level = percent / 100.0;
		struct cx_comparison c =
		    cx_compare_nps(&a, &b, level, CX_NPS_SCORE);

		bad += !(c.lo < before.lo && c.hi > before.hi);
		before = c;
	}
	check_int(bad, 0, "wider at higher levels");
}

/* ---- means ---- */

static const uint64_t X[] = { 3, 4, 10, 21, 12 }, Y[] = { 9, 8, 6, 5, 2 };

/*
 * R 4.2.2: t.test(rep(1:5, c(3, 4, 10, 21, 12)), rep(1:5, c(9, 8, 6, 5, 2))):
 * stderr, statistic, parameter, p.value, conf.int.
 */
static void test_means(void)
{
	struct cx_mean x = mean_of_counts(X, 5, 1), y = mean_of_counts(Y, 5, 1);
	struct cx_comparison c = cx_compare_means(&x, &y, 0.95),
	                     d = cx_compare_means(&y, &x, 0.95);

	check_comparison(&c,
	    &(struct cx_comparison){ 3.7 - 73. / 30, 0.281315342623656,
	        4.50265760428579, 54.6220477175787, 3.56649682467072e-05,
	        0.702810426701427, 1.83052290663191 },
	    "means");
	check(is_mirrored(&c, &d) && c.df == d.df, "means: signs");
	c = cx_compare_means(&x, &y, 0.9);
	check_interval((struct cx_interval){ c.lo, c.hi }, 0.795960745735733,
	    1.7373725875976, EXACT, "means at 90 %%");
}

static void test_means_edges(void)
{
	struct cx_mean fours = { 5, 20, 80 }, ones = { 3, 3, 3 },
	               one = { 1, 2, 4 }, none = { 0 },
	               x = mean_of_counts(X, 5, 1);
	struct cx_comparison c = cx_compare_means(&fours, &ones, 0.95);

	check(c.difference == 3 && c.se == 0 && is_untested(&c) &&
	          isnan(c.lo) && isnan(c.hi),
	    "means: both alike, no test");
	/* R: t <- .3 / sqrt(var(x) * (1 / 50 + 1 / 5)); 2 * pt(-t, 49) */
	c = cx_compare_means(&fours, &x, 0.95);
	check_rel(c.df, 49, EXACT, "means: one of them alike");
	check_rel(c.statistic, 0.575612566921195, EXACT,
	    "means: one of them alike, t");
	check_rel(c.p, 0.567511318979681, EXACT, "means: one of them alike, p");
	c = cx_compare_means(&x, &ones, 0.95);
	check(is_untested(&c) && c.lo < 2.7 && c.hi > 2.7,
	    "means: of three answers an interval, no test");
	c = cx_compare_means(&one, &x, 0.95);
	check(c.difference == 2 - 3.7 && isnan(c.se) && is_untested(&c) &&
	          isnan(c.df) && isnan(c.lo) && isnan(c.hi),
	    "means: of one answer, the difference only");
	c = cx_compare_means(&x, &none, 0.95);
	check(isnan(c.difference) && is_untested(&c), "means: no answer");
}

/* ---- proportions ---- */

/*
 * R 4.2.2: p <- prop.test(c(56, 48), c(70, 80), correct = FALSE);
 * sqrt(p$statistic), p$p.value; the interval, t-proportion.c.
 */
static void test_proportions(void)
{
	struct cx_proportion a = { 56, 70 }, b = { 48, 80 };
	struct cx_comparison c = cx_compare_proportions(&a, &b, 0.95),
	                     d = cx_compare_proportions(&b, &a, 0.95);

	check_comparison(&c,
	    &(struct cx_comparison){ 0.2, 0.2 / 2.65017195125853,
	        2.65017195125853, INFINITY, 0.00804508136819656,
	        0.052431472402365, 0.333872654036906 },
	    "proportions");
	check(is_mirrored(&c, &d), "proportions: signs");
}

/* R 4.2.2: fisher.test(matrix(c(a, n - a, b, m - b), 2))$p.value */
static void test_proportions_few(void)
{
	static const struct {
		struct cx_proportion a, b;
		double p;
	} cases[] = {
		{ { 2, 2 }, { 0, 2 }, 0.333333333333333 },
		{ { 5, 5 }, { 0, 5 }, 0.00793650793650794 },
		{ { 3, 5 }, { 950, 1000 }, 0.0237573761639646 },
		{ { 4, 4 }, { 6, 9 }, 0.496503496503496 },
		{ { 0, 1 }, { 999999, 1000000 }, 1.99999799994649e-06 },
		{ { 0, 12 }, { 60, 300 }, 0.13224247193355 },
		{ { 9, 10 }, { 95, 100 }, 0.443447725080173 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct cx_comparison c = cx_compare_proportions(
		                         &cases[i].a, &cases[i].b, 0.95),
		                     d = cx_compare_proportions(
		                         &cases[i].b, &cases[i].a, 0.95);

		check_rel(c.p, cases[i].p, EXACT, "few, %d: p", (int)i);
		check_rel(d.p, cases[i].p, EXACT, "few, %d: turned", (int)i);
	}
}

static void test_proportions_edges(void)
{
	struct cx_proportion no = { 0, 10 }, all = { 20, 20 }, some = { 3, 9 },
	                     none = { 0, 0 };
	struct cx_comparison c = cx_compare_proportions(&no, &no, 0.95);

	check(c.difference == 0 && c.se == 0 && is_untested(&c),
	    "proportions: all alike, no test");
	check_interval((struct cx_interval){ c.lo, c.hi }, -0.277532799862889,
	    0.277532799862889, EXACT, "proportions: all alike, interval");
	c = cx_compare_proportions(&all, &no, 0.95);
	/* R: z^2 of all of 20 against none of 10 is the whole sample, 30 */
	check_rel(c.statistic, sqrt(30), EXACT, "proportions: all and none");
	c = cx_compare_proportions(&some, &none, 0.95);
	check(isnan(c.difference) && isnan(c.se) && is_untested(&c) &&
	          isnan(c.lo) && isnan(c.hi),
	    "proportions: no answer");
}

/* ---- intervals of differences ---- */

/*
 * An estimate outside its own interval is on the near end: worked out by hand
 * from the distances 0 and 1, 0 and 2.
 */
static void test_difference_outside(void)
{
	struct cx_interval far = { 2, 3 }, near = { -1, 1 }, d;

	d = cx_interval_difference(1, far, 0, near);
	check_abs(d.lo, 0, EXACT, "below its interval: lower bound");
	check_rel(d.hi, 1 + sqrt(5), EXACT, "below its interval: upper bound");
	d = cx_interval_difference(0, near, 1, far);
	check_rel(d.lo, -1 - sqrt(5), EXACT, "taken off: lower bound");
	check_abs(d.hi, 0, EXACT, "taken off: upper bound");
	d = cx_interval_difference(4, far, 0, near);
	check_rel(d.lo, 4 - sqrt(5), EXACT, "above its interval: lower bound");
	check_rel(d.hi, 5, EXACT, "above its interval: upper bound");
	d = cx_interval_difference(0, near, 4, far);
	check_rel(d.lo, -5, EXACT, "taken off: lower bound");
	check_rel(d.hi, sqrt(5) - 4, EXACT, "taken off: upper bound");
}

/* ---- all groups ---- */

enum { N_GROUPS = 4 };
static const struct cx_nps GROUPS[N_GROUPS] = { { 70, 20, 10 }, { 45, 30, 25 },
	{ 60, 50, 40 }, { 8, 9, 3 } };

static struct cx_omnibus omnibus_of(const struct cx_nps *groups, size_t n)
{
	enum { MOST = 8 };
	double x[MOST], se[MOST];

	for (size_t i = 0; i < n; i++) {
		struct cx_nps_estimate e =
		    cx_nps_estimate(&groups[i], 0.95, CX_NPS_WALD);

		x[i] = e.nps;
		se[i] = e.se;
	}
	return cx_compare_omnibus(x, se, NULL, n);
}

/*
 * R 4.2.2: w <- 1 / se^2; q <- sum(w * (x - weighted.mean(x, w))^2);
 * pchisq(q, k - 1, lower.tail = FALSE), with x and se on -1 to 1.
 */
static void test_omnibus(void)
{
	struct cx_omnibus all = omnibus_of(GROUPS, N_GROUPS);

	check_rel(all.q, 28.2553246771296, EXACT, "Q of four");
	check_rel(all.p, 3.21034108089594e-06, EXACT, "p of four");
	check_int((intmax_t)all.n_used, N_GROUPS, "all four are used");
	/* Of two, Q is the square of z, and p that of test_nps. */
	all = omnibus_of(GROUPS, 2);
	check_rel(all.q, 14.5454545454545, EXACT, "Q of two is z^2");
	check_rel(all.p, 0.000136818331627393, EXACT, "p of two is that of z");
}

static void test_omnibus_left_out(void)
{
	static const struct cx_nps groups[] = { { 70, 20, 10 }, { 0 },
		{ 45, 30, 25 }, { 9, 0, 0 } };
	static const double x[] = { 0, 1, NAN, 1 }, se[] = { 1, NAN, 1, 1 },
	                    far[] = { 0, 100 }, shares[] = { 0.1, 0.1 };
	struct cx_omnibus all = omnibus_of(groups, 4);

	check_rel(all.q, 14.5454545454545, EXACT,
	    "groups without answers or spread are left out");
	check_int((intmax_t)all.n_used, 2, "and not counted");
	all = cx_compare_omnibus(x, se, NULL, 4);
	check(all.q == 0.5 && all.n_used == 2, "NaN is left out");
	all = omnibus_of(groups, 2);
	check(isnan(all.q) && isnan(all.p) && all.n_used == 1,
	    "one group: no test");
	all = cx_compare_omnibus(x, se, NULL, 0);
	check(isnan(all.q) && isnan(all.p) && all.n_used == 0,
	    "no group: no test");
	all = cx_compare_omnibus(shares, se, NULL, 1);
	check(isnan(all.q), "one of two: no test");
	all = cx_compare_omnibus(shares, (double[]){ 0.01, 0.01 }, NULL, 2);
	check(all.q == 0 && all.p == 1, "no difference at all");
	/* R: pchisq(5000, 1, lower.tail = FALSE) is 0 */
	all = cx_compare_omnibus(far, (double[]){ 1, 1 }, NULL, 2);
	check(all.q == 5000 && all.p == 0, "as far as can be");
	/* R: pchisq(1000, 2, lower.tail = FALSE) */
	all = cx_compare_omnibus((double[]){ -sqrt(500), 0, sqrt(500) },
	    (double[]){ 1, 1, 1 }, NULL, 3);
	check_rel(all.p, 7.12457640674129e-218, EXACT, "far tail");
}

/*
 * R 4.2.2: y <- c(1:5, c(2, 2, 4, 5, 9, 9), 3 * 1:7)
 * oneway.test(y ~ rep(1:3, 5:7)), and of the first two alone
 */
static void test_omnibus_by_f(void)
{
	static const double x[] = { 3, 31. / 6, 12 }, df[] = { 4, 5, 6 };
	const double se[] = { sqrt(2.5 / 5), sqrt(10.1666666666667 / 6),
		sqrt(42 / 7.) };
	struct cx_omnibus all = cx_compare_omnibus(x, se, df, 3);

	check_rel(all.p, 0.0190299867635357, 1e-12, "three means: p by Welch");
	check_rel(all.q, cx_compare_omnibus(x, se, NULL, 3).q, EXACT,
	    "three means: the same Q");
	all = cx_compare_omnibus(x, se, df, 2);
	check_rel(all.p, 0.183848916779818, 1e-12, "two means: p of t.test");
}

/* The same formulas, of what Rocks adds 3/4, 3/2 and 3/4 to where one is small.
 */
static void test_all_nps(void)
{
	static const struct cx_nps groups[] = { { 70, 20, 10 }, { 9, 0, 0 },
		{ 45, 30, 25 }, { 4, 0, 0 }, { 0 } };
	struct cx_comparison two = nps_of(&GROUPS[0], &GROUPS[3]);
	struct cx_omnibus all = cx_compare_all_nps(GROUPS, N_GROUPS);

	check_rel(all.q, 27.0265012475346, EXACT, "four scores, one small: Q");
	check_rel(all.p, 5.81251883612993e-06, EXACT, "four scores: p");
	all = cx_compare_all_nps(GROUPS, N_GROUPS - 1);
	check_rel(all.q, 28.0460925718263, EXACT, "three scores: Q");
	check_rel(all.p, 8.12584209287378e-07, EXACT, "three scores: p");
	all = cx_compare_all_nps(groups, 5);
	check_rel(all.q, 17.7213558761313, EXACT,
	    "promoters only are not left out, four answers are");
	check_int((intmax_t)all.n_used, 3, "three of five scores are used");
	all = cx_compare_all_nps((struct cx_nps[]){ GROUPS[0], GROUPS[3] }, 2);
	check_rel(all.q, two.statistic * two.statistic, EXACT,
	    "of two scores Q is z^2");
	check_rel(all.p, two.p, EXACT, "of two scores p is that of z");
	all = cx_compare_all_nps(groups + 3, 2);
	check(isnan(all.q) && isnan(all.p), "too few answers: no test");
}

/* R 4.2.2: chisq.test(matrix(c(56, 14, 48, 32, 30, 0), 2), correct = FALSE) */
static void test_all_proportions(void)
{
	static const struct cx_proportion groups[] = { { 56, 70 }, { 48, 80 },
		{ 30, 30 }, { 0, 0 } },
	                                  few[] = { { 0, 4 }, { 56, 70 },
		                                  { 1, 3 }, { 48, 80 },
		                                  { 0, 2 } };
	struct cx_omnibus all = cx_compare_all_proportions(groups, 4);

	check_rel(all.q, 20.2076573653472, EXACT, "three shares: chi-square");
	check_rel(all.p, 4.09225753487989e-05, EXACT, "three shares: p");
	check_int((intmax_t)all.n_used, 3, "three of four shares are used");
	all = cx_compare_all_proportions(few, 5);
	check_rel(all.q, 7.02341137123745, EXACT,
	    "four answers, and too few misses, are left out");
	check_int((intmax_t)all.n_used, 2, "two of five shares are used");
	/* R: prop.test(c(56, 48), c(70, 80), correct = FALSE) */
	all = cx_compare_all_proportions(groups, 2);
	check_rel(all.q, 7.02341137123745, EXACT, "two shares: chi-square");
	check_rel(all.p, 0.00804508136819656, EXACT, "two shares: p");
	all = cx_compare_all_proportions(
	    (struct cx_proportion[]){ { 5, 5 }, { 7, 7 } }, 2);
	check(isnan(all.q) && isnan(all.p), "all answers alike: no test");
	all = cx_compare_all_proportions(groups + 2, 2);
	check(isnan(all.q), "one share: no test");
}

/*
 * Groups that do not differ, of ten answers each: how often p is below .05.
 * With the scores' own standard errors it were one time of four.
 */
static void test_false_alarms(void)
{
	enum { DOZEN = 12, ANSWERS = 10, TRIALS = 4000 };
	int scores = 0, shares = 0;

	for (int i = 0; i < TRIALS; i++) {
		struct cx_nps nps[DOZEN] = { { 0 } };
		struct cx_proportion top[DOZEN] = { { 0 } };

		for (int k = 0; k < DOZEN * ANSWERS; k++) {
			size_t answer = random_below(10);

			nps[k % DOZEN].promoters += answer < 4;
			nps[k % DOZEN].passives += answer >= 4 && answer < 7;
			nps[k % DOZEN].detractors += answer >= 7;
			top[k % DOZEN].hits += answer < 5;
			top[k % DOZEN].n++;
		}
		scores += cx_compare_all_nps(nps, DOZEN).p < .05;
		shares += cx_compare_all_proportions(top, DOZEN).p < .05;
	}
	check(scores < TRIALS * .08, "false alarms of scores: %d of %d", scores,
	    TRIALS);
	check(shares < TRIALS * .08, "false alarms of shares: %d of %d", shares,
	    TRIALS);
	check(scores > TRIALS * .02 && shares > TRIALS * .02,
	    "and not that there are none");
}

int main(void)
{
	test_nps();
	test_nps_far();
	test_nps_sound();
	test_nps_edges();
	test_nps_huge();
	test_level();
	test_means();
	test_means_edges();
	test_proportions();
	test_proportions_few();
	test_proportions_edges();
	test_difference_outside();
	test_omnibus();
	test_omnibus_left_out();
	test_omnibus_by_f();
	test_all_nps();
	test_all_proportions();
	test_false_alarms();
	return check_done();
}
