/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/walk.h"

#include "cmd/journey/read.h"
#include "libcx/base/each.h"
#include "libcx/base/mem.h"
#include "libcx/table/sorter-names.h"

#include <math.h>
#include <stdlib.h>

void journey_walker_release(struct journey_walker *w)
{
	free(w->contacts);
	cx_joiner_release(&w->joiner);
}

/* ---- contacts ---- */

static struct cx_contact contact_of(
    const struct journey_event *e, const struct journey_kind *kind)
{
	struct cx_contact c = {
		.time = e->event.time,
		.start = e->event.time,
		.touchpoint = kind->touchpoint,
		.stage = kind->stage,
		.channel = kind->channel,
		.group = kind->has_group ? kind->group : UINT32_MAX,
		.phase = kind->phase,
		.emotion = CX_CONTACT_NONE,
		.score = CX_CONTACT_NONE,
		.nps = CX_CONTACT_NONE,
		.amount = NAN,
	};

	if (!journey_plan.view->full)
		return c;
	c.emotion = e->emotion;
	c.score = e->score;
	c.nps = e->nps;
	c.amount = e->amount;
	return c;
}

/* What a survey says belongs to the contact before it. */
static void take_answer(struct cx_contact *c, int nps, uint32_t group)
{
	if (nps != CX_CONTACT_NONE)
		c->nps = (int16_t)nps;
	if (c->group == UINT32_MAX)
		c->group = group;
}

/*
 * The contacts of events. An answer before all contacts goes to the first
 * one, unless that has its own.
 */
static size_t make_contacts(
    struct journey_walker *w, const char *events, size_t n)
{
	int early = CX_CONTACT_NONE;
	uint32_t group = UINT32_MAX;
	size_t made = 0;

	if (n > w->cap) {
		w->cap = n;
		w->contacts =
		    cx_realloc(w->contacts, cx_mul(n, sizeof(*w->contacts)));
	}
	for (size_t i = 0; i < n; i++) {
		const struct journey_event *e =
		    (const void *)(events + i * journey_event_size());
		const struct journey_kind *kind =
		    &journey_book.list[e->event.kind];
		struct cx_contact c = contact_of(e, kind);

		if (kind->is_contact) {
			w->contacts[made++] = c;
		} else if (made) {
			take_answer(&w->contacts[made - 1], c.nps, c.group);
		} else {
			early = c.nps == CX_CONTACT_NONE ? early : c.nps;
			group = group == UINT32_MAX ? c.group : group;
		}
	}
	if (made && w->contacts[0].nps == CX_CONTACT_NONE)
		w->contacts[0].nps = (int16_t)early;
	if (made && w->contacts[0].group == UINT32_MAX)
		w->contacts[0].group = group;
	return made;
}

/* ---- journeys ---- */

static uint32_t group_of(const struct cx_contact *contacts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (contacts[i].group != UINT32_MAX)
			return contacts[i].group;
	return 0;
}

static int nps_of(const struct cx_contact *contacts, size_t n)
{
	while (n-- > 0)
		if (contacts[n].nps != CX_CONTACT_NONE)
			return contacts[n].nps;
	return CX_CONTACT_NONE;
}

/* Contacts are in the order of their ends, and may lie in each other. */
static int64_t start_of(const struct cx_contact *contacts, size_t n)
{
	int64_t start = contacts[0].start;

	for (size_t i = 1; i < n; i++)
		if (contacts[i].start < start)
			start = contacts[i].start;
	return start;
}

static void note_times(
    struct journey_walker *w, const struct cx_contact *contacts, size_t n)
{
	if (w->events == 0)
		w->earliest = w->latest = contacts[0].time;
	for (size_t i = 0; i < n; i++) {
		if (contacts[i].time < w->earliest)
			w->earliest = contacts[i].time;
		if (contacts[i].time > w->latest)
			w->latest = contacts[i].time;
	}
	w->events += n;
}

