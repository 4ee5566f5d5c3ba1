/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/raked.h"

#include "libcx/base/mem.h"
#include "libcx/model/design.h"
#include "libcx/model/student.h"

#include <math.h>
#include <stdlib.h>

static const double PERCENT = 100;

/* ---- linearised estimates ---- */

/* All PSUs by stratum, those too that no group of the table holds. */
static uint64_t *count_psus(const struct score_sample *s,
    const struct score_observations *o, size_t n_strata)
{
	uint64_t *n_psu = cx_calloc(n_strata, sizeof(*n_psu));
	size_t n = s->psus.n ? s->psus.n : s->n;
	bool *seen = cx_calloc(n + 1, sizeof(*seen));

	/* Units are the sample, where there are units: one PSU each. */
	for (size_t i = 0; score_sample_has_units() && i < o->n; i++)
		n_psu[s->records[o->items[i].record].stratum]++;
	for (size_t i = 0; !score_sample_has_units() && i < s->n; i++) {
		size_t psu = s->psus.n ? s->records[i].psu : i;

		if (!seen[psu])
			n_psu[s->records[i].stratum]++;
		seen[psu] = true;
	}
	free(seen);
	return n_psu;
}

/* Observations by group, then PSU. */
static const struct score_sample *sorting;

static int by_group_and_psu(const void *x, const void *y)
{
	const struct score_observation *a = x, *b = y;
	size_t p = score_psu(sorting, a), q = score_psu(sorting, b);

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	return p == q ? 0 : p < q ? -1 : 1;
}

/* A group's PSUs with the sums of w and of w y, for two y's. */
struct domain {
	size_t *stratum;
	double *w, *wy, *wraw;
	struct cx_design_tally *tallies;
	size_t n, n_records;
};

static void make_domain(struct domain *d, const struct score_sample *s,
    const struct score_observation *items, size_t n)
{
	d->n = d->n_records = 0;
	for (size_t i = 0; i < n; i++) {
		const struct score_record *r = &s->records[items[i].record];

		if (i == 0 ||
		    score_psu(s, &items[i]) != score_psu(s, &items[i - 1])) {
			d->stratum[d->n] = r->stratum;
			d->w[d->n] = d->wy[d->n] = d->wraw[d->n] = 0;
			d->n++;
		}
		d->w[d->n - 1] += r->weight;
		d->wy[d->n - 1] += r->weight * items[i].y;
		d->wraw[d->n - 1] += r->weight * items[i].raw;
		if (r->weight > 0)
			d->tallies[d->n_records++] =
			    (struct cx_design_tally){ items[i].y, 1, r->weight,
				    r->weight * r->weight };
	}
}

static double cut(double x, double low, double high)
{
	return isnan(x) ? x : fmin(fmax(x, low), high);
}

/*
 * Student's t on the design's degrees of freedom. Answers that are all the
 * same, but for rounding, do not tell how far off they are.
 */
static void set_interval(const struct cx_design_mean *m, double *lo, double *hi)
{
	static const double nothing = 1e-12;
	double half =
	    cx_student_half_width(score_settings.level, (double)m->df_domain) *
	    (m->se > nothing ? m->se : NAN);

	*lo = m->mean - half;
	*hi = m->mean + half;
}

/* What the table shows of two linearised means: of y, and of raw values. */
static void set_estimates(struct cx_design_mean *m, struct cx_design_mean *mean,
    struct cx_design_effect effect, bool net, struct score_design *out)
{
	/* A single PSU shows no spread, and none is not 0. */
	if (m->df_domain == 0)
		m->se = mean->se = NAN;
	set_interval(m, &out->net_lo, &out->net_hi);
	out->net = PERCENT * m->mean;
	out->net_se = PERCENT * m->se;
	out->net_lo = PERCENT * cut(out->net_lo, net ? -1 : 0, 1);
	out->net_hi = PERCENT * cut(out->net_hi, net ? -1 : 0, 1);
	out->share = out->net;
	out->share_lo = out->net_lo;
	out->share_hi = out->net_hi;
	out->mean = mean->mean;
	set_interval(mean, &out->mean_lo, &out->mean_hi);
	out->n_eff = effect.n_eff;
	out->deff = effect.with_replacement;
	out->df = (double)m->df_domain;
}

static int estimate_group(const struct cx_design *design,
    const struct domain *d, bool net, struct score_design *out,
    struct cx_err *err)
{
	struct cx_design_psus y = { d->n, d->stratum, d->w, d->wy };
	struct cx_design_psus raw = { d->n, d->stratum, d->w, d->wraw };
	struct cx_design_mean m, mean;
	struct cx_design_effect effect;

