/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/cross.h"

#include <math.h>
#include <stdlib.h>

/*
 * The array: the weight of all records. Of those where nothing is absent, the
 * weight, the sum of each variable and that of each product. Of the others
 * the same, the weight for each base variable; and what a variable has where
 * a base variable is absent, as a matrix: of weights, and of sums. A pair has
 * what one of its variables has less what that one has without the other.
 */
enum { ALL, WHOLE, SUMS };

static size_t n_all(const struct cx_cross *s)
{
	return s->n_base + s->n_extra;
}

/* The variable that decides whether another one is there. */
static size_t base_of(const struct cx_cross *s, size_t i)
{
	return i < s->n_base ? i : i - s->n_extra;
}

/* Row j holds the products (i, j), i <= j; an extra one's last is its own. */
static size_t row_of(const struct cx_cross *s, size_t j)
{
	size_t base = s->n_base;

	if (j < base)
		return j * (j + 1) / 2;
	return base * (base + 1) / 2 + (j - base) * (base + 1);
}

static size_t product_of(const struct cx_cross *s, size_t i, size_t j)
{
	return row_of(s, j) + (i == j && j >= s->n_base ? s->n_base : i);
}

static size_t products_at(const struct cx_cross *s)
{
	return SUMS + n_all(s);
}

/* Weights, sums and products of the other records. */
static size_t part_at(const struct cx_cross *s)
{
	return products_at(s) + row_of(s, n_all(s));
}

static size_t part_sums_at(const struct cx_cross *s)
{
	return part_at(s) + s->n_base;
}

static size_t part_products_at(const struct cx_cross *s)
{
	return part_sums_at(s) + n_all(s);
}

/* By variable, then by the base variable that is absent. */
static size_t lone_weights_at(const struct cx_cross *s)
{
	return part_products_at(s) + row_of(s, n_all(s));
}

static size_t lone_sums_at(const struct cx_cross *s)
{
	return lone_weights_at(s) + s->n_base * s->n_base;
}

size_t cx_cross_length(const struct cx_cross *s)
{
	return lone_sums_at(s) + n_all(s) * s->n_base;
}

/* ---- records ---- */

/* Whether it left its range. */
static inline bool add(__int128 *sum, __int128 term)
{
	return __builtin_add_overflow(*sum, term, sum);
}

/* Most weights are 1, and a product of two words is cheaper than of three. */
static inline __int128 product(int64_t x, int64_t y, int64_t weight)
{
	__int128 xy = (__int128)x * y;

	return weight == 1 ? xy : xy * weight;
}

static bool add_whole(const struct cx_cross *s, __int128 *sums,
    const int64_t *values, int64_t weight)
{
	__int128 *to = sums + products_at(s);
	bool over = add(&sums[WHOLE], weight);

	for (size_t j = 0; j < n_all(s); j++) {
		int64_t x = values[j];
		size_t length = j < s->n_base ? j + 1 : s->n_base;

		over |= add(&sums[SUMS + j], (__int128)x * weight);
		for (size_t i = 0; i < length; i++)
			over |= add(to++, product(x, values[i], weight));
		if (j >= s->n_base)
			over |= add(to++, product(x, x, weight));
	}
	return !over;
}

/* Which variables a record has: n of them, the base ones first. */
struct present {
	size_t n, n_base;
	uint16_t at[CX_CROSS_VARIABLES];
	__int128 wx[CX_CROSS_VARIABLES];
};

static void find_present(const struct cx_cross *s, const int64_t *values,
    int64_t weight, struct present *p)
{
	p->n = p->n_base = 0;
	for (size_t j = 0; j < n_all(s); j++) {
		if (values[j] == CX_CROSS_ABSENT)
			continue;
		p->wx[p->n] = (__int128)values[j] * weight;
		p->at[p->n++] = (uint16_t)j;
		p->n_base += j < s->n_base;
	}
}

