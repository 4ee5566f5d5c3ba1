/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/spread.h"
#include "tests/lib/check.h"

static const double CLOSE = 1e-9;

static struct cx_spread of(const int64_t *values, size_t n)
{
	struct cx_spread s;

	cx_spread_start(&s, n);
	for (size_t i = 0; i < n; i++)
		cx_spread_add(&s, values[i], 1);
	return s;
}

/* R 4.2.2, tests/oracles/survival.R: mean(x), quantile(x, c(0.5, 0.9)) */
static void test_r(void)
{
	static const int64_t x[] = { 3, 3, 5, 8, 8, 8, 13, 21, 34, 55 };
	static const int64_t y[] = { -7, 2, 100000000000 };
	struct cx_spread s = of(x, sizeof(x) / sizeof(*x));

	check_rel(cx_spread_mean(&s), 15.8, CLOSE, "mean");
	check_rel(cx_spread_median(&s), 8, CLOSE, "median");
	check_rel(cx_spread_p90(&s), 36.1, CLOSE, "90th percentile");
	s = of(y, sizeof(y) / sizeof(*y));
	check_rel(cx_spread_mean(&s), 3.333333333e10, CLOSE, "far: mean");
	check_rel(cx_spread_median(&s), 2, CLOSE, "far: median");
	check_rel(cx_spread_p90(&s), 8e10, CLOSE, "far: 90th percentile");
}

static void test_counts(void)
{
	struct cx_spread s;

	cx_spread_start(&s, 10);
	cx_spread_add(&s, 3, 2);
	cx_spread_add(&s, 5, 1);
	cx_spread_add(&s, 8, 3);
	cx_spread_add(&s, 13, 1);
	cx_spread_add(&s, 21, 1);
	cx_spread_add(&s, 34, 1);
	cx_spread_add(&s, 55, 1);
	check_rel(cx_spread_mean(&s), 15.8, CLOSE, "counted: mean");
	check_rel(cx_spread_median(&s), 8, CLOSE, "counted: median");
	check_rel(cx_spread_p90(&s), 36.1, CLOSE, "counted: percentile");
}

static void test_few(void)
{
	static const int64_t x[] = { 4, 9 };
	struct cx_spread s = of(x, 0);

	check(isnan(cx_spread_mean(&s)) && isnan(cx_spread_median(&s)) &&
	          isnan(cx_spread_p90(&s)),
	    "none");
	s = of(x, 1);
	check(cx_spread_mean(&s) == 4 && cx_spread_median(&s) == 4 &&
	          cx_spread_p90(&s) == 4,
	    "one");
	s = of(x, 2);
	check(cx_spread_median(&s) == 6.5 && cx_spread_p90(&s) == 8.5, "two");
}

int main(void)
{
	test_r();
	test_counts();
	test_few();
	return check_done();
}