	if (cx_design_psu_mean(design, &y, &m, err) < 0 ||
	    cx_design_psu_mean(design, &raw, &mean, err) < 0)
		return -1;
	effect = cx_design_effect(d->tallies, d->n_records, m.se);
	set_estimates(&m, &mean, effect, net, out);
	return 0;
}

/* A single PSU: means, and nothing to say how far they are off. */
static void set_lone(const struct domain *d, struct score_design *out)
{
	out->net = out->share = PERCENT * d->wy[0] / d->w[0];
	out->mean = d->wraw[0] / d->w[0];
}

static void new_domain(struct domain *d, size_t n)
{
	d->stratum = cx_malloc(cx_mul(n + 1, sizeof(*d->stratum)));
	d->w = cx_malloc(cx_mul(n + 1, sizeof(*d->w)));
	d->wy = cx_malloc(cx_mul(n + 1, sizeof(*d->wy)));
	d->wraw = cx_malloc(cx_mul(n + 1, sizeof(*d->wraw)));
	d->tallies = cx_malloc(cx_mul(n + 1, sizeof(*d->tallies)));
}

static void free_domain(struct domain *d)
{
	free(d->stratum);
	free(d->w);
	free(d->wy);
	free(d->wraw);
	free(d->tallies);
}

/* For messages; NULL where there are none. */
static struct cx_str *name_strata(const struct score_sample *s)
{
	struct cx_str *names =
	    s->strata.n ? cx_malloc(cx_mul(s->strata.n, sizeof(*names))) : NULL;

	for (size_t i = 0; i < s->strata.n; i++)
		names[i] = cx_map_key(&s->strata, i);
	return names;
}

/* ---- raking ---- */

/* The mean of y, or of raw, of the items from start to end. */
static int rake_mean(struct score_raked *r, size_t start, size_t end, bool raw,
    struct cx_design_mean *m, struct cx_err *err)
{
	int code;

	if (score_raked_small(r, start, end, raw, m))
		return 0;
	score_raked_choose(r, start, end, raw, true);
	code = cx_rake_psu_mean(&r->sample, &r->psus, m, err);
	score_raked_choose(r, start, end, raw, false);
	return code;
}

/* One group: the items from start to end. */
static int rake_group(struct score_raked *r, size_t start, size_t end, bool net,
    struct score_design *out, struct cx_err *err)
{
	struct cx_design_mean m, mean;

	if (rake_mean(r, start, end, false, &m, err) < 0 ||
	    rake_mean(r, start, end, true, &mean, err) < 0)
		return -1;
	set_estimates(
	    &m, &mean, score_raked_effect(r, start, end, m.se), net, out);
	return 0;
}

/* The period is the last cell of a key. */
static struct cx_str period_part(
    const struct cx_groups *groups, uint32_t group, bool has_period)
{
	struct cx_str key = cx_map_key(&groups->map, group);
	size_t at = key.n;

	if (!has_period)
		return (struct cx_str){ "", 0 };
	while (at > 0 && key.p[at - 1] != '\0')
		at--;
	return (struct cx_str){ key.p + at, key.n - at };
}

/* All groups of one period, whose items stand together. */
static int rake_period(const struct score_sample *s,
    const struct score_observation *items, size_t n,
    const struct cx_design *like, bool net, struct score_design *designs,
    struct cx_err *err)
{
	struct score_raked r = { .s = s, .items = items, .n = n };
	int code = score_raked_start(&r, like, err);
	size_t end;

	for (size_t i = 0; i < n && code == 0; i = end) {
		for (end = i + 1; end < n; end++)
			if (items[end].group != items[i].group)
				break;
		code =
		    rake_group(&r, i, end, net, &designs[items[i].group], err);
	}
	score_raked_release(&r);
	return code;
}

/* Items sorted by period, in their order; ends[i] is where period i ends. */
static void sort_by_period(const struct score_observations *o,
    const struct cx_groups *groups, struct cx_map *periods, size_t *ends,
    struct score_observation *sorted)
{
	bool has_period = score_settings.period != NULL;
	size_t *of = cx_malloc(cx_mul(groups->map.n + 1, sizeof(*of)));
	size_t at = 0;

	for (uint32_t i = 0; i < groups->map.n; i++)
		of[i] = cx_map_put(periods, period_part(groups, i, has_period));
	for (size_t i = 0; i < o->n; i++)
		ends[of[o->items[i].group]]++;
	for (size_t p = 0; p < periods->n; p++) {
		size_t n = ends[p];

		ends[p] = at;
		at += n;
	}
	for (size_t i = 0; i < o->n; i++)
		sorted[ends[of[o->items[i].group]]++] = o->items[i];
	free(of);
}

