/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_VALUE_H
#define CX_TABLE_VALUE_H

#include "libcx/base/err.h"

/*
 * What a cell says. Nothing is guessed: a cell that is not wholly what it
 * should be is an error with reason set, for this record only.
 */

/*
 * A whole number on a scale from low to high, in ASCII digits; "8.0" is 8,
 * and blanks around it are ignored. The cell is not missing.
 */
int cx_value_score(
    struct cx_str cell, int low, int high, int *score, struct cx_err *err);

/* A decimal number: [+-] digits [. digits] [e [+-] digits]. */
int cx_value_number(struct cx_str cell, double *number, struct cx_err *err);

/* A whole number as programs print it: digits, perhaps behind a minus. */
int cx_value_whole(struct cx_str cell, int64_t *whole, struct cx_err *err);

/*
 * A scale, LOW..HIGH: whole numbers from -CX_SCALE_FARTHEST to
 * CX_SCALE_FARTHEST, low below high. Returns 0, or -1 when text is none.
 */
enum { CX_SCALE_FARTHEST = 1000 };
int cx_value_scale(struct cx_str text, int *low, int *high);

#endif
