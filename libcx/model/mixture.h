/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_MIXTURE_H
#define CX_MODEL_MIXTURE_H

#include "libcx/base/err.h"

#include <stdint.h>

/*
 * Latent classes: a finite mixture whose columns are independent within each
 * class. A row x has the density
 *
 *   f(x) = sum over classes c of share_c * product over columns j of f_cj(x_j)
 *
 * with f_cj a multinomial (categorical columns) or a normal distribution with
 * a mean and a variance of the class (numeric ones). An answer that is missing
 * is left out of the product, which is maximum likelihood where answers are
 * missing at random.
 * Source: Goodman 1974, Biometrika 61(2), 215-231 (latent classes); Moustaki
 * 1996, British Journal of Mathematical and Statistical Psychology 49(2),
 * 313-334 (mixed columns); Little and Rubin 2002, Statistical Analysis with
 * Missing Data, 2nd ed., ch. 6 (missing answers).
 */

/* A column of the observations. All is borrowed. */
struct cx_mixture_column {
	struct cx_str name;    /* for messages */
	size_t n_levels;       /* of a categorical column; 0: numeric */
	const uint16_t *codes; /* n_rows, below n_levels, or CX_MIXTURE_NONE */
	const double *values;  /* n_rows, finite, or NaN: missing */
};

enum {
	CX_MIXTURE_NONE = UINT16_MAX,
	CX_MIXTURE_MOST_LEVELS = 1000,
	CX_MIXTURE_MOST_CLASSES = 64,
};

struct cx_mixture_table {
	size_t n_rows, n_columns;
	const struct cx_mixture_column *columns;
	const double *weights; /* n_rows, >= 0, finite; NULL: all 1 */
};

/*
 * The table made ready: equal rows collapsed into patterns, these sorted by
 * their content, numeric columns standardised (mean 0, standard deviation with
 * n - 1 of 1). Weights are scaled to sum to the number of rows; rows of weight
 * 0 are left out. The order of the rows, and what the numbers of the levels
 * are, so long as their order is the same, make no difference to anything.
 */
struct cx_mixture_data;

/*
 * Returns 0, or -1 and err (CX_DATA, names the column) when a column has no
 * answers or but one value; when it has more than CX_MIXTURE_MOST_LEVELS; or
 * when no row has a weight. Levels that do not occur are errors of the caller.
 */
int cx_mixture_data_new(struct cx_mixture_data **data,
    const struct cx_mixture_table *table, struct cx_err *err);
void cx_mixture_data_free(struct cx_mixture_data *data);
size_t cx_mixture_data_rows(const struct cx_mixture_data *data);
size_t cx_mixture_data_patterns(const struct cx_mixture_data *data);

/* ---- parameters ---- */

/*
 * The parameters of k classes, in the columns' own units.
 *   share   k, sum to 1
 *   of      by column: a categorical one's probabilities, n_levels x k,
 *           row-major, each class sums to 1; a numeric one's means and
 *           standard deviations, 2 x k
 */
struct cx_mixture {
	size_t k, n_columns;
	size_t *n_levels; /* by column; 0: numeric */
	double *share;
	double **of;
};

/* All zero parameters for columns of these levels, which are copied. */
void cx_mixture_init(
    struct cx_mixture *m, size_t k, size_t n_columns, const size_t *n_levels);
void cx_mixture_release(struct cx_mixture *m);

/* A row's answers: levels and numbers, by column; see cx_mixture_column. */
union cx_mixture_answer {
	uint16_t code; /* of categorical columns */
	double value;  /* of numeric ones */
};

/*
 * Probabilities of the classes given a row, posterior (k long, the caller's).
 * Returns the logarithm of the row's density. A probability of 0 is taken as
 * CX_MIXTURE_TINY, so that a row that no class can have brought forth goes to
 * the class with the fewest impossible answers; *impossible, if not NULL,
 * tells whether it was one.
 */
#define CX_MIXTURE_TINY 1e-300
double cx_mixture_posterior(const struct cx_mixture *m,
    const union cx_mixture_answer *row, double *posterior, bool *impossible);

/* The most probable class; the first one of equals. */
size_t cx_mixture_choose(const double *posterior, size_t k);

/* ---- fits ---- */

