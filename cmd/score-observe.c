/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score-observe.h"

#include "libcx/base/mem.h"
#include "libcx/model/design.h"
#include "libcx/model/student.h"
#include "libcx/table/civil.h"

#include <math.h>
#include <stdlib.h>

static const double PERCENT = 100;

/* ---- from records to answers of the table's groups ---- */

/* What one answer is worth in the program's score. */
static double worth(const struct score_observations *o, int value)
{
	struct cx_answers one = { 0 };

	cx_answers_count(&one, o->scale, value);
	if (o->program->net)
		return (double)one.top - (double)one.bottom;
	return (double)one.top;
}

struct answers {
	struct cx_unit_answer *items;
	size_t n, cap;
};

static void add_answer(struct answers *a, const struct score_observations *o,
    const struct score_sample *s, size_t record, uint32_t group)
{
	const struct score_record *r = &s->records[record];

	if (!r->answered)
		return;
	if (a->n == a->cap) {
		a->cap = a->cap ? cx_mul(a->cap, 2) : 1024;
		a->items =
		    cx_realloc(a->items, cx_mul(a->cap, sizeof(*a->items)));
	}
	a->items[a->n++] = (struct cx_unit_answer){ .group = group,
		.unit = r->unit,
		.contact = r->contact,
		.time = r->time,
		.y = worth(o, r->value),
		.good = o->scale->high_is_good ? r->value : -r->value,
		.record = record };
}

/* The group of the table called so; it is made when it is new. */
static uint32_t table_group(struct cx_groups *groups, struct cx_str key)
{
	cx_groups_put(groups, key);
	return (uint32_t)cx_map_get(&groups->map, key);
}

static void add_as_they_are(struct answers *a,
    const struct score_observations *o, const struct score_sample *s,
    struct cx_groups *groups)
{
	const struct cx_map *map = &s->groups.map;
	uint32_t *numbers = cx_malloc(cx_mul(map->n + 1, sizeof(*numbers)));

	for (size_t i = 0; i < map->n; i++)
		numbers[i] = table_group(groups, cx_map_key(map, i));
	for (size_t i = 0; i < s->n; i++)
		add_answer(a, o, s, i, numbers[s->records[i].group]);
	for (size_t i = 0; i < map->n; i++) {
		const struct cx_answers *from = cx_groups_state(&s->groups, i);
		struct cx_answers *to = cx_groups_state(groups, numbers[i]);

		to->missing += from->missing;
		to->invalid += from->invalid;
	}
	free(numbers);
}

/*
 * A window ends with each period that there is a record in, and holds the
 * records of so many days before that.
 */
static void add_to_windows(struct answers *a,
    const struct score_observations *o, const struct score_sample *s,
    const struct cx_grouping *by, int days, const struct cx_map *periods,
    const int64_t *ends, struct cx_groups *groups)
{
	struct cx_buf key = { 0 };

	for (size_t i = 0; i < s->n; i++) {
		const struct score_record *r = &s->records[i];
		struct cx_str group = cx_map_key(&s->groups.map, r->group);

		for (size_t p = 0; p < periods->n; p++) {
			int64_t local =
			    r->time + cx_zone_offset(by->zone, r->time);
			uint32_t number;

			if (r->time == INT64_MIN || local >= ends[p] ||
			    local < ends[p] - (int64_t)days * CX_DAY)
				continue;
			cx_buf_clear(&key);
			cx_buf_adds(&key, group);
			if (cx_header_n(&by->columns))
				cx_buf_addc(&key, '\0');
			cx_buf_adds(&key, cx_map_key(periods, p));
			number = table_group(groups, cx_buf_str(&key));
			add_answer(a, o, s, i, number);
			if (!r->answered) {
				struct cx_answers *to =
				    cx_groups_state(groups, number);

				to->missing++;
			}
		}
	}
	cx_buf_release(&key);
}

/* The periods of the records, and the local time at which each ends. */
static int64_t *find_periods(const struct score_sample *s,
    const struct cx_grouping *by, struct cx_map *periods)
{
	int64_t *ends = NULL;

	for (size_t i = 0; i < s->n; i++) {
		char name[CX_PERIOD_SIZE];
		size_t before = periods->n;

		if (s->records[i].time == INT64_MIN)
			continue;
		cx_period_name(by->period, by->zone, s->records[i].time, name);
		if (cx_map_put(periods, cx_str(name)) < before)
			continue;
		ends = cx_realloc(ends, cx_mul(periods->n, sizeof(*ends)));
		ends[before] = cx_period_end(by->period, cx_str(name));
	}
	return ends;
}

static void add_rolling(struct answers *a, const struct score_observations *o,
    const struct score_sample *s, const struct cx_grouping *by, int days,
    struct cx_groups *groups)
{
	struct cx_map periods = { 0 };
	int64_t *ends = find_periods(s, by, &periods);

	add_to_windows(a, o, s, by, days, &periods, ends, groups);
	free(ends);
	cx_map_release(&periods);
}

/* ---- from answers to observations ---- */

