/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/dot.h"

#include "libcx/base/map.h"
#include "libcx/report/figure.h"

#include <inttypes.h>
#include <math.h>

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
    const struct cx_dot_edge *e, uint64_t most)
{
	size_t from = number_of(out, nodes, e, false);
	size_t to = number_of(out, nodes, e, true);
	double part = most ? (double)e->n / (double)most : 0;

	cx_buf_addf(
	    out, "\t\tn%zu -> n%zu [label=\"%" PRIu64 " · ", from, to, e->n);
	cx_figure_percent(out, e->share);
	if (e->median >= 0) {
		cx_buf_addz(out, "\\n");
		cx_figure_duration(out, e->median, &cx_figure_units);
	}
	cx_buf_addz(out, "\", penwidth=");
	cx_figure_number(out, THINNEST + (WIDEST - THINNEST) * sqrt(part), 2);
	cx_buf_addz(out, "];\n");
}

static void add_group(struct cx_buf *out, struct cx_map *nodes,
    const struct cx_dot_edge *edges, size_t n, size_t number)
{
	uint64_t most = 0;

	cx_buf_addf(out, "\tsubgraph %s%zu {\n",
	    edges->group.n ? "cluster_" : "all_", number);
	if (edges->group.n) {
		cx_buf_addz(out, "\t\tlabel=\"");
		add_text(out, edges->group);
		cx_buf_addz(out, "\";\n");
	}
	for (size_t i = 0; i < n; i++)
		if (edges[i].n > most)
			most = edges[i].n;
	for (size_t i = 0; i < n; i++)
		add_edge(out, nodes, &edges[i], most);
	cx_buf_addz(out, "\t}\n");
}

void cx_dot_draw(struct cx_buf *out, const struct cx_dot_edge *edges, size_t n)
{
	struct cx_map nodes = { 0 };
	size_t number = 0;

	cx_buf_addz(out,
	    "digraph journey {\n"
	    "\tcharset=\"UTF-8\";\n"
	    "\trankdir=LR;\n"
	    "\tfontname=\"sans-serif\";\n"
	    "\tnode [shape=box, style=\"rounded,filled\", fillcolor=white, "
	    "fontname=\"sans-serif\"];\n"
	    "\tedge [fontname=\"sans-serif\", fontsize=10];\n");
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n; end++)
			if (!cx_str_eq(edges[end].group, edges[i].group))
				break;
		add_group(out, &nodes, edges + i, end - i, number++);
	}
	cx_buf_addz(out, "}\n");
	cx_map_release(&nodes);
}
