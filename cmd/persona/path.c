/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/path.h"

#include "libcx/base/mem.h"
#include "libcx/base/part.h"

#include <stdlib.h>

void card_events_add(struct card_events *events, uint32_t who,
    struct cx_str place, int64_t seconds)
{
	if (events->n == events->cap) {
		events->cap = events->cap ? cx_mul(events->cap, 2) : 256;
		events->items = cx_realloc(
		    events->items, cx_mul(events->cap, sizeof(*events->items)));
	}
	events->items[events->n++] = (struct card_event){ who,
		(uint32_t)cx_map_put(&events->places, place), seconds };
}

void card_events_release(struct card_events *events)
{
	free(events->items);
	cx_map_release(&events->places);
	*events = (struct card_events){ 0 };
}

/* where holds the rank of the place by its bytes. */
static int compare(const void *a, const void *b)
{
	const struct card_event *x = a, *y = b;

	if (x->who != y->who)
		return x->who < y->who ? -1 : 1;
	if (x->seconds != y->seconds)
		return x->seconds < y->seconds ? -1 : 1;
	return x->where < y->where ? -1 : x->where > y->where;
}

/* Numbers of places become their ranks; order is then by rank. */
static size_t *rank_places(struct card_events *events)
{
	size_t *order = cx_map_sorted(&events->places);
	uint32_t *rank = cx_malloc(cx_mul(events->places.n + 1, sizeof(*rank)));

	for (size_t i = 0; i < events->places.n; i++)
		rank[order[i]] = (uint32_t)i;
	for (size_t i = 0; i < events->n; i++)
		events->items[i].where = rank[events->items[i].where];
	free(rank);
	return order;
}

/* The path of the person at *at, which moves on to the next one. */
static void spell(const struct card_events *events, const size_t *places,
    size_t *at, struct cx_buf *text)
{
	const struct cx_str sign = cx_str(" → ");
	const struct card_event *items = events->items;
	uint32_t who = items[*at].who, last = UINT32_MAX;
	int steps = 0;

	cx_buf_clear(text);
	for (; *at < events->n && items[*at].who == who; ++*at) {
		if (items[*at].where == last)
			continue;
		last = items[*at].where;
		if (steps++ == CARD_STEPS)
			cx_buf_addz(text, " → …");
		if (steps > CARD_STEPS)
			continue;
		if (steps > 1)
			cx_buf_adds(text, sign);
		cx_part_add_front(
		    text, cx_map_key(&events->places, places[last]), sign);
	}
}

static bool is_better(
    struct cx_str text, uint64_t n, struct cx_str than, uint64_t than_n)
{
	return n != than_n ? n > than_n : cx_str_order(text, than) < 0;
}

/* counts by path and group; texts do not move any more. */
static void choose(const struct cx_map *texts, const uint64_t *counts,
    size_t n_groups, struct card_path *paths)
{
	for (size_t t = 0; t < texts->n; t++)
		for (size_t g = 0; g < n_groups; g++) {
			struct cx_str text = cx_map_key(texts, t);
			uint64_t n = counts[t * n_groups + g];

			paths[g].all += n;
			if (n == 0 ||
			    !is_better(text, n, paths[g].text, paths[g].n))
				continue;
			paths[g].text = text;
			paths[g].n = n;
		}
}

void card_events_paths(struct card_events *events, const size_t *group_of,
    size_t n_groups, struct card_path *paths, struct cx_map *texts)
{
	size_t *places = rank_places(events), at = 0, cap = 0;
	uint64_t *counts = NULL;
	struct cx_buf text = { 0 };

	if (events->n)
		qsort(
		    events->items, events->n, sizeof(*events->items), compare);
	while (at < events->n) {
		size_t group = group_of[events->items[at].who], number;

		spell(events, places, &at, &text);
		number = cx_map_put(texts, cx_buf_str(&text));
		if (number >= cap) {
			size_t grown = cap ? cx_mul(cap, 2) : 64;
			size_t row = cx_mul(n_groups, sizeof(*counts));

			counts = cx_realloc(counts, cx_mul(grown, row));
			memset(
			    (char *)counts + cap * row, 0, (grown - cap) * row);
			cap = grown;
		}
		counts[number * n_groups + group]++;
	}
	choose(texts, counts, n_groups, paths);
	cx_buf_release(&text);
	free(counts);
	free(places);
}
