/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_CIRCULATION_H
#define CX_MODEL_CIRCULATION_H

#include <stdbool.h>
#include <stddef.h>

/*
 * An arc of a circulation, a flow in whole numbers of which at each node as
 * much leaves as enters: its ends, and whether its own bounds let the flow
 * be one more, or one less, than it is.
 */
struct cx_arc {
	size_t from, to; /* nodes; from == to is a free arc */
	bool can_rise, can_fall;
};

/*
 * Which arcs have the same flow in every circulation within the bounds.
 *   n_nodes    nodes are 0 ... n_nodes - 1
 *   arcs       n_arcs
 *   fixed      n_arcs, filled in
 *   component  n_nodes, filled in: what of the nodes is held together by
 *              cycles has one number, that of one of them. An arc between two
 *              components is fixed
 * An arc can change if and only if there is a cycle through it on which flow
 * can be sent on, forwards along arcs that can rise and backwards along arcs
 * that can fall. There is one when its ends are in one strongly connected
 * component and it is no bridge of that component, taken as undirected. Time
 * and memory are linear in nodes and arcs.
 * Source: Gusfield 1988, SIAM Journal on Computing 17(3), 552-571;
 * components: Tarjan 1972, SIAM Journal on Computing 1(2), 146-160.
 * Check: tests/unit/t-circulation.c, by trying all changes.
 */
void cx_circulation_fixed(size_t n_nodes, const struct cx_arc *arcs,
    size_t n_arcs, bool *fixed, size_t *component);

#endif
