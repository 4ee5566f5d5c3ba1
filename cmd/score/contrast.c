/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/contrast.h"

#include "cmd/score/raked.h"
#include "cmd/score/spread.h"
#include "libcx/base/mem.h"
#include "libcx/model/domains.h"
#include "libcx/model/sum.h"

#include <math.h>
#include <stdlib.h>

static const double PERCENT = 100;

/* The smallest part of a sum that a difference of two is good for. */
static const double TRUSTED = 0.01;

/* Sums of y - mean and of its square. */
struct moments {
	size_t n;
	double mean;
	struct cx_sum x, squares;
};

struct score_contrast {
	const struct score_designs *designs;
	struct score_observation *items; /* the family's own */
	size_t n;
	bool by_psu; /* items are sorted so: for the rest of a group */
	bool raked;  /* items are, by group and PSU, a period raked */
	bool independent;
	struct score_raked rake;
	struct score_side a, b, both;
	/* for groups that are a small part of what they are compared with */
	bool opened;
	struct cx_domains *domains; /* NULL: they cannot be had */
	size_t n_psus, *stratum;    /* the family's PSUs, numbered anew */
	struct cx_domains_record *records; /* room for all items */
	ptrdiff_t last_b, referred;        /* -1: none yet */
	/* as samples of their own */
	struct cx_measured measured; /* last_b */
	struct moments all;
};

/* ---- room ---- */

static size_t psu_of(
    const struct score_contrast *c, const struct score_observation *item)
{
	return score_psu(c->designs->sample, item);
}

/* How many observations a group has. */
static size_t size_of(const struct score_contrast *c, size_t group)
{
	return c->designs->first[group + 1] - c->designs->first[group];
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
	c->last_b = c->referred = -1;
	c->raked = score_settings.rake && within;
	c->independent =
	    (score_settings.rake && !within) || score_designs_are_own();
	collect(c, family, n);
	score_side_new(&c->a, c->n);
	score_side_new(&c->b, c->n);
	score_side_new(&c->both, c->n);
	if (!c->raked || c->n == 0)
		return 0;
	c->rake = (struct score_raked){
		.s = designs->sample, .items = c->items, .n = c->n
	};
	return score_raked_start(&c->rake, &designs->design, err);
}

void score_contrast_free(struct score_contrast *c)
{
	for (size_t i = 0; c->stratum && i < c->n; i++)
		c->designs->numbers[psu_of(c, &c->items[i])] = SCORE_NO_NUMBER;
	cx_domains_free(c->domains);
	free(c->stratum);
	free(c->records);
	if (c->raked)
		score_raked_release(&c->rake);
	score_side_release(&c->a);
	score_side_release(&c->b);
	score_side_release(&c->both);
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
    struct score_side *side)
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
    const struct score_contrast *c, size_t group, struct score_side *side)
{
	const struct score_designs *d = c->designs;

	sum_psus(c, &d->o.items[d->first[group]],
	    d->first[group + 1] - d->first[group], -1, side);
}

static void sum_rest(
    struct score_contrast *c, size_t group, struct score_side *side)
{
	if (!c->by_psu) {
		sorting = c->designs->sample;
		qsort(c->items, c->n, sizeof(*c->items), by_psu);
		c->by_psu = true;
	}
	sum_psus(c, c->items, c->n, (ptrdiff_t)group, side);
}

/* ---- the difference ---- */

/* Of a group, or of the rest that c->b holds. */
static struct score_spread spread_of(
    const struct score_contrast *c, ptrdiff_t group)
{
	return group < 0 ? score_spread_of_side(&c->b)
	                 : score_spread_of(&c->designs->by_group[group]);
}

/* By z, and the degrees of freedom of the PSUs that have something of it. */
static int by_linearised(struct score_contrast *c, size_t group,
    ptrdiff_t other, const struct cx_design *design,
    const struct cx_design_psus *psus, const struct cx_design_psus *used,
    struct cx_comparison *out, struct cx_err *err)
{
	struct cx_design_mean m = { .mean = score_side_mean(&c->a) -
		                            score_side_mean(&c->b) };
	double variance;

