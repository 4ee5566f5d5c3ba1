/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/dot.h"

#include "libcx/base/map.h"
#include "libcx/base/mem.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

const struct cx_dot_words cx_dot_words = {
	.not_drawn = "not drawn: %s edges, each at most %s times",
	.units = { "%s s", "%s min", "%s h", "%s d" },
};

/* Points. */
static const double THINNEST = 0.75, WIDEST = 6;

/*
 * In a string of DOT a quote and a backslash have another meaning, and so has
 * a brace or bracket in no shape that is used here.
 * Source: Graphviz, The DOT Language, section "ID".
 */
static void add_text(struct cx_buf *out, struct cx_str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '"' || c == '\\')
			cx_buf_addc(out, '\\');
		cx_buf_addc(out, (unsigned char)c < ' ' ? ' ' : c);
	}
}

/* ---- nodes ---- */

static void add_bound(struct cx_buf *out, size_t number, const char *shape)
{
	cx_buf_addf(out,
	    "\t\tn%zu [shape=%s, label=\"\", width=0.25, "
	    "fillcolor=black];\n",
	    number, shape);
}

static void add_node(
    struct cx_buf *out, size_t number, struct cx_str name, uint64_t n)
{
	cx_buf_addf(out, "\t\tn%zu [label=\"", number);
	add_text(out, name);
	cx_buf_addf(out, "\\n%" PRIu64 "\"];\n", n);
}

/* The number of a node, which is drawn when it is new. */
static size_t number_of(struct cx_buf *out, struct cx_map *nodes,
    const struct cx_dot_edge *e, bool of_to)
{
	struct cx_str name = of_to ? e->to : e->from;
	bool bound = of_to ? e->ends : e->starts;
	struct cx_buf key = { 0 };
	size_t before = nodes->n, number;

	/* A place may be called as a bound is. */
	cx_buf_addc(&key, bound ? of_to ? 'e' : 's' : 'n');
	cx_buf_adds(&key, e->group);
	cx_buf_addc(&key, '\0');
	cx_buf_adds(&key, name);
	number = cx_map_put(nodes, cx_buf_str(&key));
	cx_buf_release(&key);
	if (number < before)
		return number;
	if (bound)
		add_bound(out, number, of_to ? "doublecircle" : "circle");
	else
		add_node(out, number, name, of_to ? e->to_n : e->from_n);
	return number;
}

/* ---- edges ---- */

static void add_edge(struct cx_buf *out, struct cx_map *nodes,
    const struct cx_dot_words *words, const struct cx_dot_edge *e,
    uint64_t most)
{
	size_t from = number_of(out, nodes, e, false);
	size_t to = number_of(out, nodes, e, true);
	double part = most ? (double)e->n / (double)most : 0;

	cx_buf_addf(
	    out, "\t\tn%zu -> n%zu [label=\"%" PRIu64 " · ", from, to, e->n);
	cx_figure_percent(out, e->share);
	if (e->median >= 0) {
		cx_buf_addz(out, "\\n");
		cx_figure_duration(out, e->median, &words->units);
	}
	cx_buf_addz(out, "\", penwidth=");
	cx_figure_number(out, THINNEST + (WIDEST - THINNEST) * sqrt(part), 2);
	cx_buf_addz(out, "];\n");
}

/* ---- groups ---- */

/* The most frequent first; of as many the one that comes first. */
static int by_count(const void *a, const void *b)
{
	const struct cx_dot_edge *x = *(const struct cx_dot_edge *const *)a;
	const struct cx_dot_edge *y = *(const struct cx_dot_edge *const *)b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return x < y ? -1 : 1;
}

static int by_place(const void *a, const void *b)
{
	const struct cx_dot_edge *x = *(const struct cx_dot_edge *const *)a;
	const struct cx_dot_edge *y = *(const struct cx_dot_edge *const *)b;

	return (x > y) - (x < y);
}

static void add_rest(struct cx_buf *out, const struct cx_dot_words *words,
    size_t n, uint64_t most)
{
	struct cx_buf number = { 0 }, times = { 0 }, text = { 0 };

	cx_buf_addu(&number, n);
	cx_buf_addu(&times, most);
	cx_figure_fill(&text, words->not_drawn,
	    (struct cx_str[]){ cx_buf_str(&number), cx_buf_str(&times) }, 2);
	add_text(out, cx_buf_str(&text));
	cx_buf_release(&number);
	cx_buf_release(&times);
	cx_buf_release(&text);
}

/* The name of a group, and what of it is left out. */
static void add_label(struct cx_buf *out, const struct cx_dot_graph *graph,
    struct cx_str name, size_t left_out, uint64_t most)
{
	if (name.n == 0 && left_out == 0)
		return;
	cx_buf_addz(out, name.n ? "\t\tlabel=\"" : "\tlabel=\"");
	add_text(out, name);
	cx_buf_addz(out, name.n && left_out ? "\\n" : "");
	if (left_out)
		add_rest(out, graph->words, left_out, most);
	cx_buf_addz(out, "\";\n");
}

static void add_group(struct cx_buf *out, struct cx_map *nodes,
    const struct cx_dot_graph *graph, const struct cx_dot_edge *edges, size_t n,
    size_t number)
{
	const struct cx_dot_edge **drawn = cx_malloc(cx_mul(n, sizeof(*drawn)));
	size_t n_drawn = graph->most && n > graph->most ? graph->most : n;
	struct cx_str name = edges->group;
	uint64_t most;

	for (size_t i = 0; i < n; i++)
		drawn[i] = &edges[i];
	qsort(drawn, n, sizeof(*drawn), by_count);
	most = drawn[0]->n;
	if (name.n == 0)
		add_label(out, graph, name, n - n_drawn,
		    n_drawn < n ? drawn[n_drawn]->n : 0);
	cx_buf_addf(
	    out, "\tsubgraph %s%zu {\n", name.n ? "cluster_" : "all_", number);
	if (name.n)
		add_label(out, graph, name, n - n_drawn,
		    n_drawn < n ? drawn[n_drawn]->n : 0);
	qsort(drawn, n_drawn, sizeof(*drawn), by_place);
	for (size_t i = 0; i < n_drawn; i++)
		add_edge(out, nodes, graph->words, drawn[i], most);
	cx_buf_addz(out, "\t}\n");
	free(drawn);
}

void cx_dot_draw(struct cx_buf *out, const struct cx_dot_graph *graph)
{
	const struct cx_dot_edge *edges = graph->edges;
	struct cx_map nodes = { 0 };
	size_t number = 0;

	cx_buf_addz(out,
	    "digraph journey {\n"
	    "\tcharset=\"UTF-8\";\n"
	    "\trankdir=LR;\n"
	    "\tnodesep=0.35;\n"
	    "\tfontname=\"sans-serif\";\n"
	    "\tnode [shape=box, style=\"rounded,filled\", fillcolor=white, "
	    "fontname=\"sans-serif\"];\n"
	    "\tedge [fontname=\"sans-serif\", fontsize=10];\n");
	for (size_t i = 0, end; i < graph->n; i = end) {
		for (end = i + 1; end < graph->n; end++)
			if (!cx_str_eq(edges[end].group, edges[i].group))
				break;
		add_group(out, &nodes, graph, edges + i, end - i, number++);
	}
	cx_buf_addz(out, "}\n");
	cx_map_release(&nodes);
}
