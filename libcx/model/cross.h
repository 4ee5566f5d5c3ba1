/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_CROSS_H
#define CX_MODEL_CROSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Sums of products of variables, pair by pair over the records that have both
 * (R: cov(use = "pairwise")), kept as whole numbers: exact, so that parts
 * merged in any order and any split are the same to the bit.
 *
 * Values are in millionths (CX_CROSS_ONE is 1). Of n_base base variables all
 * pairs are kept. An extra variable, such as the part of a rating above its
 * middle, is paired with the base variables and with itself alone, and is
 * absent where the base variable it is made of is: the last n_extra ones, in
 * order.
 *
 * The sums are an array of cx_cross_length() numbers, all 0 for no record;
 * the caller adds arrays up element by element with cx_cross_merge.
 */
enum { CX_CROSS_ONE = 1000000 };
enum { CX_CROSS_VARIABLES = 512 }; /* at most, base and extra */
#define CX_CROSS_ABSENT INT64_MIN
/* The largest value, either way, and the largest weight, in millionths. */
#define CX_CROSS_MOST (INT64_C(1000000) * CX_CROSS_ONE)

struct cx_cross {
	size_t n_base, n_extra;
};

size_t cx_cross_length(const struct cx_cross *shape);

/*
 * Adds a record, or weight of them.
 *   values   n_base + n_extra of them, or CX_CROSS_ABSENT
 *   weight   > 0; a whole number, in whatever unit is the caller's
 * False when a sum left its range of 127 bits: all is lost then.
 */
bool cx_cross_add(const struct cx_cross *shape, __int128 *sums,
    const int64_t *values, int64_t weight);

/* Of two arrays of n sums; false as above. */
bool cx_cross_merge(__int128 *into, const __int128 *from, size_t n);

/* Takes from away again from a sum that it is a part of. */
void cx_cross_remove(__int128 *into, const __int128 *from, size_t n);

/*
 * A pair of variables over the records that have both, in units of 1 (not
 * millionths). NaN, but w, when there is none.
 */
struct cx_cross_pair {
	double w;              /* sum of the weights */
	double mean_i, mean_j; /* of these records */
	double cov;            /* mean product of the distances from them */
};

/* i and j are not two different extra variables; i may be j. */
struct cx_cross_pair cx_cross_pair(
    const struct cx_cross *shape, const __int128 *sums, size_t i, size_t j);

/*
 * sum w (x_i - at_i) (x_j - at_j) over the records that have both. With at
 * the variables' own means, an absent value counts as that mean.
 */
double cx_cross_product(const struct cx_cross *shape, const __int128 *sums,
    size_t i, double at_i, size_t j, double at_j);

/* To out, the sums of those records alone where nothing is absent. */
void cx_cross_whole(
    const struct cx_cross *shape, const __int128 *sums, __int128 *out);

/* Sum of the weights of all records. */
double cx_cross_weight(const __int128 *sums);

#endif
