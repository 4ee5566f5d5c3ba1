/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/domains-impl.h"

#include "libcx/model/sum.h"

/* What is left of all without a domain; w is 0 where this is not asked. */
struct rest {
	double w, off; /* off: its mean less the mean of all */
};

/* Of a smaller part of the weight, the difference is no good. */
static const double LEAST_REST = 0.25;

/* ---- projections ---- */

/* The rounds of cx_rake_psu_linearise, by category in place of cell. */
static double project_margin(
    const struct cx_domains *d, size_t m, double *rest, double *beta)
{
	size_t end = m + 1 < d->n_margins ? d->first[m + 1] : d->n_categories;
	double largest = 0;

	for (size_t k = d->first[m]; k < end; k++) {
		const double *cross = &d->cross[k * d->n_categories];
		double move = rest[k] / d->mass[k];

		if (!(d->mass[k] > 0))
			continue;
		beta[k] += move;
		for (size_t j = 0; j < d->n_categories; j++)
			rest[j] -= cross[j] * move;
		largest = fmax(largest, fabs(move));
	}
	return largest;
}

/* beta, of d->sums, which is used up. */
static void project(const struct cx_domains *d, double *beta)
{
	const struct cx_rake_sample *rake = d->sample.rake;
	double first = 0, moved = 0;

	for (size_t k = 0; k < d->n_categories; k++)
		beta[k] = 0;
	for (unsigned i = 0; rake && i < cx_rake_rounds(rake->residuals) &&
	                     (i == 0 || moved > first * CX_RAKE_STILL);
	     i++) {
		moved = 0;
		for (size_t m = 0; m < d->n_margins; m++)
			moved =
			    fmax(moved, project_margin(d, m, d->sums, beta));
		first = i == 0 ? moved : first;
	}
}

static void project_side(const struct cx_domains *d,
    const struct cx_domains_part *side, double *beta)
{
	for (size_t k = 0; k < d->n_categories; k++)
		d->sums[k] = 0;
	if (d->sample.rake)
		cx_domains_sum(d, side, side->mean, 1 / side->w, d->sums);
	project(d, beta);
}

/* Of all but the side. */
static void project_rest(const struct cx_domains *d,
    const struct cx_domains_part *side, const struct rest *rest, double *beta)
{
	for (size_t k = 0; k < d->n_categories; k++)
		d->sums[k] = (d->rest[k] - rest->off * d->mass[k]) / rest->w;
	if (d->sample.rake)
		cx_domains_sum(
		    d, side, d->mean + rest->off, -1 / rest->w, d->sums);
	project(d, beta);
}

/* ---- one domain ---- */

/* z of the records from i that share a PSU; where the next one starts. */
static size_t sum_psu(const struct cx_domains *d,
    const struct cx_domains_part *side, const struct rest *rest, size_t i,
    double *own, double *weight)
{
	size_t psu = side->records[i].psu;

	*own = *weight = 0;
	for (; i < side->n && side->records[i].psu == psu; i++) {
		const struct cx_domains_record *r = &side->records[i];
		double w = cx_domains_factor(d, r) * r->w;

		*weight += w;
		*own += w * (r->y - side->mean) / side->w;
		if (rest->w > 0)
			*own += w * (r->y - d->mean - rest->off) / rest->w;
	}
	return i;
}

/* One degree of freedom for a PSU, but for the first of a stratum. */
static uint64_t df_of(struct cx_domains *d, size_t stratum)
{
	bool seen = d->stamps[stratum] >= d->stamp;

	if (!seen)
		d->stamps[stratum] = d->stamp;
	return seen;
}

/* Fills d->own in, by d->theta: how many PSUs. Adds to df. */
static size_t list_own(struct cx_domains *d, const struct cx_domains_part *side,
    const struct rest *rest, uint64_t *df)
{
	size_t n = 0;

	d->stamp++;
	for (size_t i = 0; i < side->n; n++) {
		size_t psu = side->records[i].psu, from = d->start[psu];
		struct cx_form_own *own = &d->own[n];
		double weight;

		own->stratum = d->sample.stratum[psu];
		own->b = cx_form_b(
		    d->theta, &d->features[from], d->start[psu + 1] - from);
		i = sum_psu(d, side, rest, i, &own->own, &weight);
		if (weight > 0 && !(d->ref_weight[psu] > 0))
			*df += df_of(d, own->stratum);
	}
	return n;
}

/* By d->theta; df is of what is not the side's. */
static bool estimate(struct cx_domains *d, const struct cx_domains_part *side,
    const struct rest *rest, double mean, uint64_t df,
    struct cx_design_mean *out)
{
	size_t n = list_own(d, side, rest, &df);
	double variance;

