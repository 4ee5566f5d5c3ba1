/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/scan-impl.h"

#ifdef __SSE2__

#include "libcx/table/scan-bits.h"
#include "libcx/table/scan-utf8.h"

#include <emmintrin.h>

#define CX_TARGET

enum { LANES = 4, WIDTH = 16 };

struct cx_needles {
	__m128i delimiter, special, newline, cr, nul;
};

static inline struct cx_needles needles(const struct cx_scan *scan)
{
	return (struct cx_needles){ _mm_set1_epi8(scan->delimiter),
		_mm_set1_epi8(cx_scan_special(scan)), _mm_set1_epi8('\n'),
		_mm_set1_epi8('\r'), _mm_setzero_si128() };
}

static inline uint64_t equal(const __m128i *v, __m128i needle)
{
	uint64_t bits = 0;

	for (int i = 0; i < LANES; i++)
		bits |= (uint64_t)(unsigned)_mm_movemask_epi8(
		            _mm_cmpeq_epi8(v[i], needle))
		        << (i * WIDTH);
	return bits;
}

static inline void load(__m128i *v, const char *p)
{
	for (int i = 0; i < LANES; i++)
		v[i] = _mm_loadu_si128((const __m128i *)(p + i * WIDTH));
}

static inline struct cx_masks classify(
    const char *p, const struct cx_needles *k)
{
	struct cx_masks m = { .high = 0 };
	__m128i v[LANES];

	load(v, p);
	m.delimiter = equal(v, k->delimiter);
	m.special = equal(v, k->special);
	m.newline = equal(v, k->newline);
	m.cr = equal(v, k->cr);
	m.nul = equal(v, k->nul);
	for (int i = 0; i < LANES; i++)
		m.high |= (uint64_t)(unsigned)_mm_movemask_epi8(v[i])
		          << (i * WIDTH);
	return m;
}

#include "libcx/table/scan-kernel.h"

void cx_scan_sse2(struct cx_scan *scan, const char *p, size_t n, uint32_t base,
    struct cx_marks *marks)
{
	scan_all(scan, p, n, base, marks);
}

struct cx_scan_counts cx_count_sse2(const char *p, size_t n)
{
	struct cx_scan_counts counts = { 0, 0 }, rest;
	const __m128i quote = _mm_set1_epi8('"');
	const __m128i newline = _mm_set1_epi8('\n');
	size_t at = 0;

	for (; at + CX_SCAN_STEP <= n; at += CX_SCAN_STEP) {
		__m128i v[LANES];

		load(v, p + at);
		counts.quotes +=
		    (uint64_t)__builtin_popcountll(equal(v, quote));
		counts.lines +=
		    (uint64_t)__builtin_popcountll(equal(v, newline));
	}
	rest = cx_count_portable(p + at, n - at);
	counts.quotes += rest.quotes;
	counts.lines += rest.lines;
	return counts;
}

#endif
