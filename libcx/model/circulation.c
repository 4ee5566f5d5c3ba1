/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/circulation.h"

#include "libcx/base/mem.h"

#include <stdint.h>
#include <stdlib.h>

/*
 * Why no more is to be asked than a strongly connected component and no
 * bridge: be e = {u, v} open both ways. Without e, suppose that neither v can
 * be reached from u nor u from v. Then any node of the component is reached
 * from one of them only, and reaches only the same one; so no arc joins the
 * nodes of u to those of v, and e is a bridge. An e open one way needs a path
 * back, which the component has.
 */

static const size_t NONE = SIZE_MAX;

/* The arcs at each node: numbers[start[v]] ... numbers[start[v + 1] - 1]. */
struct incidence {
	size_t *start, *numbers;
};

static struct incidence incidence_new(
    size_t n_nodes, const struct cx_arc *arcs, size_t n_arcs)
{
	struct incidence at = { cx_calloc(n_nodes + 2, sizeof(size_t)),
		cx_calloc(n_arcs, 2 * sizeof(size_t)) };
	/* Counted two ahead, the starts end up where they belong. */
	size_t *next = at.start + 1;

	for (size_t a = 0; a < n_arcs; a++) {
		next[arcs[a].from + 1]++;
		next[arcs[a].to + 1]++;
	}
	for (size_t v = 0; v < n_nodes; v++)
		next[v + 1] += next[v];
	for (size_t a = 0; a < n_arcs; a++) {
		at.numbers[next[arcs[a].from]++] = a;
		at.numbers[next[arcs[a].to]++] = a;
	}
	return at;
}

/*
 * Tarjan's search for components. The path from the root is in the nodes'
 * "by", and where each stands in its list of arcs is in "next", instead of on
 * the machine's stack, which a long path would break. With undirected set,
 * arcs lead both ways, but never back to where the search came from: then a
 * component is what holds together without bridges.
 */
struct search {
	const struct cx_arc *arcs;
	struct incidence at;
	bool undirected;
	size_t n_found;    /* nodes visited so far */
	size_t *order;     /* by node: when it was visited, from 1 */
	size_t *low;       /* the earliest that it is known to reach */
	size_t *by;        /* the arc it was reached by, or NONE */
	size_t *next;      /* the next of its arcs to look at */
	size_t *component; /* NONE until known */
	size_t *stack, n_stack;
};

static size_t other_end(const struct cx_arc *arc, size_t v)
{
	return arc->from == v ? arc->to : arc->from;
}

static bool leads_on(const struct search *s, size_t v, size_t a)
{
	const struct cx_arc *arc = &s->arcs[a];

	if (s->undirected)
		return arc->can_rise && a != s->by[v];
	return (arc->from == v && arc->can_rise) ||
	       (arc->to == v && arc->can_fall);
}

static void lower(size_t *low, size_t to)
{
	if (to < *low)
		*low = to;
}

static void enter(struct search *s, size_t v, size_t by)
{
	s->order[v] = s->low[v] = ++s->n_found;
	s->by[v] = by;
	s->next[v] = s->at.start[v];
	s->stack[s->n_stack++] = v;
}

/* Looks at the next arc of v; where the search goes on, v when it stays. */
static size_t advance(struct search *s, size_t v)
{
	size_t a = s->at.numbers[s->next[v]++];
	size_t w = other_end(&s->arcs[a], v);

	if (!leads_on(s, v, a))
		return v;
	if (s->order[w] == 0) {
		enter(s, w, a);
		return w;
	}
	if (s->component[w] == NONE)
		lower(&s->low[v], s->order[w]);
	return v;
}

/* Done with v: what is on the stack above it may be a component. */
static size_t leave(struct search *s, size_t v)
{
	size_t parent;

	if (s->low[v] == s->order[v]) {
		size_t w;

		do {
			w = s->stack[--s->n_stack];
			s->component[w] = v;
		} while (w != v);
	}
	if (s->by[v] == NONE)
		return NONE;
	parent = other_end(&s->arcs[s->by[v]], v);
	lower(&s->low[parent], s->low[v]);
	return parent;
}

static void search_from(struct search *s, size_t root)
{
	size_t v = root;

	enter(s, root, NONE);
	while (v != NONE)
		v = s->next[v] < s->at.start[v + 1] ? advance(s, v)
		                                    : leave(s, v);
}

static void find_components(size_t n_nodes, const struct cx_arc *arcs,
    size_t n_arcs, bool undirected, size_t *component)
{
	size_t *all = cx_calloc(n_nodes, 5 * sizeof(*all));
	struct search s = {
		.arcs = arcs,
		.at = incidence_new(n_nodes, arcs, n_arcs),
		.undirected = undirected,
		.order = all,
		.low = all + n_nodes,
		.by = all + 2 * n_nodes,
		.next = all + 3 * n_nodes,
		.stack = all + 4 * n_nodes,
		.component = component,
	};

	for (size_t v = 0; v < n_nodes; v++)
		component[v] = NONE;
	for (size_t v = 0; v < n_nodes; v++)
		if (s.order[v] == 0)
			search_from(&s, v);
	free(s.at.start);
	free(s.at.numbers);
	free(all);
}

void cx_circulation_fixed(size_t n_nodes, const struct cx_arc *arcs,
    size_t n_arcs, bool *fixed, size_t *component)
{
	struct cx_arc *within = cx_malloc(cx_mul(n_arcs, sizeof(*within)));

	find_components(n_nodes, arcs, n_arcs, false, component);
	/* The arcs within components, undirected; the others are shut. */
	for (size_t a = 0; a < n_arcs; a++) {
		bool open = arcs[a].can_rise || arcs[a].can_fall;

		within[a] = arcs[a];
		within[a].can_rise =
		    open && component[arcs[a].from] == component[arcs[a].to];
	}
	find_components(n_nodes, within, n_arcs, true, component);
	for (size_t a = 0; a < n_arcs; a++)
		fixed[a] = !within[a].can_rise ||
		           component[arcs[a].from] != component[arcs[a].to];
	free(within);
}
