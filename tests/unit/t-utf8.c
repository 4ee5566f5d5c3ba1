/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 against a plain decoder. */
#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"
#include "tests/lib/str.h"

#include <stdlib.h>

/* A plain decoder: the length of the character at p, or 0. */
static size_t slow_step(const unsigned char *p, size_t n)
{
	static const uint32_t least_of[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length = 0;
	uint32_t value;

	if (n == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	while (length < 8 && p[0] & 0x80 >> length)
		length++;
	if (length < 2 || length > 4 || length > n)
		return 0;
	value = p[0] & (0x7Fu >> length);
	for (size_t i = 1; i < length; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		value = value << 6 | (p[i] & 0x3F);
	}
	if (value < least_of[length] || value > 0x10FFFF ||
	    (value >= 0xD800 && value <= 0xDFFF))
		return 0;
	return length;
}

static bool steps_alike(const unsigned char *p, size_t n)
{
	return cx_utf8_step((struct cx_str){ (const char *)p, n }) ==
	       slow_step(p, n);
}

static void test_utf8_short(void)
{
	unsigned char p[4] = { 0 };
	int bad = 0;

	for (uint32_t v = 0; v < 1 << 24; v++) {
		p[0] = (unsigned char)(v >> 16);
		p[1] = (unsigned char)(v >> 8);
		p[2] = (unsigned char)v;
		bad += !steps_alike(p, 3);
		if (p[2] == 0x80)
			bad += !steps_alike(p, 2);
		if (p[1] == 0x80)
			bad += !steps_alike(p, 1);
	}
	check_int(bad, 0, "all strings of 1, 2 and 3 bytes");
	check_int((intmax_t)cx_utf8_step((struct cx_str){ NULL, 0 }), 0,
	    "no bytes are no character");
}

static void test_utf8_long(void)
{
	static const unsigned char edges[] = { 0x00, 0x7F, 0x80, 0x8F, 0x90,
		0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xEC, 0xED,
		0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF };
	enum { N = sizeof(edges) };
	int bad = 0;

	for (size_t v = 0; v < (size_t)N * N * N * N; v++) {
		unsigned char p[5] = { edges[v % N], edges[v / N % N],
			edges[v / N / N % N], edges[v / N / N / N], 'x' };

		bad += !steps_alike(p, 4);
		bad += !steps_alike(p, 5);
	}
	check_int(bad, 0, "edge cases of 4 bytes");
}

/* Characters above U+FFFF, each whole and cut short in memory of its own
 * length.
 */
static void test_utf8_cut(void)
{
	int bad = 0;

	for (uint32_t c = 0x10000; c < 0x110000; c += 0x3F) {
		unsigned char p[4] = { (unsigned char)(0xF0 | c >> 18),
			(unsigned char)(0x80 | (c >> 12 & 0x3F)),
			(unsigned char)(0x80 | (c >> 6 & 0x3F)),
			(unsigned char)(0x80 | (c & 0x3F)) };

		for (size_t n = 1; n <= 4; n++) {
			char *cut = cx_memdup((char *)p, n);

			cut = cx_realloc(cut, n);
			bad += cx_utf8_step((struct cx_str){ cut, n }) !=
			       (n == 4 ? 4u : 0u);
			free(cut);
		}
	}
	check_int(bad, 0, "characters above U+FFFF, and cut short");
}

static size_t slow_valid(const unsigned char *p, size_t n)
{
	size_t at = 0, step;

	while ((step = slow_step(p + at, n - at)) > 0)
		at += step;
	return at;
}

static void test_utf8_valid(void)
{
	static const char alphabet[] = "ab\xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80"
	                               "\xED\xA0\xF4\x90";
	int bad = 0;

	for (int round = 0; round < 200000; round++) {
		char text[12];
		size_t n = random_below(sizeof(text) + 1);

		for (size_t i = 0; i < n; i++)
			text[i] = alphabet[random_below(sizeof(alphabet) - 1)];
		bad += cx_utf8_valid((struct cx_str){ text, n }) !=
		       slow_valid((unsigned char *)text, n);
	}
	check_int(bad, 0, "where random strings stop being UTF-8");
	check_int((intmax_t)cx_utf8_valid(STR("a\xC3\xA9\0\xE3\x81\x82")), 7,
	    "all of a string is UTF-8");
}

int main(void)
{
	test_utf8_short();
	test_utf8_long();
	test_utf8_cut();
	test_utf8_valid();
	return check_done();
}
