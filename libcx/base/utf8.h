/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_UTF8_H
#define CX_BASE_UTF8_H

#include "libcx/base/str.h"

/*
 * Length in bytes (1 to 4) of the character that s starts with, or 0 when it
 * starts with none: empty, a stray continuation, overlong, a surrogate, above
 * U+10FFFF, or cut short.
 * Source: The Unicode Standard 15, table 3-7.
 */
size_t cx_utf8_step(struct cx_str s);

/* Offset of the first byte that is not UTF-8, or s.n when all is well. */
size_t cx_utf8_valid(struct cx_str s);

/* The code point of the character at p, of n > 1 bytes. */
unsigned long cx_utf8_code(const char *p, size_t n);

/* Spaces beyond ASCII: no-break, ideographic, those of typesetters. */
bool cx_utf8_is_space(unsigned long c);

/* Characters that are not seen: soft hyphen, joiners, marks of order. */
bool cx_utf8_no_width(unsigned long c);

#endif
