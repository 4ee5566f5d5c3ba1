/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Importance, cross products and resampling. swiss and what is computed from
 * it: R 4.2.2, tests/oracles/importance.R; lmg of relaimpo 2.2 and weights of
 * rwa 0.1 are the same. Norris and Wampler 1 to 5: NIST Statistical Reference
 * Datasets, linear least squares, with their certified values.
 */
#include "libcx/base/mem.h"
#include "libcx/model/cross.h"
#include "libcx/model/driver.h"
#include "libcx/model/importance.h"
#include "libcx/model/random.h"
#include "libcx/model/regress.h"
#include "libcx/model/resample.h"
#include "tests/lib/check.h"

#include <stdlib.h>

/* ---- swiss ---- */

enum { N = 47, P = 5, V = P + 1 };

/* Fertility, Agriculture, Examination, Education, Catholic, Infant.Mortality */
static const double swiss[N][V] = {
	{ 80.2, 17, 15, 12, 9.96, 22.2 },
	{ 83.1, 45.1, 6, 9, 84.84, 22.2 },
	{ 92.5, 39.7, 5, 5, 93.4, 20.2 },
	{ 85.8, 36.5, 12, 7, 33.77, 20.3 },
	{ 76.9, 43.5, 17, 15, 5.16, 20.6 },
	{ 76.1, 35.3, 9, 7, 90.57, 26.6 },
	{ 83.8, 70.2, 16, 7, 92.85, 23.6 },
	{ 92.4, 67.8, 14, 8, 97.16, 24.9 },
	{ 82.4, 53.3, 12, 7, 97.67, 21 },
	{ 82.9, 45.2, 16, 13, 91.38, 24.4 },
	{ 87.1, 64.5, 14, 6, 98.61, 24.5 },
	{ 64.1, 62, 21, 12, 8.52, 16.5 },
	{ 66.9, 67.5, 14, 7, 2.27, 19.1 },
	{ 68.9, 60.7, 19, 12, 4.43, 22.7 },
	{ 61.7, 69.3, 22, 5, 2.82, 18.7 },
	{ 68.3, 72.6, 18, 2, 24.2, 21.2 },
	{ 71.7, 34, 17, 8, 3.3, 20 },
	{ 55.7, 19.4, 26, 28, 12.11, 20.2 },
	{ 54.3, 15.2, 31, 20, 2.15, 10.8 },
	{ 65.1, 73, 19, 9, 2.84, 20 },
	{ 65.5, 59.8, 22, 10, 5.23, 18 },
	{ 65, 55.1, 14, 3, 4.52, 22.4 },
	{ 56.6, 50.9, 22, 12, 15.14, 16.7 },
	{ 57.4, 54.1, 20, 6, 4.2, 15.3 },
	{ 72.5, 71.2, 12, 1, 2.4, 21 },
	{ 74.2, 58.1, 14, 8, 5.23, 23.8 },
	{ 72, 63.5, 6, 3, 2.56, 18 },
	{ 60.5, 60.8, 16, 10, 7.72, 16.3 },
	{ 58.3, 26.8, 25, 19, 18.46, 20.9 },
	{ 65.4, 49.5, 15, 8, 6.1, 22.5 },
	{ 75.5, 85.9, 3, 2, 99.71, 15.1 },
	{ 69.3, 84.9, 7, 6, 99.68, 19.8 },
	{ 77.3, 89.7, 5, 2, 100, 18.3 },
	{ 70.5, 78.2, 12, 6, 98.96, 19.4 },
	{ 79.4, 64.9, 7, 3, 98.22, 20.2 },
	{ 65, 75.9, 9, 9, 99.06, 17.8 },
	{ 92.2, 84.6, 3, 3, 99.46, 16.3 },
	{ 79.3, 63.1, 13, 13, 96.83, 18.1 },
	{ 70.4, 38.4, 26, 12, 5.62, 20.3 },
	{ 65.7, 7.7, 29, 11, 13.79, 20.5 },
	{ 72.7, 16.7, 22, 13, 11.22, 18.9 },
	{ 64.4, 17.6, 35, 32, 16.92, 23 },
	{ 77.6, 37.6, 15, 7, 4.97, 20 },
	{ 67.6, 18.7, 25, 7, 8.65, 19.5 },
	{ 35, 1.2, 37, 53, 42.34, 18 },
	{ 44.7, 46.6, 16, 29, 50.43, 18.2 },
	{ 42.8, 27.7, 22, 29, 58.33, 19.3 },
};

