/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/sorter.h"

#include "libcx/base/mem.h"
#include "libcx/io/spill.h"

#include <stdlib.h>

/* Events are added to blocks, which never move. */
enum { BLOCK = 1 << 12, BLOCK_SHIFT = 12, AHEAD = 48 };

/* A sorted run on disk, and the first of its events not yet handed out. */
struct run {
	struct cx_spill_part part;
	char *event;
	uint32_t rank; /* of its owner */
	size_t number; /* runs are in the order of the input */
};

struct cx_sorter {
	size_t size;
	uint64_t memory;
	const struct cx_map *names;
	bool by_name;
	char **blocks;
	size_t n_blocks;
	size_t n; /* events in memory */
	/* the index of the events in memory, once they are sorted */
	uint32_t *ranks;  /* by owner, where by_name */
	uint32_t *starts; /* by rank: the first place in places */
	uint32_t *places;
	size_t n_ranks, rank; /* the next to hand out */
	/* runs; when there are some, all events are in one */
	struct cx_spill *spill;
	struct run *runs;
	size_t n_runs;
	struct run **heap;
	size_t n_heap;
	/* the owner at hand */
	char *out;
	size_t out_cap;
	struct cx_sorter_room room;
};

struct cx_sorter *cx_sorter_new(
    size_t size, uint64_t memory, const struct cx_map *names, bool by_name)
{
	struct cx_sorter *s = cx_calloc(1, sizeof(*s));

	s->size = size;
	s->memory = memory;
	s->names = names;
	s->by_name = by_name;
	return s;
}

static void free_blocks(struct cx_sorter *s)
{
	for (size_t i = 0; i < s->n_blocks; i++)
		free(s->blocks[i]);
	free(s->blocks);
	s->blocks = NULL;
	s->n_blocks = s->n = 0;
}

static void free_index(struct cx_sorter *s)
{
	free(s->ranks);
	free(s->starts);
	free(s->places);
	s->ranks = s->starts = s->places = NULL;
	s->n_ranks = s->rank = 0;
}

void cx_sorter_free(struct cx_sorter *s)
{
	if (!s)
		return;
	free_blocks(s);
	free_index(s);
	for (size_t i = 0; i < s->n_runs; i++) {
		cx_spill_part_release(&s->runs[i].part);
		free(s->runs[i].event);
	}
	free(s->runs);
	free(s->heap);
	free(s->out);
	cx_sorter_room_release(&s->room);
	cx_spill_free(s->spill);
	free(s);
}

bool cx_sorter_spilled(const struct cx_sorter *s)
{
	return s->spill != NULL;
}

static inline char *event_at(const struct cx_sorter *s, size_t i)
{
	return s->blocks[i >> BLOCK_SHIFT] + (i & (BLOCK - 1)) * s->size;
}

static inline uint32_t owner_of(const void *event)
{
	return ((const struct cx_event *)event)->owner;
}

/* ---- by time ---- */

struct cx_sorter_time {
	int64_t time;
	size_t at;
};

void cx_sorter_room_release(struct cx_sorter_room *room)
{
	free(room->records);
	free(room->times);
	*room = (struct cx_sorter_room){ 0 };
}

