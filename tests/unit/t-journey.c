/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/journey.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

/* ---- starts and completions ---- */

static struct cx_contact at(
    int64_t time, uint32_t touchpoint, enum cx_phase phase)
{
	return (struct cx_contact){ .time = time,
		.start = time,
		.touchpoint = touchpoint,
		.phase = phase };
}

static void test_join(void)
{
	struct cx_joiner joiner = { 0 };
	struct cx_contact c[] = { at(1, 5, CX_PHASE_START),
		at(2, 3, CX_PHASE_START), at(3, 5, CX_PHASE_START),
		at(4, 5, CX_PHASE_COMPLETE), at(5, 9, CX_PHASE_COMPLETE),
		at(6, 7, CX_PHASE_WHOLE), at(7, 5, CX_PHASE_COMPLETE),
		at(8, 5, CX_PHASE_COMPLETE) };
	struct cx_contact other[] = { at(9, 3, CX_PHASE_COMPLETE) };
	size_t n = cx_journey_join(&joiner, c, sizeof(c) / sizeof(*c));

	check_int((intmax_t)n, 5, "starts are no contacts");
	check(c[0].start == 1 && c[0].time == 4, "the first start is taken");
	check(c[1].start == 5 && c[1].time == 5, "completed without a start");
	check(c[2].start == 6 && c[2].time == 6, "neither start nor end");
	check(c[3].start == 3 && c[3].time == 7, "then the second start");
	check(c[4].start == 8 && c[4].time == 8, "then none");
	check_int((intmax_t)joiner.open, 1, "one start is open");
	n = cx_journey_join(&joiner, other, 1);
	check(n == 1 && other[0].start == 9, "another customer's is not taken");
	cx_joiner_release(&joiner);
}

/* ---- journeys ---- */

static void test_length(void)
{
	const bool ends[] = { false, false, true };
	struct cx_contact c[] = { at(0, 1, CX_PHASE_WHOLE),
		at(10, 1, CX_PHASE_WHOLE), at(21, 2, CX_PHASE_WHOLE),
		at(22, 1, CX_PHASE_WHOLE) };

	check_int((intmax_t)cx_journey_length(c, 4, 0, NULL), 4, "no cut");
	check_int((intmax_t)cx_journey_length(c, 4, 10, NULL), 2, "a gap");
	check_int((intmax_t)cx_journey_length(c, 4, 11, NULL), 4,
	    "as long as the gap is not longer");
	check_int((intmax_t)cx_journey_length(c, 4, 0, ends), 3, "an end");
	check_int((intmax_t)cx_journey_length(c, 1, 1, ends), 1, "one");
	c[2].start = 15;
	check_int((intmax_t)cx_journey_length(c, 4, 10, NULL), 4,
	    "a gap lasts until the next contact starts");
}

/* ---- funnels ---- */

enum { MOST = 14, STEPS = 3 };

/*
 * By trying out all ways: the furthest one, and of those the one that is
 * there first; its entry is the first, or any.
 */
struct best {
	size_t reached;
	int64_t at[STEPS];
};

static void try_from(const struct cx_funnel *f, const uint32_t *where,
    const int64_t *times, size_t n, size_t last, size_t step, int64_t *way,
    struct best *best)
{
	if (step > best->reached ||
	    (step == best->reached && way[step - 1] < best->at[step - 1])) {
		best->reached = step;
		memcpy(best->at, way, step * sizeof(*way));
	}
	/* No more than STEPS: gcc -O3 cannot know. */
	if (step == f->n_steps || step == STEPS)
		return;
	for (size_t i = last + 1; i < n; i++) {
		if (f->strict && i != last + 1)
			break;
		if (where[i] != f->steps[step] ||
		    (f->within && times[i] - way[0] > f->within))
			continue;
		way[step] = times[i];
		try_from(f, where, times, n, i, step + 1, way, best);
	}
}

static struct best try_all(const struct cx_funnel *f, const uint32_t *where,
    const int64_t *times, size_t n)
{
	struct best best = { 0, { 0 } };
	int64_t way[STEPS];

	for (size_t i = 0; i < n; i++) {
		if (where[i] != f->steps[0])
			continue;
		way[0] = times[i];
		try_from(f, where, times, n, i, 1, way, &best);
		if (!f->any_entry)
			break;
	}
	return best;
}

static bool walks_well(const struct cx_funnel *f)
{
	uint32_t where[MOST];
	int64_t times[MOST], at_step[STEPS];
	size_t n = random_below(MOST + 1), reached;
	struct best want;

	for (size_t i = 0; i < n; i++) {
		where[i] = (uint32_t)random_below(4);
		times[i] =
		    (i ? times[i - 1] : 0) + 1 + (int64_t)random_below(5);
	}
	reached = cx_funnel_walk(f, where, times, n, at_step);
	want = try_all(f, where, times, n);
	return reached == want.reached &&
	       (reached == 0 || at_step[reached - 1] == want.at[reached - 1]);
}

static void test_funnel(void)
{
	for (int kind = 0; kind < 16; kind++) {
		struct cx_funnel f = { .n_steps = STEPS,
			.steps = { 0, 1, kind & 8 ? 0 : 2 },
			.strict = kind & 1,
			.any_entry = kind & 2,
			.within = kind & 4 ? 9 : 0 };
		int bad = 0;

		for (int i = 0; i < 3000; i++)
			bad += !walks_well(&f);
		check_int(bad, 0, "random funnels:%s%s%s%s",
		    f.strict ? " strict" : "", f.any_entry ? " any" : "",
		    f.within ? " within" : "", kind & 8 ? " round" : "");
	}
}

int main(void)
{
	test_join();
	test_length();
	test_funnel();
	return check_done();
}
