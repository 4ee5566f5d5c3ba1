/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/driver.h"

#include <stdlib.h>

/* A variance below this is rounding: values are in millionths. */
static const double SPREAD = 1e-12;

/* Those with the fewest ratings leave until the others have enough. */
static bool leave_out_fewest(
    size_t n, const uint64_t *n_ratings, enum cx_driver_fault *faults)
{
	uint64_t fewest = UINT64_MAX, in = 0;

	for (size_t k = 0; k < n; k++) {
		if (faults[k])
			continue;
		in++;
		if (n_ratings[k] < fewest)
			fewest = n_ratings[k];
	}
	if (in == 0 || fewest >= CX_DRIVER_ENOUGH * in)
		return false;
	for (size_t k = 0; k < n; k++)
		if (!faults[k] && n_ratings[k] == fewest)
			faults[k] = CX_DRIVER_FEW;
	return true;
}

void cx_driver_sort_out(const struct cx_driver_model *m, const __int128 *sums,
    const uint64_t *n_ratings, enum cx_driver_fault *faults)
{
	struct cx_cross shape = cx_driver_shape(m);
	__int128 *own = cx_driver_sums(m, sums);

	for (size_t k = 0; k < m->n; k++) {
		size_t at = cx_driver_variable(m, k);

		faults[k] = cx_cross_pair(&shape, own, at, at).cov > SPREAD
		                ? CX_DRIVER_FINE
		                : CX_DRIVER_CONSTANT;
		/* With a rating or none there is nothing to be constant. */
		if (n_ratings[k] < 2)
			faults[k] = CX_DRIVER_FEW;
	}
	while (leave_out_fewest(m->n, n_ratings, faults))
		;
	free(own);
}
