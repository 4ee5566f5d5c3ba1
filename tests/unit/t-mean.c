/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/mean.h"
#include "libcx/model/student.h"
#include "tests/lib/check.h"
#include "tests/lib/means.h"
#include "tests/lib/random.h"

static const double EXACT = 1e-9;

/* Answers by scale point, lowest first. */
static const uint64_t FIVE[] = { 3, 4, 10, 21, 12 };
static const uint64_t ELEVEN[] = { 1, 0, 2, 0, 0, 3, 1, 4, 8, 9, 7 };

static void check_estimate(const struct cx_mean *mean, double level,
    const struct cx_mean_estimate *want, const char *name)
{
	struct cx_mean_estimate e = cx_mean_estimate(mean, level);

	check_rel(e.mean, want->mean, EXACT, "%s: mean", name);
	check_rel(e.sd, want->sd, EXACT, "%s: standard deviation", name);
	check_rel(e.se, want->se, EXACT, "%s: standard error", name);
	check_rel(e.lo, want->lo, EXACT, "%s: lower bound", name);
	check_rel(e.hi, want->hi, EXACT, "%s: upper bound", name);
}

/*
 * R 4.2.2: x <- rep(1:5, c(3, 4, 10, 21, 12)); mean(x), sd(x),
 * sd(x) / sqrt(50), t.test(x, conf.level = )$conf.int; alike for 0:10.
 */
static void test_estimate(void)
{
	struct cx_mean five = mean_of_counts(FIVE, 5, 1);
	struct cx_mean eleven = mean_of_counts(ELEVEN, 11, 0);

	check_estimate(&five, 0.95,
	    &(struct cx_mean_estimate){ 3.7, 1.11116779900743,
	        0.157142857142857, 3.38420960559398, 4.01579039440602 },
	    "five points");
	check_estimate(&five, 0.99,
	    &(struct cx_mean_estimate){ 3.7, 1.11116779900743,
	        0.157142857142857, 3.2788646898579, 4.1211353101421 },
	    "five points at 99 %");
	check_estimate(&eleven, 0.95,
	    &(struct cx_mean_estimate){ 7.65714285714286, 2.44880351507878,
	        0.413923341952595, 6.81594941818125, 8.49833629610446 },
	    "eleven points");
}

static bool is_same(const struct cx_mean *a, const struct cx_mean *b)
{
	return a->n == b->n && a->sum == b->sum && a->squares == b->squares;
}

/* Answer by answer, or by point: the same sums. */
static void test_sums(void)
{
	enum { ANSWERS = 10000, LOW = -3, POINTS = 8 };
	struct cx_mean whole = { 0 };
	uint64_t counts[POINTS] = { 0 };
	struct cx_mean by_point;

	for (int i = 0; i < ANSWERS; i++) {
		size_t point = random_below(POINTS);

		counts[point]++;
		cx_mean_count(&whole, LOW + (int)point);
	}
	by_point = mean_of_counts(counts, POINTS, LOW);
	check(is_same(&whole, &by_point),
	    "the sums of answers by scale point, the same");
	check_int((intmax_t)whole.n, ANSWERS, "all are counted");
	check(cx_mean_is_possible(&whole, LOW, LOW + POINTS - 1),
	    "sums of answers are possible");
	check(!cx_mean_is_possible(&whole, LOW + 4, LOW + POINTS - 1) &&
	          !cx_mean_is_possible(&whole, LOW, LOW + 3),
	    "but not on another scale");
}

static void test_few(void)
{
	struct cx_mean mean = { 0 };
	struct cx_mean_estimate e = cx_mean_estimate(&mean, 0.95);

	check(isnan(e.mean) && isnan(e.sd) && isnan(e.se) && isnan(e.lo) &&
	          isnan(e.hi),
	    "no answer: all NaN");
	cx_mean_count(&mean, 4);
	e = cx_mean_estimate(&mean, 0.95);
	check(e.mean == 4 && isnan(e.sd) && isnan(e.se) && isnan(e.lo) &&
	          isnan(e.hi),
	    "one answer: its value only");
	cx_mean_count(&mean, 4);
	e = cx_mean_estimate(&mean, 0.95);
	check(
	    e.mean == 4 && e.sd == 0 && e.se == 0 && isnan(e.lo) && isnan(e.hi),
	    "two alike: no interval");
	cx_mean_count(&mean, 1);
	/* R: sd(c(4, 4, 1)) */
	check_rel(cx_mean_estimate(&mean, 0.95).sd, 1.73205080756888, EXACT,
	    "three: standard deviation");
}

