/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_NUMBER_H
#define CX_TABLE_NUMBER_H

#include "libcx/base/err.h"

/*
 * Numbers as people write them: 1,234.50 and 1.234,50 and 1 234,50, full-width
 * digits, $1,234, 1.234,50 EUR, 12 %. Which sign is the decimal one must be
 * known, or must not matter: of 1,234 nobody can tell.
 */
enum cx_number_kind {
	CX_NUMBER_PLAIN,
	CX_NUMBER_MONEY,   /* with signs of currencies, as 1,234 yen and (5) */
	CX_NUMBER_PERCENT, /* with a percent sign, which must be there */
};

enum { CX_NUMBER_SIZE = 48 };

/*
 * The number that a cell says.
 *   decimal   '.' or ','; '\0' when it is not known
 *   out       as in cx_value_number: the cell where it is that already, or
 *             made in room
 * An error has its reason set.
 */
int cx_number_read(struct cx_str cell, enum cx_number_kind kind, char decimal,
    char room[CX_NUMBER_SIZE], struct cx_str *out, struct cx_err *err);

/*
 * The decimal signs with which a cell is a number, as bits CX_POINT and
 * CX_COMMA; 0 when it is none, and when it is the same number with both.
 * Words in Japanese, Chinese or Korean go with a point, and amounts in a
 * currency that has no thousandth part do not have three decimals.
 */
enum { CX_POINT = 1, CX_COMMA = 2 };
unsigned cx_number_signs(struct cx_str cell, enum cx_number_kind kind);

/* The currency that a sum of money names, or NULL. */
struct cx_currency;
const struct cx_currency *cx_number_currency(struct cx_str cell);

/* ---- for bands ---- */

/* Digits with separators, all of s, as a number in room; false if not. */
bool cx_number_digits(
    struct cx_str s, char decimal, char room[CX_NUMBER_SIZE], size_t *n);

/* Whether s has a Japanese, Chinese or Korean letter. */
bool cx_number_is_eastern(struct cx_str s);

/* Whether digits have a group of three that could be decimals, as 1,234. */
bool cx_number_is_open(struct cx_str digits);

#endif
