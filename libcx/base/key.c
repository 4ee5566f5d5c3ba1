/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/key.h"

#include "libcx/base/utf8.h"

enum { WAVE_DASH = 0x301C, FULL_WIDTH_TILDE = 0xFF5E };

static bool is_blank(unsigned long c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' ||
	       cx_utf8_is_space(c);
}

/* The character that s starts with; a byte that starts none is itself. */
static size_t next(struct cx_str s, unsigned long *c)
{
	size_t n = cx_utf8_step(s);

	*c = n > 1 ? cx_utf8_code(s.p, n) : (unsigned char)s.p[0];
	/* 0x80 to 0xFF that stand alone are no U+0080 to U+00FF. */
	if (n == 0 && *c >= 0x80)
		*c = 0;
	return n ? n : 1;
}

static bool is_key(struct cx_str s)
{
	bool blank = true;
	unsigned long c;

	for (size_t at = 0; at < s.n;) {
		size_t n = next(cx_str_skip(s, at), &c);

		if (is_blank(c) ? blank || c != ' '
		                : c == FULL_WIDTH_TILDE || cx_utf8_no_width(c))
			return false;
		blank = is_blank(c);
		at += n;
	}
	return !s.n || !blank;
}

struct cx_str cx_key(struct cx_buf *out, struct cx_str text)
{
	bool blank = false;
	unsigned long c;

	if (is_key(text))
		return text;
	cx_buf_clear(out);
	for (size_t at = 0, n; at < text.n; at += n) {
		n = next(cx_str_skip(text, at), &c);
		if (is_blank(c)) {
			blank = true;
			continue;
		}
		if (cx_utf8_no_width(c))
			continue;
		if (blank && out->len)
			cx_buf_addc(out, ' ');
		blank = false;
		if (c == FULL_WIDTH_TILDE)
			cx_buf_addz(out, "\u301C");
		else
			cx_buf_add(out, text.p + at, n);
	}
	return out->len ? cx_buf_str(out) : (struct cx_str){ "", 0 };
}
