/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/journey.h"

#include "libcx/base/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- starts and completions ---- */

static const size_t NONE = SIZE_MAX;

void cx_joiner_release(struct cx_joiner *j)
{
	free(j->heads);
	free(j->tails);
	free(j->nexts);
	*j = (struct cx_joiner){ 0 };
}

static void make_queues(struct cx_joiner *j, uint32_t touchpoint)
{
	size_t n = touchpoint + (size_t)1;

	if (n <= j->n_touchpoints)
		return;
	j->heads = cx_realloc(j->heads, cx_mul(n, sizeof(*j->heads)));
	j->tails = cx_realloc(j->tails, cx_mul(n, sizeof(*j->tails)));
	for (; j->n_touchpoints < n; j->n_touchpoints++)
		j->heads[j->n_touchpoints] = NONE;
}

static void push(struct cx_joiner *j, uint32_t touchpoint, size_t contact)
{
	j->nexts[contact] = NONE;
	if (j->heads[touchpoint] == NONE)
		j->heads[touchpoint] = contact;
	else
		j->nexts[j->tails[touchpoint]] = contact;
	j->tails[touchpoint] = contact;
	j->open++;
}

static size_t pop(struct cx_joiner *j, uint32_t touchpoint)
{
	size_t contact = j->heads[touchpoint];

	if (contact == NONE)
		return NONE;
	j->heads[touchpoint] = j->nexts[contact];
	j->open--;
	return contact;
}

/* Another customer completes nothing of this one. */
static void forget(
    struct cx_joiner *j, const struct cx_contact *contacts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		j->heads[contacts[i].touchpoint] = NONE;
}

size_t cx_journey_join(
    struct cx_joiner *j, struct cx_contact *contacts, size_t n)
{
	size_t kept = 0;

	if (n > j->cap) {
		j->cap = n;
		j->nexts = cx_realloc(j->nexts, cx_mul(n, sizeof(*j->nexts)));
	}
	for (size_t i = 0; i < n; i++)
		make_queues(j, contacts[i].touchpoint);
	for (size_t i = 0; i < n; i++) {
		struct cx_contact *c = &contacts[i];

		if (c->phase == CX_PHASE_START) {
			push(j, c->touchpoint, i);
		} else if (c->phase == CX_PHASE_COMPLETE) {
			size_t start = pop(j, c->touchpoint);

			if (start != NONE)
				c->start = contacts[start].time;
		}
	}
	forget(j, contacts, n);
	for (size_t i = 0; i < n; i++)
		if (contacts[i].phase != CX_PHASE_START)
			contacts[kept++] = contacts[i];
	return kept;
}

/* ---- journeys ---- */

size_t cx_journey_length(
    const struct cx_contact *contacts, size_t n, int64_t gap, const bool *ends)
{
	size_t i = 0;

	while (++i < n) {
		if (ends && ends[contacts[i - 1].touchpoint])
			break;
		if (gap && contacts[i].start - contacts[i - 1].time > gap)
			break;
	}
	return i;
}

/* ---- funnels ---- */

/* The way to a step that was reached, and the contact that reached it. */
struct way {
	bool taken;
	size_t contact;
	int64_t times[CX_FUNNEL_MOST];
};

/* Whether contact i, which is step k, is reached by way of the step before. */
static bool can_take(const struct cx_funnel *f, const struct way *ways,
    size_t k, size_t i, int64_t time)
{
	const struct way *before = &ways[k - 1];

	if (!before->taken || before->contact == i)
		return false;
	if (f->strict && before->contact + 1 != i)
		return false;
	return !f->within || time - before->times[0] <= f->within;
}

/* A later entry leaves more of the window; the same one is no gain. */
static bool is_gain(const struct cx_funnel *f, const struct way *ways, size_t k)
{
	if (!ways[k].taken)
		return true;
	if (!f->any_entry)
		return false;
	return k == 0 || f->strict || ways[k - 1].times[0] > ways[k].times[0];
}

static void take(struct way *ways, size_t k, size_t i, int64_t time)
{
	ways[k].taken = true;
	ways[k].contact = i;
	if (k)
		memcpy(ways[k].times, ways[k - 1].times,
		    k * sizeof(ways[k].times[0]));
	ways[k].times[k] = time;
}

size_t cx_funnel_walk(const struct cx_funnel *f, const uint32_t *where,
    const int64_t *times, size_t n, int64_t *at)
{
	struct way ways[CX_FUNNEL_MOST];
	size_t reached = 0;

	for (size_t k = 0; k < f->n_steps; k++)
		ways[k].taken = false;
	for (size_t i = 0; i < n && reached < f->n_steps; i++) {
		/* From the last step: a contact is no two steps of one way. */
		for (size_t k = f->n_steps; k-- > 0;) {
			if (f->steps[k] != where[i])
				continue;
			if (k && !can_take(f, ways, k, i, times[i]))
				continue;
			if (!is_gain(f, ways, k))
				continue;
			take(ways, k, i, times[i]);
			if (k < reached)
				continue;
			reached = k + 1;
			memcpy(at, ways[k].times, reached * sizeof(*at));
		}
	}
	return reached;
}
