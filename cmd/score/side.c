/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/side.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

void score_side_new(struct score_side *side, size_t n)
{
	side->psu = cx_malloc(cx_mul(n + 1, sizeof(*side->psu)));
	side->stratum = cx_malloc(cx_mul(n + 1, sizeof(*side->stratum)));
	side->w = cx_malloc(cx_mul(n + 1, sizeof(*side->w)));
	side->wy = cx_malloc(cx_mul(n + 1, sizeof(*side->wy)));
	side->z = cx_malloc(cx_mul(n + 1, sizeof(*side->z)));
}

void score_side_release(struct score_side *side)
{
	free(side->psu);
	free(side->stratum);
	free(side->w);
	free(side->wy);
	free(side->z);
}

struct cx_design_psus score_side_psus(const struct score_side *side)
{
	return (
	    struct cx_design_psus){ side->n, side->stratum, side->w, side->wy };
}

double score_side_mean(const struct score_side *side)
{
	double w = 0, wy = 0;

	for (size_t i = 0; i < side->n; i++) {
		w += side->w[i];
		wy += side->wy[i];
	}
	return wy / w;
}

void score_side_unite(const struct score_side *a, const struct score_side *b,
    struct score_side *both)
{
	size_t i = 0, j = 0;

	both->n = 0;
	while (i < a->n || j < b->n) {
		bool in_a = i < a->n && (j == b->n || a->psu[i] <= b->psu[j]);
		bool in_b = j < b->n && (i == a->n || b->psu[j] <= a->psu[i]);
		size_t at = both->n++;

		both->stratum[at] = in_a ? a->stratum[i] : b->stratum[j];
		both->w[at] = (in_a ? a->w[i] : 0) + (in_b ? b->w[j] : 0);
		both->wy[at] = 0;
		both->z[at] = (in_a ? a->z[i] : 0) - (in_b ? b->z[j] : 0);
		i += in_a;
		j += in_b;
	}
}
