/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/journey-layout.h"

#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

/* ---- slots ---- */

/* Cells with a NUL behind each: no text holds one. */
static struct cx_str slot_key(
    struct cx_buf *key, const struct cx_journey_step *step)
{
	cx_buf_clear(key);
	cx_buf_adds(key, step->stage);
	cx_buf_addc(key, '\0');
	cx_buf_adds(key, step->touchpoint);
	cx_buf_addc(key, '\0');
	cx_buf_adds(key, step->channel);
	return cx_buf_str(key);
}

struct met {
	struct cx_map keys; /* of slots, in the order they were met */
	struct cx_journey_slot *slots;
	double *customers; /* of the lanes that tell them */
	bool *untold;      /* whether one does not */
	size_t *place;     /* of each in the layout; SIZE_MAX: left out */
};

/* The steps' slots as they come, stages and lanes with them. */
static void meet(struct cx_journey_layout *layout, struct met *met,
    const struct cx_journey_step *steps, size_t n)
{
	struct cx_buf key = { 0 };

	for (size_t i = 0; i < n; i++) {
		size_t slot = cx_map_put(&met->keys, slot_key(&key, &steps[i]));

		cx_map_put(&layout->lanes, steps[i].persona);
		met->slots[slot] = (struct cx_journey_slot){
			.touchpoint = steps[i].touchpoint,
			.channel = steps[i].channel,
			.stage = cx_map_put(&layout->stages, steps[i].stage),
		};
		if (isnan(steps[i].customers))
			met->untold[slot] = true;
		else
			met->customers[slot] += steps[i].customers;
	}
	cx_buf_release(&key);
}

struct reached {
	double customers;
	size_t slot;
};

/* The most customers first; of as many the one met first. */
static int by_customers(const void *a, const void *b)
{
	const struct reached *x = a, *y = b;

	if (x->customers != y->customers)
		return x->customers > y->customers ? -1 : 1;
	return x->slot < y->slot ? -1 : 1;
}

/* Leaves out what a stage has beyond the most reached. */
static void thin(struct cx_journey_layout *layout, struct met *met,
    size_t stage, size_t in_stage)
{
	struct reached *all = cx_malloc(cx_mul(met->keys.n, sizeof(*all)));
	size_t n = 0;

	for (size_t i = 0; i < met->keys.n; i++)
		if (met->slots[i].stage == stage)
			all[n++] = (struct reached){ met->customers[i], i };
	qsort(all, n, sizeof(*all), by_customers);
	if (n > in_stage)
		layout->rests[stage] = (struct cx_journey_rest){ n - in_stage,
			all[in_stage].customers };
	for (size_t i = in_stage; i < n; i++) {
		met->place[all[i].slot] = SIZE_MAX;
		if (met->untold[all[i].slot])
			layout->rests[stage].most = NAN;
	}
	free(all);
}

/* Stage by stage; within one as they were met. */
static void place(
    struct cx_journey_layout *layout, struct met *met, size_t in_stage)
{
	layout->rests = cx_calloc(layout->stages.n, sizeof(*layout->rests));
	layout->slots = cx_malloc(cx_mul(met->keys.n, sizeof(*layout->slots)));
	met->place = cx_calloc(met->keys.n, sizeof(*met->place));
	for (size_t stage = 0; stage < layout->stages.n; stage++) {
		if (in_stage)
			thin(layout, met, stage, in_stage);
		for (size_t i = 0; i < met->keys.n; i++) {
			if (met->slots[i].stage != stage ||
			    met->place[i] == SIZE_MAX)
				continue;
			layout->slots[layout->n_slots] = met->slots[i];
			met->place[i] = layout->n_slots++;
		}
	}
}

static void fill(struct cx_journey_layout *layout, const struct met *met,
    const struct cx_journey_step *steps, size_t n)
{
	struct cx_buf key = { 0 };

	layout->steps = cx_calloc(
	    cx_mul(layout->lanes.n, layout->n_slots), sizeof(*layout->steps));
	for (size_t i = 0; i < n; i++) {
		size_t lane =
		    (size_t)cx_map_get(&layout->lanes, steps[i].persona);
		size_t slot =
		    (size_t)cx_map_get(&met->keys, slot_key(&key, &steps[i]));

		if (met->place[slot] == SIZE_MAX)
			continue;
		layout->steps[lane * layout->n_slots + met->place[slot]] =
		    &steps[i];
	}
	cx_buf_release(&key);
}

/* ---- bands ---- */

/* The end of the stage that slot first is in. */
static size_t stage_end(const struct cx_journey_layout *layout, size_t first)
{
	size_t end = first;

	while (end < layout->n_slots &&
	       layout->slots[end].stage == layout->slots[first].stage)
		end++;
	return end;
}

/* A band ends where a stage does, unless it would be half empty then. */
static size_t band_end(
    const struct cx_journey_layout *layout, size_t first, size_t most)
{
	size_t end = first, next;

	while (end < layout->n_slots) {
		next = stage_end(layout, end);
		if (next - first > most)
			break;
		end = next;
	}
	if (end < layout->n_slots && 2 * (end - first) < most)
		end = first + most;
	return end < layout->n_slots ? end : layout->n_slots;
}

static void cut(struct cx_journey_layout *layout, size_t most)
{
	size_t at = 0;

	layout->bands = cx_calloc(layout->n_slots + 1, sizeof(*layout->bands));
	while (at < layout->n_slots) {
		at = band_end(layout, at, most);
		layout->bands[++layout->n_bands] = at;
	}
}

void cx_journey_lay_out(struct cx_journey_layout *layout,
    const struct cx_journey_step *steps, size_t n, size_t in_band,
    size_t in_stage)
{
	struct met met = { .slots = cx_calloc(n, sizeof(*met.slots)),
		.customers = cx_calloc(n, sizeof(*met.customers)),
		.untold = cx_calloc(n, sizeof(*met.untold)) };

	*layout = (struct cx_journey_layout){ .n_slots = 0 };
	meet(layout, &met, steps, n);
	place(layout, &met, in_stage);
	fill(layout, &met, steps, n);
	cut(layout, in_band);
	cx_map_release(&met.keys);
	free(met.slots);
	free(met.customers);
	free(met.untold);
	free(met.place);
}

void cx_journey_layout_release(struct cx_journey_layout *layout)
{
	cx_map_release(&layout->lanes);
	cx_map_release(&layout->stages);
	free(layout->slots);
	free(layout->steps);
	free(layout->bands);
	free(layout->rests);
	*layout = (struct cx_journey_layout){ .n_slots = 0 };
}
