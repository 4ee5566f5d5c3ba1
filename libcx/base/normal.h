/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_NORMAL_H
#define CX_BASE_NORMAL_H

#include "libcx/base/buf.h"

/*
 * A text as it is compared where the way of writing does not matter: NFKC
 * with case folded (Unicode 15, chapter 3.13: full-width letters and digits
 * become plain, "Strongly Agree" is "strongly agree"), typographic
 * apostrophes plain, no U+FEFF, no blanks at the ends, and one space for
 * blanks within. Replaces what out holds. Text that is not UTF-8 is copied
 * as it is.
 */
void cx_normal(struct cx_buf *out, struct cx_str text);

#endif
