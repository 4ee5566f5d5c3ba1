/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/sorter.h"

#include "libcx/base/hash.h"
#include "libcx/base/mem.h"
#include "libcx/io/spill.h"

#include <stdlib.h>

enum { PART_BITS = 8, WORD = 8 };

/* Events of a part, behind one another, each with its owner's name. */
struct block {
	struct block *next;
	size_t n; /* bytes behind it */
};

struct parcel {
	struct block *first, *last;
	size_t n; /* events, those on disk included */
	struct cx_spill_part *segments;
	size_t n_segments;
};

struct cx_sorter {
	size_t size;
	uint64_t memory, used;
	struct parcel parcels[CX_SORTER_PARTS];
	struct cx_spill *spill;
};

/* ---- batches ---- */

static size_t padded(size_t n)
{
	return (n + WORD - 1) / WORD * WORD;
}

void cx_batch_add(struct cx_batch *b, const void *event, size_t size,
    struct cx_str owner, bool in_order)
{
	size_t part = in_order ? 0 : cx_hash(owner) >> (64 - PART_BITS);
	size_t length = padded(owner.n);
	char *to = cx_buf_reserve(&b->parts[part], size + length);

	/* Until it has a number, an owner is as long as its name. */
	memcpy(to, event, size);
	((struct cx_event *)(void *)to)->owner = (uint32_t)owner.n;
	if (length)
		memset(to + size + length - WORD, 0, WORD);
	memcpy(to + size, owner.p, owner.n);
	b->parts[part].len += size + length;
}

void *cx_batch_next(struct cx_str *rest, size_t size, struct cx_str *owner)
{
	/* What is handed out may be changed, as all of it is ours. */
	struct cx_event *event = (void *)(uintptr_t)rest->p;

	if (rest->n == 0)
		return NULL;
	*owner = (struct cx_str){ rest->p + size, event->owner };
	*rest = cx_str_skip(*rest, size + padded(owner->n));
	return event;
}

void cx_batch_clear(struct cx_batch *b)
{
	for (size_t i = 0; i < CX_SORTER_PARTS; i++)
		cx_buf_clear(&b->parts[i]);
}

void cx_batch_release(struct cx_batch *b)
{
	for (size_t i = 0; i < CX_SORTER_PARTS; i++)
		cx_buf_release(&b->parts[i]);
}

/* ---- events come in ---- */

struct cx_sorter *cx_sorter_new(size_t size, uint64_t memory)
{
	struct cx_sorter *s = cx_calloc(1, sizeof(*s));

	s->size = size;
	s->memory = memory;
	return s;
}

static void free_blocks(struct parcel *p)
{
	while (p->first) {
		struct block *next = p->first->next;

		free(p->first);
		p->first = next;
	}
	p->last = NULL;
}

void cx_sorter_free(struct cx_sorter *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < CX_SORTER_PARTS; i++) {
		free_blocks(&s->parcels[i]);
		free(s->parcels[i].segments);
	}
	cx_spill_free(s->spill);
	free(s);
}

bool cx_sorter_spilled(const struct cx_sorter *s)
{
	return s->spill != NULL;
}

size_t cx_sorter_event_size(const struct cx_sorter *s)
{
	return s->size;
}

static char *add_block(struct parcel *p, size_t n)
{
	struct block *block = cx_malloc(sizeof(*block) + n);

	*block = (struct block){ .n = n };
	if (p->last)
		p->last->next = block;
	else
		p->first = block;
	p->last = block;
	return (char *)(block + 1);
}

static struct cx_str text_of(const struct block *block)
{
	return (struct cx_str){ (const char *)(block + 1), block->n };
}

static void take_part(
    struct parcel *p, struct cx_str text, size_t size, const uint32_t *kinds)
{
	struct cx_str rest = { memcpy(add_block(p, text.n), text.p, text.n),
		text.n };
	struct cx_event *event;
	struct cx_str owner;

	while ((event = cx_batch_next(&rest, size, &owner))) {
		event->kind = kinds[event->kind];
		p->n++;
	}
}

static int spill_parcel(
    struct cx_spill *spill, struct parcel *p, struct cx_err *err)
{
	struct cx_spill_part segment = { .at = cx_spill_size(spill) };

	if (!p->first)
		return 0;
	for (const struct block *b = p->first; b; b = b->next)
		if (cx_spill_write(spill, b + 1, b->n, err) < 0)
			return -1;
	segment.end = cx_spill_size(spill);
	p->segments =
	    cx_realloc(p->segments, cx_mul(p->n_segments + 1, sizeof(segment)));
	p->segments[p->n_segments++] = segment;
	free_blocks(p);
	return 0;
}

static int spill_all(struct cx_sorter *s, struct cx_err *err)
{
	if (!s->spill && cx_spill_open(&s->spill, err) < 0)
		return -1;
	for (size_t i = 0; i < CX_SORTER_PARTS; i++)
		if (spill_parcel(s->spill, &s->parcels[i], err) < 0)
			return -1;
	s->used = 0;
	return 0;
}

