/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/mem.h"
#include "libcx/model/mixture-impl.h"

#include <math.h>
#include <stdlib.h>

/*
 * Short runs of a start, and their steps of three iterations. Many patterns
 * make few local maxima and dear iterations, so there are fewer runs then.
 */
enum { SHORT_RUNS = 8, SHORT_PATTERNS = 1 << 15, SHORT_STEPS = 4 };

enum { MOST_STEPS = 1000 };

/* Uniform on all distributions over n levels. */
static void random_levels(
    struct cx_random *random, double *p, size_t n, size_t stride)
{
	double total = 0;

	for (size_t l = 0; l < n; l++) {
		p[l * stride] = -log1p(-cx_random_unit(random));
		total += p[l * stride];
	}
	for (size_t l = 0; l < n; l++)
		p[l * stride] /= total;
	p[n * stride] = 1;
}

/* The value of a row taken at random; where it is missing, the mean. */
static double random_value(
    const struct cx_mixture_data *d, struct cx_random *random, size_t column)
{
	size_t row = cx_random_below(random, d->n_rows);
	double x = d->values[d->pattern_of[row] * d->n_values + column];

	return isnan(x) ? 0 : x;
}

/* Even shares, any probabilities, means of rows, variances of the whole. */
static void random_parameters(
    const struct cx_mixture_work *w, struct cx_random *random, double *theta)
{
	const struct cx_mixture_data *d = w->data;
	const struct cx_mixture_shape *s = w->shape;

	memset(theta, 0, s->size * sizeof(*theta));
	for (size_t c = 0; c < s->k; c++) {
		theta[c] = 1 / (double)s->k;
		for (size_t j = 0; j < d->n_codes; j++)
			random_levels(random, theta + s->at[j] + c,
			    d->n_levels[j], s->stride);
		for (size_t j = 0; j < d->n_values; j++) {
			double *of = theta + s->at[d->n_codes + j] + c;

			of[0] = random_value(d, random, j);
			of[s->stride] = 1;
		}
	}
}

struct cx_mixture_end cx_mixture_start(struct cx_mixture_work *w,
    struct cx_random *random, double tolerance, double *theta)
{
	size_t bytes = w->shape->size * sizeof(*theta);
	size_t runs = SHORT_PATTERNS / w->data->n_patterns;
	double *trial = cx_malloc(bytes), best = -INFINITY;

	runs = runs < 1 ? 1 : runs > SHORT_RUNS ? SHORT_RUNS : runs;
	for (size_t i = 0; i < runs; i++) {
		struct cx_mixture_end end;

		random_parameters(w, random, trial);
		end = cx_mixture_run(w, trial, tolerance, SHORT_STEPS);
		if (i == 0 || end.loglik > best) {
			memcpy(theta, trial, bytes);
			best = end.loglik;
		}
	}
	free(trial);
	return cx_mixture_run(w, theta, tolerance, MOST_STEPS);
}
