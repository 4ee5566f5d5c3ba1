/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/redact-impl.h"

#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"

#include <stdlib.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static const char *const names[CX_N_REDACTED] = { "", "email", "phone", "card",
	"postal" };

const char *cx_redacted_name(enum cx_redacted kind)
{
	return names[kind];
}

/* ---- plain text ---- */

static bool is_dash(unsigned long c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2043 ||
	       c == 0xFE58 || c == 0xFE63;
}

/* The long vowel of kana, which behind a digit is meant as a dash. */
static bool is_long_vowel(unsigned long c)
{
	return c == 0x30FC || c == 0xFF70;
}

/* A character of more than one byte as the one it is meant to be. */
static char make_plain(unsigned long c, char before)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		return (char)(c - 0xFF01 + '!');
	if (is_dash(c) || (is_long_vowel(c) && is_digit(before)))
		return '-';
	if (cx_utf8_is_space(c))
		return ' ';
	return c == 0x3012 || c == 0x3036 || c == 0x3020 ? POST_MARK : OTHER;
}

static void add(struct cx_redactor *r, char c, size_t at)
{
	r->plain[r->n] = c;
	r->at[r->n++] = at;
}

/* Each character is what it is, and where it is. */
static void read_ascii(struct cx_redactor *r, struct cx_str text)
{
	memcpy(r->plain, text.p, text.n);
	for (size_t i = 0; i <= text.n; i++)
		r->at[i] = i;
	r->n = text.n;
	r->has_at = memchr(r->plain, '@', r->n) != NULL;
}

static void read_text(struct cx_redactor *r, struct cx_str text)
{
	if (r->cap <= text.n) {
		r->cap = cx_mul(text.n + 1, 2);
		r->plain = cx_realloc(r->plain, r->cap);
		r->at = cx_realloc(r->at, cx_mul(r->cap, sizeof(*r->at)));
	}
	r->text = text.p;
	r->n = 0;
	r->ascii = cx_str_is_ascii(text);
	if (r->ascii) {
		read_ascii(r, text);
		return;
	}
	for (size_t at = 0, n; at < text.n; at += n) {
		struct cx_str rest = { text.p + at, text.n - at };
		unsigned long c;

		n = 1;
		if (!(text.p[at] & (char)0x80)) {
			add(r, text.p[at], at);
			continue;
		}
		n = cx_utf8_step(rest);
		n = n ? n : 1;
		c = n > 1 ? cx_utf8_code(rest.p, n) : 0;
		if (!cx_utf8_no_width(c))
			add(r, make_plain(c, plain_before(r, r->n)), at);
	}
	r->at[r->n] = text.n;
	r->has_at = r->n && memchr(r->plain, '@', r->n);
}

/* ---- e-mail ---- */

#define BIT(c) ((uint64_t)1 << ((c)&63))

/* Letters, digits and .!#$%&'*+-?^_`{|}~ */
static bool in_local(char c)
{
	static const uint64_t low = BIT('.') | BIT('!') | BIT('#') | BIT('$') |
	                            BIT('%') | BIT('&') | BIT('\'') | BIT('*') |
	                            BIT('+') | BIT('-') | BIT('?');
	static const uint64_t high = BIT('^') | BIT('_') | BIT('`') | BIT('{') |
	                             BIT('|') | BIT('}') | BIT('~');

	if (is_letter(c) || is_digit(c))
		return true;
	return c > ' ' && ((c < 64 ? low : high) & BIT(c));
}

static bool in_label(char c)
{
	return is_letter(c) || is_digit(c) || c == '-';
}

/* Where the domain that starts at i ends: behind its last label of letters. */
static size_t domain_end(const struct cx_redactor *r, size_t i)
{
	size_t end = i, start = i, n_labels = 0;

	while (in_label(plain_at(r, i))) {
		bool letters = true;

		for (start = i; in_label(plain_at(r, i)); i++)
			letters &= is_letter(r->plain[i]);
		if (++n_labels > 1 && letters && i - start > 1)
			end = i;
		if (plain_at(r, i) != '.')
			break;
		i++;
	}
	return end;
}

/* An address whose local part may start at i; the end of that, if none. */
static struct found find_email(const struct cx_redactor *r, size_t i)
{
	struct found f = { CX_REDACT_NONE, i, i };
	size_t end;

	while (in_local(plain_at(r, f.end)))
		f.end++;
	/* What quotes or ends a sentence belongs to none. */
	while (f.start < f.end && strchr(".'`", r->plain[f.start]))
		f.start++;
	if (f.start == f.end || plain_at(r, f.end) != '@')
		return f;
	end = domain_end(r, f.end + 1);
	if (end > f.end + 1) {
		f.kind = CX_REDACT_EMAIL;
		f.end = end;
	}
	return f;
}

