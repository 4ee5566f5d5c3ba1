/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_ADJUST_H
#define CX_MODEL_ADJUST_H

#include <stddef.h>

/*
 * Adjusted p-values: each is the lowest level at which its hypothesis is
 * rejected when all m are tested together.
 *   p          n p-values in [0, 1], in any order; NaN is one not tested
 *   adjusted   n places, p itself if need be; in the order of p, in [0, 1],
 *              NaN where p is NaN
 * m is the number of those not NaN.
 * Check: R p.adjust(p, "BH"), p.adjust(p, "holm"); tests/unit/t-adjust.c.
 */

/*
 * Benjamini and Hochberg: bounds the false discovery rate, of independent or
 * positively dependent tests.
 * Source: Benjamini and Hochberg 1995, JRSS B 57(1), 289-300.
 */
void cx_adjust_bh(const double *p, size_t n, double *adjusted);

/*
 * Holm: bounds the probability of any false rejection, of whatever tests.
 * Source: Holm 1979, Scandinavian Journal of Statistics 6(2), 65-70.
 */
void cx_adjust_holm(const double *p, size_t n, double *adjusted);

#endif
