/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_GUESS_H
#define CX_IO_GUESS_H

#include "libcx/base/str.h"

/*
 * What encoding bytes are likely to be in. For messages and reports only:
 * nothing is ever read by a guess.
 */
struct cx_guess {
	const char *name;  /* for -e; NULL when nothing fits */
	const char *other; /* nearly as likely, or NULL */
};

/*
 * By the byte order mark, the places of NUL bytes (UTF-16 without a mark),
 * libuchardet, and, for Western letters, which are too few in most tables for
 * statistics, the bytes that are frequent in windows-1252 or in macintosh
 * alone. sample may start and end within a character. CX_UTF8 says that nearly
 * all of it is UTF-8.
 */
struct cx_guess cx_guess_encoding(struct cx_str sample);

#endif
