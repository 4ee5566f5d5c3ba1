/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_RANDOM_H
#define CX_MODEL_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/*
 * Random numbers that are the same on every machine: splitmix64.
 * Source: Steele, Lea and Flood 2014, OOPSLA, 453-472.
 */
struct cx_random {
	uint64_t state;
};

static inline uint64_t cx_random_next(struct cx_random *r)
{
	uint64_t z = r->state += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

/*
 * The stream of numbers that belongs to a seed and to the place (a, b) of a
 * job, so that jobs need not be done in order.
 */
static inline struct cx_random cx_random_stream(
    uint64_t seed, uint64_t a, uint64_t b)
{
	struct cx_random r = { seed };

	r.state = cx_random_next(&r) ^ a;
	r.state = cx_random_next(&r) ^ b;
	r.state = cx_random_next(&r);
	return r;
}

/* In [0, 1), 53 bits of it. */
static inline double cx_random_unit(struct cx_random *r)
{
	return (double)(cx_random_next(r) >> 11) * 0x1p-53;
}

/*
 * From 0 to n - 1, n > 0; the high word of a product, so that none is
 * favoured by more than n / 2^64.
 */
static inline size_t cx_random_below(struct cx_random *r, size_t n)
{
	__extension__ unsigned __int128 product = cx_random_next(r);

	product *= n;
	return (size_t)(product >> 64);
}

#endif
