/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_IMPORTANCE_H
#define CX_MODEL_IMPORTANCE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * How much of the variance of an outcome each of some drivers accounts for,
 * from their correlations.
 *   r      (p + 1) x (p + 1), row-major, symmetric: p drivers and, last, the
 *          outcome; made positive semi-definite where it may not be
 * All results have p places and are in the order of the drivers. Drivers that
 * make each other up (R has no inverse) are allowed everywhere: slopes are then
 * the shortest ones that fit best.
 */

/*
 * What a symmetric matrix with ones on its diagonal lacks to be one of
 * correlations: negative eigenvalues are set to 0, and the diagonal back to 1.
 * Returns whether it had any (beyond rounding).
 *   r   n x n, changed in place
 * Source: Rebonato and Jäckel 1999, Journal of Risk 2(2), section 3.
 */
bool cx_importance_repair(double *r, size_t n);

/*
 * Shapley values of R-square (LMG): what a driver adds to it, averaged over
 * all orders in which the drivers can enter. They are not negative and add up
 * to R-square. All 2^p subsets are looked at, each once.
 *   width   of each of n_players, how many neighbouring columns of r it has,
 *           which enter together; NULL: p players of one column
 *   lmg     n_players places; n_players <= CX_IMPORTANCE_EXACT
 * Source: Lindeman, Merenda and Gold 1980, Introduction to Bivariate and
 * Multivariate Analysis, 119ff.; Shapley 1953; Grömping 2006, Journal of
 * Statistical Software 17(1).
 * Check: relaimpo 2.2; all subsets with R's lm; tests/unit/t-importance.c.
 */
enum { CX_IMPORTANCE_EXACT = 20 };
void cx_importance_lmg(const double *r, size_t p, const size_t *width,
    size_t n_players, double *lmg);

/*
 * Relative weights: the same from the orthogonal variables nearest to the
 * drivers. They are not negative and add up to R-square.
 * Source: Johnson 2000, Multivariate Behavioral Research 35(1), 1-19.
 * Check: rwa 0.1; tests/unit/t-importance.c.
 */
void cx_importance_johnson(const double *r, size_t p, double *weight);

/* The regression on all drivers, in units of standard deviations. */
struct cx_importance_fit {
	double r2;
	double *beta;    /* p slopes */
	double *partial; /* p: correlation, the other drivers held fixed */
	double *vif;     /* p: variance inflation; infinite for one that is
	                  * made up of others */
};

/* Fills in r2 and the arrays, which are the caller's. */
void cx_importance_regress(
    const double *r, size_t p, struct cx_importance_fit *fit);

#endif
