/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_IDENT_H
#define CX_TABLE_IDENT_H

#include "libcx/base/err.h"

/* What is mended of identifiers that went through a spreadsheet. */
enum cx_ident {
	CX_IDENT_PLAIN,      /* nothing */
	CX_IDENT_WHOLE,      /* 17850.0 is 17850, and 7 may be 007 */
	CX_IDENT_SALESFORCE, /* all in 18 characters */
};

/* The longest that zeros in front can make one; what room holds at least. */
enum { CX_IDENT_WIDEST = 32 };

/*
 * Mends an identifier.
 *   width   of WHOLE: digits that are fewer get zeros in front
 *   out     cell, or made in room
 * Returns 0, or -1 and err with its reason set when it is beyond mending:
 * 1.23E+11 has lost digits.
 *
 * SALESFORCE: an identifier has 15 letters and digits of which the case
 * counts, or 18, the last three of which say what is a capital. One of 15 gets
 * the three; one of 18 whose case was lost gets it back.
 * Source: Salesforce Help, "How to convert a 15-character ID into an
 * 18-character ID".
 */
int cx_ident_mend(enum cx_ident kind, size_t width, struct cx_str cell,
    char room[CX_IDENT_WIDEST], struct cx_str *out, struct cx_err *err);

#endif
