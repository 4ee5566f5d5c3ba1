/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_DOT_H
#define CX_REPORT_DOT_H

#include "libcx/report/figure.h"

/*
 * A graph for Graphviz, which lays it out. Texts are data, escaped; they are
 * borrowed.
 */
struct cx_dot_edge {
	struct cx_str group;    /* edges of one stand together */
	struct cx_str from, to; /* names of nodes, apart in each group */
	bool starts, ends;      /* from, or to, is no place but a bound */
	uint64_t from_n, to_n;  /* how often there was something there */
	uint64_t n;             /* how often it was gone along */
	double share;           /* of what leaves from, 0 to 1 */
	double median;          /* seconds; NaN where there are none */
};

/* The words of the graph in its language. */
struct cx_dot_words {
	const char *not_drawn; /* the places of a number, and how often */
	struct cx_figure_units units;
};
extern const struct cx_dot_words cx_dot_words; /* English */

struct cx_dot_graph {
	const struct cx_dot_edge *edges;
	size_t n;
	size_t most; /* edges of a group that are drawn; 0: all */
	const struct cx_dot_words *words;
};

/* What can be told apart. */
enum { CX_DOT_MOST = 30 };

/*
 * Appends a digraph: boxes with how often they were met, arrows as wide as
 * they are frequent, with number, share and median time; each group in a
 * frame of its own unless there is but the one without a name. Nothing in it
 * is told by colour. Of more than most edges the most frequent are drawn, and
 * a line says how many are not.
 */
void cx_dot_draw(struct cx_buf *out, const struct cx_dot_graph *graph);

#endif
