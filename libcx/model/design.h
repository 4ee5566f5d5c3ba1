/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_DESIGN_H
#define CX_MODEL_DESIGN_H

#include "libcx/base/err.h"

#include <stdint.h>

/*
 * Weighted means of a complex sample, with linearised (Taylor) variances.
 *
 * A sample is made of strata, a stratum of primary sampling units (PSUs):
 * clusters, such as all answers of one customer, or single records. A domain
 * is the part of the sample that a mean is asked of, a group in a period. Its
 * mean is a ratio of two totals, sum(w y) / sum(w), and its variance
 *
 *   v = sum over strata h of n_h / (n_h - 1) * sum over PSUs i of
 *       (z_hi - z_h)^2,   z_hi = sum over records of PSU i of
 *       w (y - mean) / sum(w),   z_h = the mean of z_hi in stratum h,
 *
 * where n_h counts all PSUs of the stratum, those without a record of the
 * domain (z_hi = 0) too: which PSUs hold the domain is chance. PSUs are taken
 * as drawn with replacement; there is no finite population correction.
 *
 * What a caller has to keep, all of it sums, so parts of the data merge:
 *   a domain    for each of its PSUs, sums of w and w y; for design effects,
 *               for each value of y, the number of records and the sums of w
 *               and w^2 ("tallies")
 *   the sample  for each stratum, the number of PSUs. A record without a score
 *               counts (R: na.rm = TRUE)
 * Sums go through the arrays from front to back: let the caller sort by key,
 * and the result does not depend on how the data came.
 *
 * Source: Woodruff 1971, JASA 66(334), 411-414; Binder 1983, International
 * Statistical Review 51(3), 279-292; domains: Cochran 1977, Sampling
 * Techniques, 3rd ed., section 5A.
 * Check: R survey (svydesign, svymean, svyby), tests/oracles/design.R.
 */

/* The sample. Everything is borrowed. */
struct cx_design {
	size_t n_strata;
	const uint64_t *n_psu;      /* by stratum: PSUs of the whole sample */
	const struct cx_str *names; /* by stratum, for messages, or NULL */
};

/*
 * A domain by PSU. PSUs that have nothing of it may be listed, with zeros, or
 * be left out.
 */
struct cx_design_psus {
	size_t n;
	const size_t *stratum; /* n, below n_strata; NULL: all in stratum 0 */
	const double *w;       /* n, sums of weights, >= 0; 0: has nothing */
	const double *wy;      /* n, sums of weight times y */
};

/*
 * Records of a domain that share a value of y. Weights are positive and
 * finite; a record of weight 0 belongs to no tally. Any number of tallies may
 * share y: with n = 1 it is a record.
 */
struct cx_design_tally {
	double y;
	uint64_t n;   /* records */
	double w, ww; /* sums of their weights, of the squares */
};

struct cx_design_mean {
	double mean;   /* NaN, as se, when the domain has no weight */
	double se;     /* linearised standard error */
	double weight; /* sum of weights */
	/*
	 * Degrees of freedom, PSUs less strata: of the whole sample, and of
	 * the PSUs and strata that have something of the domain.
	 * Source: Korn and Graubard 1999, Analysis of Health Surveys, 5.2.
	 * R: degf(design), degf(subset(design, ...)).
	 */
	uint64_t df, df_domain;
};

/*
 * The mean of a domain.
 * Returns 0; or -1, err (status CX_DATA) and out untouched when a stratum has
 * a single PSU, which shows no variance, and this has something of the domain;
 * or when more PSUs of a stratum are given than it has.
 * R: svymean(~y, subset(design, domain)), svyby; options(survey.lonely.psu =
 * "fail"), which is the default.
 */
int cx_design_psu_mean(const struct cx_design *design,
    const struct cx_design_psus *domain, struct cx_design_mean *out,
    struct cx_err *err);

/*
 * The pieces, for what is not a mean: z of a difference of two domains is the
 * difference of their z, by PSU, and its variance takes in what the domains'
 * clusters share (R: svycontrast after svyby(covmat = TRUE) on replicates).
 *
 * z (domain->n long, the caller's) is filled in; all NaN when the domain has
 * no weight.
 */
void cx_design_psu_linearise(const struct cx_design_psus *domain, double *z);

/*
 * Variance of the sum of z over PSUs.
 *   psus   stratum; w tells by > 0 which PSUs z is from, the others' is taken
 *          as 0 (NULL: from all of them); wy is not used
 *   z      psus->n long
 * Returns as the mean does.
 */
int cx_design_psu_variance(const struct cx_design *design,
    const struct cx_design_psus *psus, const double *z, double *variance,
    struct cx_err *err);

/* Sets df and df_domain alone. */
void cx_design_psu_df(const struct cx_design *design,
    const struct cx_design_psus *domain, struct cx_design_mean *out);

/*
 * Effective size and design effects of a domain.
 *   tallies   its records
 *   se        the standard error of its mean
 * The variance that se^2 is held against is that of a simple random sample of
 * as many records, s^2 / n with s^2 = n / (n - 1) * sum(w (y - mean)^2) /
 * sum(w), drawn with replacement; or without, from a population of sum(w),
 * which makes it s^2 (1 - n / sum(w)) / n.
 * Source: Kish 1965, Survey Sampling, 8.2 and 11.7; Kish 1992, Journal of
 * Official Statistics 8(2), 183-200.
 * R: svymean(deff = "replace"), svymean(deff = TRUE).
 */
struct cx_design_effect {
	uint64_t n;
	double n_eff; /* sum(w)^2 / sum(w^2); 0 without records */
	double kish;  /* n / n_eff: what unequal weights alone cost */
	double with_replacement;
	double without; /* NaN when sum(w) < n: no weights of a population */
};

struct cx_design_effect cx_design_effect(
    const struct cx_design_tally *tallies, size_t n, double se);

#endif
