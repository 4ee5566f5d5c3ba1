/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_CONTRAST_H
#define CX_CMD_SCORE_CONTRAST_H

#include "cmd/score/observe.h"
#include "libcx/model/compare.h"

/*
 * Differences of two groups of a designed sample: the linearised variance of
 * the difference, PSU by PSU, so that what two groups share (a customer who
 * is in both, a stratum, weights raked to the same margins) counts as shared.
 *   family    the groups that are compared among each other
 *   within    they are all the groups of one period; else one group's periods
 * Periods raked each for itself, and means of units, are independent samples.
 * Check: R survey, svyglm; tests/oracles/survey.R.
 */
struct score_contrast;

int score_contrast_new(struct score_contrast **contrast,
    const struct score_designs *designs, const size_t *family, size_t n,
    bool within, struct cx_err *err);
void score_contrast_free(struct score_contrast *contrast);

/* Group a less group b, in percent points; b of -1: less all others. */
int score_contrast_of(struct score_contrast *contrast, size_t a, ptrdiff_t b,
    struct cx_comparison *out, struct cx_err *err);

#endif
