/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_DOMAINS_H
#define CX_MODEL_DOMAINS_H

#include "libcx/model/rake.h"

/*
 * Many domains of one sample, compared with all the rest of it or with one of
 * them, and their means under raked weights: what design.h and rake.h tell of
 * one domain, but each in a time that grows as the domain, not as the sample
 * (and as the square of the margins' categories). For sums over all but a few
 * records are those over all, less those few: see form.h. So the results
 * agree with those but for rounding, and where this would show, none is given.
 */
struct cx_domains;

struct cx_domains_record {
	size_t psu, cell; /* cell: 0 where nothing is raked */
	double w, y;      /* base weight */
};

/* All is borrowed. */
struct cx_domains_sample {
	const struct cx_design *design;
	const struct cx_rake_sample *rake; /* NULL: weights are as they are */
	size_t n_psu;
	const size_t *stratum; /* n_psu */
};

/* The most categories that margins may have together: cx_domains_may. */
enum { CX_DOMAINS_CATEGORIES = 256 };
bool cx_domains_may(const struct cx_domains_sample *sample);

/*
 * All n records, borrowed until the next call only. NULL where a stratum is
 * wrong, as cx_design_psu_mean has it: let that tell.
 */
struct cx_domains *cx_domains_new(const struct cx_domains_sample *sample,
    const struct cx_domains_record *records, size_t n);
void cx_domains_free(struct cx_domains *domains);

/*
 * In each call, a domain is an array of its records, those of one PSU next to
 * each other. True and out filled in; or false and out untouched where the
 * domain has to be summed with all of the sample: a variance that is too small
 * for differences, no weight, nearly all of the weight.
 */

/* As cx_rake_psu_mean. */
bool cx_domains_mean(struct cx_domains *domains,
    const struct cx_domains_record *domain, size_t n,
    struct cx_design_mean *out);

/* mean is a difference of two, and se and df_domain are of both together. */
bool cx_domains_less_rest(struct cx_domains *domains,
    const struct cx_domains_record *domain, size_t n,
    struct cx_design_mean *out);

/*
 * Less the domain that was named last, by cx_domains_refer; behind that, the
 * rest is not asked for.
 */
void cx_domains_refer(struct cx_domains *domains,
    const struct cx_domains_record *domain, size_t n);
bool cx_domains_less(struct cx_domains *domains,
    const struct cx_domains_record *domain, size_t n,
    struct cx_design_mean *out);

#endif
