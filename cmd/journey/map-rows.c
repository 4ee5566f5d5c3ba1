/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/map.h"

#include "cmd/journey/stages.h"
#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

/* Emotion is kept in thousandths, from -2 to 2. */
static const double THOUSANDTHS = 1000, LOWEST = -2, HIGHEST = 2;

/* ---- numbers of a cell ---- */

static struct journey_thing cell_thing(
    const struct journey_row *r, enum journey_cell cell)
{
	return (struct journey_thing){ journey_cell_words[cell],
		{ r->stage, r->touchpoint, r->channel }, r->group };
}

static uint64_t cell_n(const struct journey_counts *counts,
    const struct journey_row *r, enum journey_cell cell)
{
	struct journey_thing thing = cell_thing(r, cell);

	return journey_counts_n(counts, &thing);
}

static int cell_mean(struct journey_counts *counts, const struct journey_row *r,
    enum journey_cell cell, struct cx_mean *mean, struct cx_err *err)
{
	struct journey_thing thing = cell_thing(r, cell);

	return journey_counts_mean(counts, &thing, mean, err);
}

/* How many values of a cell are below a bound. */
static int cell_below(struct journey_counts *counts,
    const struct journey_row *r, enum journey_cell cell, double bound,
    uint64_t *below, struct cx_err *err)
{
	struct journey_thing thing = cell_thing(r, cell);
	int64_t value;
	uint64_t n;
	int more;

	*below = 0;
	journey_counts_open(counts, &thing);
	while ((more = cx_multiset_next(counts->tally, &value, &n, err)) > 0)
		if ((double)value < bound)
			*below += n;
	return more;
}

/* ---- emotion ---- */

static double on_scale(const struct journey_row *r, double x)
{
	const struct cx_scale *scale = &journey_plan.scale;

	if (!r->from_score)
		return x / THOUSANDTHS;
	return 2 * (2 * x - scale->low - scale->high) /
	       (scale->high - scale->low);
}

static int feel(
    struct journey_counts *counts, struct journey_row *r, struct cx_err *err)
{
	double middle = (journey_plan.scale.low + journey_plan.scale.high) / 2.;
	struct cx_mean_estimate e;

	if (cell_mean(counts, r, CELL_SCORE, &r->scores, err) < 0 ||
	    cell_mean(counts, r, CELL_EMOTION, &r->feelings, err) < 0)
		return -1;
	r->from_score = r->feelings.n == 0;
	if (r->from_score)
		r->feelings = r->scores;
	if (cell_below(counts, r, r->from_score ? CELL_SCORE : CELL_EMOTION,
	        r->from_score ? middle : 0, &r->negative, err) < 0)
		return -1;
	e = cx_mean_estimate(&r->feelings, journey_settings.level);
	r->emotion = on_scale(r, e.mean);
	r->emotion_lo = fmax(on_scale(r, e.lo), LOWEST);
	r->emotion_hi = fmin(on_scale(r, e.hi), HIGHEST);
	/* fmax and fmin make a number of none. */
	if (isnan(e.lo))
		r->emotion_lo = r->emotion_hi = NAN;
	return 0;
}

/* ---- drop-off ---- */

struct follows {
	struct cx_follow *rows;
	size_t n, cap;
};

static void follow(
    struct follows *f, int64_t time, uint64_t events, uint64_t censored)
{
	if (f->n == f->cap) {
		f->cap = f->cap ? cx_mul(f->cap, 2) : 256;
		f->rows = cx_realloc(f->rows, cx_mul(f->cap, sizeof(*f->rows)));
	}
	f->rows[f->n++] = (struct cx_follow){ time, events, censored };
}

static int by_follow(const void *a, const void *b)
{
	const struct cx_follow *x = a, *y = b;

	return (x->time > y->time) - (x->time < y->time);
}

/* Rows of one time become one. */
static void unite(struct follows *f)
{
	size_t n = 0;

	if (f->n)
		qsort(f->rows, f->n, sizeof(*f->rows), by_follow);
	for (size_t i = 0; i < f->n; i++) {
		if (n && f->rows[n - 1].time == f->rows[i].time) {
			f->rows[n - 1].events += f->rows[i].events;
			f->rows[n - 1].censored += f->rows[i].censored;
		} else {
			f->rows[n++] = f->rows[i];
		}
	}
	f->n = n;
}

/*
 * Those who came, and those who were seen until the end of observation. What
 * is longer than the window says no more than that.
 */
