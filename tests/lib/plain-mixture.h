/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Latent classes found the plain way, to hold libcx/model/mixture against: one
 * row at a time, logarithms throughout, no acceleration, nothing collapsed,
 * numbers in their own units, every start run to the end.
 */
#ifndef CX_TESTS_PLAIN_MIXTURE_H
#define CX_TESTS_PLAIN_MIXTURE_H

#include "libcx/base/mem.h"
#include "libcx/model/mixture.h"
#include "tests/lib/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLAIN_K = 8, PLAIN_COLUMNS = 400, PLAIN_LEVELS = 8 };

struct plain {
	const struct cx_mixture_table *table;
	size_t k;
	double loglik;
	double share[PLAIN_K];
	double p[PLAIN_COLUMNS][PLAIN_LEVELS][PLAIN_K];
	double mean[PLAIN_COLUMNS][PLAIN_K], var[PLAIN_COLUMNS][PLAIN_K];
	double *posterior; /* n_rows x PLAIN_K */
};

static inline double plain_unit(void)
{
	return (double)(random_below((size_t)1 << 53) + 1) / 0x1p53;
}

static inline double plain_weight(const struct cx_mixture_table *t, size_t i)
{
	double sum = 0;

	if (!t->weights)
		return 1;
	for (size_t j = 0; j < t->n_rows; j++)
		sum += t->weights[j];
	return t->weights[i] / sum * (double)t->n_rows;
}

static inline double plain_log_cell(
    const struct plain *m, size_t i, size_t j, size_t c)
{
	const struct cx_mixture_column *col = &m->table->columns[j];
	double off;

	if (col->n_levels)
		return col->codes[i] == CX_MIXTURE_NONE
		           ? 0
		           : log(m->p[j][col->codes[i]][c]);
	if (isnan(col->values[i]))
		return 0;
	off = col->values[i] - m->mean[j][c];
	return -.5 * log(2 * acos(-1) * m->var[j][c]) -
	       off * off / (2 * m->var[j][c]);
}

static inline double plain_row(struct plain *m, size_t i)
{
	double *post = m->posterior + i * PLAIN_K, most = -INFINITY, sum = 0;

	for (size_t c = 0; c < m->k; c++) {
		post[c] = log(m->share[c]);
		for (size_t j = 0; j < m->table->n_columns; j++)
			post[c] += plain_log_cell(m, i, j, c);
		most = fmax(most, post[c]);
	}
	for (size_t c = 0; c < m->k; c++)
		sum += post[c] = exp(post[c] - most);
	for (size_t c = 0; c < m->k; c++)
		post[c] /= sum;
	/* cppcheck-suppress invalidFunctionArg ; one of them is 1 */
	return most + log(sum);
}

static inline void plain_expect(struct plain *m, const double *weight)
{
	m->loglik = 0;
	for (size_t i = 0; i < m->table->n_rows; i++)
		m->loglik += weight[i] * plain_row(m, i);
}

static inline void plain_levels(
    struct plain *m, const double *weight, size_t j, size_t c)
{
	const struct cx_mixture_column *col = &m->table->columns[j];
	double n[PLAIN_LEVELS] = { 0 }, all = 0;

	for (size_t i = 0; i < m->table->n_rows; i++) {
		double r = weight[i] * m->posterior[i * PLAIN_K + c];

		if (col->codes[i] == CX_MIXTURE_NONE)
			continue;
		n[col->codes[i]] += r;
		all += r;
	}
	for (size_t l = 0; l < col->n_levels; l++)
		m->p[j][l][c] = n[l] / all;
}

static inline void plain_moments(
    struct plain *m, const double *weight, size_t j, size_t c)
{
	const double *x = m->table->columns[j].values;
	double n = 0, sum = 0, squares = 0;

	for (size_t i = 0; i < m->table->n_rows; i++) {
		double r = weight[i] * m->posterior[i * PLAIN_K + c];

		n += isnan(x[i]) ? 0 : r;
		sum += isnan(x[i]) ? 0 : r * x[i];
	}
	m->mean[j][c] = sum / n;
	for (size_t i = 0; i < m->table->n_rows; i++) {
		double r = weight[i] * m->posterior[i * PLAIN_K + c];
		double off = x[i] - m->mean[j][c];

		squares += isnan(x[i]) ? 0 : r * off * off;
	}
	m->var[j][c] = squares / n;
}

static inline void plain_maximise(struct plain *m, const double *weight)
{
	for (size_t c = 0; c < m->k; c++) {
		m->share[c] = 0;
		for (size_t i = 0; i < m->table->n_rows; i++)
			m->share[c] += weight[i] *
			               m->posterior[i * PLAIN_K + c] /
			               (double)m->table->n_rows;
		for (size_t j = 0; j < m->table->n_columns; j++)
			if (m->table->columns[j].n_levels)
				plain_levels(m, weight, j, c);
			else
				plain_moments(m, weight, j, c);
	}
}

/* From random classes of the rows, until a step gains next to nothing. */
static inline void plain_start(struct plain *m, const double *weight)
{
	double last = -INFINITY;

	for (size_t i = 0; i < m->table->n_rows; i++) {
		double sum = 0, *post = m->posterior + i * PLAIN_K;

		for (size_t c = 0; c < m->k; c++)
			sum += post[c] = plain_unit();
		for (size_t c = 0; c < m->k; c++)
			post[c] /= sum;
	}
	m->loglik = -INFINITY;
	do {
		last = m->loglik;
		plain_maximise(m, weight);
		plain_expect(m, weight);
	} while (m->loglik - last > 1e-11);
}

/* The best of n starts. posterior: n_rows x PLAIN_K, the caller's. */
static inline void plain_fit(struct plain *best,
    const struct cx_mixture_table *table, size_t k, size_t n)
{
	struct plain *m = cx_calloc(1, sizeof(*m));
	double *weight = cx_calloc(table->n_rows, sizeof(*weight));

	for (size_t i = 0; i < table->n_rows; i++)
		weight[i] = plain_weight(table, i);
	m->table = table;
	m->k = k;
	m->posterior = cx_calloc(table->n_rows * PLAIN_K, sizeof(double));
	best->loglik = -INFINITY;
	for (size_t i = 0; i < n; i++) {
		plain_start(m, weight);
		if (isfinite(m->loglik) && m->loglik > best->loglik) {
			double *posterior = best->posterior;

			memcpy(posterior, m->posterior,
			    table->n_rows * PLAIN_K * sizeof(double));
			*best = *m;
			best->posterior = posterior;
		}
	}
	free(m->posterior);
	free(m);
	free(weight);
}

/* The largest class not yet taken. */
static inline size_t plain_next(const struct plain *m, bool *taken)
{
	size_t best = PLAIN_K;

	for (size_t c = 0; c < m->k; c++)
		if (!taken[c] &&
		    (best == PLAIN_K || m->share[c] > m->share[best]))
			best = c;
	taken[best] = true;
	return best;
}

#endif