/* Every answer its own unit, and so is one whose unit is not known. */
static size_t keep_all(const struct answers *a, struct cx_unit *out)
{
	for (size_t i = 0; i < a->n; i++)
		out[i] = (struct cx_unit){ a->items[i].group, a->items[i].y,
			a->items[i].good, a->items[i].record };
	return a->n;
}

static void separate_unknown(struct answers *a, const struct score_sample *s)
{
	ptrdiff_t unit = cx_map_get(&s->units, cx_str(""));
	ptrdiff_t contact = cx_map_get(&s->contacts, cx_str(""));

	for (size_t i = 0; i < a->n; i++) {
		struct cx_unit_answer *item = &a->items[i];
		uint32_t own = UINT32_MAX - (uint32_t)item->record;

		if ((ptrdiff_t)item->unit == unit)
			item->unit = own;
		if ((ptrdiff_t)item->contact == contact)
			item->contact = own;
	}
}

static void count_observation(const struct score_observations *o,
    const struct score_sample *s, const struct score_unit *unit,
    const struct score_observation *item, struct cx_groups *groups)
{
	struct cx_answers *to = cx_groups_state(groups, item->group);

	if (unit->column && unit->rule == CX_UNIT_MEAN)
		to->middle++; /* the number of units is all there is */
	else
		cx_answers_count(to, o->scale, s->records[item->record].value);
}

void score_observe(struct score_observations *o, const struct score_sample *s,
    const struct cx_grouping *by, const struct score_unit *unit,
    int rolling_days, struct cx_groups *groups)
{
	struct answers a = { NULL, 0, 0 };
	struct cx_unit *units;

	groups->state_size = sizeof(struct cx_answers);
	if (rolling_days)
		add_rolling(&a, o, s, by, rolling_days, groups);
	else
		add_as_they_are(&a, o, s, groups);
	units = cx_malloc(cx_mul(a.n + 1, sizeof(*units)));
	separate_unknown(&a, s);
	o->n = unit->column ? cx_unit_reduce(a.items, a.n, unit->rule,
	                          unit->contacts, units)
	                    : keep_all(&a, units);
	o->items = cx_malloc(cx_mul(o->n + 1, sizeof(*o->items)));
	for (size_t i = 0; i < o->n; i++) {
		o->items[i] = (struct score_observation){
			units[i].group, units[i].record, units[i].y,
			o->scale->high_is_good ? units[i].good : -units[i].good
		};
		count_observation(o, s, unit, &o->items[i], groups);
	}
	free(units);
	free(a.items);
}

/* ---- linearised estimates ---- */

/* PSUs of the whole sample: clusters, or records where there are none. */
static size_t psu_number(
    const struct score_sample *s, const struct score_observation *item)
{
	return s->psus.n ? s->records[item->record].psu : item->record;
}

/* All PSUs by stratum, those too that no group of the table holds. */
static uint64_t *count_psus(const struct score_sample *s,
    const struct score_observations *o, size_t n_strata)
{
	uint64_t *n_psu = cx_calloc(n_strata, sizeof(*n_psu));
	size_t n = s->psus.n ? s->psus.n : s->n;
	bool *seen = cx_calloc(n + 1, sizeof(*seen));

	/* Units are the sample, where there are units: one PSU each. */
	for (size_t i = 0; score_settings.unit && i < o->n; i++)
		n_psu[s->records[o->items[i].record].stratum]++;
	for (size_t i = 0; !score_settings.unit && i < s->n; i++) {
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
	size_t p = psu_number(sorting, a), q = psu_number(sorting, b);

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
		    psu_number(s, &items[i]) != psu_number(s, &items[i - 1])) {
			d->stratum[d->n] = r->stratum;
			d->w[d->n] = d->wy[d->n] = d->wraw[d->n] = 0;
			d->n++;
		}
		d->w[d->n - 1] += r->weight;
		d->wy[d->n - 1] += r->weight * items[i].y;
		d->wraw[d->n - 1] += r->weight * items[i].raw;
		if (r->weight > 0)
			d->tallies[d->n_records++] =
			    (struct cx_design_tally){ r->stratum, items[i].y, 1,
				    r->weight, r->weight * r->weight };
	}
}

static double cut(double x, double low, double high)
{
	return isnan(x) ? x : fmin(fmax(x, low), high);
}