static int read_follows(struct journey_counts *counts,
    const struct journey_row *r, struct follows *f, struct cx_err *err)
{
	struct journey_thing went_on = cell_thing(r, CELL_WENT_ON);
	struct journey_thing last = cell_thing(r, CELL_LAST);
	int64_t window = journey_plan.window, value;
	uint64_t n, longer = 0;
	int more;

	journey_counts_open(counts, &went_on);
	while ((more = cx_multiset_next(counts->tally, &value, &n, err)) > 0) {
		if (value <= window)
			follow(f, value, n, 0);
		else
			longer += n;
	}
	if (more < 0)
		return -1;
	journey_counts_open(counts, &last);
	while ((more = cx_multiset_next(counts->tally, &value, &n, err)) > 0) {
		if (journey_plan.as_of - value <= window)
			follow(f, journey_plan.as_of - value, 0, n);
		else
			longer += n;
	}
	if (longer)
		follow(f, window + 1, 0, longer);
	return more;
}

static int drop(
    struct journey_counts *counts, struct journey_row *r, struct cx_err *err)
{
	struct follows f = { 0 };
	int code = read_follows(counts, r, &f, err);

	unite(&f);
	r->drop_off = cx_survival_at(
	    f.rows, f.n, journey_plan.window, journey_settings.level);
	free(f.rows);
	return code;
}

/* ---- outcome ---- */

/* Promoters, passives and detractors among values; or 1 among 0 and 1. */
static int read_outcome(struct journey_counts *counts,
    const struct journey_row *r, enum journey_cell cell, struct cx_nps *nps,
    struct cx_proportion *converted, struct cx_err *err)
{
	struct journey_thing thing = cell_thing(r, cell);
	int64_t value;
	uint64_t n;
	int more;

	*nps = (struct cx_nps){ 0 };
	*converted = (struct cx_proportion){ 0 };
	journey_counts_open(counts, &thing);
	while ((more = cx_multiset_next(counts->tally, &value, &n, err)) > 0) {
		converted->n += n;
		converted->hits += value == 1 ? n : 0;
		if (value >= CX_NPS_PROMOTER)
			nps->promoters += n;
		else if (value >= CX_NPS_PASSIVE)
			nps->passives += n;
		else
			nps->detractors += n;
	}
	return more;
}

static int become(
    struct journey_counts *counts, struct journey_row *r, struct cx_err *err)
{
	double level = journey_settings.level;
	struct cx_nps well, badly;
	struct cx_proportion p, q;

	if (read_outcome(counts, r, CELL_WELL, &well, &p, err) < 0 ||
	    read_outcome(counts, r, CELL_BADLY, &badly, &q, err) < 0)
		return -1;
	r->well = p.n;
	r->badly = q.n;
	r->outcome = journey_outcome_is_nps()
	                 ? cx_compare_nps(&well, &badly, level, CX_NPS_SCORE)
	                 : cx_compare_proportions(&p, &q, level);
	return 0;
}

/* ---- rows ---- */

static int fill(
    struct journey_counts *counts, struct journey_row *r, struct cx_err *err)
{
	struct journey_thing group = { journey_map_group, { { NULL, 0 } },
		r->group };
	struct journey_thing wait = cell_thing(r, CELL_WAIT);

	r->events = cell_n(counts, r, CELL_EVENTS);
	r->position =
	    (double)cell_n(counts, r, CELL_POSITIONS) / (double)r->events;
	r->customers = cell_n(counts, r, CELL_CUSTOMERS);
	r->repeats = cell_n(counts, r, CELL_REPEATS);
	r->of = journey_counts_n(counts, &group);
	r->nps = (struct cx_nps){ cell_n(counts, r, CELL_PROMOTERS),
		cell_n(counts, r, CELL_PASSIVES),
		cell_n(counts, r, CELL_DETRACTORS) };
	if (journey_counts_spread(counts, &wait, &r->wait, err) < 0 ||
	    feel(counts, r, err) < 0 || drop(counts, r, err) < 0)
		return -1;
	return become(counts, r, err);
}

static bool same_cell(
    const struct journey_row *r, const struct journey_thing *thing)
{
	return cx_str_eq(r->group, thing->group) &&
	       cx_str_eq(r->stage, thing->part[0]) &&
	       cx_str_eq(r->touchpoint, thing->part[1]) &&
	       cx_str_eq(r->channel, thing->part[2]);
}

/* Cells and what is next to them are in one order; of a tie the first. */
static void find_next(const struct journey_counts *counts, const size_t *sorted,
    struct journey_row *rows, size_t n_rows)
{
	struct journey_row *r = rows;