static bool add_products(const struct cx_cross *s, __int128 *sums,
    const int64_t *values, int64_t weight, const struct present *p)
{
	bool over = false;

	for (size_t k = 0; k < p->n; k++) {
		__int128 *row = sums + row_of(s, p->at[k]);
		size_t n = k < p->n_base ? k + 1 : p->n_base;
		int64_t x = values[p->at[k]];

		for (size_t l = 0; l < n; l++) {
			size_t i = p->at[l];

			over |= add(&row[i], product(x, values[i], weight));
		}
		if (k >= p->n_base)
			over |= add(&row[s->n_base], product(x, x, weight));
	}
	return over;
}

/* What the variables that are there have without base variable j. */
static bool add_lone(const struct cx_cross *s, __int128 *sums, size_t j,
    int64_t weight, const struct present *p)
{
	__int128 *weights = sums + lone_weights_at(s) + j;
	__int128 *lone = sums + lone_sums_at(s) + j;
	bool over = false;

	for (size_t k = 0; k < p->n; k++) {
		over |= add(&lone[p->at[k] * s->n_base], p->wx[k]);
		if (k < p->n_base)
			over |= add(&weights[p->at[k] * s->n_base], weight);
	}
	return over;
}

static bool add_part(const struct cx_cross *s, __int128 *sums,
    const int64_t *values, int64_t weight)
{
	struct present p;
	bool over;

	find_present(s, values, weight, &p);
	over = add_products(s, sums + part_products_at(s), values, weight, &p);
	for (size_t k = 0; k < p.n; k++) {
		over |= add(&sums[part_sums_at(s) + p.at[k]], p.wx[k]);
		if (k < p.n_base)
			over |= add(&sums[part_at(s) + p.at[k]], weight);
	}
	for (size_t j = 0; j < s->n_base; j++)
		if (values[j] == CX_CROSS_ABSENT)
			over |= add_lone(s, sums, j, weight, &p);
	return !over;
}

bool cx_cross_add(const struct cx_cross *s, __int128 *sums,
    const int64_t *values, int64_t weight)
{
	const long double most = 0x1p126L;
	int64_t largest = 0;
	bool whole = true;

	for (size_t j = 0; j < n_all(s); j++) {
		int64_t size = values[j];

		if (size == CX_CROSS_ABSENT)
			whole = false;
		else if (llabs(size) > largest)
			largest = llabs(size);
	}
	if ((long double)largest * (long double)largest * (long double)weight >
	        most ||
	    add(&sums[ALL], weight))
		return false;
	return (whole ? add_whole : add_part)(s, sums, values, weight);
}

bool cx_cross_merge(__int128 *into, const __int128 *from, size_t n)
{
	bool over = false;

	for (size_t i = 0; i < n; i++)
		over |= add(&into[i], from[i]);
	return !over;
}

void cx_cross_remove(__int128 *into, const __int128 *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		into[i] -= from[i];
}

/* ---- what they say ---- */

struct pair {
	__int128 w, i, j, ij;
};

static bool less(__int128 *from, __int128 what)
{
	return !__builtin_sub_overflow(*from, what, from);
}

/* What a has with b, a being weights or sums: all less that without b. */
static bool with(__int128 whole, __int128 part, __int128 lone, __int128 *out)
{
	*out = whole;
	return !add(out, part) && less(out, lone);
}

/* i <= j; all of it, or nothing. */
static struct pair pair_of(
    const struct cx_cross *s, const __int128 *sums, size_t i, size_t j)
{
	const __int128 *part = sums + part_sums_at(s);
	const __int128 *lone = sums + lone_sums_at(s);
	size_t a = base_of(s, i), b = base_of(s, j), n = s->n_base;
	size_t product = product_of(s, i, j);
	struct pair p;

	if (with(sums[WHOLE], sums[part_at(s) + a],
	        sums[lone_weights_at(s) + a * n + b], &p.w) &&
	    with(sums[SUMS + i], part[i], lone[i * n + b], &p.i) &&
	    with(sums[SUMS + j], part[j], lone[j * n + a], &p.j) &&
	    with(sums[products_at(s) + product],
	        sums[part_products_at(s) + product], 0, &p.ij))
		return p;
	return (struct pair){ 0, 0, 0, 0 };
}

