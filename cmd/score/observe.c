/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/observe.h"

#include "cmd/score/rolling.h"
#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

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

/* The record in each window that holds its time. */
static void add_to_windows(struct answers *a,
    const struct score_observations *o, const struct score_sample *s,
    const struct cx_grouping *by, size_t record, int days,
    const struct score_windows *windows, struct cx_groups *groups)
{
	const struct score_record *r = &s->records[record];
	struct cx_str group = cx_map_key(&s->groups.map, r->group);
	struct cx_buf key = { 0 };
	size_t first, end;

	score_windows_around(windows,
	    r->time + cx_zone_offset(by->zone, r->time), days, &first, &end);
	for (; first < end; first++) {
		struct cx_answers *to;
		uint32_t number;

		score_windows_key(windows, &windows->items[first], group,
		    cx_header_n(&by->columns), &key);
		number = table_group(groups, cx_buf_str(&key));
		add_answer(a, o, s, record, number);
		to = cx_groups_state(groups, number);
		to->missing += !r->answered && !r->invalid;
		to->invalid += r->invalid;
	}
	cx_buf_release(&key);
}

static void add_rolling(struct answers *a, const struct score_observations *o,
    const struct score_sample *s, const struct cx_grouping *by, int days,
    struct cx_groups *groups)
{
	struct score_windows windows = { 0 };
	char name[CX_PERIOD_SIZE];

	for (size_t i = 0; i < s->n; i++) {
		if (s->records[i].time == INT64_MIN)
			continue;
		cx_period_name(by->period, by->zone, s->records[i].time, name);
		score_windows_note(&windows, by->period, name);
	}
	score_windows_sort(&windows);
	for (size_t i = 0; i < s->n; i++)
		if (s->records[i].time != INT64_MIN)
			add_to_windows(a, o, s, by, i, days, &windows, groups);
	score_windows_release(&windows);
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
