/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/rfm.h"

#include <stdlib.h>

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

struct cx_rfm_cuts cx_rfm_quintiles(double *values, size_t n)
{
	struct cx_rfm_cuts cuts;

	qsort(values, n, sizeof(*values), compare);
	for (size_t k = 1; k <= CX_RFM_CUTS; k++) {
		/* In whole numbers, so that a value is met exactly. */
		size_t at = (n - 1) * k / CX_RFM_SCORES;
		size_t rest = (n - 1) * k % CX_RFM_SCORES;
		double low = values[at], high = values[at + (rest > 0)];

		cuts.at[k - 1] =
		    low + (high - low) * ((double)rest / CX_RFM_SCORES);
	}
	return cuts;
}

int cx_rfm_score(const struct cx_rfm_cuts *cuts, double value)
{
	int score = 1;

	while (score <= CX_RFM_CUTS && value > cuts->at[score - 1])
		score++;
	return score;
}

const char *cx_rfm_segment(int recency, int frequency, int money)
{
	/* lowest and highest of recency, frequency, money */
	static const struct {
		const char *name;
		int r[2], f[2], m[2];
	} segments[] = {
		{ "Champions", { 5, 5 }, { 5, 5 }, { 5, 5 } },
		{ "Potential Loyalist", { 3, 5 }, { 3, 5 }, { 2, 5 } },
		{ "Loyal", { 2, 4 }, { 2, 4 }, { 2, 4 } },
		{ "Promising", { 3, 4 }, { 1, 3 }, { 3, 5 } },
		{ "New", { 4, 5 }, { 1, 3 }, { 1, 5 } },
		{ "Can't Lose Them", { 1, 2 }, { 3, 4 }, { 4, 5 } },
		{ "At Risk", { 1, 2 }, { 2, 5 }, { 4, 5 } },
		{ "Need Attention", { 1, 3 }, { 3, 5 }, { 3, 5 } },
		{ "About To Sleep", { 2, 3 }, { 1, 3 }, { 1, 4 } },
		{ "Lost", { 1, 1 }, { 1, 5 }, { 1, 5 } },
	};

	for (size_t i = 0; i < sizeof(segments) / sizeof(*segments); i++)
		if (recency >= segments[i].r[0] &&
		    recency <= segments[i].r[1] &&
		    frequency >= segments[i].f[0] &&
		    frequency <= segments[i].f[1] &&
		    money >= segments[i].m[0] && money <= segments[i].m[1])
			return segments[i].name;
	return "Others";
}
