/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_HASH_H
#define CX_BASE_HASH_H

#include "libcx/base/str.h"

#include <stdint.h>

/*
 * A hash of 64 bits, the same everywhere and always. Good for telling equal
 * texts from others by chance, not against somebody who looks for a collision.
 */

/* Both halves of a 64 x 64 bit product, folded: each bit reaches all. */
static inline uint64_t cx_hash_fold(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 product = a;

	product *= b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Eight bytes as a number, the first of them the least on every machine. */
static inline uint64_t cx_load8(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

static inline uint64_t cx_load4(const char *p)
{
	uint32_t word;

	memcpy(&word, p, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap32(word);
#endif
	return word;
}

/* 1 to 7 bytes, each of them somewhere in the word. */
static inline uint64_t cx_load_short(const char *p, size_t n)
{
	if (n >= 4)
		return cx_load4(p) << 32 | cx_load4(p + n - 4);
	return (uint64_t)(unsigned char)p[0] << 16 |
	       (uint64_t)(unsigned char)p[n / 2] << 8 | (unsigned char)p[n - 1];
}

/*
 * Multiply-and-fold over 8-byte words, the last one overlapping the one
 * before it; constants from the digits of pi.
 */
static inline uint64_t cx_hash(struct cx_str s)
{
	const uint64_t k0 = 0x243F6A8885A308D3u, k1 = 0x13198A2E03707345u;
	uint64_t h = s.n ^ k0;
	size_t at = 0;

	for (; at + 8 < s.n; at += 8)
		h = cx_hash_fold(h ^ cx_load8(s.p + at), k1);
	if (s.n >= 8)
		h = cx_hash_fold(h ^ cx_load8(s.p + s.n - 8), k1);
	else if (s.n)
		h = cx_hash_fold(h ^ cx_load_short(s.p, s.n), k1);
	return h ^ (h >> 32);
}

#endif
