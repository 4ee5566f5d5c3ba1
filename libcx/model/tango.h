/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_TANGO_H
#define CX_MODEL_TANGO_H

#include "libcx/model/interval.h"

/*
 * Score interval for the difference of two shares of one sample, where every
 * answer is in the first class, in the second, or in neither.
 *   plus, minus   answers in the two classes, at least 0
 *   n             answers in all, plus + minus <= n
 *   level         two-sided coverage, in (0, 1)
 * Returns the differences d, in [-1, 1], that the score test does not reject:
 *
 *   |plus - minus - n d| <= z sqrt(n (2 q + d (1 - d)))
 *
 * with z the half-width of level and q the share of the second class by
 * maximum likelihood when the shares differ by d. The ends are roots, found
 * to 2^-53. They differ even where all answers are in one class, and hold
 * (plus - minus) / n between them. NaN when n is 0. Exchanging plus and minus
 * exchanges and negates the ends, to the last bit.
 * Source: Tango 1998, Statistics in Medicine 17(8), 891-908, where plus and
 * minus are the discordant ones of n pairs. The roots by the Illinois method:
 * Dowell and Jarratt 1971, BIT 11, 168-174.
 * Check: tests/unit/t-nps.c.
 */
struct cx_interval cx_tango_interval(
    double plus, double minus, double n, double level);

#endif
