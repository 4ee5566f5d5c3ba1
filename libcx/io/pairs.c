/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/pairs.h"

#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"

#include <stdint.h>
#include <stdlib.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { ASCII = 0x80, BYTES = 0x100, WIDEST = 4 };

/* A character in UTF-8; n 0: there is none here. */
struct unit {
	unsigned char n;
	char text[WIDEST - 1];
};

/* What a byte that starts a character is: nothing is known of it at first. */
enum start { UNSEEN, SINGLE, LEAD };

struct cx_pairs {
	iconv_t set;
	unsigned char starts[BYTES];
	struct unit one[BYTES];
	struct unit two[BYTES - ASCII][BYTES];
};

/* windows-1255 and -1258 are not: letters wait for the marks behind them. */
static bool is_known(const char *name)
{
	static const char *const names[] = { "cp932", "euc-jp", "euc-kr",
		"macintosh", "koi8-r", "windows-1250", "windows-1251",
		"windows-1252", "windows-1253", "windows-1254", "windows-1256",
		"windows-1257" };
	static const char family[] = "iso-8859-";

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return strncmp(name, family, strlen(family)) == 0;
}

/* Whether n bytes are one character, which takes at most three in UTF-8. */
static bool probe(iconv_t set, const char *bytes, size_t n, struct unit *unit)
{
	char in[2] = { bytes[0], bytes[1] }, out[4 * WIDEST];
	char *from = in, *to = out;
	size_t left = n, room = sizeof(out), used;

	(void)iconv(set, NULL, NULL, NULL, NULL);
	/* What is kept back for the next one is no character by itself. */
	if (iconv(set, &from, &left, &to, &room) == (size_t)-1 || left)
		return false;
	used = sizeof(out) - room;
	if (used == 0 || used > sizeof(unit->text) ||
	    cx_utf8_step((struct cx_str){ out, used }) != used)
		return false;
	unit->n = (unsigned char)used;
	memcpy(unit->text, out, used);
	return true;
}

static bool has_ascii(iconv_t set)
{
	for (int a = 0; a < ASCII; a++) {
		char bytes[2] = { (char)a, 0 };
		struct unit unit;

		if (!probe(set, bytes, 1, &unit) || unit.n != 1 ||
		    unit.text[0] != (char)a)
			return false;
	}
	return true;
}

/* All characters that start with the byte; few texts have all of them. */
static void learn(struct cx_pairs *p, unsigned char a)
{
	char bytes[2] = { (char)a, 0 };

	p->starts[a] = SINGLE;
	if (probe(p->set, bytes, 1, &p->one[a]))
		return;
	for (int b = 0; b < BYTES; b++) {
		bytes[1] = (char)b;
		if (probe(p->set, bytes, 2, &p->two[a - ASCII][b]))
			p->starts[a] = LEAD;
	}
}

struct cx_pairs *cx_pairs_new(const char *name, iconv_t set)
{
	struct cx_pairs *p;

	if (set == (iconv_t)-1 || !is_known(name) || !has_ascii(set))
		return NULL;
	p = cx_calloc(1, sizeof(*p));
	p->set = set;
	return p;
}

void cx_pairs_free(struct cx_pairs *pairs)
{
	free(pairs);
}

/* ASCII, sixteen at once. */
static void turn_ascii(
    const char **in, const char *in_end, char **out, const char *out_end)
{
	const char *p = *in;
	char *to = *out;

#ifdef __SSE2__
	while (in_end - p >= 16 && out_end - to >= 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)p);
		unsigned high = (unsigned)_mm_movemask_epi8(v);
		int n = high ? __builtin_ctz(high) : 16;

		_mm_storeu_si128((__m128i *)to, v);
		p += n;
		to += n;
		if (high)
			break;
	}
#endif
	while (p < in_end && to < out_end && !(*p & (char)0x80))
		*to++ = *p++;
	*in = p;
	*out = to;
}

void cx_pairs_turn(struct cx_pairs *pairs, const char **in, const char *in_end,
    char **out, const char *out_end)
{
	for (;;) {
		const struct unit *unit;
		unsigned char a, b;
		size_t n;

		if (*in < in_end && !(**in & (char)0x80))
			turn_ascii(in, in_end, out, out_end);
		if (*in == in_end || out_end - *out < WIDEST)
			return;
		a = (unsigned char)**in;
		if (a < ASCII)
			continue;
		if (pairs->starts[a] == UNSEEN)
			learn(pairs, a);
		n = pairs->starts[a] == LEAD ? 2 : 1;
		if ((size_t)(in_end - *in) < n)
			return;
		b = (unsigned char)(*in)[n - 1];
		unit = n == 2 ? &pairs->two[a - ASCII][b] : &pairs->one[a];
		if (!unit->n)
			return;
		memcpy(*out, unit->text, sizeof(unit->text));
		*out += unit->n;
		*in += n;
	}
}
