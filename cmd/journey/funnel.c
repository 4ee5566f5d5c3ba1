/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/journey.h"

#include "cmd/journey/stages.h"
#include "libcx/base/mem.h"
#include "libcx/model/proportion.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* --view funnel: how many take steps that lead to one another. */

static const char STEP[] = "step", TIME[] = "step-time", ALL[] = "journeys";

/* Room for the number of a step as text. */
enum { NUMBER = 24 };

static struct cx_funnel funnel;
static struct cx_map names; /* of the steps; one may stand twice */
static struct cx_str step_names[CX_FUNNEL_MOST];

/* ---- the steps ---- */

/* Behind all steps: a contact at none of them. */
enum { NO_STEP = CX_FUNNEL_MOST };

static void add_step(struct cx_str name)
{
	funnel.steps[funnel.n_steps++] = (uint32_t)cx_map_put(&names, name);
}

static void read_steps(const struct cx_cli *cli)
{
	struct cx_str rest = cx_str(journey_settings.steps);

	while (rest.p) {
		struct cx_str name = cx_str_next(&rest, ',');

		if (name.n == 0)
			cx_cli_usage(cli, "--steps: a step has no name");
		if (funnel.n_steps == CX_FUNNEL_MOST)
			cx_cli_usage(
			    cli, "--steps: more than %d steps", CX_FUNNEL_MOST);
		add_step(name);
	}
	if (funnel.n_steps < 2)
		cx_cli_usage(cli, "--steps: a funnel has two steps or more");
}

static void check(const struct cx_cli *cli)
{
	const struct journey_settings *set = &journey_settings;

	funnel.strict = set->strict;
	funnel.any_entry = set->entry && strcmp(set->entry, "any") == 0;
	funnel.within = journey_plan.within;
	if (set->entry && !funnel.any_entry && strcmp(set->entry, "first") != 0)
		cx_cli_usage(cli, "--entry: %s is not first or any",
		    cx_quote(cx_str(set->entry)));
	if (set->steps)
		read_steps(cli);
	else if (set->sorted || set->counts || set->merge)
		cx_cli_usage(cli,
		    "--view funnel: with %s, --steps names the steps; which "
		    "stages there are is not known yet",
		    set->sorted   ? "--sorted"
		    : set->counts ? "--counts"
		                  : "--merge");
}

struct place {
	struct cx_str stage;
	double place;
};

static int by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return cx_str_order(x->stage, y->stage);
}

/* Without --steps: the stages there are and that have a place. */
static int find_stages(struct cx_err *err)
{
	const struct cx_map *stages = &journey_book.stages;
	struct place *places;
	size_t n = 0;

	/* Nobody takes no steps. */
	if (stages->n == 0)
		return 0;
	places = cx_malloc(cx_mul(stages->n, sizeof(*places)));
	for (size_t i = 0; i < stages->n; i++) {
		places[n].stage = cx_map_key(stages, i);
		n += journey_stages_place(places[n].stage, &places[n].place);
	}
	qsort(places, n, sizeof(*places), by_place);
	for (size_t i = 0; i < n && i < CX_FUNNEL_MOST; i++)
		add_step(places[i].stage);
	free(places);
	if (n >= 2 && n <= CX_FUNNEL_MOST)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "--view funnel: %zu stages have a known place; name the steps with "
	    "--steps, or the order of the stages with -m",
	    n);
}

/* Behind the steps' names no more are put, so that they stay. */
static void name_steps(void)
{
	for (size_t k = 0; k < funnel.n_steps; k++)
		step_names[k] = cx_map_key(&names, funnel.steps[k]);
}

static int prepare(struct cx_err *err)
{
	if (funnel.n_steps == 0 && find_stages(err) < 0)
		return -1;
	name_steps();
	return 0;
}

/* ---- counting ---- */

