/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/contrast.h"

#include "cmd/score/raked.h"
#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

static const double PERCENT = 100;

/* A domain by PSU, in the order of these. */
struct side {
	size_t n;
	size_t *psu, *stratum;
	double *w, *wy, *z;
};

struct score_contrast {
	const struct score_designs *designs;
	struct score_observation *items; /* the family's own */
	size_t n;
	bool by_psu; /* items are sorted so: for the rest of a group */
	bool raked;  /* items are, by group and PSU, a period raked */
	bool independent;
	struct score_raked rake;
	struct side a, b, both;
};

/* ---- room ---- */

static void side_new(struct side *side, size_t n)
{
	side->psu = cx_malloc(cx_mul(n + 1, sizeof(*side->psu)));
	side->stratum = cx_malloc(cx_mul(n + 1, sizeof(*side->stratum)));
	side->w = cx_malloc(cx_mul(n + 1, sizeof(*side->w)));
	side->wy = cx_malloc(cx_mul(n + 1, sizeof(*side->wy)));
	side->z = cx_malloc(cx_mul(n + 1, sizeof(*side->z)));
}

static void side_release(struct side *side)
{
	free(side->psu);
	free(side->stratum);
	free(side->w);
	free(side->wy);
	free(side->z);
}

/* The observations of the family, group after group. */
static void collect(
    struct score_contrast *c, const size_t *family, size_t n_groups)
{
	const struct score_designs *d = c->designs;
	size_t n = 0;

	for (size_t i = 0; i < n_groups; i++)
		n += d->first[family[i] + 1] - d->first[family[i]];
	c->items = cx_malloc(cx_mul(n + 1, sizeof(*c->items)));
	for (size_t i = 0; i < n_groups; i++) {
		size_t first = d->first[family[i]];
		size_t own = d->first[family[i] + 1] - first;

		memcpy(&c->items[c->n], &d->o.items[first],
		    own * sizeof(*c->items));
		c->n += own;
	}
}

int score_contrast_new(struct score_contrast **out,
    const struct score_designs *designs, const size_t *family, size_t n,
    bool within, struct cx_err *err)
{
	struct score_contrast *c = cx_calloc(1, sizeof(*c));

	*out = c;
	c->designs = designs;
	c->raked = score_settings.rake && within;
	c->independent =
	    (score_settings.rake && !within) || score_designs_are_own();
	collect(c, family, n);
	side_new(&c->a, c->n);
	side_new(&c->b, c->n);
	side_new(&c->both, c->n);
	if (!c->raked || c->n == 0)
		return 0;
	c->rake = (struct score_raked){
		.s = designs->sample, .items = c->items, .n = c->n
	};
	return score_raked_start(&c->rake, &designs->design, err);
}

void score_contrast_free(struct score_contrast *c)
{
	if (c->raked)
		score_raked_release(&c->rake);
	side_release(&c->a);
	side_release(&c->b);
	side_release(&c->both);
	free(c->items);
	free(c);
}

/* ---- the two sides ---- */

static const struct score_sample *sorting;

static int by_psu(const void *x, const void *y)
{
	const struct score_observation *a = x, *b = y;
	size_t p = score_psu(sorting, a), q = score_psu(sorting, b);

	if (p != q)
		return p < q ? -1 : 1;
	return a->group == b->group ? 0 : a->group < b->group ? -1 : 1;
}

/* Sums by PSU of items that are sorted so, but for one group's. */
static void sum_psus(const struct score_contrast *c,
    const struct score_observation *items, size_t n, ptrdiff_t except,
    struct side *side)
{
	const struct score_sample *s = c->designs->sample;

	side->n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct score_record *r = &s->records[items[i].record];
		size_t psu = score_psu(s, &items[i]), at = side->n;

		if ((ptrdiff_t)items[i].group == except)
			continue;
		if (at == 0 || side->psu[at - 1] != psu) {
			side->psu[at] = psu;
			side->stratum[at] = r->stratum;
			side->w[at] = side->wy[at] = 0;
			side->n = ++at;
		}
		side->w[at - 1] += r->weight;
		side->wy[at - 1] += r->weight * items[i].y;
	}
}

static void sum_group(
    const struct score_contrast *c, size_t group, struct side *side)
{
	const struct score_designs *d = c->designs;

	sum_psus(c, &d->o.items[d->first[group]],
	    d->first[group + 1] - d->first[group], -1, side);
}

static void sum_rest(struct score_contrast *c, size_t group, struct side *side)
{
	if (!c->by_psu) {
		sorting = c->designs->sample;
		qsort(c->items, c->n, sizeof(*c->items), by_psu);
		c->by_psu = true;
	}
	sum_psus(c, c->items, c->n, (ptrdiff_t)group, side);
}

static struct cx_design_psus psus_of(const struct side *side)
{
	return (
	    struct cx_design_psus){ side->n, side->stratum, side->w, side->wy };
}

static double mean_of(const struct side *side)
{
	double w = 0, wy = 0;

	for (size_t i = 0; i < side->n; i++) {
		w += side->w[i];
		wy += side->wy[i];
	}
	return wy / w;
}

/* ---- the difference ---- */