/* Drivers first, the outcome last; in millionths. */
static void swiss_values(size_t record, int64_t *values)
{
	for (size_t j = 0; j < V; j++)
		values[j] =
		    llround(swiss[record][j < P ? j + 1 : 0] * CX_CROSS_ONE);
}

static const struct cx_cross shape = { V, 0 };

static void correlate(const struct cx_cross *s, const __int128 *sums, double *r)
{
	size_t n = s->n_base;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			r[i * n + j] = cx_cross_pair(s, sums, i, j).cov /
			               sqrt(cx_cross_pair(s, sums, i, i).cov *
			                    cx_cross_pair(s, sums, j, j).cov);
}

static void swiss_correlations(double *r)
{
	__int128 *sums = cx_calloc(cx_cross_length(&shape), sizeof(*sums));
	int64_t values[V];

	for (size_t i = 0; i < N; i++) {
		swiss_values(i, values);
		cx_cross_add(&shape, sums, values, 1);
	}
	correlate(&shape, sums, r);
	free(sums);
}

static void check_all(const double *got, const double *want, size_t n,
    double tolerance, const char *name)
{
	for (size_t i = 0; i < n; i++)
		check_rel(got[i], want[i], tolerance, "%s %zu", name, i);
}

static void test_swiss(void)
{
	static const double lmg[] = { .0570912207681, .1711730289002,
		.2601346786244, .1055701503735, .1127659229265 };
	static const double johnson[] = { .0484168958119006, .15470824980616,
		.271964104645999, .114680029947562, .116965721381105 };
	static const double beta[] = { -0.31292128249992, -0.164778222539348,
		-0.670400780106074, 0.347600028144219, 0.251135976298711 };
	static const double vif[] = { 2.28412937759729, 3.67541957554434,
		2.77494278112695, 1.93716038026313, 1.10754222555695 };
	static const double partial[] = { -0.357123261102496,
		-0.156752328935484, -0.596476253606783, 0.418786972895588,
		0.403240694795188 };
	static const double players[] = { 0.213945982739665, 0.276837331964995,
		0.215951686888065 };
	static const size_t width[] = { 2, 1, 2 };
	double r[V * V], got[P], b[P], v[P], pa[P];
	struct cx_importance_fit fit = { 0, b, pa, v };

	swiss_correlations(r);
	check_rel(r[P], 0.353079183619974701, 1e-14, "swiss correlation");
	check(!cx_importance_repair(r, V), "swiss needs no repair");
	cx_importance_lmg(r, P, NULL, P, got);
	check_all(got, lmg, P, 1e-11, "swiss lmg");
	cx_importance_lmg(r, P, width, 3, got);
	check_all(got, players, 3, 1e-12, "swiss lmg of players");
	cx_importance_johnson(r, P, got);
	check_all(got, johnson, P, 1e-12, "swiss relative weight");
	cx_importance_regress(r, P, &fit);
	check_rel(fit.r2, .706735001592726, 1e-13, "swiss R-square");
	check_all(b, beta, P, 1e-12, "swiss slope");
	check_all(v, vif, P, 1e-12, "swiss variance inflation");
	check_all(pa, partial, P, 1e-12, "swiss partial correlation");
}

/* R: summary(lm(Fertility ~ ., swiss))$r.squared, 4.2.2; lm leaves out too
   what other columns make up. */
static void test_swiss_qr(void)
{
	enum { MORE = P + 2 };
	double x[N * P], y[N], wide[N * MORE];

	for (size_t i = 0; i < N; i++) {
		double *row = &wide[i * MORE];

		y[i] = swiss[i][0];
		memcpy(&x[i * P], &swiss[i][1], P * sizeof(*x));
		row[0] = 7;
		memcpy(row + 1, &swiss[i][1], P * sizeof(*row));
		row[P + 1] = row[2] - 3 * row[4];
	}
	check_rel(cx_regress_qr(x, y, N, P), .706735001592726, 1e-14,
	    "swiss R-square by QR");
	check_rel(cx_regress_qr(wide, y, N, MORE), .706735001592726, 1e-14,
	    "a constant and a combination of columns explain no more");
}

/* ---- NIST ---- */

