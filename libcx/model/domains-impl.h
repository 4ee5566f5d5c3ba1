/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_DOMAINS_IMPL_H
#define CX_MODEL_DOMAINS_IMPL_H

#include "libcx/model/domains.h"
#include "libcx/model/form.h"

/* What domains.c and domains-all.c share. */

/*
 * The features of a PSU are its adjusted weights by category of each margin
 * (of one category, where nothing is raked), which take the projections and
 * the means in, and one more, the extra: what is to be taken off all PSUs
 * alike. That is the sums of g w (y - mean of all) where domains are compared
 * with the rest, and z of the domain that they are compared with otherwise.
 */
struct cx_domains {
	struct cx_domains_sample sample;
	size_t n_margins, n_categories; /* 1 and 1 where nothing is raked */
	size_t *first;                  /* category, by margin */
	double *mass, *rest; /* by category: counted or weighted, 1 and y */
	double *cross;       /* of mass, by two categories */
	size_t *start;       /* of features, by PSU; the extra is its last */
	struct cx_feature *features;
	struct cx_form *form;
	double *weight;           /* by PSU, adjusted */
	double w, mean, residual; /* of all; residual: sum of g w (y - mean) */
	uint64_t df_design, df_all; /* of all PSUs; of those with weight */
	/* the domain that others are compared with */
	double *ref_weight; /* by PSU */
	double ref_mean;
	uint64_t df_ref;
	/* room for one call */
	struct cx_form_own *own;
	double *theta, *beta, *beta_rest, *sums;
	size_t *stamps, stamp; /* by stratum: the last to have seen it */
};

/* A domain's sum of adjusted weights and its mean. */
struct cx_domains_part {
	const struct cx_domains_record *records;
	size_t n;
	double w, mean;
};

static inline double cx_domains_factor(
    const struct cx_domains *d, const struct cx_domains_record *r)
{
	return d->sample.rake ? d->sample.rake->factor[r->cell] : 1;
}

/* What a record counts for in the projection. */
static inline double cx_domains_mass(
    const struct cx_domains *d, const struct cx_domains_record *r)
{
	return d->sample.rake && d->sample.rake->residuals == CX_RAKE_BY_COUNT
	           ? 1
	           : r->w;
}

static inline size_t cx_domains_category(
    const struct cx_domains *d, const struct cx_domains_record *r, size_t m)
{
	const struct cx_rake_sample *rake = d->sample.rake;

	if (!rake)
		return 0;
	return d->first[m] + rake->rake->category[r->cell * d->n_margins + m];
}

/* Sum of weights and mean of n records. */
struct cx_domains_part cx_domains_side(const struct cx_domains *d,
    const struct cx_domains_record *records, size_t n);

/* Adds scale * mass * (y - mean) to the sums of a record's categories. */
void cx_domains_sum(const struct cx_domains *d,
    const struct cx_domains_part *side, double mean, double scale,
    double *sums);

/* The form of the features as they are now. */
void cx_domains_make_form(struct cx_domains *d);

#endif
