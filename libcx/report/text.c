/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/text.h"

#include <utf8proc.h>

enum { MOST_STACKED = 8, REPLACEMENT = 0xFFFD };

static const char replacement[] = "\xEF\xBF\xBD";

/* ---- characters ---- */

static bool is_joiner(int32_t c)
{
	return c == 0x200C || c == 0x200D;
}

static bool is_hidden(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	/* The last two of each plane are no characters. */
	return category == UTF8PROC_CATEGORY_CC ||
	       category == UTF8PROC_CATEGORY_CS ||
	       (category == UTF8PROC_CATEGORY_CF && !is_joiner(c)) ||
	       (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

static bool is_line_end(int32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || c == 0x85 ||
	       c == 0x2028 || c == 0x2029;
}

static bool is_stacked(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category == UTF8PROC_CATEGORY_MN ||
	       category == UTF8PROC_CATEGORY_ME;
}

static void set(struct cx_glyph *glyph, int32_t code, const char *p, size_t n)
{
	*glyph = (struct cx_glyph){ code, p, n };
}

/* Decodes one character and shows it; false when it is not to be seen. */
static bool take(struct cx_glyphs *glyphs, struct cx_glyph *glyph)
{
	const char *p = glyphs->rest.p;
	utf8proc_int32_t c;
	utf8proc_ssize_t n = utf8proc_iterate(
	    (const utf8proc_uint8_t *)p, (utf8proc_ssize_t)glyphs->rest.n, &c);
	size_t step = n > 0 ? (size_t)n : 1;

	glyphs->rest.p += step;
	glyphs->rest.n -= step;
	if (n > 0 && is_stacked(c)) {
		set(glyph, c, p, step);
		return ++glyphs->stacked <= MOST_STACKED;
	}
	glyphs->stacked = 0;
	if (n > 0 && is_line_end(c))
		set(glyph, ' ', " ", 1);
	else if (n <= 0 || is_hidden(c))
		set(glyph, REPLACEMENT, replacement, sizeof(replacement) - 1);
	else
		set(glyph, c, p, step);
	return true;
}

bool cx_glyph_next(struct cx_glyphs *glyphs, struct cx_glyph *glyph)
{
	while (glyphs->rest.n)
		if (take(glyphs, glyph))
			return true;
	return false;
}

/* ---- widths ---- */

/* Helvetica's, in thousandths of an em, from the blank to the tilde. */
static const uint16_t latin[] = { 278, 278, 355, 556, 556, 889, 667, 191, 333,
	333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
	556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722,
	667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722,
	667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333,
	556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556,
	556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260,
	334, 584 };

static double width_of(int32_t c)
{
	enum { LETTERS_END = 0x2000, THOUSAND = 1000 };
	const double letter = .6, half = .5;

	if (c >= ' ' && c <= '~')
		return (double)latin[c - ' '] / THOUSAND;
	if (c >= 0xFF61 && c <= 0xFF9F)
		return half;
	if (utf8proc_charwidth(c) == 0)
		return 0;
	/* Signs that are narrow on a terminal stand in the Japanese face. */
	return c < LETTERS_END ? letter : 1;
}

double cx_text_width(struct cx_str s)
{
	struct cx_glyphs glyphs = { s, 0 };
	struct cx_glyph g;
	double width = 0;

	while (cx_glyph_next(&glyphs, &g))
		width += width_of(g.code);
	return width;
}

/* The bytes of the first character as one sees it, with what joins it. */
static size_t cluster(struct cx_str s)
{
	utf8proc_int32_t state = 0, before = -1, c;
	size_t at = 0;

	while (at < s.n) {
		utf8proc_ssize_t n =
		    utf8proc_iterate((const utf8proc_uint8_t *)s.p + at,
		        (utf8proc_ssize_t)(s.n - at), &c);

		if (n <= 0) {
			c = REPLACEMENT;
			n = 1;
		}
		if (before >= 0 &&
		    utf8proc_grapheme_break_stateful(before, c, &state))
			break;
		before = c;
		at += (size_t)n;
	}
	return at;
}

struct cx_str cx_text_fit(struct cx_str s, double width)
{
	size_t at = 0;

	while (at < s.n) {
		struct cx_str next = { s.p + at, s.n - at };

		next.n = cluster(next);
		width -= cx_text_width(next);
		if (width < 0)
			break;
		at += next.n;
	}
	return (struct cx_str){ s.p, at };
}

/* ---- lines ---- */

static int32_t first_code(struct cx_str s)
{
	struct cx_glyphs glyphs = { s, 0 };
	struct cx_glyph g;

	return cx_glyph_next(&glyphs, &g) ? g.code : ' ';
}

static bool is_one_of(int32_t c, const char *set_of)
{
	struct cx_glyphs glyphs = { cx_str(set_of), 0 };
	struct cx_glyph g;

	while (cx_glyph_next(&glyphs, &g))
		if (g.code == c)
			return true;
	return false;
}

static bool is_no_start(int32_t c)
{
	return is_one_of(c,
	    "、。，．・：；？！゛゜ー）］｝〉》」』】〕っッゃゅょャュョぁぃぅぇぉ"
	    "ァィゥェォ々〜～％,.:;?!)]}%");
}

static bool is_no_end(int32_t c)
{
	return is_one_of(c, "（［｛〈《「『【〔([{");
}

static bool is_wide(int32_t c)
{
	return utf8proc_charwidth(c) == 2;
}

/* Whether a line may end between two neighbours. */
static bool may_break(int32_t before, int32_t after)
{
	if (after == ' ' || before == ' ')
		return true;
	if (is_no_start(after) || is_no_end(before))
		return false;
	return before == '-' || before == '/' || is_wide(before) ||
	       is_wide(after);
}

static struct cx_str skip_blanks(struct cx_str s)
{
	while (s.n && first_code(s) == ' ') {
		size_t n = cluster(s);

		s.p += n;
		s.n -= n;
	}
	return s;
}

/* The bytes of s that a line of this width takes; at least one character. */
static size_t line_length(struct cx_str s, double width)
{
	size_t fits = cx_text_fit(s, width).n, at = 0, best = 0;
	int32_t before = -1;

	if (fits == s.n)
		return fits;
	while (at <= fits) {
		struct cx_str rest = { s.p + at, s.n - at };
		int32_t code = first_code(rest);

		if (before >= 0 && may_break(before, code))
			best = at;
		before = code;
		at += cluster(rest);
	}
	if (best)
		return best;
	return fits ? fits : cluster(s);
}

struct cx_wrapped cx_text_wrap(struct cx_str s, double width, size_t n)
{
	struct cx_wrapped w = { .n = 0 };

	s = skip_blanks(s);
	while (s.n && w.n < n) {
		bool last = w.n + 1 == n;
		size_t length = line_length(s, width);

		if (last && length < s.n) {
			/* The ellipsis is an em wide. */
			length = cx_text_fit(s, width - 1).n;
			w.cut = true;
		}
		w.lines[w.n++] = cx_str_trim((struct cx_str){ s.p, length });
		s.p += length;
		s.n -= length;
		s = skip_blanks(s);
	}
	return w;
}