static const double norris[36][2] = {
	/* y, x */
	{ 0.1, 0.2 },
	{ 338.8, 337.4 },
	{ 118.1, 118.2 },
	{ 888.0, 884.6 },
	{ 9.2, 10.1 },
	{ 228.1, 226.5 },
	{ 668.5, 666.3 },
	{ 998.5, 996.3 },
	{ 449.1, 448.6 },
	{ 778.9, 777.0 },
	{ 559.2, 558.2 },
	{ 0.3, 0.4 },
	{ 0.1, 0.6 },
	{ 778.1, 775.5 },
	{ 668.8, 666.9 },
	{ 339.3, 338.0 },
	{ 448.9, 447.5 },
	{ 10.8, 11.6 },
	{ 557.7, 556.0 },
	{ 228.3, 228.1 },
	{ 998.0, 995.8 },
	{ 888.8, 887.6 },
	{ 119.6, 120.2 },
	{ 0.3, 0.3 },
	{ 0.6, 0.3 },
	{ 557.6, 556.8 },
	{ 339.3, 339.1 },
	{ 888.0, 887.2 },
	{ 998.5, 999.0 },
	{ 778.9, 779.0 },
	{ 10.2, 11.1 },
	{ 117.6, 118.3 },
	{ 228.9, 229.2 },
	{ 668.4, 669.1 },
	{ 449.2, 448.9 },
	{ 0.2, 0.5 },
};

static void test_norris(void)
{
	double x[36], y[36];

	for (size_t i = 0; i < 36; i++) {
		y[i] = norris[i][0];
		x[i] = norris[i][1];
	}
	check_rel(cx_regress_qr(x, y, 36, 1), 0.999993745883712, 2e-15,
	    "Norris R-square");
}

/* y = 1 + b x + (b x)^2 + ... + (b x)^5 + error, x = 0, ..., 20 */
static void wampler(
    const char *name, double b, double error, double r2, double tolerance)
{
	static const int errors[] = { 759, -2048, 2048, -2048, 2523, -2048,
		2048, -2048, 1838, -2048, 2048, -2048, 1838, -2048, 2048, -2048,
		2523, -2048, 2048, -2048, 759 };
	double x[21 * 5], y[21];

	for (size_t i = 0; i < 21; i++) {
		double power = 1, term = 1;

		y[i] = 1 + error * errors[i];
		for (size_t j = 0; j < 5; j++) {
			x[i * 5 + j] = power *= (double)i;
			y[i] += term *= b * (double)i;
		}
	}
	check_rel(
	    cx_regress_qr(x, y, 21, 5), r2, tolerance, "%s R-square", name);
}

static void test_nist(void)
{
	test_norris();
	wampler("Wampler1", 1, 0, 1, 1e-15);
	wampler("Wampler2", .1, 0, 1, 1e-15);
	wampler("Wampler3", 1, 1, 0.999995559025820, 1e-14);
	wampler("Wampler4", 1, 100, 0.957478440825662, 1e-14);
	wampler("Wampler5", 1, 10000, 0.224668921574940e-02, 1e-12);
}

/* ---- many drivers, odd ones ---- */

/* R(S) of drivers that do not correlate is a sum: so is each one's share. */
static void test_twenty(void)
{
	enum { D = 20 };
	static double r[(D + 1) * (D + 1)];
	double lmg[D], worst = 0;

	for (size_t i = 0; i <= D; i++)
		r[i * (D + 1) + i] = 1;
	for (size_t i = 0; i < D; i++)
		r[i * (D + 1) + D] = r[D * (D + 1) + i] = .01 * (double)(i + 1);
	cx_importance_lmg(r, D, NULL, D, lmg);
	for (size_t i = 0; i < D; i++)
		worst = fmax(
		    worst, fabs(lmg[i] - 1e-4 * (double)((i + 1) * (i + 1))));
	check(worst < 1e-14, "20 drivers: off by %g at most", worst);
}

/* Two equal drivers share what one would have; a constant one gets nothing. */
static void test_equal(void)
{
	const double r[] = { 1, 1, 0, .6, 1, 1, 0, .6, 0, 0, 0, 0, .6, .6, 0,
		1 };
	double lmg[3], beta[3], partial[3], vif[3];
	struct cx_importance_fit fit = { 0, beta, partial, vif };

	cx_importance_lmg(r, 3, NULL, 3, lmg);
	check_abs(lmg[0], .18, 1e-12, "equal drivers: the first");
	check_abs(lmg[1], .18, 1e-12, "equal drivers: the second");
	check_abs(lmg[2], 0, 1e-12, "a driver without variance");
	cx_importance_johnson(r, 3, lmg);
	check_abs(lmg[0], .18, 1e-12, "equal drivers: relative weight");
	cx_importance_regress(r, 3, &fit);
	check_abs(fit.r2, .36, 1e-12, "equal drivers: R-square");
	check_abs(beta[1], .3, 1e-12, "equal drivers: slopes");
	check(isinf(vif[0]) && isinf(vif[1]), "equal drivers: inflation");
}

