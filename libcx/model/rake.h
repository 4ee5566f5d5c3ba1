/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_RAKE_H
#define CX_MODEL_RAKE_H

#include "libcx/model/design.h"

/*
 * Weights adjusted to known shares, and variances of means under them.
 *
 * Records fall into cells, the combinations of the margins' categories that
 * occur. Post-stratification is raking to a single margin; to post-stratify
 * by the cross of several columns, make each combination a category of one
 * margin.
 *
 * What a caller has to keep, besides what design.h says: the sums of the base
 * weights by cell, for the factors; and, since the adjustment ties records
 * of a domain to all others, sums over the whole sample by PSU and cell
 * (struct cx_rake_part). They are sums of what each record brings, so they
 * merge, and no second pass over the data is needed.
 */

/* All is borrowed. The names are for messages. */
struct cx_rake_margin {
	struct cx_str name;
	size_t n;                    /* categories */
	const struct cx_str *labels; /* n */
	const double *shares;        /* n, of the population; NaN: not given */
};

struct cx_rake {
	size_t n_margins;
	const struct cx_rake_margin *margins;
	size_t n_cells;
	const size_t *category; /* n_cells x n_margins, row-major */
};

struct cx_rake_rule {
	double share_tolerance; /* how far a margin's shares may sum off 1 */
	double tolerance; /* how far weighted shares may stay off theirs */
	unsigned max_iterations; /* rounds through the margins */
};

/* Not to have converged is a value; so it is when margins contradict. */
struct cx_rake_fit {
	bool converged; /* deviation <= tolerance */
	unsigned iterations;
	double deviation; /* largest |weighted share - share| */
};

/*
 * Factors that take the cells' weights to the margins' shares.
 *   base     n_cells: sums of base weights, >= 0, finite
 *   factor   n_cells, filled in: what to multiply the cell's weights by. The
 *            sum of all weights stays what it was
 * Shares that sum to 1 within the tolerance are scaled to do so exactly.
 * Returns 0, or -1 and err (CX_DATA, names margin and category; factor and
 * fit untouched) when shares are negative or sum to something else; when a
 * category with a share above 0 has no weight; or when one with weight has
 * no share, or one of 0.
 * Source: Deming and Stephan 1940, Annals of Mathematical Statistics 11(4),
 * 427-444 (iterative proportional fitting); one margin: Holt and Smith 1979,
 * JRSS A 142(1), 33-46.
 * Check: R survey postStratify(), rake(), calibrate(calfun = "raking");
 * tests/oracles/design.R.
 */
int cx_rake_fit(const struct cx_rake *rake, const double *base,
    const struct cx_rake_rule *rule, double *factor, struct cx_rake_fit *fit,
    struct cx_err *err);

/*
 * Variance of a mean of a domain under adjusted weights g w, g the factor of
 * the record's cell: that of the total of g w (u - p), where u is
 * (y - mean) / sum(g w) in the domain and 0 elsewhere, and p is the
 * projection of u on the margins: effects of their categories, added up. What
 * the margins explain of y does not vary, as their shares are fixed. How
 * records count in the projection:
 *
 *   BY_WEIGHT   with their base weight, which is least squares as the theory
 *               has it. R: postStratify(), calibrate(calfun = "raking")
 *   BY_COUNT    one each, in ten rounds, converged or not. R: rake()
 *
 * They agree where all base weights are equal (and ten rounds are enough).
 * Where the rounds of BY_WEIGHT end before they converge, p explains less
 * than it could, which errs towards a larger variance.
 * Source: Deville and Särndal 1992, JASA 87(418), 376-382; Deville, Särndal
 * and Sautory 1993, JASA 88(423), 1013-1020; rounds: survey 4.1-1, svyrecvar.
 */
enum cx_rake_residuals { CX_RAKE_BY_WEIGHT, CX_RAKE_BY_COUNT };

/*
 * Rounds of the projection: those of R's rake(), and more than enough where
 * raking itself converges, as both do so at one rate. They stop when nothing
 * moves by more than CX_RAKE_STILL of what moved first.
 */
#define CX_RAKE_STILL 1e-15
static inline unsigned cx_rake_rounds(enum cx_rake_residuals residuals)
{
	return residuals == CX_RAKE_BY_COUNT ? 10 : 10000;
}

/* An adjusted sample. All is borrowed. */
struct cx_rake_sample {
	const struct cx_design *design;
	const struct cx_rake *rake;
	const double *factor; /* n_cells, from cx_rake_fit */
	enum cx_rake_residuals residuals;
};

/*
 * The records of one PSU that are in one cell. Weights are base weights. The
 * three fields at the end serve BY_COUNT alone.
 */
struct cx_rake_part {
	size_t psu, cell;
	double all;        /* sum of weights of all its records */
	double w, wy;      /* of those in the domain: sums of w, w y */
	uint64_t n_all, n; /* records: all, those in the domain */
	double y;          /* sum of y over those in the domain */
};

/* A whole sample by PSU and cell: what is outside of the domain, too. */
struct cx_rake_psus {
	size_t n;              /* PSUs, all there are */
	const size_t *stratum; /* n; NULL: all in stratum 0 */
	size_t n_parts;
	const struct cx_rake_part *parts; /* in any order, but a fixed one */
};

/*
 * Mean of a domain under adjusted weights, with its linearised standard
 * error. Returns, and fills in out, as cx_design_psu_mean does, where every
 * PSU takes part; so any stratum of one PSU is an error.
 */
int cx_rake_psu_mean(const struct cx_rake_sample *sample,
    const struct cx_rake_psus *psus, struct cx_design_mean *out,
    struct cx_err *err);

/*
 * The pieces, for cx_design_psu_variance and for differences of domains. All
 * three arrays are psus->n long, the caller's, and filled in: sums of the
 * adjusted weights and of weight times y over the domain, and z, NaN when the
 * domain has no weight.
 */
void cx_rake_psu_linearise(const struct cx_rake_sample *sample,
    const struct cx_rake_psus *psus, double *w, double *wy, double *z);

#endif
