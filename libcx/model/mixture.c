/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/mixture.h"

#include "libcx/base/mem.h"
#include "libcx/model/mixture-impl.h"

#include <math.h>
#include <stdlib.h>

static const double LOG_2PI = 1.8378770664093454836;

/* Sums of products below this are formed again from logarithms. */
static const double SAFE = 1e-250;

/* Farther off, in deviations, squares would be infinite in all classes. */
static const double FARTHEST = 1e150;

void cx_mixture_init(
    struct cx_mixture *m, size_t k, size_t n_columns, const size_t *n_levels)
{
	m->k = k;
	m->n_columns = n_columns;
	m->n_levels = cx_malloc(cx_mul(n_columns, sizeof(*m->n_levels)));
	m->share = cx_calloc(k, sizeof(*m->share));
	m->of = cx_malloc(cx_mul(n_columns, sizeof(*m->of)));
	for (size_t j = 0; j < n_columns; j++) {
		m->n_levels[j] = n_levels[j];
		m->of[j] = cx_calloc(
		    cx_mul(n_levels[j] ? n_levels[j] : 2, k), sizeof(double));
	}
}

void cx_mixture_release(struct cx_mixture *m)
{
	for (size_t j = 0; j < m->n_columns; j++)
		free(m->of[j]);
	free(m->n_levels);
	free(m->share);
	free(m->of);
	*m = (struct cx_mixture){ 0 };
}

/* ---- scoring ---- */

static double log_of(double p, size_t *impossible)
{
	if (p > 0)
		return log(p);
	(*impossible)++;
	return log(CX_MIXTURE_TINY);
}

static double log_normal(double x, double mean, double sd)
{
	double z = fmin(fabs(x - mean) / sd, FARTHEST);

	return -.5 * (LOG_2PI + z * z) - log(sd);
}

/* Logarithm of a class's share and its density of a row. */
static double log_density(const struct cx_mixture *m,
    const union cx_mixture_answer *row, size_t c, size_t *impossible)
{
	double sum = log_of(m->share[c], impossible);

	for (size_t j = 0; j < m->n_columns; j++) {
		const double *of = m->of[j] + c;

		if (m->n_levels[j] && row[j].code != CX_MIXTURE_NONE)
			sum += log_of(of[row[j].code * m->k], impossible);
		if (!m->n_levels[j] && !isnan(row[j].value))
			sum += log_normal(row[j].value, of[0], of[m->k]);
	}
	return sum;
}

static double sum_of(const double *p, size_t k)
{
	double total = 0;

	for (size_t c = 0; c < k; c++)
		total += p[c];
	return total;
}

static void divide_by(double *p, double total, size_t k)
{
	for (size_t c = 0; c < k; c++)
		p[c] /= total;
}

static double careful_posterior(const struct cx_mixture *m,
    const union cx_mixture_answer *row, double *posterior, bool *impossible)
{
	double most = -INFINITY, total;

	*impossible = true;
	for (size_t c = 0; c < m->k; c++) {
		size_t n = 0;

		posterior[c] = log_density(m, row, c, &n);
		most = fmax(most, posterior[c]);
		*impossible = *impossible && n;
	}
	for (size_t c = 0; c < m->k; c++)
		posterior[c] = exp(posterior[c] - most);
	total = sum_of(posterior, m->k);
	divide_by(posterior, total, m->k);
	return most + log(total);
}

/* Products of probabilities, and the logarithms of densities. */
static void multiply_answers(const struct cx_mixture *m,
    const union cx_mixture_answer *row, double *products, double *terms)
{
	for (size_t c = 0; c < m->k; c++) {
		products[c] = m->share[c];
		terms[c] = 0;
	}
	for (size_t j = 0; j < m->n_columns; j++) {
		const double *of = m->of[j];

		if (m->n_levels[j] && row[j].code != CX_MIXTURE_NONE)
			for (size_t c = 0; c < m->k; c++)
				products[c] *= of[row[j].code * m->k + c];
		if (!m->n_levels[j] && !isnan(row[j].value))
			for (size_t c = 0; c < m->k; c++)
				terms[c] += log_normal(
				    row[j].value, of[c], of[m->k + c]);
	}
}

/* What has underflowed in a sum above SAFE is nothing beside it. */
double cx_mixture_posterior(const struct cx_mixture *m,
    const union cx_mixture_answer *row, double *posterior, bool *impossible)
{
	double terms[CX_MIXTURE_MOST_CLASSES], most = -INFINITY, total;
	bool unlikely;

	multiply_answers(m, row, posterior, terms);
	for (size_t c = 0; c < m->k; c++)
		most = fmax(most, terms[c]);
	for (size_t c = 0; c < m->k; c++)
		if (terms[c] < most)
			posterior[c] *= exp(terms[c] - most);
	total = sum_of(posterior, m->k);
	if (!(total > SAFE))
		return careful_posterior(
		    m, row, posterior, impossible ? impossible : &unlikely);
	divide_by(posterior, total, m->k);
	if (impossible)
		*impossible = false;
	return most + log(total);
}

size_t cx_mixture_choose(const double *posterior, size_t k)
{
	size_t best = 0;

	for (size_t c = 1; c < k; c++)
		if (posterior[c] > posterior[best])
			best = c;
	return best;
}

/* ---- between the parameters of a fit and those in the columns' units ---- */

void cx_mixture_export(const struct cx_mixture_data *d,
    const struct cx_mixture_shape *s, const double *theta, struct cx_mixture *m)
{
	memcpy(m->share, theta, s->k * sizeof(*theta));
	for (size_t j = 0; j < d->n_columns; j++) {
		double *of = m->of[d->order[j]];
		const double *from = theta + s->at[j];

		for (size_t l = 0; l < d->n_levels[j]; l++)
			memcpy(of + l * s->k, from + l * s->stride,
			    s->k * sizeof(*of));
		for (size_t c = 0; !d->n_levels[j] && c < s->k; c++) {
			of[c] = d->mean[j] + d->sd[j] * from[c];
			of[s->k + c] = d->sd[j] * sqrt(from[s->stride + c]);
		}
	}
}

void cx_mixture_import(const struct cx_mixture_data *d,
    const struct cx_mixture_shape *s, const struct cx_mixture *m, double *theta)
{
	memset(theta, 0, s->size * sizeof(*theta));
	memcpy(theta, m->share, s->k * sizeof(*theta));
	for (size_t j = 0; j < d->n_columns; j++) {
		const double *of = m->of[d->order[j]];
		double *to = theta + s->at[j];

		for (size_t l = 0; l < d->n_levels[j]; l++)
			memcpy(to + l * s->stride, of + l * s->k,
			    s->k * sizeof(*of));
		for (size_t c = 0; c < s->k; c++) {
			double sd = of[s->k + c] / d->sd[j];

			if (d->n_levels[j]) {
				to[d->n_levels[j] * s->stride + c] = 1;
				continue;
			}
			to[c] = (of[c] - d->mean[j]) / d->sd[j];
			to[s->stride + c] = sd * sd;
		}
	}
}