/*
 * How the maximum of the likelihood is looked for. EM (Dempster, Laird and
 * Rubin 1977, JRSS B 39(1), 1-38) is accelerated by SQUAREM (Varadhan and
 * Roland 2008, Scandinavian Journal of Statistics 35(2), 335-353, scheme S3),
 * with a step back to plain EM where the likelihood would fall. Each start
 * is the best of several short runs from random parameters (Biernacki, Celeux
 * and Govaert 2003, Computational Statistics and Data Analysis 41(3-4),
 * 561-575), is run to convergence, and the best of the starts is polished.
 */
struct cx_mixture_rule {
	size_t n_starts;   /* at least 1 */
	size_t most_steps; /* of the polishing; 0: CX_MIXTURE_STEPS */
	uint64_t seed;
	unsigned threads; /* at least 1; never shows in the result */
};

/* Where users have not chosen. */
enum { CX_MIXTURE_STARTS = 50, CX_MIXTURE_STEPS = 20000 };

/*
 * Variances of standardised columns are kept at or above this, so that no
 * class can shrink to a point of unbounded likelihood; and at or above h^2 / 2,
 * h being the median distance of neighbouring values. Where these are rounded
 * to h, a class of such a variance has densities whose sum over them, times h,
 * is 1 within 1e-4 (Poisson's summation: 1 + 2 exp(-pi^2)), as probabilities
 * have. Below it the sum grows without bound, and rounding alone would make a
 * class of each value.
 * Source: Hathaway 1985, Annals of Statistics 13(2), 795-800 (the bound).
 */
#define CX_MIXTURE_FLOOR 1e-3

/*
 * A fit of k classes, ordered by size, the largest first; classes of equal
 * size by their parameters.
 *   loglik        of the numbers in their own units; loglik_z: standardised.
 *                 They are the same where all columns are categorical
 *   n_parameters  free ones: k - 1, and for each class a column's levels less
 *                 1, or 2
 *   aic, bic      -2 loglik + 2 p, -2 loglik + p ln n; n the number of rows.
 *                 Akaike 1974, IEEE Trans. Automatic Control 19(6), 716-723;
 *                 Schwarz 1978, Annals of Statistics 6(2), 461-464
 *   icl           bic + 2 E, E the entropy of the posterior probabilities
 *                 summed over rows. Biernacki, Celeux and Govaert 2000, IEEE
 *                 Trans. PAMI 22(7), 719-725
 *   entropy_r2    1 - E / (n H), H the entropy of the shares; NaN for k = 1.
 *                 Vermunt and Magidson 2005, Technical Guide for Latent GOLD
 *                 4.0, section 4.3
 *   n_degenerate  starts thrown away: a class of less than one row, or with a
 *                 variance at the floor and fewer rows than CX_MIXTURE_SOLID
 *   n_reached     starts of the others that reached the same loglik
 *   converged     false when the limit of iterations ended the polishing
 */
struct cx_mixture_fit {
	struct cx_mixture model;
	double loglik, loglik_z;
	size_t n_parameters;
	double aic, bic, icl, entropy_r2;
	double smallest; /* share of a class */
	size_t n_starts, n_degenerate, n_reached;
	bool converged;
};

enum { CX_MIXTURE_SOLID = 10 };

/*
 * Fits k classes. Returns 0, fit is then the caller's to release; or -1 and
 * err (CX_DATA) when k is above the number of patterns, or all starts were
 * degenerate.
 * Check: poLCA 1.6, VarSelLCM 2.1.3, scikit-learn 1.2.1, and a plain EM, in
 * tests/unit/t-mixture.c.
 */
int cx_mixture_fit(struct cx_mixture_fit *fit,
    const struct cx_mixture_data *data, size_t k,
    const struct cx_mixture_rule *rule, struct cx_err *err);
void cx_mixture_fit_release(struct cx_mixture_fit *fit);

/*
 * Stability of each class: the mean over n_samples bootstrap samples of the
 * largest Jaccard coefficient of its rows with those of a class of the
 * sample's own fit. Rows belong to their most probable class; those not drawn
 * are left out, those drawn twice count once. A sample is fitted from the
 * given parameters and from rule->n_starts random ones, the best of them wins.
 *   jaccard   k, filled in
 * Below .6 a class should not be believed in, above .75 it is there, above
 * .85 highly stable.
 * Source: Hennig 2007, Computational Statistics and Data Analysis 52(1),
 * 258-271.
 */
void cx_mixture_stability(const struct cx_mixture_data *data,
    const struct cx_mixture *m, size_t n_samples,
    const struct cx_mixture_rule *rule, double *jaccard);

#endif
