/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_DURATION_H
#define CX_TABLE_DURATION_H

#include "libcx/base/err.h"

/*
 * The seconds in a unit of time by its word: s, min, h, d, w; days have 24
 * hours. -1 when it is none. There are no months: they differ in length.
 */
int cx_duration_unit(struct cx_str word, double *seconds);

#endif