	if (isnan(m.mean))
		return 0;
	if (cx_design_psu_variance(design, psus, c->both.z, &variance, err) < 0)
		return -1;
	cx_design_psu_df(design, used, &m);
	*out = score_spread_compare(&m, sqrt(variance),
	    spread_of(c, (ptrdiff_t)group), spread_of(c, other));
	return 0;
}

static void sum_sides(struct score_contrast *c, size_t a, ptrdiff_t b)
{
	sum_group(c, a, &c->a);
	if (b < 0)
		sum_rest(c, a, &c->b);
	else
		sum_group(c, (size_t)b, &c->b);
}

static int compare_plain(struct score_contrast *c, size_t group,
    ptrdiff_t other, struct cx_comparison *out, struct cx_err *err)
{
	struct cx_design_psus a, b, both;

	sum_sides(c, group, other);
	a = score_side_psus(&c->a);
	b = score_side_psus(&c->b);
	cx_design_psu_linearise(&a, c->a.z);
	cx_design_psu_linearise(&b, c->b.z);
	score_side_unite(&c->a, &c->b, &c->both);
	both = score_side_psus(&c->both);
	return by_linearised(
	    c, group, other, &c->designs->design, &both, &both, out, err);
}

/* A side of a raked period, by all of its PSUs. */
static void linearise_raked(
    struct score_contrast *c, size_t group, bool rest, struct score_side *side)
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
	return by_linearised(c, a, b, &r->design, &all, &used, out, err);
}

/* ---- groups that are a small part ---- */

static struct cx_domains_sample sample_of(const struct score_contrast *c)
{
	if (!c->raked)
		return (struct cx_domains_sample){ &c->designs->design, NULL,
			c->n_psus, c->stratum };
	return (struct cx_domains_sample){ &c->rake.design, &c->rake.sample,
		c->n_psus, c->stratum };
}

/* Into c->records, where all PSUs have a number. */
static size_t list_records(
    struct score_contrast *c, const struct score_observation *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct score_record *r =
		    &c->designs->sample->records[items[i].record];

		c->records[i] = (struct cx_domains_record){
			c->designs->numbers[psu_of(c, &items[i])],
			c->raked ? r->cell : 0, r->weight, items[i].y
		};
	}
	return n;
}

static size_t list_group(struct score_contrast *c, size_t group)
{
	return list_records(c, &c->designs->o.items[c->designs->first[group]],
	    size_of(c, group));
}

/* Numbers are as score_raked_start gives them. */
static void number_psus(struct score_contrast *c)
{
	c->stratum = cx_malloc(cx_mul(c->n, sizeof(*c->stratum)));
	for (size_t i = 0; i < c->n; i++) {
		const struct score_observation *item = &c->items[i];
		uint32_t *number = &c->designs->numbers[psu_of(c, item)];

		if (*number != SCORE_NO_NUMBER)
			continue;
		*number = (uint32_t)c->n_psus;
		c->stratum[c->n_psus++] =
		    c->designs->sample->records[item->record].stratum;
	}
}

static void open_domains(struct score_contrast *c)
{
	struct cx_domains_sample sample;

	c->opened = true;
	number_psus(c);
	c->records = cx_malloc(cx_mul(c->n, sizeof(*c->records)));
	sample = sample_of(c);
	if (cx_domains_may(&sample))
		c->domains = cx_domains_new(
		    &sample, c->records, list_records(c, c->items, c->n));
}

/*
 * Whether group a is so small a part that it pays to take it off sums, which
 * are made once, over making all sums anew for it.
 */
static bool is_small(const struct score_contrast *c, size_t a, ptrdiff_t b)
{
	size_t all = b < 0 || c->raked ? c->n : size_of(c, (size_t)b);

	/* The second time on: previous periods come up but once. */
	return size_of(c, a) < all / SCORE_SMALL_PART &&
	       (b < 0 || b == c->last_b);
}

static bool compare_small(
    struct score_contrast *c, size_t a, ptrdiff_t b, struct cx_comparison *out)
{
	struct cx_design_mean m;
	struct score_spread own;
	size_t n;

