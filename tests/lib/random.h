/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random numbers for tests: the same ones in every run.
 * Source: splitmix64, Steele, Lea and Flood 2014, OOPSLA, 453-472.
 */
#ifndef CX_TESTS_RANDOM_H
#define CX_TESTS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

static uint64_t random_state = 20261121;

/* From 0 to n - 1. */
static inline size_t random_below(size_t n)
{
	uint64_t z = random_state += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return (size_t)((z ^ z >> 31) % n);
}

#endif
