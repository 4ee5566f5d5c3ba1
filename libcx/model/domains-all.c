/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/domains-impl.h"

#include "libcx/base/mem.h"
#include "libcx/model/sum.h"

#include <stdlib.h>

/* ---- records ---- */

static bool is_alike(const struct cx_domains_record *records, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (records[i].y != records[0].y)
			return false;
	return true;
}

struct cx_domains_part cx_domains_side(const struct cx_domains *d,
    const struct cx_domains_record *records, size_t n)
{
	struct cx_sum w = { 0 }, wy = { 0 };
	struct cx_domains_part side = { records, n, 0, 0 };

	for (size_t i = 0; i < n; i++) {
		double weight =
		    cx_domains_factor(d, &records[i]) * records[i].w;

		cx_sum_add(&w, weight);
		cx_sum_add(&wy, weight * records[i].y);
	}
	side.w = cx_sum_value(&w);
	side.mean = cx_sum_value(&wy) / side.w;
	/* What does not vary has a variance of 0, and not of its rounding. */
	if (side.w > 0 && is_alike(records, n))
		side.mean = records[0].y;
	return side;
}

void cx_domains_sum(const struct cx_domains *d,
    const struct cx_domains_part *side, double mean, double scale, double *sums)
{
	for (size_t i = 0; i < side->n; i++) {
		const struct cx_domains_record *r = &side->records[i];
		double x = cx_domains_mass(d, r) * (r->y - mean) * scale;

		for (size_t m = 0; m < d->n_margins; m++)
			sums[cx_domains_category(d, r, m)] += x;
	}
}

/* ---- all of them ---- */

static size_t count_categories(const struct cx_domains_sample *sample)
{
	size_t n = 0;

	if (!sample->rake)
		return 1;
	for (size_t m = 0; m < sample->rake->rake->n_margins; m++)
		n += sample->rake->rake->margins[m].n;
	return n;
}

bool cx_domains_may(const struct cx_domains_sample *sample)
{
	return count_categories(sample) <= CX_DOMAINS_CATEGORIES;
}

static struct cx_domains *allocate(
    const struct cx_domains_sample *sample, size_t n)
{
	struct cx_domains *d = cx_calloc(1, sizeof(*d));
	size_t k = count_categories(sample), psus = sample->n_psu;
	size_t margins = sample->rake ? sample->rake->rake->n_margins : 1;

	d->sample = *sample;
	d->n_margins = margins;
	d->n_categories = k;
	d->first = cx_calloc(margins, sizeof(size_t));
	for (size_t m = 1; m < margins; m++)
		d->first[m] =
		    d->first[m - 1] + sample->rake->rake->margins[m - 1].n;
	d->mass = cx_calloc(k, sizeof(double));
	d->rest = cx_calloc(k, sizeof(double));
	d->cross = cx_calloc(cx_mul(k, k), sizeof(double));
	d->start = cx_calloc(psus + 1, sizeof(size_t));
	d->features =
	    cx_calloc(cx_mul(n, margins) + psus, sizeof(struct cx_feature));
	d->weight = cx_calloc(psus, sizeof(double));
	d->ref_weight = cx_calloc(psus, sizeof(double));
	d->own = cx_calloc(psus, sizeof(struct cx_form_own));
	d->theta = cx_calloc(k + 1, sizeof(double));
	d->beta = cx_calloc(k, sizeof(double));
	d->beta_rest = cx_calloc(k, sizeof(double));
	d->sums = cx_calloc(k, sizeof(double));
	d->stamps = cx_calloc(sample->design->n_strata, sizeof(size_t));
	return d;
}

void cx_domains_free(struct cx_domains *d)
{
	if (!d)
		return;
	cx_form_free(d->form);
	free(d->first);
	free(d->mass);
	free(d->rest);
	free(d->cross);
	free(d->start);
	free(d->features);
	free(d->weight);
	free(d->ref_weight);
	free(d->own);
	free(d->theta);
	free(d->beta);
	free(d->beta_rest);
	free(d->sums);
	free(d->stamps);
	free(d);
}

/* Masses of one record, by its categories. */
static void add_mass(struct cx_domains *d, const struct cx_domains_record *r)
{
	double mass = cx_domains_mass(d, r);

	for (size_t m = 0; m < d->n_margins; m++) {
		size_t row = cx_domains_category(d, r, m) * d->n_categories;

		d->mass[cx_domains_category(d, r, m)] += mass;
		for (size_t k = 0; k < d->n_margins; k++)
			d->cross[row + cx_domains_category(d, r, k)] += mass;
	}
}

/* Sums over all records, and by PSU; the extra of a PSU into sums. */
static void add_all(
    struct cx_domains *d, const struct cx_domains_part *all, double *extra)
{
	struct cx_sum residual = { 0 };

