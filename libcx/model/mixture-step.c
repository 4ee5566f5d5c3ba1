/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/mem.h"
#include "libcx/model/mixture-impl.h"
#include "libcx/model/sum.h"

#include <math.h>
#include <stdlib.h>

/*
 * Below this a sum of products may lack what has underflowed in it, and is
 * formed once more from logarithms. Factors are at most 1, so what has
 * underflowed is below 1e-307, nothing beside a sum of this.
 */
static const double SAFE = 1e-250;

/*
 * With numbers, densities so far below the largest (in logarithms) are taken
 * as 0, for exp() is dear; and sums that this could show in are formed again.
 */
static const double FAR = -300, SAFE_NUMBERS = 1e-100;

/* Probabilities that only cost time, as products with them are denormal. */
static const double NOTHING = 1e-100;

/* Logarithms added up before they go to a compensated sum. */
enum { AT_ONCE = 64 };

static const double LOG_2PI = 1.8378770664093454836;

/* ---- memory ---- */

void cx_mixture_shape_init(struct cx_mixture_shape *shape,
    const struct cx_mixture_data *data, size_t k)
{
	size_t at;

	shape->k = k;
	shape->stride =
	    (k + CX_MIXTURE_BLOCK - 1) / CX_MIXTURE_BLOCK * CX_MIXTURE_BLOCK;
	shape->at = cx_malloc(cx_mul(data->n_columns, sizeof(*shape->at)));
	at = shape->stride;
	for (size_t j = 0; j < data->n_columns; j++) {
		size_t rows = data->n_levels[j] ? data->n_levels[j] + 1 : 2;

		shape->at[j] = at;
		at += cx_mul(rows, shape->stride);
	}
	shape->size = at;
}

void cx_mixture_shape_release(struct cx_mixture_shape *shape)
{
	free(shape->at);
}

static double *rows(size_t n, size_t stride)
{
	return cx_calloc(cx_mul(n, stride), sizeof(double));
}

/* The columns' distributions over all rows, in each of the classes. */
static void find_grounds(struct cx_mixture_work *w)
{
	double *even = cx_calloc(w->shape->size, sizeof(*even));
	const struct cx_mixture_data *d = w->data;
	size_t stride = w->shape->stride, k = w->shape->k;

	for (size_t c = 0; c < k; c++)
		even[c] = 1 / (double)k;
	for (size_t j = 0; j < d->n_columns; j++) {
		size_t n = d->n_levels[j] ? d->n_levels[j] + 1 : 2;

		for (size_t i = 0; i < n * stride; i++)
			if (i % stride < k)
				even[w->shape->at[j] + i] =
				    d->n_levels[j] || i >= stride;
	}
	/* All classes are alike, and remain so. */
	cx_mixture_step(w, even, w->grounds);
	free(even);
}

void cx_mixture_work_init(struct cx_mixture_work *w,
    const struct cx_mixture_data *data, const struct cx_mixture_shape *shape)
{
	size_t stride = shape->stride;

	*w = (struct cx_mixture_work){ .data = data, .shape = shape };
	w->weight = data->weight;
	w->total = (double)data->n_rows;
	w->products = rows(data->n_codes + 1, stride);
	w->sums = rows(data->n_codes + 1, stride);
	w->terms = rows(1, stride);
	w->scale = rows(data->n_values * 2, stride);
	w->moments = rows(data->n_values * 3, stride);
	for (size_t i = 0; i < 4; i++)
		w->steps[i] = rows(1, shape->size);
	w->grounds = rows(1, shape->size);
	find_grounds(w);
}

void cx_mixture_work_release(struct cx_mixture_work *w)
{
	free(w->products);
	free(w->sums);
	free(w->terms);
	free(w->scale);
	free(w->moments);
	for (size_t i = 0; i < 4; i++)
		free(w->steps[i]);
	free(w->grounds);
}

/* ---- rows of classes, two at a time, which makes vectors of them ---- */

static inline void multiply(
    double *out, const double *a, const double *b, size_t stride)
{
	for (size_t c = 0; c < stride; c += CX_MIXTURE_BLOCK) {
		double x = a[c] * b[c], y = a[c + 1] * b[c + 1];

		out[c] = x;
		out[c + 1] = y;
	}
}

static inline void add(double *out, const double *a, size_t stride)
{
	for (size_t c = 0; c < stride; c += CX_MIXTURE_BLOCK) {
		double x = out[c] + a[c], y = out[c + 1] + a[c + 1];

		out[c] = x;
		out[c + 1] = y;
	}
}

static inline void scale(double *out, const double *a, double by, size_t stride)
{
	for (size_t c = 0; c < stride; c += CX_MIXTURE_BLOCK) {
		double x = a[c] * by, y = a[c + 1] * by;

		out[c] = x;
		out[c + 1] = y;
	}
}

static inline double sum(const double *a, size_t stride)
{
	double x = 0, y = 0;

	for (size_t c = 0; c < stride; c += CX_MIXTURE_BLOCK) {
		x += a[c];
		y += a[c + 1];
	}
	return x + y;
}

