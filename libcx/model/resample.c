/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/resample.h"

#include "libcx/base/mem.h"
#include "libcx/model/random.h"
#include "libcx/model/sum.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>

/* Covariance of columns a and b about centre, each row weighted by w. */
static double covariance(const double *draws, const double *w, size_t n,
    size_t m, size_t a, size_t b, const double *centre, size_t *used)
{
	struct cx_sum sum = { 0, 0 };

	*used = 0;
	for (size_t i = 0; i < n; i++) {
		double term = (draws[i * m + a] - centre[a]) *
		              (draws[i * m + b] - centre[b]);

		if (isnan(term))
			continue;
		cx_sum_add(&sum, w ? w[i] * term : term);
		++*used;
	}
	return cx_sum_value(&sum);
}

/* Weighted by share where there is one. */
static double mean_of_column(
    const double *draws, const double *share, size_t n, size_t m, size_t a)
{
	struct cx_sum sum = { 0, 0 }, all = { 0, 0 };

	for (size_t i = 0; i < n; i++) {
		double w = share ? share[i] : 1;

		if (isnan(draws[i * m + a]))
			continue;
		cx_sum_add(&sum, w * draws[i * m + a]);
		cx_sum_add(&all, w);
	}
	return cx_sum_value(&sum) / cx_sum_value(&all);
}

void cx_resample_jackknife(const double *whole, double *draws,
    const double *share, size_t n, size_t m, double *centre, double *cov)
{
	double *w = cx_malloc(cx_mul(n + 1, sizeof(*w)));
	size_t used;

	for (size_t i = 0; i < n; i++) {
		/* 1 / (h - 1) with h = 1 / share */
		w[i] = share[i] / (1 - share[i]);
		for (size_t a = 0; a < m; a++) {
			double *x = &draws[i * m + a];

			*x = (whole[a] - (1 - share[i]) * *x) / share[i];
		}
	}
	for (size_t a = 0; a < m; a++)
		centre[a] = mean_of_column(draws, share, n, m, a);
	for (size_t a = 0; a < m; a++) {
		for (size_t b = 0; b <= a; b++) {
			double sum =
			    covariance(draws, w, n, m, a, b, centre, &used);

			cov[a * m + b] = cov[b * m + a] =
			    used < 2 ? NAN : sum / (double)used;
		}
	}
	free(w);
}

void cx_resample_bootstrap(const double *whole, const double *draws, size_t n,
    size_t m, double *centre, double *cov)
{
	size_t used;

	for (size_t a = 0; a < m; a++)
		centre[a] = mean_of_column(draws, NULL, n, m, a);
	for (size_t a = 0; a < m; a++) {
		for (size_t b = 0; b <= a; b++) {
			double sum =
			    covariance(draws, NULL, n, m, a, b, centre, &used);

			cov[a * m + b] = cov[b * m + a] =
			    used < 2 ? NAN : sum / (double)(used - 1);
		}
	}
	for (size_t a = 0; a < m; a++)
		centre[a] = 2 * whole[a] - centre[a];
}

/* ---- normal draws ---- */

/* cov = root root', root being m x m, row-major. */
static void root_of(const double *cov, size_t m, double *root)
{
	gsl_eigen_symmv_workspace *work = cx_mem_need(gsl_eigen_symmv_alloc(m));
	gsl_matrix *a = cx_mem_need(gsl_matrix_alloc(m, m));
	gsl_matrix *v = cx_mem_need(gsl_matrix_alloc(m, m));
	gsl_vector *d = cx_mem_need(gsl_vector_alloc(m));

	for (size_t i = 0; i < m * m; i++)
		gsl_matrix_set(a, i / m, i % m, isnan(cov[i]) ? 0 : cov[i]);
	gsl_eigen_symmv(a, d, v, work);
	/* Symmetric, so that the sign of eigenvectors does not show. */
	for (size_t i = 0; i < m * m; i++) {
		root[i] = 0;
		for (size_t k = 0; k < m; k++)
			root[i] += gsl_matrix_get(v, i / m, k) *
			           gsl_matrix_get(v, i % m, k) *
			           sqrt(fmax(gsl_vector_get(d, k), 0));
	}
	gsl_matrix_free(a);
	gsl_matrix_free(v);
	gsl_vector_free(d);
	gsl_eigen_symmv_free(work);
}

static double standard_normal(struct cx_random *random)
{
	/* Half a step in, so that it is never 0; the last would round to 1. */
	double p = fmin(cx_random_unit(random) + 0x1p-54, 1 - 0x1p-53);

	return gsl_cdf_ugaussian_Pinv(p);
}

void cx_resample_normal(const double *mean, const double *cov, size_t m,
    uint64_t seed, size_t n, double *draws)
{
	struct cx_random random = cx_random_stream(seed, n, m);
	double *root = cx_malloc(cx_mul(m + 1, (m + 1) * sizeof(*root)));
	double *z = cx_malloc(cx_mul(m + 1, sizeof(*z)));

	if (m)
		root_of(cov, m, root);
	for (size_t i = 0; i < n; i++) {
		for (size_t a = 0; a < m; a++)
			z[a] = standard_normal(&random);
		for (size_t a = 0; a < m; a++) {
			double x = mean[a];

			for (size_t b = 0; b < m; b++)
				x += root[a * m + b] * z[b];
			draws[i * m + a] = x;
		}
	}
	free(root);
	free(z);
}
