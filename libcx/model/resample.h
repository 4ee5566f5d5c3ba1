/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_RESAMPLE_H
#define CX_MODEL_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

/*
 * How far estimates may be off, from what they are when the sample is another
 * one. m estimates are looked at together.
 *   whole      m, of the whole sample
 *   draws      n x m, row-major: see below; NaN where there was no estimate
 *   centre     m: the estimates less their bias
 *   cov        m x m, row-major: their covariances; NaN where fewer than two
 *              draws have both
 */

/*
 * Jackknife that leaves out one of n groups of the records at a time; they need
 * not be of one size. draws are the estimates without each group, and are left
 * as pseudo-values.
 *   share   n, > 0: of each group, its share of all records; they add up to 1
 * Intervals are Student's with n - 1 degrees of freedom.
 * Source: Busing, Meijer and van der Leeden 1999, Statistics and Computing
 * 9(1), 3-8.
 */
void cx_resample_jackknife(const double *whole, double *draws,
    const double *share, size_t n, size_t m, double *centre, double *cov);

/*
 * Bootstrap: draws are the estimates of n samples drawn from the records with
 * replacement. Intervals are normal ones, less the bias.
 * Source: Davison and Hinkley 1997, Bootstrap Methods and their Application,
 * (5.5).
 */
void cx_resample_bootstrap(const double *whole, const double *draws, size_t n,
    size_t m, double *centre, double *cov);

/*
 * n x m draws, row-major, of a normal distribution.
 *   mean   m
 *   cov    m x m; NaN is taken as 0, and what is not positive semi-definite as
 *          the nearest that is
 *   seed   the same one gives the same draws
 */
void cx_resample_normal(const double *mean, const double *cov, size_t m,
    uint64_t seed, size_t n, double *draws);

#endif
