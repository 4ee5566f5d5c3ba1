/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/escape.h"

#ifdef __SSE2__
#include <emmintrin.h>

/* Four bytes that need care; those that need none go through 16 at a time. */
struct needles {
	__m128i a, b, c, d;
};

static inline struct needles needles(char a, char b, char c, char d)
{
	return (struct needles){ _mm_set1_epi8(a), _mm_set1_epi8(b),
		_mm_set1_epi8(c), _mm_set1_epi8(d) };
}

static inline bool clean16(const char *p, const struct needles *k)
{
	__m128i v = _mm_loadu_si128((const __m128i *)p);
	__m128i hit = _mm_or_si128(
	    _mm_or_si128(_mm_cmpeq_epi8(v, k->a), _mm_cmpeq_epi8(v, k->b)),
	    _mm_or_si128(_mm_cmpeq_epi8(v, k->c), _mm_cmpeq_epi8(v, k->d)));

	return _mm_movemask_epi8(hit) == 0;
}
#else
struct needles {
	char a, b, c, d;
};

static inline struct needles needles(char a, char b, char c, char d)
{
	return (struct needles){ a, b, c, d };
}

static inline bool clean16(const char *p, const struct needles *k)
{
	for (int i = 0; i < 16; i++)
		if (p[i] == k->a || p[i] == k->b || p[i] == k->c ||
		    p[i] == k->d)
			return false;
	return true;
}
#endif

/* Whether none of the four bytes occurs in s. */
static inline bool clean(struct cx_str s, char a, char b, char c, char d)
{
	const struct needles k = needles(a, b, c, d);

	for (; s.n >= 16; s.p += 16, s.n -= 16)
		if (!clean16(s.p, &k))
			return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == a || s.p[i] == b || s.p[i] == c || s.p[i] == d)
			return false;
	return true;
}

void cx_escape_tsv(struct cx_buf *out, struct cx_str cell)
{
	char *to;

	if (clean(cell, '\t', '\n', '\r', '\\')) {
		cx_buf_adds(out, cell);
		return;
	}
	to = cx_buf_reserve(out, cell.n * 2);
	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];

		if (c == '\t' || c == '\n' || c == '\r' || c == '\\') {
			*to++ = '\\';
			c = c == '\t'   ? 't'
			    : c == '\n' ? 'n'
			    : c == '\r' ? 'r'
			                : '\\';
		}
		*to++ = c;
	}
	out->len = (size_t)(to - out->data);
}

/*
 * A backslash in front is quoted too, so that no record can look like the
 * poison record of cx-stream(5).
 */
void cx_escape_csv(struct cx_buf *out, struct cx_str cell)
{
	char *to;

	if (cell.n == 0)
		return;
	if (clean(cell, ',', '"', '\n', '\r') && cell.p[0] != '\\') {
		cx_buf_adds(out, cell);
		return;
	}
	to = cx_buf_reserve(out, cell.n * 2 + 2);
	*to++ = '"';
	for (size_t i = 0; i < cell.n; i++) {
		if (cell.p[i] == '"')
			*to++ = '"';
		*to++ = cell.p[i];
	}
	*to++ = '"';
	out->len = (size_t)(to - out->data);
}

/* RFC 8259; as no browser reads it, only what must be escaped is. */
void cx_escape_json(struct cx_buf *out, struct cx_str cell)
{
	static const char named[] = "\bb\ff\nn\rr\tt\"\"\\\\";

	cx_buf_addc(out, '"');
	for (size_t i = 0; i < cell.n; i++) {
		unsigned char c = (unsigned char)cell.p[i];
		const char *name = NULL;

		for (size_t j = 0; j + 1 < sizeof(named) && !name; j += 2)
			if ((unsigned char)named[j] == c)
				name = &named[j + 1];
		if (name) {
			cx_buf_addc(out, '\\');
			cx_buf_addc(out, *name);
		} else if (c < 0x20) {
			cx_buf_addf(out, "\\u%04x", c);
		} else {
			cx_buf_addc(out, (char)c);
		}
	}
	cx_buf_addc(out, '"');
}

/* One line, and nothing that ends a cell or starts markup. */
void cx_escape_md(struct cx_buf *out, struct cx_str cell)
{
	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];

		if (c == '\n' || c == '\r') {
			cx_buf_addc(out, ' ');
			continue;
		}
		if (c == '<') {
			cx_buf_addz(out, "&lt;");
			continue;
		}
		if (c == '&') {
			cx_buf_addz(out, "&amp;");
			continue;
		}
		if (strchr("\\`*_[]|", c) && c)
			cx_buf_addc(out, '\\');
		cx_buf_addc(out, c);
	}
}