/* 1e12 answers of 10 and one of 9: sd^2 is (1 - 1/n) / n exactly. */
static void test_huge(void)
{
	static const uint64_t counts[] = { 1, 999999999999 };
	struct cx_mean mean = mean_of_counts(counts, 2, 9);
	struct cx_mean_estimate e = cx_mean_estimate(&mean, 0.95);

	check_rel(e.mean, 10, EXACT, "huge: mean");
	check_rel(e.sd, 1e-6, EXACT, "huge: no cancellation");
	check_rel(e.se, 1e-12, EXACT, "huge: standard error");
	check(cx_mean_is_possible(&mean, 9, 10), "huge: possible");
	mean = mean_of_counts(counts, 2, -CX_MEAN_FARTHEST);
	check_rel(cx_mean_estimate(&mean, 0.95).sd, 1e-6, EXACT,
	    "huge and far from 0: no cancellation");
}

static void test_mirror(void)
{
	static const uint64_t mirrored[] = { 12, 21, 10, 4, 3 };
	struct cx_mean a = mean_of_counts(FIVE, 5, -2),
	               b = mean_of_counts(mirrored, 5, -2);
	struct cx_mean_estimate x = cx_mean_estimate(&a, 0.95),
	                        y = cx_mean_estimate(&b, 0.95);

	check(
	    x.mean == -y.mean && x.sd == y.sd && x.lo == -y.hi && x.hi == -y.lo,
	    "mirror images");
}

static void test_level(void)
{
	struct cx_mean five = mean_of_counts(FIVE, 5, 1);
	double width = 0;
	int bad = 0;

	for (int percent = 1; percent < 100; percent++) {
		double level = percent / 100.0;
		struct cx_mean_estimate e = cx_mean_estimate(&five, level);

		bad += !(e.hi - e.lo > width);
		width = e.hi - e.lo;
	}
	check_int(bad, 0, "wider at higher levels");
}

static void test_possible(void)
{
	static const struct {
		struct cx_mean mean;
		bool want;
		const char *name;
	} cases[] = {
		{ { 0, 0, 0 }, true, "no answers" },
		{ { 0, 1, 1 }, false, "a sum of no answers" },
		{ { 2, 6, 20 }, true, "2 and 4" },
		{ { 2, 6, 18 }, true, "3 and 3" },
		{ { 2, 6, 26 }, true, "1 and 5" },
		{ { 2, 6, 28 }, false, "squares too large" },
		{ { 2, 6, 16 }, false, "squares too small" },
		{ { 2, 6, 19 }, false, "squares of the wrong parity" },
		{ { 2, 1, 1 }, false, "sum too small" },
		{ { 2, 11, 61 }, false, "sum too large" },
		{ { 2, -6, 18 }, false, "sum below 0" },
		{ { UINT64_MAX, INT64_MAX, UINT64_MAX }, false, "hostile" },
		{ { CX_MEAN_MOST, CX_MEAN_MOST, CX_MEAN_MOST }, true, "most" },
		{ { CX_MEAN_MOST + 1, CX_MEAN_MOST + 1, CX_MEAN_MOST + 1 },
		    false, "more than most" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_int(cx_mean_is_possible(&cases[i].mean, 1, 5),
		    cases[i].want, "possible: %s", cases[i].name);
}

/* R 4.2.2: qt(.975, df), qt(.9995, df), 2 * pt(-3, df) */
static void test_student(void)
{
	static const struct {
		double df, at95, at999, p3;
	} cases[] = {
		{ 1, 12.7062047361747, 636.61924876879, 0.204832764699133 },
		{ 2.5, 3.57465484200369, 18.2778935281315, 0.0725760955490318 },
		{ 29, 2.0452296421327, 3.65940501946637, 0.00549919213390341 },
		{ 1e6, 1.95996635681411, 3.29053646124872,
		    0.00269986254142179 },
		{ 1e12, 1.95996398454243, 3.29052673150166,
		    0.00269979606332666 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		double df = cases[i].df;

		check_rel(cx_student_half_width(0.95, df), cases[i].at95, EXACT,
		    "half width of 95 %%, %g df", df);
		check_rel(cx_student_half_width(0.999, df), cases[i].at999,
		    EXACT, "half width of 99.9 %%, %g df", df);
		check_rel(cx_student_p(-3, df), cases[i].p3, EXACT,
		    "p of -3, %g df", df);
		check_rel(cx_student_p(3, df), cases[i].p3, EXACT,
		    "p of 3, %g df", df);
	}
	check(isnan(cx_student_half_width(0.95, 0)) &&
	          isnan(cx_student_half_width(0.95, NAN)) &&
	          isnan(cx_student_p(1, 0)) && isnan(cx_student_p(1, NAN)) &&
	          isnan(cx_student_p(NAN, 1)),
	    "NaN where there is no distribution");
}

int main(void)
{
	test_estimate();
	test_sums();
	test_few();
	test_huge();
	test_mirror();
	test_level();
	test_possible();
	test_student();
	return check_done();
}
