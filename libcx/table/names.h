/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_NAMES_H
#define CX_TABLE_NAMES_H

#include "libcx/table/first.h"
#include "libcx/table/header.h"
#include "libcx/table/rule.h"

/*
 * The header of a foreign table out of its header rows. Names come from one
 * of them; where join is not NULL they are carried on over blank cells, and
 * what stands below in the row of join is put behind them, but for the words
 * of its cells. Markup, character references, blanks around and U+FEFF are
 * taken out. A name that is there already gets "_2", "_3", … behind it, and
 * is counted.
 *   names   the row of the names, from 0
 */
void cx_names_make(struct cx_header *header, const struct cx_first *first,
    size_t names, const struct cx_rule *join);

#endif