/* ---- the whole ---- */

/* Full-width digits and @ are EF BC 90 to 99, and EF BC A0. */
static bool starts_wide(struct cx_str s)
{
	return s.n >= 3 && s.p[1] == (char)0xBC &&
	       ((s.p[2] >= (char)0x90 && s.p[2] <= (char)0x99) ||
	           s.p[2] == (char)0xA0);
}

static bool may_start(struct cx_str s)
{
	return is_digit(*s.p) || *s.p == '@' ||
	       (*s.p == (char)0xEF && starts_wide(s));
}

#ifdef __SSE2__
/* Which of 16 bytes are digits, @, or the first of a full-width form. */
static unsigned candidates(const char *p)
{
	__m128i v = _mm_loadu_si128((const __m128i *)p);
	/* As signed bytes digits become the ten smallest. */
	__m128i low = _mm_add_epi8(v, _mm_set1_epi8((char)(0x80 - '0')));
	__m128i digits = _mm_cmplt_epi8(low, _mm_set1_epi8(-0x80 + 10));
	__m128i others = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('@')),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xEF)));

	return (unsigned)_mm_movemask_epi8(_mm_or_si128(digits, others));
}
#endif

/* Each of the four kinds has a digit or an @. */
bool cx_redact_may(struct cx_str text)
{
	size_t at = 0;

#ifdef __SSE2__
	for (; at + 16 <= text.n; at += 16)
		for (unsigned hits = candidates(text.p + at); hits;
		     hits &= hits - 1)
			if (may_start(cx_str_skip(
			        text, at + (size_t)__builtin_ctz(hits))))
				return true;
#endif
	for (; at < text.n; at++)
		if (may_start(cx_str_skip(text, at)))
			return true;
	return false;
}

static bool starts_number(const struct cx_redactor *r, size_t i)
{
	char c = r->plain[i];

	return is_digit(c) || c == '+' || c == '(' || c == POST_MARK;
}

/* Each code has a digit among its first four characters. */
static bool may_be_postal(const struct cx_redactor *r, size_t i)
{
	if (!is_upper(r->plain[i]))
		return is_digit(r->plain[i]);
	return is_digit(plain_at(r, i + 1)) || is_digit(plain_at(r, i + 2)) ||
	       is_digit(plain_at(r, i + 3));
}

/* What starts at i; where nothing does, end is where to look next. */
static struct found find(
    const struct cx_redactor *r, size_t i, size_t *no_email)
{
	struct found f = { CX_REDACT_NONE, i, i + 1 };

	if (r->has_at && i >= *no_email && in_local(r->plain[i])) {
		f = find_email(r, i);
		if (f.kind)
			return f;
		*no_email = f.end;
		f = (struct found){ CX_REDACT_NONE, i, i + 1 };
	}
	if (starts_number(r, i))
		f = cx_redact_number(r, i);
	if (!f.kind && may_be_postal(r, i)) {
		struct found postal = cx_redact_postal(r, i);

		if (postal.kind)
			f = postal;
	}
	return f;
}

static void take_out(
    struct cx_redactor *r, struct found f, size_t *done, struct cx_buf *out)
{
	r->counts[f.kind]++;
	cx_buf_add(out, r->text + *done, r->at[f.start] - *done);
	cx_buf_addf(out, "[%s]", names[f.kind]);
	*done = r->at[f.end];
}

/*
 * Where something could start at the earliest, from i on: in ASCII without an
 * address all that is found has a digit among its first four characters.
 */
static size_t next_start(const struct cx_redactor *r, size_t i, size_t *digit)
{
	enum { BEFORE_DIGIT = 3 };

	if (!r->ascii || r->has_at)
		return i;
	if (*digit < i)
		*digit = i;
	while (*digit < r->n && !is_digit(r->plain[*digit]))
		(*digit)++;
	if (*digit == r->n)
		return r->n;
	return *digit > i + BEFORE_DIGIT ? *digit - BEFORE_DIGIT : i;
}

bool cx_redact(struct cx_redactor *r, struct cx_str text, struct cx_buf *out)
{
	size_t done = 0, no_email = 0, digit = 0;
	bool any = false;

	if (!cx_redact_may(text))
		return false;
	read_text(r, text);
	for (size_t i = next_start(r, 0, &digit); i < r->n;) {
		struct found f = find(r, i, &no_email);

		if (f.kind)
			take_out(r, f, &done, out);
		any |= f.kind != CX_REDACT_NONE;
		i = next_start(r, f.end, &digit);
	}
	if (any)
		cx_buf_add(out, text.p + done, text.n - done);
	return any;
}

void cx_redactor_release(struct cx_redactor *r)
{
	free(r->plain);
	free(r->at);
	*r = (struct cx_redactor){ 0 };
}