/* Adds from to a and to b, and empties it. */
static inline void pour(double *a, double *b, double *from, size_t stride)
{
	for (size_t c = 0; c < stride; c += CX_MIXTURE_BLOCK) {
		double x = from[c], y = from[c + 1];
		double ax = a[c] + x, ay = a[c + 1] + y;
		double bx = b[c] + x, by = b[c + 1] + y;

		a[c] = ax;
		a[c + 1] = ay;
		b[c] = bx;
		b[c + 1] = by;
		from[c] = from[c + 1] = 0;
	}
}

static double largest(const double *a, size_t k)
{
	double most = a[0];

	for (size_t c = 1; c < k; c++)
		most = a[c] > most ? a[c] : most;
	return most;
}

/* ---- posterior probabilities ---- */

/* What the normal densities need of the variances, once for each step. */
static void prepare(struct cx_mixture_work *w, const double *theta)
{
	const struct cx_mixture_shape *s = w->shape;
	const struct cx_mixture_data *d = w->data;

	for (size_t j = 0; j < d->n_values; j++) {
		const double *variance =
		    theta + s->at[d->n_codes + j] + s->stride;
		double *slope = w->scale + j * 2 * s->stride;
		double *level = slope + s->stride;

		for (size_t c = 0; c < s->k; c++) {
			slope[c] = -.5 / variance[c];
			level[c] = -.5 * (LOG_2PI + log(variance[c]));
		}
	}
	memcpy(w->products, theta, s->stride * sizeof(double));
}

/* Products along the path to a pattern, from where it leaves the last one. */
static inline void descend(
    struct cx_mixture_work *w, const double *theta, size_t pattern)
{
	const struct cx_mixture_data *d = w->data;
	const uint16_t *codes = d->codes + pattern * d->n_codes;
	size_t stride = w->shape->stride;

	for (size_t j = d->shared[pattern]; j < d->n_codes; j++)
		multiply(w->products + (j + 1) * stride,
		    w->products + j * stride,
		    theta + w->shape->at[j] + codes[j] * stride, stride);
}

/* Logarithms of the densities of a pattern's numbers. */
static void add_densities(
    struct cx_mixture_work *w, const double *theta, size_t pattern)
{
	const struct cx_mixture_data *d = w->data;
	const double *values = d->values + pattern * d->n_values;
	size_t stride = w->shape->stride;

	memset(w->terms, 0, stride * sizeof(double));
	for (size_t j = 0; j < d->n_values; j++) {
		const double *mean = theta + w->shape->at[d->n_codes + j];
		const double *slope = w->scale + j * 2 * stride;
		const double *level = slope + stride;
		double x = values[j];

		if (isnan(x))
			continue;
		for (size_t c = 0; c < stride; c++)
			w->terms[c] +=
			    level[c] + slope[c] * (x - mean[c]) * (x - mean[c]);
	}
}

/* From logarithms throughout. */
static double careful_posterior(struct cx_mixture_work *w, const double *theta,
    size_t pattern, double weight, double *posterior)
{
	const struct cx_mixture_data *d = w->data;
	const uint16_t *codes = d->codes + pattern * d->n_codes;
	size_t stride = w->shape->stride, k = w->shape->k;
	double total, most;

	add_densities(w, theta, pattern);
	for (size_t c = 0; c < k; c++) {
		w->terms[c] += log(theta[c]);
		for (size_t j = 0; j < d->n_codes; j++)
			w->terms[c] +=
			    log(theta[w->shape->at[j] + codes[j] * stride + c]);
	}
	most = largest(w->terms, k);
	/* No class could have brought it forth. */
	if (!(most > -INFINITY))
		most = 0;
	for (size_t c = 0; c < k; c++)
		posterior[c] = exp(w->terms[c] - most);
	total = sum(posterior, stride);
	scale(posterior, posterior, total > 0 ? weight / total : 0, stride);
	return most + log(total);
}

/*
 * Posterior probabilities of a pattern, the next one of the walk, times
 * weight; the logarithm of its density.
 */
static inline double posterior_of(struct cx_mixture_work *w,
    const double *theta, size_t pattern, double weight, double *posterior)
{
	const struct cx_mixture_data *d = w->data;
	size_t stride = w->shape->stride;
	const double *product = w->products + d->n_codes * stride;
	double most = 0, total, safe = SAFE;

	descend(w, theta, pattern);
	if (d->n_values) {
		add_densities(w, theta, pattern);
		most = largest(w->terms, w->shape->k);
		for (size_t c = 0; c < w->shape->k; c++) {
			double term = w->terms[c] - most;

			posterior[c] = term > FAR ? product[c] * exp(term) : 0;
		}
		product = posterior;
		safe = SAFE_NUMBERS;
	}
	total = sum(product, stride);
	if (!(total > safe))
		return careful_posterior(w, theta, pattern, weight, posterior);
	scale(posterior, product, weight / total, stride);
	return most + log(total);
}

double cx_mixture_walk_next(struct cx_mixture_walk *walk, double *posterior)
{
	if (walk->at == 0)
		prepare(walk->work, walk->theta);
	memset(posterior, 0, walk->work->shape->stride * sizeof(double));
	return posterior_of(walk->work, walk->theta, walk->at++, 1, posterior);
}

