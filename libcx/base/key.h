/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_KEY_H
#define CX_BASE_KEY_H

#include "libcx/base/buf.h"

/*
 * A text by which records are grouped and joined, so that what looks the same
 * is the same: one space for blanks of every kind within, none at the ends,
 * no characters without width, and one wave dash (U+301C, for U+FF5E too:
 * both are 81 60 in Shift_JIS). Letters, their case and width stay. The
 * result is text itself where it is such a key already, else in out, whose
 * content is replaced; it is never longer than text.
 */
struct cx_str cx_key(struct cx_buf *out, struct cx_str text);

#endif
