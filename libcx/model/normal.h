/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_NORMAL_H
#define CX_MODEL_NORMAL_H

/*
 * Half-width, in standard errors, of a two-sided interval of the normal
 * distribution: the quantile at (1 + level) / 2.
 *   level   coverage, in (0, 1)
 * Source: gsl_cdf_ugaussian_Qinv, taken from the upper tail, where it is
 * accurate for levels near 1.
 */
double cx_normal_half_width(double level);

/*
 * Two-sided p-value of a standard normal statistic: the probability of one
 * at least as far from 0. NaN for NaN. Taken from the tail itself, by erfc,
 * so that it is right far out, where 1 less the rest would be 0.
 */
double cx_normal_p(double z);

#endif