	if (!(side->w > 0) ||
	    !cx_form_variance(d->form, d->theta, d->own, n, &variance))
		return false;
	*out = (struct cx_design_mean){ .mean = mean,
		.se = sqrt(variance),
		.weight = side->w,
		.df = d->df_design,
		.df_domain = df };
	return true;
}

/* z of the side alone, and so many times that of the domain of refer. */
static bool estimate_alone(struct cx_domains *d,
    const struct cx_domains_part *side, double times, double mean, uint64_t df,
    struct cx_design_mean *out)
{
	struct rest none = { 0, 0 };

	project_side(d, side, d->beta);
	for (size_t k = 0; k < d->n_categories; k++)
		d->theta[k] = -d->beta[k];
	d->theta[d->n_categories] = times;
	return estimate(d, side, &none, mean, df, out);
}

bool cx_domains_mean(struct cx_domains *d,
    const struct cx_domains_record *domain, size_t n,
    struct cx_design_mean *out)
{
	struct cx_domains_part side = cx_domains_side(d, domain, n);

	return estimate_alone(d, &side, 0, side.mean, 0, out);
}

static struct rest rest_of(
    const struct cx_domains *d, const struct cx_domains_part *side)
{
	struct rest rest = { d->w - side->w, 0 };
	struct cx_sum residual = { d->residual, 0 };

	for (size_t i = 0; i < side->n; i++) {
		const struct cx_domains_record *r = &side->records[i];

		cx_sum_add(&residual,
		    -cx_domains_factor(d, r) * r->w * (r->y - d->mean));
	}
	rest.off = cx_sum_value(&residual) / rest.w;
	return rest;
}

/* z of the domain less z of the rest. */
bool cx_domains_less_rest(struct cx_domains *d,
    const struct cx_domains_record *domain, size_t n,
    struct cx_design_mean *out)
{
	struct cx_domains_part side = cx_domains_side(d, domain, n);
	struct rest rest = rest_of(d, &side);
	size_t end = d->n_margins > 1 ? d->first[1] : d->n_categories;
	struct cx_design_mean m;

	if (!(rest.w > d->w * LEAST_REST))
		return false;
	project_side(d, &side, d->beta);
	project_rest(d, &side, &rest, d->beta_rest);
	for (size_t k = 0; k < d->n_categories; k++)
		d->theta[k] = d->beta_rest[k] - d->beta[k];
	/* The categories of any one margin add up to the PSU's weight. */
	for (size_t k = 0; k < end; k++)
		d->theta[k] += rest.off / rest.w;
	d->theta[d->n_categories] = -1 / rest.w;
	if (!estimate(d, &side, &rest, side.mean - (d->mean + rest.off), 0, &m))
		return false;
	*out = m;
	out->df_domain = d->df_all;
	return true;
}

/* ---- the domain that others are compared with ---- */

/* z of the side by PSU into the extra features. */
static void set_extras(struct cx_domains *d, const struct cx_domains_part *side)
{
	struct rest none = { 0, 0 };
	double own, weight;

	project_side(d, side, d->beta);
	for (size_t p = 0; p < d->sample.n_psu; p++)
		d->features[d->start[p + 1] - 1].x =
		    -cx_form_b(d->beta, &d->features[d->start[p]],
		        d->start[p + 1] - d->start[p] - 1);
	for (size_t i = 0; i < side->n;) {
		size_t psu = side->records[i].psu;

		i = sum_psu(d, side, &none, i, &own, &weight);
		d->features[d->start[psu + 1] - 1].x += own;
		d->ref_weight[psu] = weight;
	}
}

void cx_domains_refer(
    struct cx_domains *d, const struct cx_domains_record *domain, size_t n)
{
	struct cx_domains_part side = cx_domains_side(d, domain, n);

	for (size_t p = 0; p < d->sample.n_psu; p++)
		d->ref_weight[p] = 0;
	for (size_t h = 0; h < d->sample.design->n_strata; h++)
		d->stamps[h] = 0;
	d->ref_mean = side.mean;
	d->df_ref = 0;
	set_extras(d, &side);
	d->stamp = SIZE_MAX; /* its strata stay seen */
	for (size_t p = 0; p < d->sample.n_psu; p++)
		if (d->ref_weight[p] > 0)
			d->df_ref += df_of(d, d->sample.stratum[p]);
	d->stamp = 0;
	cx_domains_make_form(d);
}

bool cx_domains_less(struct cx_domains *d,
    const struct cx_domains_record *domain, size_t n,
    struct cx_design_mean *out)
{
	struct cx_domains_part side = cx_domains_side(d, domain, n);

	return estimate_alone(
	    d, &side, -1, side.mean - d->ref_mean, d->df_ref, out);
}
