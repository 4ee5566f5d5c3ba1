/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/importance.h"

#include "libcx/base/mem.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>

/* Of a variance of 1: less than this is rounding. */
static const double TINY = 1e-10;

/* ---- eigenvalues ---- */

struct eigen {
	size_t n;
	gsl_vector *value;
	gsl_matrix *vector; /* in columns */
	double *scale;      /* what each counts in a function of the matrix */
};

static void eigen_init(
    struct eigen *e, const double *r, size_t stride, size_t n)
{
	gsl_eigen_symmv_workspace *work = cx_mem_need(gsl_eigen_symmv_alloc(n));
	gsl_matrix *a = cx_mem_need(gsl_matrix_alloc(n, n));

	e->n = n;
	e->value = cx_mem_need(gsl_vector_alloc(n));
	e->vector = cx_mem_need(gsl_matrix_alloc(n, n));
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			gsl_matrix_set(a, i, j, r[i * stride + j]);
	gsl_eigen_symmv(a, e->value, e->vector, work);
	gsl_matrix_free(a);
	gsl_eigen_symmv_free(work);
	e->scale = cx_calloc(n, sizeof(*e->scale));
}

static void eigen_release(struct eigen *e)
{
	free(e->scale);
	gsl_vector_free(e->value);
	gsl_matrix_free(e->vector);
}

/* The function is d^power for d > TINY, else 0. */
static void eigen_power(struct eigen *e, double power)
{
	for (size_t k = 0; k < e->n; k++) {
		double d = gsl_vector_get(e->value, k);

		e->scale[k] = d > TINY ? pow(d, power) : 0;
	}
}

/* Its element (i, j). */
static double eigen_get(const struct eigen *e, size_t i, size_t j)
{
	const double *a = gsl_matrix_const_ptr(e->vector, i, 0);
	const double *b = gsl_matrix_const_ptr(e->vector, j, 0);
	double sum = 0;

	for (size_t k = 0; k < e->n; k++)
		sum += a[k] * b[k] * e->scale[k];
	return sum;
}

static bool is_negative(const struct eigen *e)
{
	for (size_t k = 0; k < e->n; k++)
		if (gsl_vector_get(e->value, k) < -TINY)
			return true;
	return false;
}

/* Cholesky's way of telling, which costs a hundredth of the eigenvalues. */
static bool is_definite(const double *r, size_t n)
{
	double *l = cx_calloc(n, n * sizeof(*l));
	bool good = true;

	for (size_t j = 0; j < n && good; j++) {
		for (size_t i = j; i < n; i++) {
			double left = r[i * n + j];

			for (size_t k = 0; k < j; k++)
				left -= l[i * n + k] * l[j * n + k];
			if (i == j)
				good = left > TINY;
			if (!good)
				break;
			l[i * n + j] =
			    i == j ? sqrt(left) : left / l[j * n + j];
		}
	}
	free(l);
	return good;
}

bool cx_importance_repair(double *r, size_t n)
{
	struct eigen e;
	bool negative;

	if (is_definite(r, n))
		return false;
	eigen_init(&e, r, n, n);
	negative = is_negative(&e);
	eigen_power(&e, 1);
	if (negative) {
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				r[i * n + j] = eigen_get(&e, i, j);
		for (size_t i = 0; i < n; i++) {
			double root = sqrt(fmax(r[i * n + i], TINY));

			for (size_t j = 0; j < n; j++) {
				r[i * n + j] /= root;
				r[j * n + i] /= root;
			}
		}
		for (size_t i = 0; i < n; i++)
			r[i * n + i] = 1;
	}
	eigen_release(&e);
	return negative;
}

/* ---- Shapley values ---- */

/*
 * The subsets as a tree: player by player, with and without. What is left of
 * the variables behind a player once those before him that are in the subset
 * are held fixed is one step of Gauss's elimination; as the matrix shrinks by
 * a row with each player, all of it costs a few operations a subset.
 *
 * With R(S) the R-square of a subset and w(s) = s! (n - s - 1)! / n!, a
 * player's value is the sum of w(|S| - 1) R(S) over the S with him less that
 * of w(|S|) R(S) over those without, which is
 * sum over S with him of (w(|S| - 1) + w(|S|)) R(S) less the sum over all S
 * of w(|S|) R(S).
 */
struct shapley {
	size_t n;
	const size_t *width;
	double **room;                        /* two matrices for each player */
	size_t room_size;                     /* of one of them */
	double gain[CX_IMPORTANCE_EXACT + 1]; /* w(s - 1) + w(s), by s */
	double loss[CX_IMPORTANCE_EXACT + 1]; /* w(s) */
	double *with;                         /* by player */
};

struct totals {
	double gain, loss;
};

/* One variable, the first of a, is held fixed: the rest goes to out. */
static double hold(const double *a, size_t stride, size_t n, double *out)
{
	double explained = a[n - 1] * a[n - 1] / a[0];

	for (size_t i = 1; i < n - 1; i++) {
		double f = a[i] / a[0];

		for (size_t j = i; j < n; j++)
			out[(i - 1) * (n - 1) + j - 1] =
			    a[i * stride + j] - f * a[j];
	}
	return explained;
}

