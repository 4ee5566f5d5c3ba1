/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_RFM_H
#define CX_MODEL_RFM_H

#include <stddef.h>

/*
 * Recency, frequency and money: each customer has a score from 1 to 5 on
 * each of the three, and by the three one of eleven segments.
 * Source: Hughes 1994, Strategic Database Marketing (Probus); the segments
 * and their bounds are those of the R package rfm, rfm_segment.
 */
enum { CX_RFM_SCORES = 5, CX_RFM_CUTS = CX_RFM_SCORES - 1 };

/* Cut points, ascending: a value is above so many of them. */
struct cx_rfm_cuts {
	double at[CX_RFM_CUTS];
};

/*
 * The quintiles of n values, n > 0, which are sorted: the k-th is at
 * (n - 1) k / 5, counted from 0, between the two values beside.
 * Source: Hyndman and Fan 1996, The American Statistician 50(4), 361-365,
 * definition 7.
 * Check: R quantile(type = 7); tests/unit/t-rfm.c.
 */
struct cx_rfm_cuts cx_rfm_quintiles(double *values, size_t n);

/*
 * One more than the number of cut points that are below the value: 5 is the
 * highest. Equal values have equal scores, whatever becomes of the sizes, and
 * those at a cut point the lower one, as a quantile has its share at or below
 * it: where most ordered once, the score of that is 1.
 * Source: the bins of the R package rfm for whole numbers, and of cut() of R
 * (right = TRUE).
 */
int cx_rfm_score(const struct cx_rfm_cuts *cuts, double value);

/*
 * The segment of three scores from 1 to 5, 5 the best: the first whose bounds
 * hold all of them, of Champions, Potential Loyalist, Loyal, Promising, New,
 * Can't Lose Them, At Risk, Need Attention, About To Sleep, Lost; else Others.
 */
const char *cx_rfm_segment(int recency, int frequency, int money);

#endif
