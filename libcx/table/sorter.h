/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_SORTER_H
#define CX_TABLE_SORTER_H

#include "libcx/base/err.h"
#include "libcx/base/map.h"

/*
 * Puts events that come in any order together by whom they belong to and, of
 * one owner, by time; those of one time stay in the order they came in.
 *
 *	while (...)
 *		cx_sorter_add(sorter, &event, err);
 *	cx_sorter_finish(sorter, err);
 *	while ((more = cx_sorter_next(sorter, &events, &n, err)) > 0)
 *		use(events, n);
 *
 * Events are kept in memory, and beyond a bound in sorted runs on disk. The
 * order in which they are handed out is the same either way.
 */
struct cx_sorter;

/* What an event starts with; any more bytes belong to the caller. */
struct cx_event {
	int64_t time;
	uint32_t owner; /* a number of the map of names */
	uint32_t kind;  /* the caller's */
};

/*
 *   size      of an event in bytes, a multiple of 8, at most CX_SPILL_BUFFER
 *   memory    bytes to keep events in before they go to disk
 *   names     of the owners; borrowed, and may grow until finish
 *   by_name   owners come in the byte order of their names, else in that of
 *             their numbers
 */
struct cx_sorter *cx_sorter_new(
    size_t size, uint64_t memory, const struct cx_map *names, bool by_name);
void cx_sorter_free(struct cx_sorter *sorter);

int cx_sorter_add(
    struct cx_sorter *sorter, const void *event, struct cx_err *err);

/* All events are added. */
int cx_sorter_finish(struct cx_sorter *sorter, struct cx_err *err);

/*
 * All events of the next owner, borrowed until the next call, when they may
 * be changed: 1; 0 when there are no more; -1 and err.
 */
int cx_sorter_next(
    struct cx_sorter *sorter, void **events, size_t *n, struct cx_err *err);

/* Whether something went to disk. */
bool cx_sorter_spilled(const struct cx_sorter *sorter);

/* Sorts the n events of one owner at events, of size bytes each, by time. */
struct cx_sorter_room {
	char *records;
	struct cx_sorter_time *times;
	size_t cap;
};
void cx_sorter_by_time(
    struct cx_sorter_room *room, void *events, size_t n, size_t size);
void cx_sorter_room_release(struct cx_sorter_room *room);

#endif