	d->w = all->w;
	d->mean = all->mean;
	for (size_t i = 0; i < all->n; i++) {
		const struct cx_domains_record *r = &all->records[i];
		double w = cx_domains_factor(d, r) * r->w;
		double x = w * (r->y - d->mean);

		d->weight[r->psu] += w;
		extra[r->psu] += x;
		cx_sum_add(&residual, x);
		add_mass(d, r);
	}
	d->residual = cx_sum_value(&residual);
	cx_domains_sum(d, all, d->mean, 1, d->rest);
}

/* Numbers of records by PSU; those of PSU p start at start[p]. */
static size_t *sort_by_psu(const struct cx_domains *d,
    const struct cx_domains_part *all, size_t *start)
{
	size_t *sorted = cx_malloc(cx_mul(all->n, sizeof(*sorted)));
	size_t psus = d->sample.n_psu;

	for (size_t i = 0; i < all->n; i++)
		start[all->records[i].psu + 1]++;
	for (size_t p = 0; p < psus; p++)
		start[p + 1] += start[p];
	for (size_t i = 0; i < all->n; i++)
		sorted[start[all->records[i].psu]++] = i;
	for (size_t p = psus; p > 0; p--)
		start[p] = start[p - 1];
	start[0] = 0;
	return sorted;
}

/* One PSU's features, behind those before it; `by` is all 0 between calls. */
static size_t add_features(struct cx_domains *d,
    const struct cx_domains_part *all, const size_t *numbers, size_t n,
    size_t at, double *by)
{
	for (size_t i = 0; i < n; i++) {
		const struct cx_domains_record *r = &all->records[numbers[i]];
		double w = cx_domains_factor(d, r) * r->w;

		for (size_t m = 0; w > 0 && m < d->n_margins; m++) {
			size_t k = cx_domains_category(d, r, m);

			if (by[k] == 0)
				d->features[at++].j = k;
			by[k] += w;
		}
	}
	return at;
}

static void make_features(struct cx_domains *d,
    const struct cx_domains_part *all, const double *extra)
{
	size_t *start = cx_calloc(d->sample.n_psu + 1, sizeof(*start));
	size_t *sorted = sort_by_psu(d, all, start), at = 0;
	double *by = cx_calloc(d->n_categories, sizeof(*by));

	for (size_t p = 0; p < d->sample.n_psu; p++) {
		size_t from = at;

		d->start[p] = at;
		at = add_features(
		    d, all, sorted + start[p], start[p + 1] - start[p], at, by);
		for (size_t i = from; i < at; i++) {
			d->features[i].x = by[d->features[i].j];
			by[d->features[i].j] = 0;
		}
		d->features[at++] =
		    (struct cx_feature){ d->n_categories, extra[p] };
	}
	d->start[d->sample.n_psu] = at;
	free(by);
	free(sorted);
	free(start);
}

void cx_domains_make_form(struct cx_domains *d)
{
	cx_form_free(d->form);
	d->form = cx_form_new(d->sample.design, d->n_categories + 1);
	for (size_t p = 0; p < d->sample.n_psu; p++)
		if (d->weight[p] > 0)
			cx_form_add(d->form, d->sample.stratum[p],
			    &d->features[d->start[p]],
			    d->start[p + 1] - d->start[p]);
	cx_form_close(d->form);
}

/* Whether strata have the PSUs that a variance needs; extra is all 0. */
static bool is_sound(const struct cx_domains *d, const double *zeros)
{
	struct cx_design_psus psus = { d->sample.n_psu, d->sample.stratum,
		d->sample.rake ? NULL : d->weight, NULL };
	struct cx_err err;
	double variance;

	return cx_design_psu_variance(
	           d->sample.design, &psus, zeros, &variance, &err) == 0;
}

struct cx_domains *cx_domains_new(const struct cx_domains_sample *sample,
    const struct cx_domains_record *records, size_t n)
{
	struct cx_domains *d = allocate(sample, n);
	struct cx_domains_part all = cx_domains_side(d, records, n);
	struct cx_design_psus psus = { sample->n_psu, sample->stratum,
		d->weight, NULL };
	struct cx_design_mean m;
	double *extra = cx_calloc(sample->n_psu, sizeof(*extra));
	bool sound;

	add_all(d, &all, extra);
	make_features(d, &all, extra);
	memset(extra, 0, cx_mul(sample->n_psu, sizeof(*extra)));
	sound = is_sound(d, extra);
	free(extra);
	if (!sound) {
		cx_domains_free(d);
		return NULL;
	}
	cx_design_psu_df(sample->design, &psus, &m);
	d->df_design = m.df;
	d->df_all = m.df_domain;
	cx_domains_make_form(d);
	return d;
}