/* Student's t on the design's degrees of freedom. */
static void set_interval(const struct cx_design_mean *m, double *lo, double *hi)
{
	double half =
	    cx_student_half_width(score_settings.level, (double)m->df_domain) *
	    m->se;

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

/* Base weights by cell of all records, answered or not. */
static int fit(
    const struct score_sample *s, struct score_rake *rake, struct cx_err *err)
{
	double *base = cx_calloc(s->cells.n + 1, sizeof(*base));
	int code;

	for (size_t i = 0; i < s->n; i++)
		base[s->records[i].cell] += s->records[i].weight;
	code = score_margins_fit(
	    score_sample_margins(), &s->cells, base, rake, err);
	free(base);
	return code;
}

/* The whole sample, a part for each record; which of them are of a group. */
struct raked {
	struct cx_rake_sample sample;
	struct cx_rake_psus psus;
	struct cx_rake_part *parts;
	size_t *stratum;
	struct cx_design_tally *tallies;
};

static void start_raked(struct raked *r, const struct score_sample *s,
    const struct cx_design *design, const struct score_rake *rake)
{
	size_t n_psu = s->psus.n ? s->psus.n : s->n;

	r->parts = cx_calloc(s->n + 1, sizeof(*r->parts));
	r->stratum = cx_calloc(n_psu + 1, sizeof(*r->stratum));
	r->tallies = cx_malloc(cx_mul(s->n + 1, sizeof(*r->tallies)));
	for (size_t i = 0; i < s->n; i++) {
		const struct score_record *record = &s->records[i];
		size_t psu = s->psus.n ? record->psu : i;

		r->stratum[psu] = record->stratum;
		r->parts[i] = (struct cx_rake_part){ .psu = psu,
			.cell = record->cell,
			.all = record->weight,
			.n_all = 1 };
	}
	r->psus = (struct cx_rake_psus){ n_psu, r->stratum, s->n, r->parts };
	/* As R's postStratify() and rake() have it: see libcx/model/rake.h. */
	r->sample = (struct cx_rake_sample){ design, &rake->rake, rake->factor,
		rake->rake.n_margins == 1 ? CX_RAKE_BY_WEIGHT
		                          : CX_RAKE_BY_COUNT };
}

/* The records of a group take part with y; 0 for n takes them out again. */
static void set_parts(struct raked *r, const struct score_sample *s,
    const struct score_observation *items, size_t n, bool raw, int in)
{
	for (size_t i = 0; i < n; i++) {
		struct cx_rake_part *part = &r->parts[items[i].record];
		double y = raw ? items[i].raw : items[i].y;
		double w = s->records[items[i].record].weight;

		part->w = in ? w : 0;
		part->wy = in ? w * y : 0;
		part->y = in ? y : 0;
		part->n = (uint64_t)in;
	}
}

static int rake_group(struct raked *r, const struct score_sample *s,
    const struct score_observation *items, size_t n, bool net,
    struct score_design *out, struct cx_err *err)
{
	struct cx_design_mean m, mean;
	size_t n_tallies = 0;
	int code;

	set_parts(r, s, items, n, false, 1);
	code = cx_rake_psu_mean(&r->sample, &r->psus, &m, err);
	if (code == 0) {
		set_parts(r, s, items, n, true, 1);
		code = cx_rake_psu_mean(&r->sample, &r->psus, &mean, err);
	}
	set_parts(r, s, items, n, false, 0);
	if (code < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		const struct score_record *record =
		    &s->records[items[i].record];
		double w = record->weight * r->sample.factor[record->cell];

		if (w > 0)
			r->tallies[n_tallies++] =
			    (struct cx_design_tally){ record->stratum,
				    items[i].y, 1, w, w * w };
	}
	set_estimates(
	    &m, &mean, cx_design_effect(r->tallies, n_tallies, m.se), net, out);
	return 0;
}

int score_observe_designs(const struct score_observations *o,
    const struct score_sample *s, const struct cx_groups *groups,
    struct score_design **designs, struct cx_err *err)
{
	size_t n_strata = s->strata.n ? s->strata.n : 1, end;
	uint64_t *n_psu = count_psus(s, o, n_strata);
	struct cx_str *names = name_strata(s);
	/* Without strata one PSU is too few answers, not a wrong design. */
	bool alone = !s->strata.n && n_psu[0] < 2;
	struct cx_design design = { .n_strata = n_strata,
		.n_psu = n_psu,
		.names = names,
		.lonely = CX_LONELY_FAIL };
	struct score_rake rake = { .factor = NULL };
	struct raked raked = { .parts = NULL };
	struct domain domain;
	int code = 0;

	*designs = cx_malloc(cx_mul(groups->map.n, sizeof(**designs)));
	for (size_t i = 0; i < groups->map.n; i++)
		(*designs)[i] = (struct score_design){ NAN, NAN, NAN, NAN, NAN,
			NAN, NAN, NAN, NAN, NAN, NAN, NAN };
	if (score_settings.rake)
		code = fit(s, &rake, err);
	if (score_settings.rake && code == 0)
		start_raked(&raked, s, &design, &rake);
	new_domain(&domain, o->n);
	sorting = s;
	qsort(o->items, o->n, sizeof(*o->items), by_group_and_psu);
	for (size_t i = 0; i < o->n && code == 0; i = end) {
		for (end = i + 1; end < o->n; end++)
			if (o->items[end].group != o->items[i].group)
				break;
		make_domain(&domain, s, &o->items[i], end - i);
		if (score_settings.rake) {
			code = rake_group(&raked, s, &o->items[i], end - i,
			    o->program->net, &(*designs)[o->items[i].group],
			    err);
			continue;
		}
		if (alone)
			set_lone(&domain, &(*designs)[o->items[i].group]);
		else
			code = estimate_group(&design, &domain, o->program->net,
			    &(*designs)[o->items[i].group], err);
	}
	free_domain(&domain);
	free(raked.parts);
	free(raked.stratum);
	free(raked.tallies);
	score_rake_release(&rake);
	free(names);
	free(n_psu);
	return code;
}
