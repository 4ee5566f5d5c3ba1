/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_FORM_H
#define CX_MODEL_FORM_H

#include "libcx/model/design.h"

/*
 * Variances of many sums over the PSUs of one sample, each in a time that
 * grows as the PSUs that it is about, not as the sample.
 *
 * Where z is linear in features of the PSUs but for something that a few have
 * of their own, z_i = b_i + o_i with b_i = sum over j of theta_j F_ij, the
 * variance of design.h is
 *
 *   v = theta' B theta + sum over strata h of n_h / (n_h - 1) *
 *       (sum over i of o_i^2 + 2 o_i b_i - (O_h^2 + 2 O_h theta' T_h) / n_h)
 *   B = sum over h of n_h / (n_h - 1) * (sum over i of F_i F_i' -
 *       T_h T_h' / n_h),  T_h = sum of F_i in h,  O_h = sum of o_i in h,
 *
 * and only B and T are of the whole sample.
 */
struct cx_form;

/* One feature of a PSU that is not 0. */
struct cx_feature {
	size_t j;
	double x;
};

/* A PSU that has something of its own. */
struct cx_form_own {
	size_t stratum;
	double own, b; /* o_i and b_i */
};

/* No PSU yet. The design is borrowed; a stratum that PSUs are of
 * has two at least. */
struct cx_form *cx_form_new(const struct cx_design *design, size_t n_features);
void cx_form_free(struct cx_form *form);

/* One PSU: its features, none twice. Those without any need not be added. */
void cx_form_add(struct cx_form *form, size_t stratum,
    const struct cx_feature *features, size_t n);

/* Works out B; once, behind the last cx_form_add. */
void cx_form_close(struct cx_form *form);

/* b of a PSU. */
static inline double cx_form_b(
    const double *theta, const struct cx_feature *features, size_t n)
{
	double b = 0;

	for (size_t i = 0; i < n; i++)
		b += theta[features[i].j] * features[i].x;
	return b;
}

/*
 * Whether the variance could be told: false, out untouched, where so little
 * remains of the terms that v is the sum of that it would be their rounding;
 * what is NaN is not told either. Then z has to be summed itself.
 *   theta   one for each feature
 *   own     n PSUs, none twice
 */
bool cx_form_variance(struct cx_form *form, const double *theta,
    const struct cx_form_own *own, size_t n, double *variance);

#endif
