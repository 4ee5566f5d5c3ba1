/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs by several threads: each is done once, and collected. */
#include "libcx/base/each.h"
#include "tests/lib/check.h"

enum { MOST = 1000 };

struct squares {
	uint64_t of[MOST];
	unsigned times[MOST];
	uint64_t jobs;
	size_t threads;
};

/* What each thread has for itself. */
struct own {
	uint64_t jobs;
};

static void square(void *context, void *scratch, size_t number)
{
	struct squares *squares = context;
	struct own *own = scratch;

	squares->of[number] = (uint64_t)number * number;
	squares->times[number]++;
	own->jobs++;
}

static void collect(void *context, void *scratch)
{
	struct squares *squares = context;

	squares->jobs += ((struct own *)scratch)->jobs;
	squares->threads++;
}

static void test_each(unsigned threads, size_t n)
{
	struct squares squares = { .jobs = 0 };
	struct cx_each each = { .job = square,
		.collect = collect,
		.context = &squares,
		.scratch_size = sizeof(struct own) };
	size_t most = threads < n ? threads : n;
	bool right = true;

	cx_each_run(&each, n, threads);
	for (size_t i = 0; i < MOST; i++)
		right = right && squares.times[i] == (i < n) &&
		        squares.of[i] == (i < n ? (uint64_t)i * i : 0);
	check(right && squares.jobs == n, "%zu jobs by %u threads", n, threads);
	check(squares.threads >= 1 && squares.threads <= (most ? most : 1),
	    "%zu jobs by %u threads: by no more", n, threads);
}

int main(void)
{
	test_each(1, MOST);
	test_each(3, MOST);
	test_each(8, 2);
	test_each(2, 0);
	return check_done();
}
