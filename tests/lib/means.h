/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What libcx/model/mean is given, by its definition. */
#ifndef CX_TESTS_MEANS_H
#define CX_TESTS_MEANS_H

#include "libcx/model/mean.h"

#include <stddef.h>

/* The sums of answers by scale point, the lowest first. */
static inline struct cx_mean mean_of_counts(
    const uint64_t *counts, size_t n_points, int low)
{
	struct cx_mean mean = { 0 };

	for (size_t i = 0; i < n_points; i++) {
		int64_t answer = low + (int64_t)i;

		mean.n += counts[i];
		mean.sum += answer * (int64_t)counts[i];
		mean.squares += (uint64_t)(answer * answer) * counts[i];
	}
	return mean;
}

#endif