/* A touchpoint of this name, or else a stage. */
static uint32_t where_is(const struct cx_contact *c)
{
	ptrdiff_t step = cx_map_get(&names, journey_touchpoint(c->touchpoint));

	if (step < 0)
		step = cx_map_get(&names, journey_stage(c->stage));
	return step < 0 ? NO_STEP : (uint32_t)step;
}

/* The contacts of a journey as the funnel sees them. */
struct room {
	struct journey_memo memo; /* steps by touchpoint and stage */
	uint32_t *where;
	int64_t *times;
	size_t cap;
};

/* Where the first step is a later one too, its first contact counts there. */
static bool is_entry_alone(uint32_t step)
{
	for (size_t k = 1; k < funnel.n_steps; k++)
		if (funnel.steps[k] == step)
			return false;
	return step == funnel.steps[0];
}

static size_t look(struct room *room, const struct journey *j)
{
	size_t n = 0;

	if (j->n > room->cap) {
		room->cap = j->n;
		room->where = cx_realloc(
		    room->where, cx_mul(room->cap, sizeof(*room->where)));
		room->times = cx_realloc(
		    room->times, cx_mul(room->cap, sizeof(*room->times)));
	}
	for (size_t i = 0; i < j->n; i++) {
		uint32_t *known = journey_memo_at(&room->memo,
		    j->contacts[i].touchpoint, j->contacts[i].stage);

		if (*known == UINT32_MAX)
			*known = where_is(&j->contacts[i]);
		/* Again at the same step is nothing in between. */
		if (funnel.strict && n && *known < NO_STEP &&
		    room->where[n - 1] == *known) {
			/* Of entries the last leaves most of the window. */
			if (funnel.any_entry && is_entry_alone(*known))
				room->times[n - 1] = j->contacts[i].time;
			continue;
		}
		room->where[n] = *known;
		room->times[n++] = j->contacts[i].time;
	}
	return n;
}

/* Two numbers that stand together: who takes step k, and after what time. */
static uint32_t step_of(struct journey_counts *counts, uint32_t group, size_t k)
{
	uint32_t *key = journey_memo_at(&counts->memo, group, k);
	char number[NUMBER];
	struct journey_thing thing = { STEP, { { NULL, 0 }, step_names[k] },
		journey_group(group) };

	if (*key != UINT32_MAX)
		return *key;
	snprintf(number, sizeof(number), "%02zu", k + 1);
	thing.part[0] = cx_str(number);
	*key = journey_counts_put(counts, &thing);
	thing.what = TIME;
	(void)journey_counts_put(counts, &thing);
	return *key;
}

/* Groups have all steps, also those that nobody takes. */
static uint32_t group_of(struct journey_counts *counts, uint32_t group)
{
	uint32_t *key = journey_memo_at(&counts->memo, group, UINT64_MAX);
	struct journey_thing thing = { ALL, { { NULL, 0 } },
		journey_group(group) };

	if (*key == UINT32_MAX)
		*key = journey_counts_put(counts, &thing);
	return *key;
}

static int take(struct journey_counts *counts, struct cx_sheet *sheet,
    const struct journey *j, struct cx_err *err)
{
	struct room *room = counts->room;
	int64_t at[CX_FUNNEL_MOST];
	size_t n;

	(void)sheet;
	journey_count(counts, group_of(counts, j->group));
	n = look(room, j);
	n = cx_funnel_walk(&funnel, room->where, room->times, n, at);
	for (size_t k = 0; k < n; k++) {
		uint32_t key = step_of(counts, j->group, k);

		journey_count(counts, key);
		if (k && journey_count_value(
		             counts, key + 1, at[k] - at[k - 1], err) < 0)
			return -1;
	}
	return 0;
}

/* ---- the table ---- */