/* ---- new parameters ---- */

/* Sums along the path to a pattern go to its levels, up to `shared`. */
static inline void ascend(
    struct cx_mixture_work *w, double *out, size_t pattern, size_t shared)
{
	const struct cx_mixture_data *d = w->data;
	const uint16_t *codes = d->codes + pattern * d->n_codes;
	size_t stride = w->shape->stride;

	for (size_t j = d->n_codes; j-- > shared;) {
		double *below = w->sums + (j + 1) * stride;

		pour(out + w->shape->at[j] + codes[j] * stride,
		    w->sums + j * stride, below, stride);
	}
}

/* Moments about the old means, which are near the new ones. */
static void add_moments(struct cx_mixture_work *w, const double *theta,
    size_t pattern, const double *posterior)
{
	const struct cx_mixture_data *d = w->data;
	const double *values = d->values + pattern * d->n_values;
	size_t stride = w->shape->stride;

	for (size_t j = 0; j < d->n_values; j++) {
		const double *mean = theta + w->shape->at[d->n_codes + j];
		double *m = w->moments + j * 3 * stride, x = values[j];

		if (isnan(x))
			continue;
		for (size_t c = 0; c < stride; c++) {
			double first = posterior[c] * (x - mean[c]);

			m[c] += posterior[c];
			m[stride + c] += first;
			m[2 * stride + c] += first * (x - mean[c]);
		}
	}
}

static void divide_levels(struct cx_mixture_work *w, double *out, size_t j)
{
	size_t stride = w->shape->stride, at = w->shape->at[j];
	size_t n = w->data->n_levels[j];

	for (size_t c = 0; c < w->shape->k; c++) {
		double total = 0;

		for (size_t l = 0; l < n; l++)
			total += out[at + l * stride + c];
		for (size_t l = 0; l < n; l++) {
			double *p = &out[at + l * stride + c];

			*p = total > 0 ? *p / total : w->grounds[p - out];
			*p = *p < NOTHING ? 0 : *p;
		}
		out[at + n * stride + c] = 1;
	}
}

static void divide_moments(
    struct cx_mixture_work *w, const double *in, double *out, size_t j)
{
	size_t stride = w->shape->stride;
	size_t at = w->shape->at[w->data->n_codes + j];
	const double *m = w->moments + j * 3 * stride;
	double floor = w->data->floor[w->data->n_codes + j];

	for (size_t c = 0; c < w->shape->k; c++) {
		double shift = m[stride + c] / m[c];
		double variance = m[2 * stride + c] / m[c] - shift * shift;

		if (!(m[c] > 0)) {
			out[at + c] = w->grounds[at + c];
			out[at + stride + c] = w->grounds[at + stride + c];
			continue;
		}
		out[at + c] = in[at + c] + shift;
		out[at + stride + c] = fmax(variance, floor);
	}
}

static void divide(struct cx_mixture_work *w, const double *in, double *out)
{
	size_t n_codes = w->data->n_codes;

	for (size_t c = 0; c < w->shape->k; c++)
		out[c] = w->sums[c] / w->total;
	for (size_t j = 0; j < n_codes; j++)
		divide_levels(w, out, j);
	for (size_t j = 0; j < w->data->n_values; j++)
		divide_moments(w, in, out, j);
}

/* One pattern into the sums; the logarithm of its density times its weight. */
static inline double visit(struct cx_mixture_work *w, const double *in,
    double *out, size_t pattern, double *posterior)
{
	const struct cx_mixture_data *d = w->data;
	size_t stride = w->shape->stride, next = 0;
	double weight = w->weight[pattern];
	double density = posterior_of(w, in, pattern, weight, posterior);

	add(w->sums + d->n_codes * stride, posterior, stride);
	if (d->n_values)
		add_moments(w, in, pattern, posterior);
	if (pattern + 1 < d->n_patterns)
		next = d->shared[pattern + 1];
	ascend(w, out, pattern, next);
	/* A pattern not drawn into a sample may be impossible in it. */
	return weight > 0 ? weight * density : 0;
}

double cx_mixture_step(struct cx_mixture_work *w, const double *in, double *out)
{
	const struct cx_mixture_data *d = w->data;
	size_t stride = w->shape->stride;
	double posterior[CX_MIXTURE_MOST_CLASSES] = { 0 };
	struct cx_sum loglik = { 0 };

	memset(out, 0, w->shape->size * sizeof(double));
	memset(w->sums, 0, (d->n_codes + 1) * stride * sizeof(double));
	memset(w->moments, 0, d->n_values * 3 * stride * sizeof(double));
	prepare(w, in);
	for (size_t i = 0; i < d->n_patterns;) {
		size_t end = i + AT_ONCE;
		double some = 0;

		for (; i < end && i < d->n_patterns; i++)
			some += visit(w, in, out, i, posterior);
		cx_sum_add(&loglik, some);
	}
	divide(w, in, out);
	return cx_sum_value(&loglik);
}