/* PSUs of a, of b, or of both, with z of a less z of b. */
static void unite(const struct side *a, const struct side *b, struct side *both)
{
	size_t i = 0, j = 0;

	both->n = 0;
	while (i < a->n || j < b->n) {
		bool in_a = i < a->n && (j == b->n || a->psu[i] <= b->psu[j]);
		bool in_b = j < b->n && (i == a->n || b->psu[j] <= a->psu[i]);
		size_t at = both->n++;

		both->stratum[at] = in_a ? a->stratum[i] : b->stratum[j];
		both->w[at] = (in_a ? a->w[i] : 0) + (in_b ? b->w[j] : 0);
		both->wy[at] = 0;
		both->z[at] = (in_a ? a->z[i] : 0) - (in_b ? b->z[j] : 0);
		i += in_a;
		j += in_b;
	}
}

/* By z, and the degrees of freedom of the PSUs that have something of it. */
static int by_linearised(const struct cx_design *design,
    const struct cx_design_psus *psus, const struct cx_design_psus *used,
    const double *z, double difference, struct cx_comparison *out,
    struct cx_err *err)
{
	struct cx_design_mean m = { .df = 0 };
	double variance;

	if (isnan(difference))
		return 0;
	if (cx_design_psu_variance(design, psus, z, &variance, err) < 0)
		return -1;
	cx_design_psu_df(design, used, &m);
	*out = cx_compare_by_t(difference, m.df_domain ? sqrt(variance) : NAN,
	    (double)m.df_domain, score_settings.level);
	return 0;
}

static int compare_plain(
    struct score_contrast *c, struct cx_comparison *out, struct cx_err *err)
{
	struct cx_design_psus a = psus_of(&c->a), b = psus_of(&c->b), both;

	cx_design_psu_linearise(&a, c->a.z);
	cx_design_psu_linearise(&b, c->b.z);
	unite(&c->a, &c->b, &c->both);
	both = psus_of(&c->both);
	return by_linearised(&c->designs->design, &both, &both, c->both.z,
	    mean_of(&c->a) - mean_of(&c->b), out, err);
}

/* A side of a raked period, by all of its PSUs. */
static void linearise_raked(
    struct score_contrast *c, size_t group, bool rest, struct side *side)
{
	struct score_raked *r = &c->rake;
	size_t start = 0, end;

	while (start < r->n && r->items[start].group != group)
		start++;
	for (end = start; end < r->n && r->items[end].group == group;)
		end++;
	score_raked_choose(r, 0, r->n, false, rest);
	score_raked_choose(r, start, end, false, !rest);
	cx_rake_psu_linearise(&r->sample, &r->psus, side->w, side->wy, side->z);
	score_raked_choose(r, 0, r->n, false, false);
	side->n = r->psus.n;
}

static int compare_raked(struct score_contrast *c, size_t a, ptrdiff_t b,
    struct cx_comparison *out, struct cx_err *err)
{
	const struct score_raked *r = &c->rake;
	struct cx_design_psus all = { r->psus.n, r->stratum, NULL, NULL };
	struct cx_design_psus used = { r->psus.n, r->stratum, c->both.w,
		c->both.wy };

	linearise_raked(c, a, false, &c->a);
	linearise_raked(c, b < 0 ? a : (size_t)b, b < 0, &c->b);
	for (size_t i = 0; i < r->psus.n; i++) {
		c->both.w[i] = c->a.w[i] + c->b.w[i];
		c->both.wy[i] = 0;
		c->both.z[i] = c->a.z[i] - c->b.z[i];
	}
	return by_linearised(&r->design, &all, &used, c->both.z,
	    mean_of(&c->a) - mean_of(&c->b), out, err);
}

/* A group, or the rest of the family, as a sample of its own. */
static struct cx_measured measure_own(const struct side *side)
{
	struct cx_design_psus psus = psus_of(side);
	uint64_t n = side->n;
	struct cx_design design = { .n_strata = 1, .n_psu = &n };
	struct cx_design_mean m;
	struct cx_err err;

	if (n < 2 || cx_design_psu_mean(&design, &psus, &m, &err) < 0)
		return (struct cx_measured){ mean_of(side), NAN, NAN };
	return (struct cx_measured){ m.mean, m.se, (double)n - 1 };
}

static struct cx_measured measured(const struct score_design *d)
{
	return (
	    struct cx_measured){ d->net / PERCENT, d->net_se / PERCENT, d->df };
}

static void in_percent(struct cx_comparison *c, bool net)
{
	double most = net ? 2 * PERCENT : PERCENT;

	c->difference *= PERCENT;
	c->se *= PERCENT;
	c->lo = isnan(c->lo) ? NAN : fmax(PERCENT * c->lo, -most);
	c->hi = isnan(c->hi) ? NAN : fmin(PERCENT * c->hi, most);
}

int score_contrast_of(struct score_contrast *c, size_t a, ptrdiff_t b,
    struct cx_comparison *out, struct cx_err *err)
{
	const struct score_designs *d = c->designs;
	int code = 0;

	*out = (struct cx_comparison){ NAN, NAN, NAN, NAN, NAN, NAN, NAN };
	if (c->n == 0)
		return 0;
	if (c->raked) {
		code = compare_raked(c, a, b, out, err);
	} else if (c->independent && !score_designs_are_own()) {
		*out = cx_compare_measured(measured(&d->by_group[a]),
		    measured(&d->by_group[b]), score_settings.level);
	} else {
		sum_group(c, a, &c->a);
		if (b < 0)
			sum_rest(c, a, &c->b);
		else
			sum_group(c, (size_t)b, &c->b);
		if (c->independent)
			*out = cx_compare_measured(measure_own(&c->a),
			    measure_own(&c->b), score_settings.level);
		else
			code = compare_plain(c, out, err);
	}
	in_percent(out, d->o.program->net);
	return code;
}
