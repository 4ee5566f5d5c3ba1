/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/utf8.h"

/* Bounds of the second byte; the later ones are 80..BF. */
struct lead {
	unsigned char length, low, high;
};

static struct lead classify(unsigned char c)
{
	if (c >= 0xC2 && c <= 0xDF)
		return (struct lead){ 2, 0x80, 0xBF };
	if (c == 0xE0)
		return (struct lead){ 3, 0xA0, 0xBF };
	if (c == 0xED)
		return (struct lead){ 3, 0x80, 0x9F };
	if (c >= 0xE1 && c <= 0xEF)
		return (struct lead){ 3, 0x80, 0xBF };
	if (c == 0xF0)
		return (struct lead){ 4, 0x90, 0xBF };
	if (c >= 0xF1 && c <= 0xF3)
		return (struct lead){ 4, 0x80, 0xBF };
	if (c == 0xF4)
		return (struct lead){ 4, 0x80, 0x8F };
	return (struct lead){ 0, 0, 0 };
}

size_t cx_utf8_step(struct cx_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	struct lead lead;

	if (s.n == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	lead = classify(p[0]);
	if (lead.length == 0 || lead.length > s.n || p[1] < lead.low ||
	    p[1] > lead.high)
		return 0;
	for (size_t i = 2; i < lead.length; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return lead.length;
}

size_t cx_utf8_valid(struct cx_str s)
{
	size_t at = 0;

	while (at < s.n) {
		size_t n = cx_utf8_step((struct cx_str){ s.p + at, s.n - at });

		if (n == 0)
			return at;
		at += n;
	}
	return at;
}

unsigned long cx_utf8_code(const char *p, size_t n)
{
	unsigned long c = (unsigned char)p[0] & (0xFFu >> (n + 1));

	for (size_t i = 1; i < n; i++)
		c = c << 6 | ((unsigned char)p[i] & 0x3Fu);
	return c;
}

bool cx_utf8_is_space(unsigned long c)
{
	return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
	       c == 0x3000;
}

bool cx_utf8_no_width(unsigned long c)
{
	return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 ||
	       c == 0xFEFF;
}
