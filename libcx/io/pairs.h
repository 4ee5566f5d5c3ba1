/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_PAIRS_H
#define CX_IO_PAIRS_H

#include <iconv.h>

/*
 * Characters of one and two bytes of a character set, as iconv(3) has them,
 * in tables: most of a text of Japan or Europe in a tenth of the time.
 */
struct cx_pairs;

/*
 * The tables of a set in which a byte below 0x80 is ASCII wherever a character
 * starts, and every character is by itself. NULL for any other.
 *   set   turns name into UTF-8; borrowed, and asked between its other uses
 */
struct cx_pairs *cx_pairs_new(const char *name, iconv_t set);
void cx_pairs_free(struct cx_pairs *pairs); /* NULL is fine */

/*
 * Turns characters at *in into UTF-8 at *out, and moves both, up to one that
 * is not in the tables, or is not whole, or for which there is no room: left
 * to iconv. No bytes are lost in between.
 */
void cx_pairs_turn(struct cx_pairs *pairs, const char **in, const char *in_end,
    char **out, const char *out_end);

#endif
