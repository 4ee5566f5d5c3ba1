/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/cross.h"

#include <math.h>
#include <stdlib.h>

/*
 * The array: the weight of all records; of those where nothing is absent, the
 * weight, the sum of each variable and that of each product; and of the
 * others, for each pair, four sums.
 */
enum { ALL, WHOLE, SUMS };
enum { W, I, J, IJ, PER_PAIR };

static size_t n_all(const struct cx_cross *s)
{
	return s->n_base + s->n_extra;
}

/* Row j holds the pairs (i, j), i <= j; an extra one's last is itself. */
static size_t row_of(const struct cx_cross *s, size_t j)
{
	size_t base = s->n_base;

	if (j < base)
		return j * (j + 1) / 2;
	return base * (base + 1) / 2 + (j - base) * (base + 1);
}

static size_t row_length(const struct cx_cross *s, size_t j)
{
	return j < s->n_base ? j + 1 : s->n_base + 1;
}

/* The variable that the kth pair of row j is with. */
static size_t partner(const struct cx_cross *s, size_t j, size_t k)
{
	return k < s->n_base ? k : j;
}

static size_t products_at(const struct cx_cross *s)
{
	return SUMS + n_all(s);
}

static size_t pairs_at(const struct cx_cross *s)
{
	return products_at(s) + row_of(s, n_all(s));
}

size_t cx_cross_length(const struct cx_cross *s)
{
	return pairs_at(s) + PER_PAIR * row_of(s, n_all(s));
}

/* ---- records ---- */

/* Whether it left its range. */
static inline bool add(__int128 *sum, __int128 term)
{
	return __builtin_add_overflow(*sum, term, sum);
}

static bool add_whole(const struct cx_cross *s, __int128 *sums,
    const int64_t *values, int64_t weight)
{
	size_t n = n_all(s);
	__int128 *product = sums + products_at(s);
	bool over = add(&sums[WHOLE], weight);

	for (size_t j = 0; j < n; j++) {
		__int128 wx = (__int128)values[j] * weight;
		size_t length = j < s->n_base ? j + 1 : s->n_base;

		over |= add(&sums[SUMS + j], wx);
		for (size_t i = 0; i < length; i++)
			over |= add(product++, wx * values[i]);
		if (j >= s->n_base)
			over |= add(product++, wx * values[j]);
	}
	return !over;
}

static bool add_part(const struct cx_cross *s, __int128 *sums,
    const int64_t *values, int64_t weight)
{
	__int128 *pair = sums + pairs_at(s);
	bool over = false;

	for (size_t j = 0; j < n_all(s); j++) {
		size_t length = row_length(s, j);
		__int128 wx = (__int128)values[j] * weight;

		if (values[j] == CX_CROSS_ABSENT) {
			pair += PER_PAIR * length;
			continue;
		}
		for (size_t k = 0; k < length; k++, pair += PER_PAIR) {
			int64_t other = values[partner(s, j, k)];

			if (other == CX_CROSS_ABSENT)
				continue;
			over |= add(&pair[W], weight);
			over |= add(&pair[I], (__int128)other * weight);
			over |= add(&pair[J], wx);
			over |= add(&pair[IJ], wx * other);
		}
	}
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

static struct pair pair_of(
    const struct cx_cross *s, const __int128 *sums, size_t i, size_t j)
{
	size_t at = row_of(s, j) + (i == j ? row_length(s, j) - 1 : i);
	const __int128 *part = sums + pairs_at(s) + PER_PAIR * at;
	struct pair p = { sums[WHOLE], sums[SUMS + i], sums[SUMS + j],
		sums[products_at(s) + at] };

	if (add(&p.w, part[W]) || add(&p.i, part[I]) || add(&p.j, part[J]) ||
	    add(&p.ij, part[IJ]))
		return (struct pair){ 0, 0, 0, 0 };
	return p;
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

static bool less(__int128 *from, __int128 what)
{
	return !__builtin_sub_overflow(*from, what, from);
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
		out[i] = i < pairs_at(s) ? sums[i] : 0;
	out[ALL] = sums[WHOLE];
}

double cx_cross_weight(const struct cx_cross *s, const __int128 *sums)
{
	(void)s;
	return (double)sums[ALL];
}
