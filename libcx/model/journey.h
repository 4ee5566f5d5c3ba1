/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_JOURNEY_H
#define CX_MODEL_JOURNEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a record says of a contact that takes time. */
enum cx_phase { CX_PHASE_WHOLE, CX_PHASE_START, CX_PHASE_COMPLETE };

/* Where a contact has no score, emotion or recommendation. */
enum { CX_CONTACT_NONE = INT16_MIN };

/*
 * One contact of a customer. Touchpoints, stages, channels and groups are
 * numbers of the caller's.
 */
struct cx_contact {
	int64_t time;  /* when it was over, seconds */
	int64_t start; /* when it began: time, where it is no span */
	uint32_t touchpoint, stage, channel, group;
	enum cx_phase phase;
	int16_t emotion; /* thousandths, -2000 to 2000, or none */
	int16_t score;   /* on the scale of the caller, or none */
	int16_t nps;     /* 0 to 10, or none */
	double amount;   /* NaN: none */
};

/* Room that cx_journey_join works in. All zero is a new one. */
struct cx_joiner {
	size_t *heads, *tails; /* by touchpoint: queues of open starts */
	size_t n_touchpoints;
	size_t *nexts; /* by contact */
	size_t cap;
	uint64_t open; /* starts that were never completed, so far */
};

/*
 * Joins starts and completions: each completion takes the earliest open start
 * of its touchpoint, and becomes a contact from then to its own time. Starts
 * are taken away; those that stay open are counted.
 *   contacts   n, by time, of one customer
 * Returns how many remain.
 */
size_t cx_journey_join(
    struct cx_joiner *joiner, struct cx_contact *contacts, size_t n);
void cx_joiner_release(struct cx_joiner *joiner);

/*
 * The number of contacts in the first journey of contacts: up to a rest of
 * more than gap seconds before the next contact begins (0: no such cut), or
 * up to and with a contact at a touchpoint that ends a journey.
 *   ends   by touchpoint; NULL: none does
 *   n      at least 1
 */
size_t cx_journey_length(
    const struct cx_contact *contacts, size_t n, int64_t gap, const bool *ends);

/* Steps that are to be taken in order. */
enum { CX_FUNNEL_MOST = 64 };
struct cx_funnel {
	size_t n_steps;                 /* 1 to CX_FUNNEL_MOST */
	uint32_t steps[CX_FUNNEL_MOST]; /* what the caller numbers */
	bool strict;    /* the next contact must be the next step */
	bool any_entry; /* the best of all entries; else of the first */
	int64_t within; /* seconds from entry, that one included; 0: any */
};

/*
 * How far a journey gets in a funnel.
 *   where   of each of n contacts, the number that steps use
 *   times   of each contact, ascending
 *   at      n_steps places: when each step that was reached was taken
 * Returns the number of steps reached. A step is taken at the first contact
 * that can be it; of several entries that get equally far, the one that gets
 * there first is taken.
 */
size_t cx_funnel_walk(const struct cx_funnel *funnel, const uint32_t *where,
    const int64_t *times, size_t n, int64_t *at);

#endif
