/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_FIGURE_H
#define CX_REPORT_FIGURE_H

#include "libcx/base/buf.h"

/*
 * Numbers as they stand in pictures and pages: the same in every locale,
 * halves rounded away from zero, and never a minus in front of zero. What is
 * not finite or beyond 1e12 is written as 0; callers show no such number.
 *   decimals   0 to 6
 */

/* ASCII, for coordinates; zeros at the end are dropped. */
void cx_figure_number(struct cx_buf *out, double x, int decimals);

/* For the eye: with a true minus sign, all decimals. */
void cx_figure_fixed(struct cx_buf *out, double x, int decimals);

/* The same with a plus in front of what is above zero. */
void cx_figure_signed(struct cx_buf *out, double x, int decimals);

/* A share from 0 to 1 as "45%", below a tenth as "4.5%". */
void cx_figure_percent(struct cx_buf *out, double share);

/* How a language writes a length of time: "%s min". */
struct cx_figure_units {
	const char *seconds, *minutes, *hours, *days;
};
extern const struct cx_figure_units cx_figure_units;

/* A form such as "%s d" with its places filled in, in their order. */
void cx_figure_fill(
    struct cx_buf *out, const char *form, const struct cx_str *fill, size_t n);

/* Seconds, at least 0, in the unit that suits: "40 s", "1.5 h", "12 d". */
void cx_figure_duration(
    struct cx_buf *out, double seconds, const struct cx_figure_units *units);

#endif
