/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey-walk.h"

#include "cmd/journey-read.h"
#include "libcx/base/mem.h"

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
