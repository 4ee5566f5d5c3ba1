/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_REPORT_MASK_H
#define CX_CMD_REPORT_MASK_H

#include "cmd/report/table.h"

/*
 * Decides which rows of the n tables of a page rest on fewer than min_n, and
 * which would tell them by subtraction: fills in their marks. What a program
 * has masked stays so.
 */
void report_mask_tables(struct report_table *tables, size_t n, double min_n);

/*
 * Whether this cell compares its row with one that the page masks: from the
 * difference, and from what is told, that one would follow.
 */
bool report_mask_compares(
    const struct report_table *table, size_t row, ptrdiff_t column);

#endif
