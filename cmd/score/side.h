/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_SIDE_H
#define CX_CMD_SCORE_SIDE_H

#include "libcx/model/design.h"

/* A domain by PSU, in the order of these. */
struct score_side {
	size_t n;
	size_t *psu, *stratum;
	double *w, *wy, *z;
};

/* Room for n PSUs; there are none yet. */
void score_side_new(struct score_side *side, size_t n);
void score_side_release(struct score_side *side);

/* The same for libcx; borrowed. */
struct cx_design_psus score_side_psus(const struct score_side *side);
double score_side_mean(const struct score_side *side);

/* PSUs of a, of b, or of both, with z of a less z of b. */
void score_side_unite(const struct score_side *a, const struct score_side *b,
    struct score_side *both);

#endif
