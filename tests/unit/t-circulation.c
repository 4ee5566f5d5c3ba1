/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/circulation.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

#include <stdlib.h>

enum { MOST_NODES = 6, MOST_ARCS = 8, TRIES = 20000 };

/* ---- by trying ---- */

struct trial {
	size_t n_nodes, n_arcs;
	struct cx_arc arcs[MOST_ARCS];
	int change[MOST_ARCS];
	bool changes[MOST_ARCS]; /* in some circulation */
};

static bool is_balanced(const struct trial *t)
{
	int surplus[MOST_NODES] = { 0 };

	for (size_t a = 0; a < t->n_arcs; a++) {
		surplus[t->arcs[a].from] -= t->change[a];
		surplus[t->arcs[a].to] += t->change[a];
	}
	for (size_t v = 0; v < t->n_nodes; v++)
		if (surplus[v] != 0)
			return false;
	return true;
}

/* All changes by -1, 0 and 1 of the arcs from a on. */
static void try_all(struct trial *t, size_t a)
{
	if (a < t->n_arcs) {
		for (int by = -t->arcs[a].can_fall; by <= t->arcs[a].can_rise;
		     by++) {
			t->change[a] = by;
			try_all(t, a + 1);
		}
		return;
	}
	if (!is_balanced(t))
		return;
	for (size_t i = 0; i < t->n_arcs; i++)
		t->changes[i] |= t->change[i] != 0;
}

static struct trial random_trial(void)
{
	struct trial t = { .n_nodes = 1 + random_below(MOST_NODES),
		.n_arcs = random_below(MOST_ARCS + 1) };

	for (size_t a = 0; a < t.n_arcs; a++) {
		size_t open = random_below(6); /* shut, one way twice, both */

		t.arcs[a] = (struct cx_arc){ random_below(t.n_nodes),
			random_below(t.n_nodes), open == 1 || open > 2,
			open >= 2 };
	}
	return t;
}

static void test_random(void)
{
	int bad = 0, n_fixed = 0, n_free = 0;

	for (int i = 0; i < TRIES; i++) {
		struct trial t = random_trial();
		bool fixed[MOST_ARCS];
		size_t component[MOST_NODES];

		try_all(&t, 0);
		cx_circulation_fixed(
		    t.n_nodes, t.arcs, t.n_arcs, fixed, component);
		for (size_t a = 0; a < t.n_arcs; a++) {
			bad += fixed[a] == t.changes[a];
			bad += !fixed[a] && component[t.arcs[a].from] !=
			                        component[t.arcs[a].to];
			n_fixed += fixed[a];
			n_free += !fixed[a];
		}
	}
	check_int(bad, 0, "fixed arcs are those that no circulation changes");
	check(n_fixed > TRIES && n_free > TRIES, "both kinds occur");
}

/* ---- shapes ---- */

static void test_shapes(void)
{
	/* two rings, 0 1 2 and 3 4 5, and an arc between; one shut */
	static const struct cx_arc arcs[] = { { 0, 1, true, true },
		{ 1, 2, true, true }, { 2, 0, true, true },
		{ 2, 3, true, true }, { 3, 4, true, false },
		{ 4, 5, true, true }, { 5, 3, true, true },
		{ 0, 5, false, false } };
	static const bool want[] = { false, false, false, true, false, false,
		false, true };
	static const struct cx_arc twins[] = { { 0, 1, true, false },
		{ 0, 1, false, true }, { 1, 2, true, true } };
	bool fixed[8];
	size_t component[6];

	cx_circulation_fixed(6, arcs, 8, fixed, component);
	check(memcmp(fixed, want, sizeof(want)) == 0, "a bridge of two rings");
	check(component[0] == component[1] && component[1] == component[2] &&
	          component[3] == component[4] &&
	          component[4] == component[5] && component[0] != component[3],
	    "a bridge of two rings: components");
	cx_circulation_fixed(3, twins, 3, fixed, component);
	check(!fixed[0] && !fixed[1] && fixed[2], "twin arcs, a loose end");
	cx_circulation_fixed(3, NULL, 0, fixed, component);
	check(component[0] != component[1] && component[1] != component[2],
	    "no arcs: nothing is held together");
}

/* A path so long that recursion would break; closed, it is a ring. */
static void test_long(void)
{
	enum { LONG = 1000000 };
	struct cx_arc *arcs = malloc(LONG * sizeof(*arcs));
	bool *fixed = malloc(LONG * sizeof(*fixed));
	size_t *component = malloc(LONG * sizeof(*component));
	size_t n_fixed = 0;

	for (size_t a = 0; a < LONG; a++)
		arcs[a] = (struct cx_arc){ a, (a + 1) % LONG, true, true };
	cx_circulation_fixed(LONG, arcs, LONG - 1, fixed, component);
	for (size_t a = 0; a < LONG - 1; a++)
		n_fixed += fixed[a];
	check_int((intmax_t)n_fixed, LONG - 1, "a long path is fixed");
	cx_circulation_fixed(LONG, arcs, LONG, fixed, component);
	for (size_t a = n_fixed = 0; a < LONG; a++)
		n_fixed += fixed[a];
	check_int((intmax_t)n_fixed, 0, "a long ring is free");
	free(arcs);
	free(fixed);
	free(component);
}

int main(void)
{
	test_random();
	test_shapes();
	test_long();
	return check_done();
}
