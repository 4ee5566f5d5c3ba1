/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_COMPOSE_H
#define CX_BASE_COMPOSE_H

#include "libcx/base/buf.h"

/*
 * One way to write a text that may be written in several: Unicode's
 * Normalization Form C, where a letter and its marks are one character where
 * there is one. Files of macOS have it the other way, and where Form C has
 * U+304C, "ga", they have U+304B U+3099, "ka" and a mark. To Unicode both are
 * the same text, and only the bytes differ.
 *
 * CJK compatibility ideographs (U+F900 to U+FAFF, U+2F800 to U+2FA1F) stay,
 * though Form C would replace them: they are forms of characters that
 * registers of names tell apart, no such file comes by itself to have others
 * in their place, and what is written out must not be another form than came
 * in.
 *
 * Source: Unicode Standard Annex 15; utf8proc.
 * Check: tests/unit/t-compose.c, against every character of utf8proc, and
 * against Perl's Unicode::Normalize.
 */

/*
 * Whether text may change: false for nearly everything that is in Form C, at
 * some bytes a cycle for ASCII, Latin letters, kana and ideographs. It may be
 * cut within a character at either end, which is then left out.
 */
bool cx_compose_may(struct cx_str text);

/*
 * Replaces what out holds by text in Form C; true when that is another. Text
 * that is not UTF-8 is copied as it is, but for what stands before and behind
 * one of the ideographs.
 */
bool cx_compose(struct cx_buf *out, struct cx_str text);

/* Whether two texts are the same, each in whatever form. */
bool cx_compose_same(struct cx_str a, struct cx_str b);

#endif