static void test_repair(void)
{
	double r[] = { 1, .9, -.9, .9, 1, .9, -.9, .9, 1 };

	check(cx_importance_repair(r, 3), "a matrix that needs repair");
	check_abs(r[1], .5, 1e-12, "repaired 1, 2");
	check_abs(r[2], -.5, 1e-12, "repaired 1, 3");
	check_abs(r[5], .5, 1e-12, "repaired 2, 3");
	check(!cx_importance_repair(r, 3), "is left alone then");
}

/* ---- sums ---- */

static void test_pairwise(void)
{
	static const struct cx_cross base = { 3, 0 };
	const double want[] = { 61.6201, -23.20640625, 190.22987654321,
		-24.3046875, 32.6375, 22.96 };
	const double products[] = { 616.201, -184.562333333333,
		1712.068888888889, -196.758, 235.857777777778, 229.6 };
	__int128 *sums = cx_calloc(cx_cross_length(&base), sizeof(*sums));
	int64_t v[3];
	double mean[3];

	for (size_t i = 0; i < 12; i++) {
		for (size_t j = 0; j < 3; j++)
			v[j] = llround(swiss[i][j] * CX_CROSS_ONE);
		if (i == 1 || i == 4)
			v[0] = CX_CROSS_ABSENT;
		if (i == 4 || i == 6 || i == 7)
			v[1] = CX_CROSS_ABSENT;
		if (i == 0 || i == 7)
			v[2] = CX_CROSS_ABSENT;
		check(cx_cross_add(&base, sums, v, 1), "record %zu", i);
	}
	for (size_t j = 0; j < 3; j++)
		mean[j] = cx_cross_pair(&base, sums, j, j).mean_j;
	for (size_t j = 0, k = 0; j < 3; j++) {
		for (size_t i = 0; i <= j; i++, k++) {
			check_rel(cx_cross_pair(&base, sums, i, j).cov, want[k],
			    1e-12, "pairwise covariance %zu", k);
			check_rel(cx_cross_product(
			              &base, sums, j, mean[j], i, mean[i]),
			    products[k], 1e-12, "product %zu", k);
		}
	}
	check_rel(cx_cross_pair(&base, sums, 1, 0).mean_j, 81.3875, 1e-14,
	    "mean of one where the other is there");
	check_abs(cx_cross_weight(sums), 12, 0, "weight of all");
	free(sums);
}

/* Far from 0 nothing is lost: 1e6 less 1, 1e6, of which the variance is 1/4 */
static void test_far(void)
{
	static const struct cx_cross one = { 1, 0 };
	__int128 sums[16] = { 0 };
	int64_t far = CX_CROSS_MOST, near = CX_CROSS_MOST - 1;
	bool good = true;

	check(cx_cross_length(&one) <= 16, "room for one variable");
	for (int i = 0; i < 1000; i++) {
		cx_cross_add(&one, sums, &far, 3);
		cx_cross_add(&one, sums, &near, 3);
	}
	check_rel(cx_cross_pair(&one, sums, 0, 0).cov, .25e-12, 1e-15,
	    "variance of a millionth in a million");
	/* 2^127 is 1.7e38: the 171st term of 1e36 is too many. */
	memset(sums, 0, sizeof(sums));
	for (int i = 0; i < 170; i++)
		good &= cx_cross_add(&one, sums, &far, CX_CROSS_MOST);
	check(good, "terms that fit");
	check(!cx_cross_add(&one, sums, &far, CX_CROSS_MOST), "one too many");
}