	if (!c->opened)
		open_domains(c);
	if (!c->domains)
		return false;
	if (b >= 0 && b != c->referred) {
		n = list_group(c, (size_t)b);
		cx_domains_refer(c->domains, c->records, n);
		c->referred = b;
	}
	n = list_group(c, a);
	if (b < 0 ? !cx_domains_less_rest(c->domains, c->records, n, &m)
	          : !cx_domains_less(c->domains, c->records, n, &m))
		return false;
	own = spread_of(c, (ptrdiff_t)a);
	/* A rest that is so much more need not be looked at. */
	*out = score_spread_compare(&m, m.se, own,
	    b < 0 ? (struct score_spread){ c->n_psus - own.n_psu, true }
	          : spread_of(c, b));
	return true;
}

/* ---- samples of their own ---- */

/* A group, or the rest of the family, as a sample of its own. */
static struct cx_measured measure_own(const struct score_side *side)
{
	struct cx_design_psus psus = score_side_psus(side);
	uint64_t n = side->n;
	struct cx_design design = { .n_strata = 1, .n_psu = &n };
	struct cx_design_mean m;
	struct cx_err err;

	if (n < 2 || cx_design_psu_mean(&design, &psus, &m, &err) < 0)
		return (struct cx_measured){ score_side_mean(side), NAN, NAN };
	return (struct cx_measured){ m.mean, m.se, (double)n - 1 };
}

static void add_moments(struct moments *m,
    const struct score_observation *items, size_t n, double sign)
{
	for (size_t i = 0; i < n; i++) {
		double x = items[i].y - m->mean;

		cx_sum_add(&m->x, sign * x);
		cx_sum_add(&m->squares, sign * x * x);
	}
}

/* All of the family. */
static struct moments all_moments(const struct score_contrast *c)
{
	struct moments m = { .n = c->n };

	add_moments(&m, c->items, c->n, 1);
	m.mean = cx_sum_value(&m.x) / (double)c->n;
	m.x = m.squares = (struct cx_sum){ 0 };
	add_moments(&m, c->items, c->n, 1);
	return m;
}

/* Of all but a group, whose sums are taken off those of all; se NaN: none. */
static struct cx_measured measure_rest(struct score_contrast *c, size_t group)
{
	struct moments m;
	double n, off, within, before;

	if (c->all.n == 0)
		c->all = all_moments(c);
	m = c->all;
	before = cx_sum_value(&m.squares);
	add_moments(&m, &c->designs->o.items[c->designs->first[group]],
	    size_of(c, group), -1);
	n = (double)(m.n - size_of(c, group));
	off = cx_sum_value(&m.x) / n;
	within = cx_sum_value(&m.squares) - n * off * off;
	/* Less would be the rounding of what it is the difference of. */
	if (!(within > TRUSTED * before))
		within = NAN;
	return (struct cx_measured){ m.mean + off, sqrt(within / n / (n - 1)),
		n - 1 };
}

static struct cx_comparison compare_own(
    struct score_contrast *c, size_t a, ptrdiff_t b)
{
	struct cx_measured own, other = { NAN, NAN, NAN };

	sum_group(c, a, &c->a);
	own = measure_own(&c->a);
	if (b >= 0 && b == c->last_b)
		other = c->measured;
	else if (b < 0 && is_small(c, a, b))
		other = measure_rest(c, a);
	if (isnan(other.se) && (b < 0 || b != c->last_b)) {
		sum_sides(c, a, b);
		other = measure_own(&c->b);
	}
	c->measured = other;
	return cx_compare_measured(own, other, score_settings.level);
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
	if (c->independent)
		*out =
		    score_designs_are_own()
		        ? compare_own(c, a, b)
		        : cx_compare_measured(measured(&d->by_group[a]),
		              measured(&d->by_group[b]), score_settings.level);
	else if (!is_small(c, a, b) || !compare_small(c, a, b, out))
		code = c->raked ? compare_raked(c, a, b, out, err)
		                : compare_plain(c, a, b, out, err);
	c->last_b = b;
	in_percent(out, d->o.program->net);
	return code;
}
