/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_LABELS_H
#define CX_REPORT_LABELS_H

#include <stdbool.h>
#include <stddef.h>

/* A box in pixels, x and y its upper left corner. */
struct cx_box {
	double x, y, width, height;
};

/* A label beside a point. */
struct cx_label {
	double x, y;          /* the point */
	double width, height; /* of the text */
	double least_width;   /* of what stands there if the text cannot */
	/* results */
	struct cx_box box;
	bool is_short; /* the text found no place */
	bool is_far;   /* a line should lead from the point to it */
};

/*
 * Finds a place for each label so that none overlaps another, a mark of any
 * point, or the edge of the frame; among the free places the one that covers
 * the fewest obstacles and is nearest. Greedy, in the order given: labels
 * that matter come first. Where no place is free a short label gets the
 * place that overlaps least.
 *   mark        half the side of the square that a point's mark takes
 *   obstacles   boxes that are better not covered, n_obstacles of them
 * Source of the eight places around a point and their order: Imhof 1975,
 * The American Cartographer 2(2), 128-144; greedy choice among candidates:
 * Christensen, Marks and Shieber 1995, ACM Trans. Graphics 14(3), 203-232.
 */
void cx_labels_place(struct cx_label *labels, size_t n,
    const struct cx_box *frame, double mark, const struct cx_box *obstacles,
    size_t n_obstacles);

/* Area that two boxes share. */
double cx_box_overlap(const struct cx_box *a, const struct cx_box *b);

#endif
