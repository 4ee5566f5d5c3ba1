/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_REGRESS_H
#define CX_MODEL_REGRESS_H

#include <stddef.h>

/*
 * Least squares with an intercept, from the records themselves: Householder's
 * QR with column pivoting of the centred columns, each scaled to length 1. It
 * keeps twice the digits that the normal equations do.
 *   x      n x p, row-major; finite
 *   y      n, finite
 *   beta   p slopes in the units of x and y, or NULL
 * Columns that are constant, or that those before them in the pivoting's order
 * make up, have the slope 0. Returns the share of the variance of y that is
 * explained, in [0, 1]; NaN, as are the slopes, when y is constant or n < 2.
 * Source: Businger and Golub 1965, Numerische Mathematik 7(3), 269-276.
 * Check: NIST StRD, Norris and Wampler 1 to 5; tests/unit/t-importance.c.
 */
double cx_regress_qr(
    const double *x, const double *y, size_t n, size_t p, double *beta);

#endif
