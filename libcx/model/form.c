/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/form.h"

#include "libcx/base/mem.h"
#include "libcx/model/sum.h"

#include <stdlib.h>

/* What PSUs of a stratum have of their own, in one variance. */
struct stratum {
	double own, size;
	bool seen;
};

struct cx_form {
	const struct cx_design *design;
	size_t n;                        /* features */
	struct cx_sum *squares, *totals; /* n x n; strata x n */
	double *b, *sizes; /* n x n: B, and the sum of its terms' sizes */
	struct stratum *strata;
	size_t *seen; /* strata in use */
};

/* The smallest part of the terms' sizes that v is taken for a number at. */
static const double TRUSTED = 0.01;

struct cx_form *cx_form_new(const struct cx_design *design, size_t n)
{
	struct cx_form *form = cx_calloc(1, sizeof(*form));
	size_t pairs = cx_mul(n, n);

	form->design = design;
	form->n = n;
	form->squares = cx_calloc(pairs, sizeof(*form->squares));
	form->totals =
	    cx_calloc(cx_mul(design->n_strata, n), sizeof(*form->totals));
	form->b = cx_calloc(pairs, sizeof(*form->b));
	form->sizes = cx_calloc(pairs, sizeof(*form->sizes));
	form->strata = cx_calloc(design->n_strata, sizeof(*form->strata));
	form->seen = cx_calloc(design->n_strata, sizeof(*form->seen));
	return form;
}

void cx_form_free(struct cx_form *form)
{
	if (!form)
		return;
	free(form->squares);
	free(form->totals);
	free(form->b);
	free(form->sizes);
	free(form->strata);
	free(form->seen);
	free(form);
}

/* n / (n - 1) */
static double factor_of(const struct cx_form *form, size_t stratum)
{
	double n = (double)form->design->n_psu[stratum];

	return n / (n - 1);
}

static const struct cx_sum *totals_of(const struct cx_form *form, size_t h)
{
	return form->totals + h * form->n;
}

void cx_form_add(struct cx_form *form, size_t stratum,
    const struct cx_feature *features, size_t n)
{
	struct cx_sum *totals = form->totals + stratum * form->n;
	double factor = factor_of(form, stratum);

	for (size_t i = 0; i < n; i++) {
		size_t row = features[i].j * form->n;

		cx_sum_add(&totals[features[i].j], features[i].x);
		for (size_t k = 0; k < n; k++) {
			double term = factor * features[i].x * features[k].x;

			cx_sum_add(&form->squares[row + features[k].j], term);
			form->sizes[row + features[k].j] += fabs(term);
		}
	}
}

/* Takes the strata's means off. */
static void center(struct cx_form *form, size_t h)
{
	const struct cx_sum *totals = totals_of(form, h);
	double n = (double)form->design->n_psu[h];

	for (size_t i = 0; n > 1 && i < form->n; i++) {
		double x = factor_of(form, h) / n * cx_sum_value(&totals[i]);

		if (x == 0)
			continue;
		for (size_t k = 0; k < form->n; k++) {
			double term = x * cx_sum_value(&totals[k]);

			cx_sum_add(&form->squares[i * form->n + k], -term);
			form->sizes[i * form->n + k] += fabs(term);
		}
	}
}

void cx_form_close(struct cx_form *form)
{
	for (size_t h = 0; h < form->design->n_strata; h++)
		center(form, h);
	for (size_t i = 0; i < form->n * form->n; i++)
		form->b[i] = cx_sum_value(&form->squares[i]);
}

/* ---- one variance ---- */

/* A sum, and that of its terms' sizes. */
struct sized {
	double sum, size;
};

static void add(struct sized *s, double term, double size)
{
	s->sum += term;
	s->size += size;
}

static struct sized quadratic(const struct cx_form *form, const double *theta)
{
	struct sized v = { 0, 0 };

	for (size_t i = 0; i < form->n; i++) {
		for (size_t k = 0; theta[i] != 0 && k < form->n; k++) {
			double product = theta[i] * theta[k];
			size_t at = i * form->n + k;

			add(&v, product * form->b[at],
			    fabs(product) * form->sizes[at]);
		}
	}
	return v;
}

/* Also notes the strata: how many of them there are. */
static size_t add_own(struct cx_form *form, const struct cx_form_own *own,
    size_t n, struct sized *v)
{
	size_t n_seen = 0;

	for (size_t i = 0; i < n; i++) {
		struct stratum *s = &form->strata[own[i].stratum];
		double factor = factor_of(form, own[i].stratum);
		double o = own[i].own, b = own[i].b;

		if (!s->seen)
			form->seen[n_seen++] = own[i].stratum;
		s->seen = true;
		s->own += o;
		s->size += fabs(o);
		add(v, factor * o * (o + 2 * b),
		    factor * fabs(o) * (fabs(o) + 2 * fabs(b)));
	}
	return n_seen;
}

/* Takes the mean of a stratum off, whose own things are forgotten. */
static void take_mean(
    struct cx_form *form, size_t h, const double *theta, struct sized *v)
{
	const struct cx_sum *totals = totals_of(form, h);
	double part = factor_of(form, h) / (double)form->design->n_psu[h];
	struct stratum *s = &form->strata[h];
	struct sized b = { 0, 0 };

	for (size_t j = 0; j < form->n; j++) {
		double term = theta[j] * cx_sum_value(&totals[j]);

		add(&b, term, fabs(term));
	}
	add(v, -part * s->own * (s->own + 2 * b.sum),
	    part * s->size * (s->size + 2 * b.size));
	*s = (struct stratum){ 0, 0, false };
}

bool cx_form_variance(struct cx_form *form, const double *theta,
    const struct cx_form_own *own, size_t n, double *variance)
{
	struct sized v = quadratic(form, theta);
	size_t n_seen = add_own(form, own, n, &v);

	for (size_t i = 0; i < n_seen; i++)
		take_mean(form, form->seen[i], theta, &v);
	if (v.size != 0 && !(v.sum > TRUSTED * v.size))
		return false;
	*variance = v.sum;
	return true;
}