/*
 * a: the upper triangle of the n variables from player `at` on and, last, the
 * outcome, whose own variance is not needed. size: of the subset so far.
 */
static struct totals walk(struct shapley *s, size_t at, const double *a,
    size_t stride, size_t n, double explained, size_t size)
{
	struct totals in, out;
	size_t width, in_stride = stride, held = 0;
	const double *in_a = a;

	if (at == s->n)
		return (struct totals){ s->gain[size] * explained,
			s->loss[size] * explained };
	width = s->width ? s->width[at] : 1;
	out = walk(s, at + 1, a + width * (stride + 1), stride, n - width,
	    explained, size);
	for (size_t k = 0; k < width; k++, n--) {
		double *to = s->room[at] + held % 2 * s->room_size;

		/* Made up of those before: nothing is left, nothing added. */
		if (in_a[0] <= TINY) {
			in_a += in_stride + 1;
			continue;
		}
		explained += hold(in_a, in_stride, n, to);
		in_a = to;
		held++;
		in_stride = n - 1;
	}
	in = walk(s, at + 1, in_a, in_stride, n, explained, size + 1);
	s->with[at] += in.gain;
	return (struct totals){ in.gain + out.gain, in.loss + out.loss };
}

static void set_weights(struct shapley *s)
{
	double w[CX_IMPORTANCE_EXACT + 1];

	/* w(s) = 1 / (n C(n - 1, s)) */
	w[0] = 1 / (double)s->n;
	for (size_t k = 1; k < s->n; k++)
		w[k] = w[k - 1] * (double)k / (double)(s->n - k);
	w[s->n] = 0;
	for (size_t k = 0; k <= s->n; k++) {
		s->loss[k] = w[k];
		s->gain[k] = w[k] + (k ? w[k - 1] : 0);
	}
}

void cx_importance_lmg(const double *r, size_t p, const size_t *width,
    size_t n_players, double *lmg)
{
	struct shapley s = { .n = n_players,
		.width = width,
		.room_size = (p + 1) * (p + 1),
		.with = lmg };
	struct totals all;

	if (n_players == 0)
		return;
	s.room = cx_malloc(cx_mul(n_players, sizeof(*s.room)));
	for (size_t k = 0; k < n_players; k++) {
		s.room[k] =
		    cx_malloc(cx_mul(2 * s.room_size, sizeof(**s.room)));
		lmg[k] = 0;
	}
	set_weights(&s);
	all = walk(&s, 0, r, p + 1, p + 1, 0, 0);
	for (size_t k = 0; k < n_players; k++) {
		/* Below 0 by rounding only. */
		lmg[k] = fmax(lmg[k] - all.loss, 0);
		free(s.room[k]);
	}
	free(s.room);
}

/* ---- relative weights ---- */

void cx_importance_johnson(const double *r, size_t p, double *weight)
{
	struct eigen e;
	double *beta;

	if (p == 0)
		return;
	beta = cx_calloc(p, sizeof(*beta));
	eigen_init(&e, r, p + 1, p);
	eigen_power(&e, -0.5);
	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < p; j++)
			beta[i] += eigen_get(&e, i, j) * r[j * (p + 1) + p];
	eigen_power(&e, 0.5);
	for (size_t i = 0; i < p; i++) {
		weight[i] = 0;
		for (size_t j = 0; j < p; j++) {
			double lambda = eigen_get(&e, i, j) * beta[j];

			weight[i] += lambda * lambda;
		}
	}
	eigen_release(&e);
	free(beta);
}

/* ---- regression ---- */

/* Whether variable i has a part in a combination that is always 0. */
static bool is_made_up(const struct eigen *e, size_t i)
{
	const double part = 1e-6;

	for (size_t k = 0; k < e->n; k++)
		if (gsl_vector_get(e->value, k) <= TINY &&
		    fabs(gsl_matrix_get(e->vector, i, k)) > part)
			return true;
	return false;
}

void cx_importance_regress(
    const double *r, size_t p, struct cx_importance_fit *fit)
{
	struct eigen e;

	fit->r2 = 0;
	if (p == 0)
		return;
	eigen_init(&e, r, p + 1, p);
	eigen_power(&e, -1);
	for (size_t i = 0; i < p; i++) {
		fit->beta[i] = 0;
		for (size_t j = 0; j < p; j++)
			fit->beta[i] +=
			    eigen_get(&e, i, j) * r[j * (p + 1) + p];
		fit->r2 += fit->beta[i] * r[i * (p + 1) + p];
	}
	fit->r2 = fmin(fmax(fit->r2, 0), 1);
	for (size_t i = 0; i < p; i++) {
		double inverse = eigen_get(&e, i, i);
		double rest = fmax(inverse * (1 - fit->r2), 0);

		fit->vif[i] = is_made_up(&e, i) ? INFINITY : inverse;
		fit->partial[i] =
		    fit->beta[i] / sqrt(fit->beta[i] * fit->beta[i] + rest);
	}
	eigen_release(&e);
}
