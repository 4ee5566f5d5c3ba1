/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/design.h"

#include "libcx/base/mem.h"
#include "libcx/model/sum.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* A stratum in the two passes over z: its mean first, then the squares. */
struct stratum {
	uint64_t n; /* PSUs that z is from */
	struct cx_sum z, squares;
	double mean; /* of z, over all PSUs of the stratum */
};

static double square(double x)
{
	return x * x;
}

static size_t stratum_of(const struct cx_design_psus *psus, size_t i)
{
	return psus->stratum ? psus->stratum[i] : 0;
}

static bool has_something(const struct cx_design_psus *psus, size_t i)
{
	return !psus->w || psus->w[i] > 0;
}

static double total(const double *x, size_t n)
{
	struct cx_sum sum = { 0 };

	for (size_t i = 0; i < n; i++)
		cx_sum_add(&sum, x[i]);
	return cx_sum_value(&sum);
}

static struct stratum *strata_new(const struct cx_design *design)
{
	return cx_calloc(design->n_strata, sizeof(struct stratum));
}

static int bad_stratum(const struct cx_design *design, size_t h,
    const char *what, struct cx_err *err)
{
	char number[24];

	snprintf(number, sizeof(number), "%zu", h);
	return cx_err_set(err, CX_DATA, "stratum %s has %s",
	    design->names ? cx_quote(design->names[h]) : number, what);
}

/* Between the passes: all of z is summed. */
static int find_means(
    const struct cx_design *design, struct stratum *strata, struct cx_err *err)
{
	for (size_t h = 0; h < design->n_strata; h++) {
		struct stratum *s = &strata[h];

		if (s->n > design->n_psu[h])
			return bad_stratum(design, h,
			    "fewer sampling units than are given", err);
		if (s->n && design->n_psu[h] == 1)
			return bad_stratum(design, h,
			    "only one sampling unit, which shows no variance: "
			    "join it with another stratum",
			    err);
		if (s->n)
			s->mean =
			    cx_sum_value(&s->z) / (double)design->n_psu[h];
	}
	return 0;
}

/* After both: PSUs that were not given lie at 0, the mean away from it. */
static double variance_within(const struct stratum *s, uint64_t n_psu)
{
	double n = (double)n_psu;
	double squares =
	    cx_sum_value(&s->squares) + (n - (double)s->n) * square(s->mean);

	return n / (n - 1) * squares;
}

static double add_up(
    const struct cx_design *design, const struct stratum *strata)
{
	struct cx_sum v = { 0 };

	for (size_t h = 0; h < design->n_strata; h++)
		if (strata[h].n)
			cx_sum_add(
			    &v, variance_within(&strata[h], design->n_psu[h]));
	return cx_sum_value(&v);
}

/* ---- by PSU ---- */

int cx_design_psu_variance(const struct cx_design *design,
    const struct cx_design_psus *psus, const double *z, double *variance,
    struct cx_err *err)
{
	struct stratum *strata = strata_new(design);
	int status;

	for (size_t i = 0; i < psus->n; i++) {
		if (!has_something(psus, i))
			continue;
		strata[stratum_of(psus, i)].n++;
		cx_sum_add(&strata[stratum_of(psus, i)].z, z[i]);
	}
	status = find_means(design, strata, err);
	for (size_t i = 0; status == 0 && i < psus->n; i++) {
		struct stratum *s = &strata[stratum_of(psus, i)];

		if (has_something(psus, i))
			cx_sum_add(&s->squares, square(z[i] - s->mean));
	}
	if (status == 0)
		*variance = add_up(design, strata);
	free(strata);
	return status;
}

void cx_design_psu_linearise(const struct cx_design_psus *domain, double *z)
{
	double w = total(domain->w, domain->n);
	double mean = total(domain->wy, domain->n) / w;

	for (size_t i = 0; i < domain->n; i++)
		z[i] = (domain->wy[i] - mean * domain->w[i]) / w;
}

static uint64_t design_df(const struct cx_design *design)
{
	uint64_t df = 0;

	for (size_t h = 0; h < design->n_strata; h++)
		df += design->n_psu[h] - (design->n_psu[h] > 0);
	return df;
}

void cx_design_psu_df(const struct cx_design *design,
    const struct cx_design_psus *domain, struct cx_design_mean *out)
{
	bool *seen = cx_calloc(design->n_strata, sizeof(*seen));

	out->df = design_df(design);
	out->df_domain = 0;
	for (size_t i = 0; i < domain->n; i++) {
		bool *stratum = &seen[stratum_of(domain, i)];

		if (!has_something(domain, i))
			continue;
		out->df_domain += *stratum;
		*stratum = true;
	}
	free(seen);
}

int cx_design_psu_mean(const struct cx_design *design,
    const struct cx_design_psus *domain, struct cx_design_mean *out,
    struct cx_err *err)
{
	double *z = cx_malloc(cx_mul(domain->n, sizeof(*z)));
	double w = total(domain->w, domain->n), variance = NAN;
	int status = 0;

	cx_design_psu_linearise(domain, z);
	if (w > 0)
		status =
		    cx_design_psu_variance(design, domain, z, &variance, err);
	free(z);
	if (status < 0)
		return -1;
	out->mean = total(domain->wy, domain->n) / w;
	out->se = sqrt(variance);
	out->weight = w;
	cx_design_psu_df(design, domain, out);
	return 0;
}

/* ---- design effects ---- */

/* Over tallies. */
struct sums {
	uint64_t n;
	double w, ww, mean;
};

static struct sums sums_of(const struct cx_design_tally *tallies, size_t n)
{
	struct cx_sum w = { 0 }, ww = { 0 }, wy = { 0 };
	struct sums sums = { 0 };

	for (size_t i = 0; i < n; i++) {
		sums.n += tallies[i].n;
		cx_sum_add(&w, tallies[i].w);
		cx_sum_add(&ww, tallies[i].ww);
		cx_sum_add(&wy, tallies[i].w * tallies[i].y);
	}
	sums.w = cx_sum_value(&w);
	sums.ww = cx_sum_value(&ww);
	sums.mean = cx_sum_value(&wy) / sums.w;
	return sums;
}

struct cx_design_effect cx_design_effect(
    const struct cx_design_tally *tallies, size_t n, double se)
{
	struct sums sums = sums_of(tallies, n);
	struct cx_sum squares = { 0 };
	double records = (double)sums.n, n_eff, simple, left;

	for (size_t i = 0; i < n; i++)
		cx_sum_add(
		    &squares, tallies[i].w * square(tallies[i].y - sums.mean));
	n_eff = sums.n ? square(sums.w) / sums.ww : 0;
	/* s^2 / n */
	simple = cx_sum_value(&squares) / sums.w / (records - 1);
	left = sums.w < records ? NAN : 1 - records / sums.w;
	return (struct cx_design_effect){
		.n = sums.n,
		.n_eff = n_eff,
		.kish = records / n_eff,
		.with_replacement = square(se) / simple,
		.without = square(se) / (simple * left),
	};
}
