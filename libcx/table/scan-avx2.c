/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/scan-impl.h"

#ifdef __x86_64__

#include <immintrin.h>

/* What scan.c asks for; no lzcnt, as clang 14 knows no way to ask for that. */
#define CX_TARGET __attribute__((target("avx2,pclmul,bmi,bmi2,popcnt")))

enum { WIDTH = 32, UNROLLED = 8 };

struct cx_needles {
	__m256i delimiter, special, newline, cr, nul;
};

CX_TARGET static inline struct cx_needles needles(const struct cx_scan *scan)
{
	return (struct cx_needles){ _mm256_set1_epi8(scan->delimiter),
		_mm256_set1_epi8(cx_scan_special(scan)), _mm256_set1_epi8('\n'),
		_mm256_set1_epi8('\r'), _mm256_setzero_si256() };
}

CX_TARGET static inline __m256i load(const char *p)
{
	return _mm256_loadu_si256((const __m256i *)p);
}

CX_TARGET static inline uint64_t bits(__m256i low, __m256i high)
{
	return (uint64_t)(uint32_t)_mm256_movemask_epi8(low) |
	       (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << WIDTH;
}

CX_TARGET static inline uint64_t equal(
    __m256i low, __m256i high, __m256i needle)
{
	return bits(
	    _mm256_cmpeq_epi8(low, needle), _mm256_cmpeq_epi8(high, needle));
}

CX_TARGET static inline struct cx_masks classify(
    const char *p, const struct cx_needles *k)
{
	__m256i low = load(p), high = load(p + WIDTH);

	return (struct cx_masks){
		.delimiter = equal(low, high, k->delimiter),
		.special = equal(low, high, k->special),
		.newline = equal(low, high, k->newline),
		.cr = equal(low, high, k->cr),
		.nul = equal(low, high, k->nul),
		.high = bits(low, high),
	};
}

/* Carry-less multiplication by all ones. */
CX_TARGET static inline uint64_t prefix_xor(uint64_t quotes)
{
	__m128i ones = _mm_set1_epi8((char)0xFF);
	__m128i product =
	    _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)quotes), ones, 0);

	return (uint64_t)_mm_cvtsi128_si64(product);
}

/* Writes the lowest bit's place and takes the bit off. */
#define EMIT(i)                                                                \
	do {                                                                   \
		ends[i] = base + (uint32_t)_tzcnt_u64(separators);             \
		separators = _blsr_u64(separators);                            \
	} while (0)

/*
 * Eight at a time without a branch: most blocks hold fewer, and entries
 * behind the last one are overwritten by the next block.
 */
CX_TARGET static inline void emit(
    uint32_t *ends, uint64_t separators, uint32_t base)
{
	do {
		EMIT(0);
		EMIT(1);
		EMIT(2);
		EMIT(3);
		EMIT(4);
		EMIT(5);
		EMIT(6);
		EMIT(7);
		ends += UNROLLED;
	} while (separators);
}

/*
 * UTF-8 by three table look-ups on pairs of nibbles.
 * Source: Keiser and Lemire 2021, Validating UTF-8 in less than one
 * instruction per byte, Software: Practice and Experience 51, 950-964.
 */
struct cx_utf8 {
	__m256i before;     /* the 32 bytes before */
	__m256i incomplete; /* not 0 where they end within a character */
	__m256i bad;
};

/* What a pair of bytes can be wrong by, one bit each. */
enum {
	TOO_SHORT = 1 << 0,  /* lead, then no continuation */
	TOO_LONG = 1 << 1,   /* ASCII, then a continuation */
	OVERLONG_3 = 1 << 2, /* E0, then below A0 */
	TOO_LARGE = 1 << 3,  /* F4, then 90 or above; F5 and above */
	SURROGATE = 1 << 4,  /* ED, then A0 or above */
	OVERLONG_2 = 1 << 5, /* C0 or C1 */
	OVERLONG_4 = 1 << 6, /* F0, then below 90; F5 and above, then 80 */
	TWO_CONTS = 1 << 7,  /* two continuations: right in long ones only */
	CARRY = TOO_SHORT | TOO_LONG | TWO_CONTS,
};

CX_TARGET static inline __m256i both(__m128i table)
{
	return _mm256_broadcastsi128_si256(table);
}

CX_TARGET static inline __m256i low_nibble(__m256i v)
{
	return _mm256_and_si256(v, _mm256_set1_epi8(0x0F));
}

CX_TARGET static inline __m256i high_nibble(__m256i v)
{
	return low_nibble(_mm256_srli_epi16(v, 4));
}

/* The bytes n places before each byte of v. */
#define BYTES_BEFORE(v, before, n)                                             \
	_mm256_alignr_epi8(                                                    \
	    v, _mm256_permute2x128_si256(before, v, 0x21), 16 - (n))