static void columns(struct cx_sheet *sheet)
{
	cx_sheet_number_column(sheet, "step", 0, 0);
	cx_sheet_text_column(sheet, cx_str("name"));
	cx_sheet_number_column(sheet, "entered", 0, 0);
	cx_sheet_number_column(sheet, "continued", 0, 0);
	cx_sheet_number_column(sheet, "lost", 0, 0);
	journey_share_columns(sheet, "conversion", false);
	journey_share_columns(sheet, "overall", true);
	cx_sheet_number_column(sheet, "median_s", 1, 0);
	cx_sheet_number_column(sheet, "p90_s", 1, 0);
}

static struct journey_thing thing_of(
    const char *what, struct cx_str group, size_t k, char number[NUMBER])
{
	snprintf(number, NUMBER, "%02zu", k + 1);
	return (struct journey_thing){ what, { cx_str(number), step_names[k] },
		group };
}

static uint64_t entered(
    const struct journey_counts *counts, struct cx_str group, size_t k)
{
	char number[NUMBER];
	struct journey_thing thing = thing_of(STEP, group, k, number);

	return journey_counts_n(counts, &thing);
}

static int put_step(struct journey_counts *counts, struct cx_sheet *sheet,
    struct cx_str group, size_t k, struct cx_err *err)
{
	uint64_t n = entered(counts, group, k), next = 0;
	struct cx_spread wait;
	bool is_last = k + 1 == funnel.n_steps;

	cx_spread_start(&wait, 0);
	if (!is_last) {
		char number[NUMBER];
		struct journey_thing time =
		    thing_of(TIME, group, k + 1, number);

		next = entered(counts, group, k + 1);
		if (journey_counts_spread(counts, &time, &wait, err) < 0)
			return -1;
	}
	journey_put_group(sheet, group);
	cx_sheet_count(sheet, k + 1);
	cx_sheet_text(sheet, step_names[k]);
	cx_sheet_count(sheet, n);
	cx_sheet_real(sheet, is_last ? NAN : (double)next);
	cx_sheet_real(sheet, is_last ? NAN : (double)(n - next));
	journey_put_share(sheet, next, is_last ? 0 : n);
	journey_put_share(sheet, n, entered(counts, group, 0));
	cx_sheet_real(sheet, cx_spread_median(&wait));
	cx_sheet_real(sheet, cx_spread_p90(&wait));
	return cx_sheet_end(sheet, err);
}

static int report(
    struct journey_counts *counts, struct cx_sheet *sheet, struct cx_err *err)
{
	size_t n, *groups = journey_counts_of(counts, ALL, &n);
	int code = 0;

	for (size_t i = 0; i < n; i++) {
		struct cx_str group =
		    journey_counts_thing(counts, groups[i]).group;

		for (size_t k = 0; k < funnel.n_steps && code == 0; k++)
			code = put_step(counts, sheet, group, k, err);
	}
	free(groups);
	return code;
}

static void explain(void)
{
	cx_cli_explain(
	    "entered: journeys that took the step after all before it, each "
	    "once; a step is a touchpoint of that name, or else a stage\n"
	    "next step: %s; entry: %s contact at the first step\n"
	    "conversion: continued of entered, overall: entered of the first "
	    "step's, in %%, with Wilson's intervals\n"
	    "median_s, p90_s: seconds to the next step of those who took it\n",
	    funnel.strict ? "the very next contact, repeats of a step aside"
	                  : "any later contact",
	    funnel.any_entry ? "the best" : "the first");
	if (journey_settings.within)
		cx_cli_explain("within: steps later than %s after entry do "
		               "not count\n",
		    journey_settings.within);
}

static void release(void)
{
	cx_map_release(&names);
}

static void release_room(void *of_counts)
{
	struct room *room = of_counts;

	free(room->memo.slots);
	free(room->where);
	free(room->times);
}

const struct journey_view journey_funnel = {
	.name = "funnel",
	.check = check,
	.prepare = prepare,
	.columns = columns,
	.take = take,
	.report = report,
	.explain = explain,
	.release = release,
	.room_size = sizeof(struct room),
	.release_room = release_room,
};
