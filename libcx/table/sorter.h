/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_SORTER_H
#define CX_TABLE_SORTER_H

#include "libcx/base/err.h"
#include "libcx/base/map.h"

/*
 * Puts events that come in any order together by whom they belong to and, of
 * one owner, by time; those of one time stay in the order they came in.
 *
 * Threads that read add events to batches of their own, which a hash of the
 * owners' names divides into parts. Batches are taken in the order of the
 * input. Then each part, which is small, is sorted by itself, by any thread:
 *
 *	cx_batch_add(&batch, &event, size, name);
 *	cx_sorter_take(sorter, &batch, kinds, err);
 *	cx_sorter_finish(sorter, err);
 *	for (i = 0; i < CX_SORTER_PARTS; i++) {
 *		cx_sorter_load(sorter, i, &part, err);
 *		while (cx_part_next(&part, &owner, &events, &n))
 *			use(owner, events, n);
 *	}
 *
 * Events are kept in memory, and beyond a bound on disk. Either way the same
 * owners are in a part, and in the same order.
 */
struct cx_sorter;

enum { CX_SORTER_PARTS = 256 };

/* What an event starts with; any more bytes belong to the caller. */
struct cx_event {
	int64_t time;
	uint32_t kind;  /* the caller's */
	uint32_t owner; /* the sorter's */
};

/* Events as they come, in parts. All zero is empty and valid. */
struct cx_batch {
	struct cx_buf parts[CX_SORTER_PARTS];
};

/*
 * Adds an event of size bytes, a multiple of 8; to part 0 where in_order, so
 * that cx_batch_next hands all out as they came.
 */
void cx_batch_add(struct cx_batch *batch, const void *event, size_t size,
    struct cx_str owner, bool in_order);
void cx_batch_clear(struct cx_batch *batch); /* keeps the memory */
void cx_batch_release(struct cx_batch *batch);

/* Cuts the first event off the rest of a part; NULL when there is none. */
void *cx_batch_next(struct cx_str *rest, size_t size, struct cx_str *owner);

/*
 *   size      of an event in bytes, a multiple of 8, at most CX_SPILL_BUFFER
 *   memory    bytes to keep events in before they go to disk
 */
struct cx_sorter *cx_sorter_new(size_t size, uint64_t memory);
void cx_sorter_free(struct cx_sorter *sorter);

/* Takes all events of a batch, with kinds[k] in the place of kind k. */
int cx_sorter_take(struct cx_sorter *sorter, struct cx_batch *batch,
    const uint32_t *kinds, struct cx_err *err);

/* All events are taken. */
int cx_sorter_finish(struct cx_sorter *sorter, struct cx_err *err);

/* Whether something went to disk. */
bool cx_sorter_spilled(const struct cx_sorter *sorter);
size_t cx_sorter_event_size(const struct cx_sorter *sorter);

/* Sorts the n events of one owner at events, of size bytes each, by time. */
struct cx_sorter_room {
	char *records;
	struct cx_sorter_time *times;
	size_t cap;
};
void cx_sorter_by_time(
    struct cx_sorter_room *room, void *events, size_t n, size_t size);
void cx_sorter_room_release(struct cx_sorter_room *room);

/* The events of a part by owners. All zero is a new one, for many parts. */
struct cx_part {
	struct cx_map names; /* owners, by number as they came */
	char *events;
	size_t size, n, cap;
	uint32_t *owners; /* of each event as it came */
	size_t *ends;     /* by owner: where its events end */
	size_t ends_cap;
	size_t *order; /* of the owners; NULL: of their numbers */
	size_t next;
	struct cx_sorter_room room;
};

/* Once for each part; the sorter forgets it. */
int cx_sorter_load(struct cx_sorter *sorter, size_t number,
    struct cx_part *part, struct cx_err *err);

/* From here on owners come in the byte order of their names. */
void cx_part_by_name(struct cx_part *part);

/* The events of the next owner, borrowed; they may be changed. */
bool cx_part_next(
    struct cx_part *part, struct cx_str *owner, void **events, size_t *n);
void cx_part_release(struct cx_part *part);

#endif
