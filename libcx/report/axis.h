/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_AXIS_H
#define CX_REPORT_AXIS_H

#include "libcx/base/buf.h"

/* What numbers were met: low > high where none. */
struct cx_range {
	double low, high;
};
extern const struct cx_range cx_range_empty;

/* NaN and infinities are left out. */
void cx_range_add(struct cx_range *range, double x);

/*
 * An axis with round numbers: steps of 1, 2 or 5 times a power of ten.
 * Source: Heckbert 1990, Nice Numbers for Graph Labels, in Glassner (ed.),
 * Graphics Gems, 61-63.
 */
struct cx_axis {
	double low, high; /* multiples of step */
	double step;
	int decimals; /* that its labels need */
};

/*
 * An axis that covers low to high (finite; swapped or equal ends are mended)
 * in about n steps.
 */
struct cx_axis cx_axis_make(double low, double high, int n);

/* An axis for what was met, that stays within low to high. */
struct cx_axis cx_axis_within(
    struct cx_range range, double low, double high, int n);

/* The number of its ticks, and where each is. */
int cx_axis_ticks(const struct cx_axis *axis);
double cx_axis_tick(const struct cx_axis *axis, int i);

/* Where x is between low (0) and high (1); not clipped. */
double cx_axis_place(const struct cx_axis *axis, double x);

#endif
