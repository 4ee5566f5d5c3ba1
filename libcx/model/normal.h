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

#endif
