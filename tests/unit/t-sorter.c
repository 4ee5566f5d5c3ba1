/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/mem.h"
#include "libcx/table/sorter-names.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

#include <stdlib.h>

/* Random events against qsort(3), in memory and on disk, in both orders. */

struct event {
	struct cx_event event;
	uint64_t serial; /* as it came in */
	size_t name;
};

static struct cx_map names;

static void make_names(size_t n)
{
	char name[64];

	cx_map_release(&names);
	for (size_t i = 0; i < n; i++) {
		/* Of 1 to some forty bytes. */
		snprintf(name, sizeof(name), "%zu%.*s", (i * 7919) % 100003,
		    (int)(i % 37), "........................................");
		cx_map_put(&names, cx_str(name));
	}
}

static struct event *make_events(size_t n, size_t n_times)
{
	struct event *events = cx_malloc(cx_mul(n, sizeof(*events)));

	for (size_t i = 0; i < n; i++)
		events[i] = (struct event){ { (int64_t)random_below(n_times) -
			                            (int64_t)n_times / 2,
			                        (uint32_t)(i % 3), 0 },
			i, random_below(names.n) };
	return events;
}

static int by_owner(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	int order = cx_str_order(
	    cx_map_key(&names, x->name), cx_map_key(&names, y->name));

	if (order)
		return order;
	if (x->event.time != y->event.time)
		return x->event.time < y->event.time ? -1 : 1;
	return x->serial < y->serial ? -1 : 1;
}

/* Whether the events of one owner are those at want, as which it is known. */
static bool is_same(const struct event *got, const struct event *want, size_t n,
    struct cx_str owner)
{
	for (size_t i = 0; i < n; i++)
		if (got[i].serial != want[i].serial ||
		    got[i].event.kind != 7 - want[i].event.kind ||
		    !cx_str_eq(owner, cx_map_key(&names, want[i].name)))
			return false;
	return true;
}

/* Whether the owners come in the order of want, each with all events. */
static bool hands_out(
    struct cx_sorter *sorter, const struct event *want, size_t n)
{
	struct cx_by_name *list;
	struct cx_str owner;
	struct cx_err err;
	void *events;
	size_t some, at = 0;
	bool same = cx_by_name_open(&list, sorter, &err) == 0;

	while (
	    same && cx_by_name_next(list, &owner, &events, &some, &err) > 0) {
		same =
		    at + some <= n && is_same(events, want + at, some, owner);
		at += some;
		same = same && (at == n || want[at].name != want[at - 1].name);
	}
	cx_by_name_close(list);
	return same && at == n;
}

/* Where the events of an owner start among those by name. */
static size_t start_of(const struct event *want, size_t n, struct cx_str owner)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (cx_str_order(cx_map_key(&names, want[middle].name), owner) <
		    0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Whether all owners are in one part each, with all of their events. */
static bool loads(struct cx_sorter *sorter, const struct event *want, size_t n)
{
	struct cx_part part = { 0 };
	struct cx_str owner;
	struct cx_err err;
	void *events;
	size_t some, all = 0;
	bool same = true;

	for (size_t i = 0; same && i < CX_SORTER_PARTS; i++) {
		same = cx_sorter_load(sorter, i, &part, &err) == 0;
		while (same && cx_part_next(&part, &owner, &events, &some)) {
			size_t at = start_of(want, n, owner);

			same = at + some <= n &&
			       is_same(events, want + at, some, owner);
			all += some;
		}
	}
	cx_part_release(&part);
	return same && all == n;
}

static struct cx_sorter *fill(
    const struct event *events, size_t n, uint64_t memory)
{
	struct cx_sorter *sorter = cx_sorter_new(sizeof(*events), memory);
	static const uint32_t kinds[] = { 7, 6, 5 };
	struct cx_batch batch = { 0 };
	struct cx_err err;
	int code = 0;

	for (size_t i = 0; i < n && code == 0; i++) {
		cx_batch_add(&batch, &events[i], sizeof(*events),
		    cx_map_key(&names, events[i].name), false);
		if (i % 1000 == 999)
			code = cx_sorter_take(sorter, &batch, kinds, &err);
	}
	if (code == 0)
		code = cx_sorter_take(sorter, &batch, kinds, &err);
	if (code == 0)
		code = cx_sorter_finish(sorter, &err);
	cx_batch_release(&batch);
	if (code == 0)
		return sorter;
	cx_sorter_free(sorter);
	return NULL;
}

static void test_one(size_t n, size_t n_times, uint64_t memory)
{
	struct event *events = make_events(n, n_times);
	struct cx_sorter *parts = fill(events, n, memory);
	struct cx_sorter *all = fill(events, n, memory);

	qsort(events, n, sizeof(*events), by_owner);
	check(parts && loads(parts, events, n), "%zu events of %zu, %s, parts",
	    n, names.n, cx_sorter_spilled(parts) ? "on disk" : "in memory");
	check(all && hands_out(all, events, n), "%zu events of %zu, %s, names",
	    n, names.n, cx_sorter_spilled(all) ? "on disk" : "in memory");
	cx_sorter_free(parts);
	cx_sorter_free(all);
	free(events);
}

/* One after another, as they came. */
static void test_in_order(void)
{
	struct event *events = make_events(5000, 10), *event;
	struct cx_batch batch = { 0 };
	struct cx_str rest, owner;
	size_t n = 0;
	bool same = true;

	for (size_t i = 0; i < 5000; i++)
		cx_batch_add(&batch, &events[i], sizeof(*events),
		    cx_map_key(&names, events[i].name), true);
	rest = cx_buf_str(&batch.parts[0]);
	while ((event = cx_batch_next(&rest, sizeof(*events), &owner))) {
		same = same && event->serial == n &&
		       cx_str_eq(owner, cx_map_key(&names, events[n].name));
		n++;
	}
	check(same && n == 5000, "a batch in the order of the input");
	cx_batch_release(&batch);
	free(events);
}

int main(void)
{
	static const size_t sizes[] = { 0, 1, 2, 4096, 4097, 50000 };
	static const size_t owners[] = { 1, 30, 20000 };

	for (size_t o = 0; o < 3; o++) {
		make_names(owners[o]);
		for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
			test_one(sizes[i], 1000, 1 << 30);
			test_one(sizes[i], 10, 1 << 30);
			test_one(sizes[i], 1000, 1);
			test_one(sizes[i], 10, 300000);
		}
	}
	test_in_order();
	cx_map_release(&names);
	return check_done();
}
