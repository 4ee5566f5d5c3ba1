/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_BYTES_H
#define CX_BASE_BYTES_H

#include "libcx/base/str.h"

#ifdef __SSE2__
#include <emmintrin.h>

/* Whether none of four bytes is among the 16 at p. */
static inline bool cx_bytes_lack16(
    const char *p, char a, char b, char c, char d)
{
	__m128i v = _mm_loadu_si128((const __m128i *)p);
	__m128i ab = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(a)),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8(b)));
	__m128i cd = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(c)),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8(d)));

	return _mm_movemask_epi8(_mm_or_si128(ab, cd)) == 0;
}
#else
static inline bool cx_bytes_lack16(
    const char *p, char a, char b, char c, char d)
{
	for (int i = 0; i < 16; i++)
		if (p[i] == a || p[i] == b || p[i] == c || p[i] == d)
			return false;
	return true;
}
#endif

/*
 * The bytes that stand before each c, up to n pieces: their starts and ends.
 * Returns how many there are; the last one ends at end where no c is left.
 */
static inline size_t cx_bytes_split(
    const char *p, const char *end, char c, struct cx_str *pieces, size_t n)
{
	const char *start = p;
	size_t found = 0;

#ifdef __SSE2__
	for (; found < n && end - p >= 16; p += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)p);
		unsigned hits = (unsigned)_mm_movemask_epi8(
		    _mm_cmpeq_epi8(v, _mm_set1_epi8(c)));

		for (; hits && found < n; hits &= hits - 1) {
			const char *at = p + __builtin_ctz(hits);

			pieces[found++] =
			    (struct cx_str){ start, (size_t)(at - start) };
			start = at + 1;
		}
	}
#endif
	for (; found < n && p < end; p++) {
		if (*p != c)
			continue;
		pieces[found++] = (struct cx_str){ start, (size_t)(p - start) };
		start = p + 1;
	}
	if (found < n)
		pieces[found++] =
		    (struct cx_str){ start, (size_t)(end - start) };
	return found;
}

/* Whether none of four bytes occurs in s. */
static inline bool cx_bytes_lack(
    struct cx_str s, char a, char b, char c, char d)
{
	size_t at = 0;

	if (s.n >= 16) {
		for (; at + 16 < s.n; at += 16)
			if (!cx_bytes_lack16(s.p + at, a, b, c, d))
				return false;
		/* The last 16, some of them looked at again. */
		return cx_bytes_lack16(s.p + s.n - 16, a, b, c, d);
	}
	for (; at < s.n; at++)
		if (s.p[at] == a || s.p[at] == b || s.p[at] == c ||
		    s.p[at] == d)
			return false;
	return true;
}

#endif
