/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_MULTI_H
#define CX_TABLE_MULTI_H

#include "libcx/table/codebook.h"
#include "libcx/table/header.h"
#include "libcx/table/row.h"

/*
 * The answers to a question that takes several, as one cell: each once, in
 * their order, with "|" between them. The source has them
 *   - in one column, with separators between them (a separator inside one of
 *     the entry's labels is none); or
 *   - in a column for each option, that holds whether it was chosen (then it
 *     is called what the option's name is), or the option, or other text.
 * Labels become their values, and cells that are missing count for nothing.
 *   columns   n of them, of the source
 *   options   their names
 *   out       what it holds is replaced
 * An error with its reason set when an answer has a "|" itself.
 */
int cx_multi_join(const struct cx_entry *entry, const struct cx_row *row,
    const size_t *columns, const struct cx_str *options, size_t n,
    struct cx_buf *out, struct cx_err *err);

#endif