static struct pair ordered_pair(
    const struct cx_cross *s, const __int128 *sums, size_t i, size_t j)
{
	struct pair p =
	    i <= j ? pair_of(s, sums, i, j) : pair_of(s, sums, j, i);

	if (i > j) {
		__int128 swap = p.i;

		p.i = p.j;
		p.j = swap;
	}
	return p;
}

/* Rounded, not cut, but for sums near the end of their range. */
static __int128 nearest(__int128 sum, __int128 w)
{
	__int128 half = (sum < 0 ? -w : w) / 2, more;

	return (__builtin_add_overflow(sum, half, &more) ? sum : more) / w;
}

static bool times(__int128 a, __int128 b, __int128 *product)
{
	return !__builtin_mul_overflow(a, b, product);
}

/*
 * The sums as distances from whole numbers near the means. This is exact, so
 * nothing large is left to cancel when they become floating. False where they
 * are too large for it, which those of records are not.
 */
static bool shift(struct pair *p, __int128 i, __int128 j)
{
	__int128 iw, jw, ij, ji, both;

	if (!times(i, p->w, &iw) || !times(j, p->w, &jw) ||
	    !times(i, p->j, &ij) || !times(j, p->i, &ji) ||
	    !times(i, jw, &both))
		return false;
	return less(&p->i, iw) && less(&p->j, jw) && less(&p->ij, ij) &&
	       less(&p->ij, ji) && !__builtin_add_overflow(p->ij, both, &p->ij);
}

struct cx_cross_pair cx_cross_pair(
    const struct cx_cross *s, const __int128 *sums, size_t i, size_t j)
{
	const long double one = CX_CROSS_ONE;
	struct pair p = ordered_pair(s, sums, i, j);
	__int128 near_i, near_j;
	long double w = (long double)p.w, di, dj;

	if (p.w <= 0)
		return (struct cx_cross_pair){ 0, NAN, NAN, NAN };
	near_i = nearest(p.i, p.w);
	near_j = nearest(p.j, p.w);
	if (!shift(&p, near_i, near_j))
		return (struct cx_cross_pair){ (double)w, NAN, NAN, NAN };
	di = (long double)p.i / w;
	dj = (long double)p.j / w;
	return (struct cx_cross_pair){ (double)w,
		(double)(((long double)near_i + di) / one),
		(double)(((long double)near_j + dj) / one),
		(double)(((long double)p.ij / w - di * dj) / (one * one)) };
}

double cx_cross_product(const struct cx_cross *s, const __int128 *sums,
    size_t i, double at_i, size_t j, double at_j)
{
	const long double one = CX_CROSS_ONE;
	struct pair p = ordered_pair(s, sums, i, j);
	long double x = at_i * one, y = at_j * one;

	if (!(fabsl(x) <= CX_CROSS_MOST && fabsl(y) <= CX_CROSS_MOST) ||
	    !shift(&p, (__int128)roundl(x), (__int128)roundl(y)))
		return NAN;
	x -= roundl(x);
	y -= roundl(y);
	return (double)(((long double)p.ij - x * (long double)p.j -
	                    y * (long double)p.i + x * y * (long double)p.w) /
	                (one * one));
}

void cx_cross_whole(
    const struct cx_cross *s, const __int128 *sums, __int128 *out)
{
	for (size_t i = 0; i < cx_cross_length(s); i++)
		out[i] = i < part_at(s) ? sums[i] : 0;
	out[ALL] = sums[WHOLE];
}

double cx_cross_weight(const __int128 *sums)
{
	return (double)sums[ALL];
}
