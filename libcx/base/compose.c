/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/compose.h"

#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ---- what may change ---- */

/*
 * Marks, what is composed with the character before it, and what Form C has
 * another character for; with others between them, as that costs time only.
 */
static const struct {
	uint32_t first, last;
} changing[] = {
	{ 0x300, 0x37F }, /* combining marks */
	{ 0x387, 0x387 },
	{ 0x483, 0x489 },
	{ 0x591, 0x109F },  /* Hebrew to Myanmar */
	{ 0x1100, 0x1DFF }, /* Hangul jamo to marks */
	{ 0x1F00, 0x2001 }, /* Greek */
	{ 0x20D0, 0x20FF },
	{ 0x2126, 0x212B }, /* ohm, kelvin, angstrom */
	{ 0x2329, 0x232A },
	{ 0x2ADC, 0x2ADC },
	{ 0x2CEF, 0x2CF1 },
	{ 0x2D7F, 0x2D7F },
	{ 0x2DE0, 0x2DFF },
	{ 0x302A, 0x302F },
	{ 0x3099, 0x309A }, /* marks of kana */
	{ 0xA66F, 0xABFF },
	{ 0xFB1D, 0xFB4F }, /* Hebrew */
	{ 0xFE20, 0xFE2F },
	{ 0x10000, 0x1EFFF },
};

static bool may_change(unsigned long c)
{
	size_t low = 0, high = sizeof(changing) / sizeof(*changing);

	while (low < high) {
		size_t at = (low + high) / 2;

		if (c < changing[at].first)
			high = at;
		else if (c > changing[at].last)
			low = at + 1;
		else
			return true;
	}
	return false;
}

/* Of the characters that start in the first n bytes. */
static bool any_changes(struct cx_str text, size_t n)
{
	for (size_t at = 0; at < n; at++) {
		size_t step = cx_utf8_step(cx_str_skip(text, at));

		if (step > 1 && may_change(cx_utf8_code(text.p + at, step)))
			return true;
		/* What continues a character is none. */
		at += step ? step - 1 : 0;
	}
	return false;
}

#ifdef __SSE2__

enum { WIDTH = 16, AHEAD = 2 };

static inline __m128i load(const char *p)
{
	return _mm_loadu_si128((const __m128i *)p);
}

static inline __m128i equal(__m128i v, int c)
{
	return _mm_cmpeq_epi8(v, _mm_set1_epi8((char)c));
}

/* Bytes from low on, n of them. */
static inline __m128i among(__m128i v, int low, int n)
{
	__m128i from = _mm_sub_epi8(v, _mm_set1_epi8((char)low));

	return _mm_cmpeq_epi8(
	    _mm_min_epu8(from, _mm_set1_epi8((char)(n - 1))), from);
}

/*
 * Characters of other scripts than Latin, which stops before U+0300 with the
 * lead CB, kana and ideographs, leads E3 to E9, Hangul and full-width forms.
 * Of those of the leads E3, EA and EF the ones of which some may change.
 */
static inline bool look(const char *p)
{
	__m128i v = load(p), next = load(p + 1), third = load(p + 2);
	__m128i other =
	    _mm_or_si128(among(v, 0xCC, 0xE3 - 0xCC), among(v, 0xF0, 5));
	__m128i kana = _mm_and_si128(equal(next, 0x82), among(third, 0x99, 2));
	__m128i tones = _mm_and_si128(equal(next, 0x80), among(third, 0xAA, 6));
	__m128i e3 = _mm_and_si128(equal(v, 0xE3), _mm_or_si128(kana, tones));
	__m128i ea = _mm_and_si128(equal(v, 0xEA), among(next, 0x80, 0x30));
	__m128i ef = _mm_and_si128(equal(v, 0xEF), among(next, 0xAC, 0x0D));

	return _mm_movemask_epi8(_mm_or_si128(
	           _mm_or_si128(other, e3), _mm_or_si128(ea, ef))) != 0;
}

bool cx_compose_may(struct cx_str text)
{
	for (; text.n >= WIDTH + AHEAD; text = cx_str_skip(text, WIDTH))
		if (_mm_movemask_epi8(load(text.p)) && look(text.p) &&
		    any_changes(text, WIDTH))
			return true;
	return any_changes(text, text.n);
}

#else

bool cx_compose_may(struct cx_str text)
{
	return any_changes(text, text.n);
}

#endif

/* ---- Form C ---- */

/* The length of the CJK compatibility ideograph that s starts with; 0: none. */
static size_t ideograph(struct cx_str s)
{
	size_t n = cx_utf8_step(s);
	unsigned long c = n > 1 ? cx_utf8_code(s.p, n) : 0;

	return (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F)
	           ? n
	           : 0;
}

/* What is not UTF-8 as it is. */
static void add_composed(struct cx_buf *out, struct cx_str s)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t n = 0;

	if (s.n)
		n = utf8proc_map((const utf8proc_uint8_t *)s.p,
		    (utf8proc_ssize_t)s.n, &composed,
		    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n == UTF8PROC_ERROR_NOMEM)
		cx_mem_lacking();
	if (n >= 0)
		s = (struct cx_str){ (char *)composed, (size_t)n };
	cx_buf_adds(out, s);
	free(composed);
}

bool cx_compose(struct cx_buf *out, struct cx_str text)
{
	struct cx_str rest = text;
	size_t at = 0;

	cx_buf_clear(out);
	while (at < rest.n) {
		struct cx_str here = cx_str_skip(rest, at);
		size_t n = ideograph(here), step = cx_utf8_step(here);

		if (n == 0) {
			at += step ? step : 1;
			continue;
		}
		add_composed(out, (struct cx_str){ rest.p, at });
		cx_buf_adds(out, (struct cx_str){ here.p, n });
		rest = cx_str_skip(rest, at + n);
		at = 0;
	}
	add_composed(out, rest);
	return !cx_str_eq(cx_buf_str(out), text);
}

bool cx_compose_same(struct cx_str a, struct cx_str b)
{
	struct cx_buf one = { 0 }, other = { 0 };
	bool same = cx_str_eq(a, b);

	if (!same && !(cx_str_is_ascii(a) && cx_str_is_ascii(b))) {
		cx_compose(&one, a);
		cx_compose(&other, b);
		same = cx_str_eq(cx_buf_str(&one), cx_buf_str(&other));
	}
	cx_buf_release(&one);
	cx_buf_release(&other);
	return same;
}
