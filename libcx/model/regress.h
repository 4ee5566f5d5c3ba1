/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_REGRESS_H
#define CX_MODEL_REGRESS_H

#include <stddef.h>

/*
 * The share of the variance of y that least squares with an intercept explain,
 * from the records themselves: Householder's QR with column pivoting of the
 * centred columns, each scaled to length 1. It keeps twice the digits that the
 * normal equations do.
 *   x      n x p, row-major; finite
 *   y      n, finite
 * Columns that are constant, or that others make up, change nothing. Returns
 * the share in [0, 1], or NaN when y is constant or n < 2.
 * Source: Businger and Golub 1965, Numerische Mathematik 7(3), 269-276.
 * Check: NIST StRD, Norris and Wampler 1 to 5; tests/unit/t-importance.c.
 */
double cx_regress_qr(const double *x, const double *y, size_t n, size_t p);

#endif