	for (size_t i = 0; i < counts->keys.n; i++) {
		struct journey_thing thing =
		    journey_counts_thing(counts, sorted[i]);
		uint64_t n = counts->list[sorted[i]].n;

		if (!journey_thing_is(&thing, journey_map_next))
			continue;
		while (r < rows + n_rows && !same_cell(r, &thing))
			r++;
		if (r == rows + n_rows)
			return;
		r->followed += n;
		if (n > r->next_n) {
			r->next_n = n;
			r->next = thing.part[3];
		}
	}
}

/* ---- the order ---- */

/* A stage, and where it stands. */
struct stage {
	bool known;
	double place; /* or the mean position, where it is not known */
	double sum, n;
	size_t rank;
	struct cx_str name;
};

/* Known ones first, then the others by position, and none at all. */
static int by_place(const void *a, const void *b)
{
	const struct stage *x = *(struct stage *const *)a;
	const struct stage *y = *(struct stage *const *)b;

	if ((x->name.n == 0) != (y->name.n == 0))
		return x->name.n == 0 ? 1 : -1;
	if (x->known != y->known)
		return x->known ? -1 : 1;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return cx_str_order(x->name, y->name);
}

static void rank_stages(struct stage *stages, size_t n)
{
	struct stage **order = cx_malloc(cx_mul(n, sizeof(*order)));

	for (size_t i = 0; i < n; i++) {
		struct stage *s = &stages[i];

		s->known = journey_stages_place(s->name, &s->place);
		if (!s->known)
			s->place = s->sum / s->n;
		order[i] = s;
	}
	if (n)
		qsort(order, n, sizeof(struct stage *), by_place);
	for (size_t i = 0; i < n; i++)
		order[i]->rank = i + 1;
	free(order);
}

static void number_stages(struct journey_row *rows, size_t n)
{
	struct stage *stages = cx_calloc(n, sizeof(*stages));
	struct cx_map names = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct stage *s = &stages[cx_map_put(&names, rows[i].stage)];

		s->name = rows[i].stage;
		s->sum += rows[i].position * (double)rows[i].events;
		s->n += (double)rows[i].events;
	}
	rank_stages(stages, names.n);
	for (size_t i = 0; i < n; i++)
		rows[i].stage_no =
		    stages[cx_map_put(&names, rows[i].stage)].rank;
	cx_map_release(&names);
	free(stages);
}

static int by_stage(const void *a, const void *b)
{
	const struct journey_row *x = a, *y = b;
	int order = cx_str_order(x->group, y->group);

	if (order)
		return order;
	if (x->stage_no != y->stage_no)
		return x->stage_no < y->stage_no ? -1 : 1;
	if (x->position != y->position)
		return x->position < y->position ? -1 : 1;
	order = cx_str_order(x->touchpoint, y->touchpoint);
	return order ? order : cx_str_order(x->channel, y->channel);
}

/* ---- the whole ---- */

static size_t collect(const struct journey_counts *counts, const size_t *sorted,
    struct journey_row *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < counts->keys.n; i++) {
		struct journey_thing thing =
		    journey_counts_thing(counts, sorted[i]);

		if (journey_thing_is(&thing, journey_cell_words[0]))
			rows[n++] = (struct journey_row){ .group = thing.group,
				.stage = thing.part[0],
				.touchpoint = thing.part[1],
				.channel = thing.part[2] };
	}
	return n;
}

/* Unless --as-of says it, observation ends with the latest contact. */
static int end_observation(struct journey_counts *counts, struct cx_err *err)
{
	struct journey_observed o;

	if (journey_counts_observed(counts, &o, err) < 0)
		return -1;
	if (o.contacts == 0)
		return 0;
	if (journey_plan.as_of == INT64_MIN)
		journey_plan.as_of = o.latest;
	if (journey_plan.as_of >= o.latest)
		return 0;
	return cx_err_set(err, CX_DATA,
	    "--as-of: there are contacts after it: name a later time, or leave "
	    "them out with --where");
}

int journey_map_rows(struct journey_counts *counts, struct journey_row **rows,
    size_t *n, struct cx_err *err)
{
	size_t *sorted = journey_counts_sorted(counts);
	int code = end_observation(counts, err);

	*rows = cx_calloc(counts->keys.n, sizeof(**rows));
	*n = collect(counts, sorted, *rows);
	find_next(counts, sorted, *rows, *n);
	free(sorted);
	for (size_t i = 0; i < *n && code == 0; i++)
		code = fill(counts, &(*rows)[i], err);
	if (code < 0)
		return -1;
	number_stages(*rows, *n);
	if (*n)
		qsort(*rows, *n, sizeof(**rows), by_stage);
	journey_map_hide(*rows, *n);
	journey_map_mark(*rows, *n);
	return 0;
}
