/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/adjust.h"

#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

/* A p-value and its place in the caller's array. */
struct ranked {
	double p;
	size_t at;
};

static int by_p(const void *a, const void *b)
{
	double x = ((const struct ranked *)a)->p;
	double y = ((const struct ranked *)b)->p;

	return (x > y) - (x < y);
}

/*
 * The tested p-values in ascending order; *m is how many. Every place of
 * adjusted becomes NaN. The caller frees the result.
 */
static struct ranked *rank(
    const double *p, size_t n, double *adjusted, size_t *m)
{
	struct ranked *ranked = cx_malloc(cx_mul(n, sizeof(*ranked)));

	*m = 0;
	for (size_t i = 0; i < n; i++) {
		if (!isnan(p[i]))
			ranked[(*m)++] = (struct ranked){ p[i], i };
		adjusted[i] = NAN;
	}
	qsort(ranked, *m, sizeof(*ranked), by_p);
	return ranked;
}

/* From the largest down: m p / rank, no more than those above it. */
void cx_adjust_bh(const double *p, size_t n, double *adjusted)
{
	size_t m;
	struct ranked *ranked = rank(p, n, adjusted, &m);
	double least = 1;

	for (size_t i = m; i-- > 0;) {
		least = fmin(least, (double)m / (double)(i + 1) * ranked[i].p);
		adjusted[ranked[i].at] = least;
	}
	free(ranked);
}

/* From the smallest up: (m + 1 - rank) p, no less than those below it. */
void cx_adjust_holm(const double *p, size_t n, double *adjusted)
{
	size_t m;
	struct ranked *ranked = rank(p, n, adjusted, &m);
	double most = 0;

	for (size_t i = 0; i < m; i++) {
		most = fmax(most, (double)(m - i) * ranked[i].p);
		adjusted[ranked[i].at] = fmin(most, 1);
	}
	free(ranked);
}
