/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/regress.h"

#include "libcx/base/mem.h"
#include "libcx/model/sum.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

/* Of a column of length 1, what is left of it when others make it up. */
static const double DEPENDENT = 1e-11;

struct fit {
	size_t n, p, rank;
	gsl_matrix *a; /* then R, and Householder's vectors below it */
	gsl_vector *tau, *y, *norm;
	gsl_permutation *order;
};

static double mean_of(const double *x, size_t n, size_t stride)
{
	struct cx_sum sum = { 0, 0 };

	for (size_t i = 0; i < n; i++)
		cx_sum_add(&sum, x[i * stride]);
	return cx_sum_value(&sum) / (double)n;
}

/* The length of a centred column, or 0 when only rounding is left of it. */
static double length_of(const double *x, size_t n, size_t stride, double mean)
{
	struct cx_sum sum = { 0, 0 };
	double length;

	for (size_t i = 0; i < n; i++)
		cx_sum_add(
		    &sum, (x[i * stride] - mean) * (x[i * stride] - mean));
	length = sqrt(cx_sum_value(&sum));
	return length > 1e-14 * fabs(mean) * sqrt((double)n) ? length : 0;
}

static void fill(struct fit *f, const double *x, const double *y)
{
	double mean = mean_of(y, f->n, 1);

	for (size_t i = 0; i < f->n; i++)
		gsl_vector_set(f->y, i, y[i] - mean);
	for (size_t j = 0; j < f->p; j++) {
		double mean_x = mean_of(x + j, f->n, f->p);
		double length = length_of(x + j, f->n, f->p, mean_x);

		for (size_t i = 0; i < f->n; i++)
			gsl_matrix_set(f->a, i, j,
			    length > 0 ? (x[i * f->p + j] - mean_x) / length
			               : 0);
	}
}

static void factor(struct fit *f)
{
	size_t most = f->n < f->p ? f->n : f->p;
	int sign;

	gsl_linalg_QRPT_decomp(f->a, f->tau, f->order, &sign, f->norm);
	gsl_linalg_QR_QTvec(f->a, f->tau, f->y);
	while (f->rank < most &&
	       fabs(gsl_matrix_get(f->a, f->rank, f->rank)) > DEPENDENT)
		f->rank++;
}

static double explained(const struct fit *f)
{
	struct cx_sum in = { 0, 0 }, all = { 0, 0 };

	for (size_t i = 0; i < f->n; i++) {
		double q = gsl_vector_get(f->y, i);

		cx_sum_add(&all, q * q);
		if (i < f->rank)
			cx_sum_add(&in, q * q);
	}
	return cx_sum_value(&in) / cx_sum_value(&all);
}

double cx_regress_qr(const double *x, const double *y, size_t n, size_t p)
{
	struct fit f = { .n = n, .p = p };
	double r2;

	if (n < 2 || p == 0 || length_of(y, n, 1, mean_of(y, n, 1)) == 0)
		return p == 0 && n > 1 ? 0 : NAN;
	f.a = cx_mem_need(gsl_matrix_alloc(n, p));
	f.tau = cx_mem_need(gsl_vector_alloc(n < p ? n : p));
	f.y = cx_mem_need(gsl_vector_alloc(n));
	f.norm = cx_mem_need(gsl_vector_alloc(p));
	f.order = cx_mem_need(gsl_permutation_alloc(p));
	fill(&f, x, y);
	factor(&f);
	r2 = explained(&f);
	gsl_matrix_free(f.a);
	gsl_vector_free(f.tau);
	gsl_vector_free(f.y);
	gsl_vector_free(f.norm);
	gsl_permutation_free(f.order);
	return r2;
}
