/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_INTERVAL_H
#define CX_MODEL_INTERVAL_H

/* A confidence interval, in the unit of what it estimates. */
struct cx_interval {
	double lo, hi;
};

/*
 * Interval of a difference a - b of independent estimates, from one interval
 * of each, by the method of variance estimates recovery (MOVER).
 *   a, b         the estimates, in one unit
 *   of_a, of_b   their intervals, all of one level; they need not be symmetric
 * Returns the interval of a - b; NaN when an estimate is NaN. It lies within
 * the range of a - b when of_a and of_b lie within those of a and b. An
 * estimate outside its own interval counts as lying on the near end.
 * Source: Zou and Donner 2008, Statistics in Medicine 27(10), 1693-1702.
 * Check: tests/unit/t-compare.c.
 */
struct cx_interval cx_interval_difference(
    double a, struct cx_interval of_a, double b, struct cx_interval of_b);

#endif
