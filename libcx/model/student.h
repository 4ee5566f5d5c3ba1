/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_STUDENT_H
#define CX_MODEL_STUDENT_H

/*
 * Half-width, in standard errors, of a two-sided interval of Student's t
 * distribution: the quantile at (1 + level) / 2.
 *   level   coverage, in (0, 1)
 *   df      degrees of freedom, whole or not; NaN unless above 0
 * Source: gsl_cdf_tdist_Qinv.
 * Check: R qt, to 1e-10 for df from 1 to 1e12; tests/unit/t-mean.c.
 */
double cx_student_half_width(double level, double df);

/*
 * Two-sided p-value of a statistic t with df degrees of freedom, from the
 * tail itself. NaN when t is NaN, or df not above 0.
 * Source: gsl_cdf_tdist_Q.
 */
double cx_student_p(double t, double df);

#endif
