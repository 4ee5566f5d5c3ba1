/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_EASTERN_H
#define CX_TABLE_EASTERN_H

#include "libcx/table/number.h"

/*
 * Numbers with the words of Japanese for powers of ten, 百 100, 千 1000, 万
 * 10^4 and 億 10^8: 1万5千, 1億2,345万, 3百万, and one number before one or
 * more of them, as in 1.5万 and 1,234千.
 *   decimal   its decimal sign, . or ,
 *   named     a currency stands behind it: 1万5円 is 10005. Where none does
 *             1万5 is open, as people mean 15000 by it.
 *   room, n   digits, with a decimal point where there are any behind it
 */
enum cx_eastern { CX_NOT_EASTERN, CX_EASTERN, CX_EASTERN_OPEN };

enum cx_eastern cx_eastern_read(struct cx_str s, char decimal, bool named,
    char room[CX_NUMBER_SIZE], size_t *n);

#endif