int cx_sorter_take(struct cx_sorter *s, struct cx_batch *b,
    const uint32_t *kinds, struct cx_err *err)
{
	for (size_t i = 0; i < CX_SORTER_PARTS; i++) {
		struct cx_str text = cx_buf_str(&b->parts[i]);

		if (text.n == 0)
			continue;
		take_part(&s->parcels[i], text, s->size, kinds);
		s->used += sizeof(struct block) + text.n;
	}
	cx_batch_clear(b);
	return s->used > s->memory ? spill_all(s, err) : 0;
}

int cx_sorter_finish(struct cx_sorter *s, struct cx_err *err)
{
	return s->spill ? cx_spill_finish(s->spill, err) : 0;
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

/* ---- parts go out ---- */

static int read_segment(struct cx_sorter *s, struct cx_spill_part *segment,
    char *to, struct cx_err *err)
{
	size_t left = segment->end - segment->at;
	int code = 1;

	while (left && code > 0) {
		size_t n = left < CX_SPILL_BUFFER ? left : CX_SPILL_BUFFER;

		code = cx_spill_read(s->spill, segment, to, n, err);
		to += n;
		left -= n;
	}
	cx_spill_part_release(segment);
	return code < 0 ? -1 : 0;
}

/* What went to disk came before what is in memory. */
static int read_back(struct cx_sorter *s, struct parcel *p, struct cx_err *err)
{
	struct block *rest = p->first, *last = p->last;
	int code = 0;

	p->first = p->last = NULL;
	for (size_t i = 0; i < p->n_segments && code == 0; i++) {
		struct cx_spill_part *segment = &p->segments[i];
		char *to = add_block(p, segment->end - segment->at);

		code = read_segment(s, segment, to, err);
	}
	if (!rest)
		return code;
	if (p->last)
		p->last->next = rest;
	else
		p->first = rest;
	p->last = last;
	return code;
}

static void make_room(struct cx_part *part, size_t size, size_t n)
{
	cx_map_clear(&part->names);
	free(part->order);
	part->order = NULL;
	part->next = 0;
	part->n = n;
	if (n <= part->cap && size == part->size)
		return;
	part->cap = n;
	part->size = size;
	part->events = cx_realloc(part->events, cx_mul(n, size));
	part->owners =
	    cx_realloc(part->owners, cx_mul(n, sizeof(*part->owners)));
}

/* The number of each event's owner, and how many events each owner has. */
static void number_owners(struct cx_part *part, const struct parcel *p)
{
	size_t at = 0;

	for (const struct block *b = p->first; b; b = b->next) {
		struct cx_str rest = text_of(b), owner;

		while (cx_batch_next(&rest, part->size, &owner))
			part->owners[at++] =
			    (uint32_t)cx_map_put(&part->names, owner);
	}
	if (part->names.n > part->ends_cap) {
		part->ends_cap = part->names.n;
		part->ends = cx_realloc(
		    part->ends, cx_mul(part->ends_cap, sizeof(*part->ends)));
	}
	for (size_t i = 0; i < part->names.n; i++)
		part->ends[i] = 0;
	for (size_t i = 0; i < part->n; i++)
		part->ends[part->owners[i]]++;
}

/* Copies events to where those of their owners are; counts become ends. */
static void place_events(struct cx_part *part, const struct parcel *p)
{
	size_t at = 0, start = 0;

	for (size_t i = 0; i < part->names.n; i++) {
		size_t n = part->ends[i];

		part->ends[i] = start;
		start += n;
	}
	for (const struct block *b = p->first; b; b = b->next) {
		struct cx_str rest = text_of(b), owner;
		const void *event;

		while ((event = cx_batch_next(&rest, part->size, &owner)))
			memcpy(part->events + part->ends[part->owners[at++]]++ *
			                          part->size,
			    event, part->size);
	}
}

int cx_sorter_load(struct cx_sorter *s, size_t number, struct cx_part *part,
    struct cx_err *err)
{
	struct parcel *p = &s->parcels[number];

	make_room(part, s->size, p->n);
	if (p->n_segments && read_back(s, p, err) < 0)
		return -1;
	number_owners(part, p);
	place_events(part, p);
	free_blocks(p);
	return 0;
}

void cx_part_by_name(struct cx_part *part)
{
	part->order = cx_map_sorted(&part->names);
}

bool cx_part_next(
    struct cx_part *part, struct cx_str *owner, void **events, size_t *n)
{
	size_t number, start;

	if (part->next == part->names.n)
		return false;
	number = part->order ? part->order[part->next] : part->next;
	part->next++;
	start = number ? part->ends[number - 1] : 0;
	*owner = cx_map_key(&part->names, number);
	*events = part->events + start * part->size;
	*n = part->ends[number] - start;
	cx_sorter_by_time(&part->room, *events, *n, part->size);
	return true;
}

void cx_part_release(struct cx_part *part)
{
	cx_map_release(&part->names);
	free(part->events);
	free(part->owners);
	free(part->ends);
	free(part->order);
	cx_sorter_room_release(&part->room);
	*part = (struct cx_part){ 0 };
}