static int by_time_and_place(const void *a, const void *b)
{
	const struct cx_sorter_time *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

static int64_t time_at(const char *events, size_t i, size_t size)
{
	return ((const struct cx_event *)(const void *)(events + i * size))
	    ->time;
}

static bool in_order(const char *events, size_t n, size_t size)
{
	for (size_t i = 1; i < n; i++)
		if (time_at(events, i, size) < time_at(events, i - 1, size))
			return false;
	return true;
}

void cx_sorter_by_time(
    struct cx_sorter_room *room, void *events, size_t n, size_t size)
{
	if (in_order(events, n, size))
		return;
	if (n > room->cap) {
		room->cap = n;
		room->records = cx_realloc(room->records, cx_mul(n, size));
		room->times =
		    cx_realloc(room->times, cx_mul(n, sizeof(*room->times)));
	}
	for (size_t i = 0; i < n; i++)
		room->times[i] =
		    (struct cx_sorter_time){ time_at(events, i, size), i };
	qsort(room->times, n, sizeof(*room->times), by_time_and_place);
	memcpy(room->records, events, n * size);
	for (size_t i = 0; i < n; i++)
		memcpy((char *)events + i * size,
		    room->records + room->times[i].at * size, size);
}

/* ---- by owner ---- */

/* The place of each owner in the order of names. */
static uint32_t *rank_names(const struct cx_map *names)
{
	size_t *sorted = cx_map_sorted(names);
	uint32_t *ranks = cx_malloc(cx_mul(names->n, sizeof(*ranks)));

	for (size_t i = 0; i < names->n; i++)
		ranks[sorted[i]] = (uint32_t)i;
	free(sorted);
	return ranks;
}

static inline uint32_t rank_of(const struct cx_sorter *s, const void *event)
{
	uint32_t owner = owner_of(event);

	return s->ranks ? s->ranks[owner] : owner;
}

/* A counting sort of the events' places by the rank of their owners. */
static void make_index(struct cx_sorter *s)
{
	uint32_t *next;

	s->n_ranks = s->names->n;
	if (s->by_name)
		s->ranks = rank_names(s->names);
	s->starts = cx_calloc(s->n_ranks + 2, sizeof(*s->starts));
	s->places = cx_malloc(cx_mul(s->n, sizeof(*s->places)));
	next = s->starts + 1;
	for (size_t i = 0; i < s->n; i++)
		next[rank_of(s, event_at(s, i)) + 1]++;
	for (size_t r = 1; r <= s->n_ranks; r++)
		next[r] += next[r - 1];
	/* next[r] counts up to where rank r + 1 starts. */
	for (size_t i = 0; i < s->n; i++)
		s->places[next[rank_of(s, event_at(s, i))]++] = (uint32_t)i;
}

static void make_room(struct cx_sorter *s, size_t n)
{
	if (n <= s->out_cap)
		return;
	while (s->out_cap < n)
		s->out_cap = s->out_cap ? cx_mul(s->out_cap, 2) : 64;
	s->out = cx_realloc(s->out, cx_mul(s->out_cap, s->size));
}

/* The events of the next rank in memory that has some: their number, or 0. */
static size_t gather(struct cx_sorter *s)
{
	uint32_t from = 0, to = 0;

	while (s->rank < s->n_ranks && from == to) {
		from = s->starts[s->rank];
		to = s->starts[++s->rank];
	}
	make_room(s, to - from);
	for (uint32_t i = from; i < to; i++) {
		if (i + AHEAD < s->n)
			__builtin_prefetch(event_at(s, s->places[i + AHEAD]));
		memcpy(s->out + (i - from) * s->size, event_at(s, s->places[i]),
		    s->size);
	}
	cx_sorter_by_time(&s->room, s->out, to - from, s->size);
	return to - from;
}

/* ---- runs on disk ---- */

static int spill(struct cx_sorter *s, struct cx_err *err)
{
	struct run run = { .number = s->n_runs };
	size_t n;

	if (!s->spill && cx_spill_open(&s->spill, err) < 0)
		return -1;
	run.part.at = cx_spill_size(s->spill);
	make_index(s);
	while ((n = gather(s)))
		if (cx_spill_write(s->spill, s->out, n * s->size, err) < 0)
			return -1;
	run.part.end = cx_spill_size(s->spill);
	s->runs = cx_realloc(s->runs, cx_mul(s->n_runs + 1, sizeof(*s->runs)));
	s->runs[s->n_runs++] = run;
	free_index(s);
	free_blocks(s);
	return 0;
}

/* What an event takes, its place in the index included. */
static uint64_t memory_of(const struct cx_sorter *s, size_t n)
{
	return (uint64_t)n * (s->size + sizeof(*s->places));
}

static int add_block(struct cx_sorter *s, struct cx_err *err)
{
	if (s->n && memory_of(s, s->n + BLOCK) > s->memory && spill(s, err) < 0)
		return -1;
	if (s->n > UINT32_MAX - BLOCK && spill(s, err) < 0)
		return -1;
	s->blocks =
	    cx_realloc(s->blocks, cx_mul(s->n_blocks + 1, sizeof(*s->blocks)));
	s->blocks[s->n_blocks++] = cx_malloc(cx_mul(BLOCK, s->size));
	return 0;
}

int cx_sorter_add(struct cx_sorter *s, const void *event, struct cx_err *err)
{
	if (s->n == s->n_blocks << BLOCK_SHIFT && add_block(s, err) < 0)
		return -1;
	memcpy(event_at(s, s->n++), event, s->size);
	return 0;
}

/* ---- a heap of runs, the least event on top ---- */

static bool is_before(const struct run *a, const struct run *b)
{
	int64_t x = ((const struct cx_event *)(void *)a->event)->time;
	int64_t y = ((const struct cx_event *)(void *)b->event)->time;

	if (a->rank != b->rank)
		return a->rank < b->rank;
	return x != y ? x < y : a->number < b->number;
}

static void sink(struct cx_sorter *s, size_t i)
{
	struct run *run = s->heap[i];

	for (size_t child; (child = 2 * i + 1) < s->n_heap; i = child) {
		if (child + 1 < s->n_heap &&
		    is_before(s->heap[child + 1], s->heap[child]))
			child++;
		if (!is_before(s->heap[child], run))
			break;
		s->heap[i] = s->heap[child];
	}
	s->heap[i] = run;
}

static int read_event(struct cx_sorter *s, struct run *run, struct cx_err *err)
{
	int more =
	    cx_spill_read(s->spill, &run->part, run->event, s->size, err);

	if (more > 0)
		run->rank = rank_of(s, run->event);
	return more;
}

static int start_runs(struct cx_sorter *s, struct cx_err *err)
{
	if (s->by_name)
		s->ranks = rank_names(s->names);
	s->heap = cx_malloc(cx_mul(s->n_runs, sizeof(struct run *)));
	for (size_t i = 0; i < s->n_runs; i++) {
		s->runs[i].event = cx_malloc(s->size);
		if (read_event(s, &s->runs[i], err) < 0)
			return -1;
		s->heap[s->n_heap++] = &s->runs[i];
	}
	for (size_t i = s->n_heap / 2; i-- > 0;)
		sink(s, i);
	return 0;
}

/* Replaces the event on top by the next of its run. */
static int advance(struct cx_sorter *s, struct cx_err *err)
{
	int more = read_event(s, s->heap[0], err);

	if (more < 0)
		return -1;
	if (more == 0)
		s->heap[0] = s->heap[--s->n_heap];
	if (s->n_heap)
		sink(s, 0);
	return 0;
}

/* The events of the next owner from the runs: *n of them, or 0. */
static int gather_runs(struct cx_sorter *s, size_t *n, struct cx_err *err)
{
	uint32_t rank = s->n_heap ? s->heap[0]->rank : 0;

	for (*n = 0; s->n_heap && s->heap[0]->rank == rank; (*n)++) {
		make_room(s, *n + 1);
		memcpy(s->out + *n * s->size, s->heap[0]->event, s->size);
		if (advance(s, err) < 0)
			return -1;
	}
	return 0;
}

int cx_sorter_finish(struct cx_sorter *s, struct cx_err *err)
{
	if (!s->spill) {
		make_index(s);
		return 0;
	}
	if (s->n && spill(s, err) < 0)
		return -1;
	return start_runs(s, err);
}

int cx_sorter_next(
    struct cx_sorter *s, void **events, size_t *n, struct cx_err *err)
{
	if (!s->spill)
		*n = gather(s);
	else if (gather_runs(s, n, err) < 0)
		return -1;
	*events = s->out;
	return *n > 0;
}