/* Parts in any order, and a part taken away again, are the same to the bit. */
static void test_parts(void)
{
	static const struct cx_cross mixed = { 3, 2 };
	size_t n = cx_cross_length(&mixed);
	struct cx_random random = { 20261121 };
	__int128 *whole = cx_calloc(n, sizeof(*whole));
	__int128 *part = cx_calloc(3 * n, sizeof(*part));
	__int128 *sum = cx_calloc(n, sizeof(*sum));

	for (size_t i = 0; i < 500; i++) {
		int64_t v[5];
		int64_t w = 1 + (int64_t)cx_random_below(&random, 9);

		for (size_t j = 0; j < 5; j++)
			v[j] = (int64_t)cx_random_below(&random, 5000000);
		if (i % 3 == 0)
			v[1] = v[3] = CX_CROSS_ABSENT;
		if (i % 5 == 0)
			v[2] = v[4] = CX_CROSS_ABSENT;
		cx_cross_add(&mixed, whole, v, w);
		cx_cross_add(
		    &mixed, part + n * cx_random_below(&random, 3), v, w);
	}
	for (size_t k = 3; k-- > 0;)
		cx_cross_merge(sum, part + k * n, n);
	check(memcmp(sum, whole, n * sizeof(*sum)) == 0, "parts add up");
	cx_cross_remove(sum, part, n);
	memset(whole, 0, n * sizeof(*whole));
	cx_cross_merge(whole, part + n, n);
	cx_cross_merge(whole, part + 2 * n, n);
	check(memcmp(sum, whole, n * sizeof(*sum)) == 0, "and are taken away");
	check_abs(cx_cross_pair(&mixed, sum, 1, 3).w,
	    cx_cross_pair(&mixed, sum, 3, 3).w, 0,
	    "an extra variable is there with its base");
	free(whole);
	free(part);
	free(sum);
}

/* ---- resampling ---- */

static void test_jackknife(void)
{
	const double share[] = { 3. / 12, 2. / 12, 4. / 12, 1. / 12, 2. / 12 };
	const double whole[] = { 5.3712962962963, 66.9908333333333 };
	double without[] = { 5.83292682926829, 68.41, 5.81511627906977, 76.496,
		4.47468354430380, 53.205, 5.63052631578947, 64.7736363636364,
		5.04, 69.676 };
	double centre[2], cov[4];

	cx_resample_jackknife(whole, without, share, 5, 2, centre, cov);
	check_rel(centre[0], 5.29141797462924, 1e-12, "jackknife of a ratio");
	check_rel(centre[1], 66.9908333333333, 1e-12, "jackknife of a mean");
	check_rel(cov[0], 0.907711392874586, 1e-11, "its variance");
	check_rel(cov[1], 7.44005452549224, 1e-11, "its covariance");
	check_rel(cov[2], cov[1], 0, "is symmetric");
	check_rel(cov[3], 185.601531368687, 1e-11, "variance of the mean");
}

/* Draws with a known mean and spread: R's formulas by hand. */
static void test_bootstrap(void)
{
	const double whole[] = { 2 };
	const double draws[] = { 1, 2, 3, 4, NAN };
	double centre[1], cov[1];

	cx_resample_bootstrap(whole, draws, 5, 1, centre, cov);
	check_abs(centre[0], 1.5, 1e-15, "bootstrap less its bias");
	check_abs(cov[0], 5. / 3, 1e-15, "bootstrap variance");
}

static void test_normal(void)
{
	enum { DRAWS = 20000 };
	const double mean[] = { 1, -2 }, cov[] = { 4, -1.2, -1.2, 1 };
	double *draws = cx_malloc(2 * DRAWS * sizeof(*draws));
	double centre[2], got[4];

	cx_resample_normal(mean, cov, 2, 1, DRAWS, draws);
	cx_resample_bootstrap(mean, draws, DRAWS, 2, centre, got);
	check_abs(centre[0], 1, .05, "normal draws: mean");
	check_abs(centre[1], -2, .03, "normal draws: mean");
	check_abs(got[0], 4, .15, "normal draws: variance");
	check_abs(got[1], -1.2, .06, "normal draws: covariance");
	check_abs(got[3], 1, .04, "normal draws: variance");
	free(draws);
}

/*
 * A seed, by splitmix64 run backwards, whose first number is the largest there
 * is. R: qnorm(2^-53, lower.tail = FALSE)
 */
static void test_normal_end(void)
{
	const double mean[] = { 0 }, cov[] = { 1 };
	double draw[1];

	cx_resample_normal(mean, cov, 1, 0x452b041a5483f055u, 1, draw);
	check_rel(draw[0], 8.2095361516013856, 1e-9, "the farthest draw");
}

/* A touchpoint that nobody rated has no part in the mean. */
static void test_mean_performance(void)
{
	static const double some[] = { 50, NAN, 70 }, none[] = { NAN, NAN };

	check_rel(cx_driver_mean(some, 3), 60, 1e-15, "mean of those rated");
	check(isnan(cx_driver_mean(none, 2)), "mean of none");
}

int main(void)
{
	test_swiss();
	test_swiss_qr();
	test_nist();
	test_twenty();
	test_equal();
	test_repair();
	test_pairwise();
	test_far();
	test_parts();
	test_jackknife();
	test_bootstrap();
	test_normal();
	test_normal_end();
	test_mean_performance();
	return check_done();
}
