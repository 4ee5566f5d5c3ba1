/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_CODE_H
#define CX_TABLE_CODE_H

#include "libcx/base/str.h"

/*
 * The whole number that a label starts with, as in "10 - Very likely",
 * "(4) Critical.", "3: 600-1000", "1 (none at all)" and "8". Numbers that
 * mean something else are none: "35 to 44 years", "7.5", "2-3 times".
 *   cell   without blanks around it
 * Returns the bytes of the number, or no bytes.
 */
struct cx_str cx_code_of(struct cx_str cell);

#endif