static int rake_all(const struct score_observations *o,
    const struct score_sample *s, const struct cx_groups *groups,
    const struct cx_design *like, struct score_design *designs,
    struct cx_err *err)
{
	struct cx_map periods = { 0 };
	struct score_observation *items =
	    cx_malloc(cx_mul(o->n + 1, sizeof(*items)));
	size_t *ends = cx_calloc(groups->map.n + 1, sizeof(*ends)), start = 0;
	int code = 0;

	sort_by_period(o, groups, &periods, ends, items);
	for (size_t p = 0; p < periods.n && code == 0; p++) {
		if (ends[p] > start)
			code = rake_period(s, items + start, ends[p] - start,
			    like, o->program->net, designs, err);
		start = ends[p];
	}
	free(ends);
	free(items);
	cx_map_release(&periods);
	return code;
}

bool score_designs_are_own(void)
{
	return score_sample_is_mean() && !score_settings.weight &&
	       !score_settings.strata;
}

/* Observations by group; those of one stand together. */
static size_t *find_first(const struct score_observations *o, size_t n_groups)
{
	size_t *first = cx_malloc(cx_mul(n_groups + 1, sizeof(*first)));
	size_t at = 0;

	for (size_t i = 0; i <= n_groups; i++) {
		while (at < o->n && o->items[at].group < i)
			at++;
		first[i] = at;
	}
	return first;
}

static int estimate_groups(
    struct score_designs *d, size_t n_groups, struct cx_err *err)
{
	/* Without strata one PSU is too few answers, not a wrong design. */
	bool alone = !d->sample->strata.n && d->n_psu[0] < 2;
	struct domain domain;
	int code = 0;

	new_domain(&domain, d->o.n);
	for (size_t i = 0; i < n_groups && code == 0; i++) {
		make_domain(&domain, d->sample, &d->o.items[d->first[i]],
		    d->first[i + 1] - d->first[i]);
		if (domain.n == 0)
			continue;
		/* A mean of units is of the group's own: Student's t. */
		if (score_designs_are_own()) {
			d->n_psu[0] = domain.n;
			alone = domain.n < 2;
		}
		if (alone)
			set_lone(&domain, &d->by_group[i]);
		else
			code = estimate_group(&d->design, &domain,
			    d->o.program->net, &d->by_group[i], err);
	}
	free_domain(&domain);
	return code;
}

/* Sampling units by group; observations are in their order. */
static void count_units(struct score_designs *d)
{
	const struct score_sample *s = d->sample;
	size_t last = SIZE_MAX;

	for (size_t i = 0; i < d->o.n; i++) {
		const struct score_observation *item = &d->o.items[i];
		bool same =
		    last < i && d->o.items[last].group == item->group &&
		    score_psu(s, &d->o.items[last]) == score_psu(s, item);

		if (same || !(s->records[item->record].weight > 0))
			continue;
		d->by_group[item->group].n_psu++;
		last = i;
	}
}

static uint32_t *new_numbers(const struct score_sample *s)
{
	size_t n = s->psus.n ? s->psus.n : s->n;
	uint32_t *numbers = cx_malloc(cx_mul(n + 1, sizeof(*numbers)));

	for (size_t i = 0; i < n; i++)
		numbers[i] = SCORE_NO_NUMBER;
	return numbers;
}

int score_designs_make(
    struct score_designs *d, const struct cx_groups *groups, struct cx_err *err)
{
	const struct score_sample *s = d->sample;
	size_t n = groups->map.n, n_strata = s->strata.n ? s->strata.n : 1;

	d->n_psu = count_psus(s, &d->o, n_strata);
	d->names = name_strata(s);
	d->design = (struct cx_design){
		.n_strata = n_strata, .n_psu = d->n_psu, .names = d->names
	};
	d->by_group = cx_malloc(cx_mul(n + 1, sizeof(*d->by_group)));
	for (size_t i = 0; i < n; i++)
		d->by_group[i] = (struct score_design){ NAN, NAN, NAN, NAN, NAN,
			NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0 };
	sorting = s;
	qsort(d->o.items, d->o.n, sizeof(*d->o.items), by_group_and_psu);
	d->first = find_first(&d->o, n);
	count_units(d);
	d->numbers = new_numbers(s);
	if (score_settings.rake)
		return rake_all(&d->o, s, groups, &d->design, d->by_group, err);
	return estimate_groups(d, n, err);
}

void score_designs_release(struct score_designs *d)
{
	free(d->by_group);
	free(d->o.items);
	free(d->first);
	free(d->numbers);
	free(d->n_psu);
	free(d->names);
}