CX_TARGET static inline __m256i pairs(__m256i v, __m256i before1)
{
	const char t = (char)TWO_CONTS;
	const __m256i first_high = both(_mm_setr_epi8(TOO_LONG, TOO_LONG,
	    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, t, t, t,
	    t, TOO_SHORT | OVERLONG_2, TOO_SHORT,
	    TOO_SHORT | OVERLONG_3 | SURROGATE,
	    TOO_SHORT | TOO_LARGE | OVERLONG_4));
	const char c = (char)CARRY, l = (char)(CARRY | TOO_LARGE);
	const char m = (char)(CARRY | TOO_LARGE | OVERLONG_4);
	const __m256i first_low = both(
	    _mm_setr_epi8((char)(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4),
	        (char)(CARRY | OVERLONG_2), c, c, l, m, m, m, m, m, m, m, m,
	        (char)(CARRY | TOO_LARGE | OVERLONG_4 | SURROGATE), m, m));
	const char s = TOO_SHORT;
	const char k = (char)(TOO_LONG | OVERLONG_2 | TWO_CONTS);
	const char a = (char)(k | SURROGATE | TOO_LARGE);
	const __m256i second_high = both(_mm_setr_epi8(s, s, s, s, s, s, s, s,
	    (char)(k | OVERLONG_3 | OVERLONG_4),
	    (char)(k | OVERLONG_3 | TOO_LARGE), a, a, s, s, s, s));

	return _mm256_and_si256(
	    _mm256_and_si256(
	        _mm256_shuffle_epi8(first_high, high_nibble(before1)),
	        _mm256_shuffle_epi8(first_low, low_nibble(before1))),
	    _mm256_shuffle_epi8(second_high, high_nibble(v)));
}

CX_TARGET static inline void utf8_vector(struct cx_utf8 *u, __m256i v)
{
	__m256i before1 = BYTES_BEFORE(v, u->before, 1);
	__m256i before2 = BYTES_BEFORE(v, u->before, 2);
	__m256i before3 = BYTES_BEFORE(v, u->before, 3);
	/* The third byte of a character, or the fourth, must continue it. */
	__m256i third =
	    _mm256_subs_epu8(before2, _mm256_set1_epi8((char)(0xE0 - 0x80)));
	__m256i fourth =
	    _mm256_subs_epu8(before3, _mm256_set1_epi8((char)(0xF0 - 0x80)));
	__m256i must = _mm256_and_si256(
	    _mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));

	u->bad =
	    _mm256_or_si256(u->bad, _mm256_xor_si256(must, pairs(v, before1)));
	u->before = v;
}

/* Not 0 where the last three bytes start a character and do not end it. */
CX_TARGET static inline __m256i incomplete(__m256i v)
{
	const char x = (char)0xFF;

	return _mm256_subs_epu8(
	    v, _mm256_setr_epi8(x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x,
	           x, x, x, x, x, x, x, x, x, x, x, x, x, (char)(0xF0 - 1),
	           (char)(0xE0 - 1), (char)(0xC0 - 1)));
}

CX_TARGET static inline void utf8_block(
    struct cx_utf8 *u, const char *p, uint64_t high)
{
	if (high) {
		utf8_vector(u, load(p));
		utf8_vector(u, load(p + WIDTH));
		u->incomplete = incomplete(u->before);
		return;
	}
	u->bad = _mm256_or_si256(u->bad, u->incomplete);
	u->before = _mm256_setzero_si256();
	u->incomplete = _mm256_setzero_si256();
}

CX_TARGET static inline struct cx_utf8 utf8_starts(const struct cx_scan *scan)
{
	return (struct cx_utf8){ load((const char *)scan->utf8_before),
		load((const char *)scan->utf8_incomplete),
		_mm256_setzero_si256() };
}

CX_TARGET static inline void utf8_ends(
    const struct cx_utf8 *u, struct cx_scan *scan)
{
	_mm256_storeu_si256((__m256i *)scan->utf8_before, u->before);
	_mm256_storeu_si256((__m256i *)scan->utf8_incomplete, u->incomplete);
	scan->suspect |= !_mm256_testz_si256(u->bad, u->bad);
}

#include "libcx/table/scan-kernel.h"

CX_TARGET void cx_scan_avx2(struct cx_scan *scan, const char *p, size_t n,
    uint32_t base, struct cx_marks *marks)
{
	scan_all(scan, p, n, base, marks);
}

CX_TARGET struct cx_scan_counts cx_count_avx2(const char *p, size_t n)
{
	struct cx_scan_counts counts = { 0, 0 }, rest;
	const __m256i quote = _mm256_set1_epi8('"');
	const __m256i newline = _mm256_set1_epi8('\n');
	size_t at = 0;

	for (; at + CX_SCAN_STEP <= n; at += CX_SCAN_STEP) {
		__m256i low = load(p + at), high = load(p + at + WIDTH);

		counts.quotes +=
		    (uint64_t)__builtin_popcountll(equal(low, high, quote));
		counts.lines +=
		    (uint64_t)__builtin_popcountll(equal(low, high, newline));
	}
	rest = cx_count_portable(p + at, n - at);
	counts.quotes += rest.quotes;
	counts.lines += rest.lines;
	return counts;
}

#endif
