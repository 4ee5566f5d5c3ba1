/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/mem.h"
#include "libcx/table/sorter.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

#include <stdlib.h>

/* Random events against qsort(3), in memory and on disk, in both orders. */

struct event {
	struct cx_event event;
	uint64_t serial; /* as it came in */
};

static struct cx_map names;

static void make_names(size_t n)
{
	char name[32];

	cx_map_release(&names);
	for (size_t i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "%zu", (i * 7919) % 100003);
		cx_map_put(&names, cx_str(name));
	}
}

static struct event *make_events(size_t n, size_t n_times)
{
	struct event *events = cx_malloc(n * sizeof(*events));

	for (size_t i = 0; i < n; i++)
		events[i] = (struct event){
			{ (int64_t)random_below(n_times) - (int64_t)n_times / 2,
			    (uint32_t)random_below(names.n), (uint32_t)i },
			i
		};
	return events;
}

static bool named;

static int by_owner(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	char left[32] = "", right[32] = "";
	struct cx_str p = cx_map_key(&names, x->event.owner);
	struct cx_str q = cx_map_key(&names, y->event.owner);

	if (x->event.owner != y->event.owner && !named)
		return x->event.owner < y->event.owner ? -1 : 1;
	if (x->event.owner != y->event.owner) {
		memcpy(left, p.p, p.n);
		memcpy(right, q.p, q.n);
		return strcmp(left, right);
	}
	if (x->event.time != y->event.time)
		return x->event.time < y->event.time ? -1 : 1;
	return x->serial < y->serial ? -1 : 1;
}

/* Whether the events come as they do in want. */
static bool hands_out(
    struct cx_sorter *sorter, const struct event *want, size_t n)
{
	struct cx_err err;
	void *events;
	size_t some, at = 0;

	while (cx_sorter_next(sorter, &events, &some, &err) > 0) {
		if (at + some > n ||
		    memcmp(events, want + at, some * sizeof(*want)) != 0)
			return false;
		at += some;
		if (at < n && want[at].event.owner == want[at - 1].event.owner)
			return false;
	}
	return at == n;
}

static void test_one(size_t n, size_t n_times, uint64_t memory, bool by_name)
{
	struct event *events = make_events(n, n_times);
	struct cx_sorter *sorter =
	    cx_sorter_new(sizeof(*events), memory, &names, by_name);
	struct cx_err err;
	int code = 0;

	for (size_t i = 0; i < n && code == 0; i++)
		code = cx_sorter_add(sorter, &events[i], &err);
	if (code == 0)
		code = cx_sorter_finish(sorter, &err);
	named = by_name;
	qsort(events, n, sizeof(*events), by_owner);
	check(code == 0 && hands_out(sorter, events, n),
	    "%zu events of %zu, %s, %s", n, names.n,
	    cx_sorter_spilled(sorter) ? "on disk" : "in memory",
	    by_name ? "by name" : "by number");
	cx_sorter_free(sorter);
	free(events);
}

int main(void)
{
	static const size_t sizes[] = { 0, 1, 2, 4096, 4097, 50000 };
	static const size_t owners[] = { 1, 30, 20000 };

	for (size_t o = 0; o < 3; o++) {
		make_names(owners[o]);
		for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
			test_one(sizes[i], 1000, 1 << 30, false);
			test_one(sizes[i], 10, 1 << 30, true);
			test_one(sizes[i], 1000, 1, false);
			test_one(sizes[i], 10, 300000, true);
		}
	}
	cx_map_release(&names);
	return check_done();
}
