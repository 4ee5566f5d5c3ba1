/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_TEXT_H
#define CX_REPORT_TEXT_H

#include "libcx/base/buf.h"

#include <stdint.h>

/*
 * Text out of data, made fit for a page. What could break markup, reorder a
 * line or hide in it is replaced by U+FFFD, so that one sees that something
 * was there: controls, bidirectional marks and overrides, other format
 * characters but the joiners, private and unassigned codes that XML forbids,
 * bytes that are not UTF-8. Line ends and tabs become blanks. Of accents
 * stacked on one letter the first eight stay.
 */
struct cx_glyph {
	int32_t code; /* as shown */
	const char *p;
	size_t n; /* its bytes, as shown */
};

/* A walk through a text. rest moves; stacked is zero at the start. */
struct cx_glyphs {
	struct cx_str rest;
	unsigned stacked;
};

/* False at the end. The glyph is borrowed from the text or static. */
bool cx_glyph_next(struct cx_glyphs *glyphs, struct cx_glyph *glyph);

/*
 * Width in em of the text as shown in a sans-serif face: the widths of
 * Helvetica for ASCII (Adobe Core 14 font metrics, whose widths Arial and
 * Liberation Sans share), 1 em for East Asian wide characters (UAX 11, by
 * utf8proc), near ones for the rest. An estimate: the faces of machines
 * differ by some 10 %.
 */
double cx_text_width(struct cx_str s);

/*
 * The longest start of s that fits into width em, cut between characters as
 * one sees them (UAX 29).
 */
struct cx_str cx_text_fit(struct cx_str s, double width);

enum { CX_WRAP_MOST = 4 };

/* Lines of a text, borrowed from it. */
struct cx_wrapped {
	struct cx_str lines[CX_WRAP_MOST];
	size_t n;
	bool cut; /* there was more; the last line leaves room for "…" */
};

/*
 * Breaks s into at most n lines (n <= CX_WRAP_MOST) of width em: behind
 * blanks, hyphens and slashes, and between Japanese characters, though not
 * before closing brackets, small kana, the long mark and full stops, nor
 * behind opening brackets (kinsoku, JIS X 4051). A word that is too long is
 * broken anywhere.
 */
struct cx_wrapped cx_text_wrap(struct cx_str s, double width, size_t n);

#endif
