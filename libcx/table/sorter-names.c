/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/sorter-names.h"

#include "libcx/base/mem.h"
#include "libcx/io/spill.h"

#include <stdlib.h>

/* The owners of a part by name, in memory or on disk, and the first of them. */
struct run {
	struct cx_part part;
	struct cx_spill_part on_disk;
	struct cx_str owner;
	void *events;
	size_t n;
	struct cx_buf text; /* of the owner from disk: name and events */
};

struct cx_by_name {
	size_t size;
	struct cx_spill *spill; /* NULL: all is in memory */
	struct run runs[CX_SORTER_PARTS];
	struct run *heap[CX_SORTER_PARTS];
	size_t n_heap;
	bool started;
};

/* What an owner's events have in front of them on disk. */
struct mark {
	uint64_t length, n; /* of the name, and of events */
};

/* ---- runs on disk ---- */

static int write_owner(struct cx_by_name *l, struct cx_str owner,
    const void *events, size_t n, struct cx_err *err)
{
	struct mark mark = { owner.n, n };

	if (cx_spill_write(l->spill, &mark, sizeof(mark), err) < 0 ||
	    cx_spill_write(l->spill, events, n * l->size, err) < 0)
		return -1;
	return cx_spill_write(l->spill, owner.p, owner.n, err);
}

static int write_run(struct cx_by_name *l, struct run *run, struct cx_err *err)
{
	struct cx_str owner;
	void *events;
	size_t n;

	run->on_disk.at = cx_spill_size(l->spill);
	while (cx_part_next(&run->part, &owner, &events, &n))
		if (write_owner(l, owner, events, n, err) < 0)
			return -1;
	run->on_disk.end = cx_spill_size(l->spill);
	cx_part_release(&run->part);
	return 0;
}

static int read_bytes(struct cx_by_name *l, struct run *run, char *to,
    size_t left, struct cx_err *err)
{
	while (left) {
		size_t n = left < CX_SPILL_BUFFER ? left : CX_SPILL_BUFFER;

		if (cx_spill_read(l->spill, &run->on_disk, to, n, err) < 0)
			return -1;
		to += n;
		left -= n;
	}
	return 0;
}

/* The run's next owner from disk: 1, 0 or -1. */
static int read_owner(struct cx_by_name *l, struct run *run, struct cx_err *err)
{
	struct mark mark;
	size_t length;
	int more =
	    cx_spill_read(l->spill, &run->on_disk, &mark, sizeof(mark), err);

	if (more <= 0)
		return more;
	length = mark.n * l->size + mark.length;
	cx_buf_clear(&run->text);
	run->events = cx_buf_reserve(&run->text, length);
	run->n = mark.n;
	run->owner =
	    (struct cx_str){ run->text.data + mark.n * l->size, mark.length };
	return read_bytes(l, run, run->text.data, length, err) < 0 ? -1 : 1;
}

/* ---- a heap of runs, the least name on top ---- */

static bool is_before(const struct run *a, const struct run *b)
{
	return cx_str_order(a->owner, b->owner) < 0;
}

static void sink(struct cx_by_name *l, size_t i)
{
	struct run *run = l->heap[i];

	for (size_t child; (child = 2 * i + 1) < l->n_heap; i = child) {
		if (child + 1 < l->n_heap &&
		    is_before(l->heap[child + 1], l->heap[child]))
			child++;
		if (!is_before(l->heap[child], run))
			break;
		l->heap[i] = l->heap[child];
	}
	l->heap[i] = run;
}

static int advance(struct cx_by_name *l, struct run *run, struct cx_err *err)
{
	if (l->spill)
		return read_owner(l, run, err);
	return cx_part_next(&run->part, &run->owner, &run->events, &run->n);
}

static int start_heap(struct cx_by_name *l, struct cx_err *err)
{
	for (size_t i = 0; i < CX_SORTER_PARTS; i++) {
		int more = advance(l, &l->runs[i], err);

		if (more < 0)
			return -1;
		if (more)
			l->heap[l->n_heap++] = &l->runs[i];
	}
	for (size_t i = l->n_heap / 2; i-- > 0;)
		sink(l, i);
	return 0;
}

static int fill(
    struct cx_by_name *l, struct cx_sorter *sorter, struct cx_err *err)
{
	if (cx_sorter_spilled(sorter) && cx_spill_open(&l->spill, err) < 0)
		return -1;
	for (size_t i = 0; i < CX_SORTER_PARTS; i++) {
		struct run *run = &l->runs[i];

		if (cx_sorter_load(sorter, i, &run->part, err) < 0)
			return -1;
		cx_part_by_name(&run->part);
		if (l->spill && write_run(l, run, err) < 0)
			return -1;
	}
	return start_heap(l, err);
}

int cx_by_name_open(
    struct cx_by_name **list, struct cx_sorter *sorter, struct cx_err *err)
{
	struct cx_by_name *l = cx_calloc(1, sizeof(*l));

	l->size = cx_sorter_event_size(sorter);
	if (fill(l, sorter, err) == 0) {
		*list = l;
		return 0;
	}
	cx_by_name_close(l);
	return -1;
}

int cx_by_name_next(struct cx_by_name *l, struct cx_str *owner, void **events,
    size_t *n, struct cx_err *err)
{
	/* What was handed out last stays until now. */
	if (l->started) {
		int more = advance(l, l->heap[0], err);

		if (more < 0)
			return -1;
		if (!more)
			l->heap[0] = l->heap[--l->n_heap];
		if (l->n_heap)
			sink(l, 0);
	}
	l->started = l->n_heap > 0;
	if (!l->started)
		return 0;
	*owner = l->heap[0]->owner;
	*events = l->heap[0]->events;
	*n = l->heap[0]->n;
	return 1;
}

void cx_by_name_close(struct cx_by_name *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < CX_SORTER_PARTS; i++) {
		cx_part_release(&l->runs[i].part);
		cx_spill_part_release(&l->runs[i].on_disk);
		cx_buf_release(&l->runs[i].text);
	}
	cx_spill_free(l->spill);
	free(l);
}