int journey_walk(struct journey_walker *w, struct cx_str owner,
    const void *events, size_t n, struct cx_err *err)
{
	const struct cx_contact *at;
	struct journey j = { .owner = owner };

	n = make_contacts(w, events, n);
	if (journey_settings.lifecycle)
		n = cx_journey_join(&w->joiner, w->contacts, n);
	if (n == 0)
		return 0;
	note_times(w, w->contacts, n);
	j.owner_serial = ++w->owners;
	for (at = w->contacts; n; at += j.n, n -= j.n) {
		j.contacts = at;
		j.n = cx_journey_length(
		    at, n, journey_plan.gap, journey_book.ends);
		j.start = start_of(at, j.n);
		j.next = j.n < n ? at[j.n].start : INT64_MAX;
		j.group = group_of(at, j.n);
		j.nps = nps_of(at, j.n);
		j.serial = ++w->journeys;
		j.number++;
		if (journey_plan.view->take(w->counts, w->sheet, &j, err) < 0)
			return -1;
	}
	return 0;
}

/* ---- all of them ---- */

/* What a thread has walked. */
struct hand {
	struct journey_counts counts;
	struct journey_walker walker;
	struct cx_part part;
	size_t failed_at; /* the part, from 1; 0: all is well */
	struct cx_err err;
};

/* What all threads work on. */
struct crew {
	struct journey_walker *total;
	struct cx_sorter *sorter;
	size_t failed_at;
	struct cx_err *err;
};

static int walk_part(
    struct crew *crew, struct hand *hand, size_t number, struct cx_err *err)
{
	struct cx_str owner;
	void *events;
	size_t n;

	if (!hand->walker.counts) {
		journey_counts_start(&hand->counts,
		    journey_plan.memory / journey_plan.threads, 1);
		hand->walker.counts = &hand->counts;
	}
	if (cx_sorter_load(crew->sorter, number, &hand->part, err) < 0)
		return -1;
	while (cx_part_next(&hand->part, &owner, &events, &n))
		if (journey_walk(&hand->walker, owner, events, n, err) < 0)
			return -1;
	return 0;
}

static void run_part(void *context, void *scratch, size_t number)
{
	struct hand *hand = scratch;

	if (!hand->failed_at &&
	    walk_part(context, hand, number, &hand->err) < 0)
		hand->failed_at = number + 1;
}

static void add_walker(
    struct journey_walker *to, const struct journey_walker *from)
{
	if (from->events == 0)
		return;
	if (to->events == 0 || from->earliest < to->earliest)
		to->earliest = from->earliest;
	if (to->events == 0 || from->latest > to->latest)
		to->latest = from->latest;
	to->owners += from->owners;
	to->journeys += from->journeys;
	to->events += from->events;
}

/* Of several failures the first part's is told. */
static void collect(void *context, void *scratch)
{
	struct crew *crew = context;
	struct hand *hand = scratch;

	if (hand->walker.counts && !hand->failed_at &&
	    journey_counts_join(
	        crew->total->counts, &hand->counts, &hand->err) < 0)
		hand->failed_at = CX_SORTER_PARTS + 1;
	if (hand->failed_at &&
	    (!crew->failed_at || hand->failed_at < crew->failed_at)) {
		crew->failed_at = hand->failed_at;
		*crew->err = hand->err;
	}
	add_walker(crew->total, &hand->walker);
	crew->total->joiner.open += hand->walker.joiner.open;
}

static void release_hand(void *scratch)
{
	struct hand *hand = scratch;

	journey_counts_release(&hand->counts);
	journey_walker_release(&hand->walker);
	cx_part_release(&hand->part);
}

static int walk_by_name(
    struct journey_walker *walker, struct cx_sorter *sorter, struct cx_err *err)
{
	struct cx_by_name *list;
	struct cx_str owner;
	void *events;
	size_t n;
	int more;

	if (cx_by_name_open(&list, sorter, err) < 0)
		return -1;
	while ((more = cx_by_name_next(list, &owner, &events, &n, err)) > 0)
		if (journey_walk(walker, owner, events, n, err) < 0) {
			more = -1;
			break;
		}
	cx_by_name_close(list);
	return more;
}

int journey_walk_all(
    struct journey_walker *walker, struct cx_sorter *sorter, struct cx_err *err)
{
	struct crew crew = { walker, sorter, 0, err };
	struct cx_each each = { .job = run_part,
		.collect = collect,
		.release = release_hand,
		.context = &crew,
		.scratch_size = sizeof(struct hand) };

	if (journey_plan.view->by_name)
		return walk_by_name(walker, sorter, err);
	cx_each_run(&each, CX_SORTER_PARTS, journey_plan.threads);
	return crew.failed_at ? -1 : 0;
}
