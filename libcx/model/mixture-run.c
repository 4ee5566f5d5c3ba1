/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/mem.h"
#include "libcx/model/mixture-impl.h"

#include <math.h>
#include <string.h>

/* The longest step grows and shrinks by this factor (Varadhan's R code). */
static const double FACTOR = 4;

/* How far a step may take a positive parameter towards 0 at once. */
static const double NEARER = .01;

/* |r| / |v| of the differences r = t1 - t0, v = t2 - 2 t1 + t0. */
static double step_length(
    const double *t0, const double *t1, const double *t2, size_t n)
{
	double rr = 0, vv = 0;

	for (size_t i = 0; i < n; i++) {
		double r = t1[i] - t0[i], v = t2[i] - t1[i] - r;

		rr += r * r;
		vv += v * v;
	}
	return vv > 0 ? sqrt(rr / vv) : 1;
}

/* t0 + 2 a r + a^2 v, a > 0; positive where t2 is. */
static double reach(double t0, double t1, double t2, double a, bool positive)
{
	double r = t1 - t0, v = t2 - t1 - r;
	double x = t0 + 2 * a * r + a * a * v;

	return positive ? fmax(x, NEARER * t2) : x;
}

/* What was bounded from below no longer sums to 1. */
static void normalise(double *p, size_t n, size_t stride, size_t k)
{
	for (size_t c = 0; c < k; c++) {
		double total = 0;

		for (size_t l = 0; l < n; l++)
			total += p[l * stride + c];
		for (size_t l = 0; l < n; l++)
			p[l * stride + c] /= total;
	}
}

static void normalise_shares(double *p, size_t k)
{
	double total = 0;

	for (size_t c = 0; c < k; c++)
		total += p[c];
	for (size_t c = 0; c < k; c++)
		p[c] /= total;
}

static void extrapolate(
    const struct cx_mixture_work *w, double **t, double a, double *out)
{
	const struct cx_mixture_shape *s = w->shape;
	const struct cx_mixture_data *d = w->data;
	size_t first_mean = d->n_values ? s->at[d->n_codes] : s->size;

	for (size_t i = 0; i < s->size; i++) {
		bool mean =
		    i >= first_mean && (i - first_mean) / s->stride % 2 == 0;

		out[i] = reach(t[0][i], t[1][i], t[2][i], a, !mean);
	}
	normalise_shares(out, s->k);
	for (size_t j = 0; j < d->n_codes; j++)
		normalise(out + s->at[j], d->n_levels[j], s->stride, s->k);
	for (size_t j = 0; j < d->n_values; j++)
		for (size_t c = 0; c < s->k; c++) {
			double *v = out + s->at[d->n_codes + j] + s->stride + c;

			*v = fmax(*v, d->floor[d->n_codes + j]);
		}
}

static void swap(double **a, double **b)
{
	double *keep = *a;

	*a = *b;
	*b = keep;
}

/*
 * Two steps of EM and one from where they point to, in t[0], which never gets
 * worse. Returns the log-likelihood before them.
 */
static double accelerated_step(
    struct cx_mixture_work *w, double **t, double *longest)
{
	double before = cx_mixture_step(w, t[0], t[1]);
	double after = cx_mixture_step(w, t[1], t[2]);
	double wanted = step_length(t[0], t[1], t[2], w->shape->size);
	double a = fmin(wanted, *longest);

	if (a <= 1) {
		swap(&t[0], &t[2]);
		return before;
	}
	extrapolate(w, t, a, t[3]);
	if (cx_mixture_step(w, t[3], t[0]) >= after) {
		*longest *= wanted >= *longest ? FACTOR : 1;
		return before;
	}
	*longest = fmax(FACTOR, a / FACTOR);
	swap(&t[0], &t[2]);
	return before;
}

struct cx_mixture_end cx_mixture_run(struct cx_mixture_work *w, double *theta,
    double tolerance, size_t max_steps)
{
	size_t bytes = w->shape->size * sizeof(*theta);
	double **t = w->steps, longest = FACTOR, last = -INFINITY;
	struct cx_mixture_end end = { 0 };
	int still = 0;

	memcpy(t[0], theta, bytes);
	for (size_t i = 0; i < max_steps && still < 2; i++) {
		end.loglik = accelerated_step(w, t, &longest);
		/* One step that gains nothing may be a step taken back. */
		still = end.loglik - last <= tolerance * fabs(end.loglik)
		            ? still + 1
		            : 0;
		last = end.loglik;
	}
	end.converged = still == 2;
	end.loglik = cx_mixture_step(w, t[0], t[1]);
	memcpy(theta, t[0], bytes);
	return end;
}
