/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_FISHER_H
#define CX_MODEL_FISHER_H

#include "libcx/model/proportion.h"

/*
 * Fisher's exact test of two independent proportions, two-sided: of all tables
 * with these margins, the probability of those that are no more likely than
 * the one at hand, where none differs. 1 when a or b has no answer. Its time
 * grows as the distance of a's hits from the most likely number of them.
 * Source: Fisher 1935, Journal of the Royal Statistical Society 98(1), 39-82;
 * Irwin 1935, Metron 12, 83-94.
 * Check: R fisher.test; tests/unit/t-compare.c.
 */
double cx_fisher_p(
    const struct cx_proportion *a, const struct cx_proportion *b);

/*
 * The smallest number that is expected in the four cells of a's and b's hits
 * and misses, where none differs.
 */
double cx_fisher_expected(
    const struct cx_proportion *a, const struct cx_proportion *b);

#endif
