/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of libcx/model/mixture share. */
#ifndef CX_MODEL_MIXTURE_IMPL_H
#define CX_MODEL_MIXTURE_IMPL_H

#include "libcx/model/mixture.h"
#include "libcx/model/random.h"

/*
 * Patterns in the order of a walk through the tree of their prefixes: the
 * categorical columns, those of the fewest levels first, then the numeric
 * ones. A pattern shares its first `shared` codes with the one before it, so
 * products over columns are kept for them, and sums are passed down once.
 */
struct cx_mixture_data {
	size_t n_columns, n_codes, n_values;
	size_t *order;        /* the table's columns in the walk's order */
	size_t *n_levels;     /* by place in the walk; 0: numeric */
	double *mean, *sd;    /* by place; of numeric columns */
	double *floor;        /* by place: least variance, standardised */
	double log_sd;        /* what loglik is below loglik_z */
	size_t n_rows;        /* of a weight above 0 */
	size_t n_patterns;    /* the following by pattern */
	uint16_t *codes;      /* n_patterns x n_codes; n_levels is missing */
	double *values;       /* n_patterns x n_values, standardised, or NaN */
	uint16_t *shared;     /* codes as in the pattern before */
	double *weight;       /* sum over rows */
	uint32_t *pattern_of; /* n_rows: rows in the order of patterns */
	double *row_weight;   /* n_rows; NULL: all 1 */
};

/*
 * Where parameters are in one array: the shares, then by place in the walk
 * each level's probabilities (one more for missing: 1) or means and variances
 * of standardised values. Each is stride long, zero behind k.
 */
struct cx_mixture_shape {
	size_t k, stride, size;
	size_t *at; /* by place */
};

/* Rows of doubles are padded to whole blocks. */
enum { CX_MIXTURE_BLOCK = 2 };

void cx_mixture_shape_init(struct cx_mixture_shape *shape,
    const struct cx_mixture_data *data, size_t k);
void cx_mixture_shape_release(struct cx_mixture_shape *shape);

/* Memory of one run of EM. */
struct cx_mixture_work {
	const struct cx_mixture_data *data;
	const struct cx_mixture_shape *shape;
	const double *weight; /* by pattern; may be other ones than data's */
	double total;         /* their sum */
	double *products;     /* (n_codes + 1) x stride, of a path */
	double *sums;         /* the same: posterior weights below it */
	double *terms;        /* stride: logarithms of densities */
	double *scale;        /* n_values x 2 x stride, from the variances */
	double *moments;      /* n_values x 3 x stride: sums of r, r d, r d^2 */
	double *steps[4];     /* parameters of an accelerated step */
	double *grounds;      /* what an empty class falls back to */
};

void cx_mixture_work_init(struct cx_mixture_work *work,
    const struct cx_mixture_data *data, const struct cx_mixture_shape *shape);
void cx_mixture_work_release(struct cx_mixture_work *work);

/*
 * One step of EM, in to out (two arrays). Returns the log-likelihood of in,
 * of the standardised values.
 */
double cx_mixture_step(
    struct cx_mixture_work *work, const double *in, double *out);

/* Posterior probabilities of patterns under parameters, in their order. */
struct cx_mixture_walk {
	struct cx_mixture_work *work;
	const double *theta;
	size_t at; /* the next pattern */
};

/* k of them, posterior is stride long; the logarithm of the density. */
double cx_mixture_walk_next(struct cx_mixture_walk *walk, double *posterior);

/* How a run ended. */
struct cx_mixture_end {
	double loglik; /* of standardised values */
	bool converged;
};

/*
 * Runs EM, accelerated, from theta to where a step of three iterations gains
 * no more than tolerance times |loglik|.
 */
struct cx_mixture_end cx_mixture_run(struct cx_mixture_work *work,
    double *theta, double tolerance, size_t max_steps);

/*
 * One start: the best of several short runs from random parameters, in theta
 * (shape->size long), run on with this tolerance.
 */
struct cx_mixture_end cx_mixture_start(struct cx_mixture_work *work,
    struct cx_random *random, double tolerance, double *theta);

/* To and from the parameters that users see. */
void cx_mixture_export(const struct cx_mixture_data *data,
    const struct cx_mixture_shape *shape, const double *theta,
    struct cx_mixture *m);
void cx_mixture_import(const struct cx_mixture_data *data,
    const struct cx_mixture_shape *shape, const struct cx_mixture *m,
    double *theta);

#endif
