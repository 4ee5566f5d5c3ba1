/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_LAYOUT_H
#define CX_TABLE_LAYOUT_H

#include "libcx/base/buf.h"

/*
 * Lays a TSV table (header line first) out for a terminal: columns of the
 * width of their widest cell, two spaces apart. Widths are those of East
 * Asian characters (UAX 11, by utf8proc); control characters show as \xHH
 * and cannot move the cursor.
 *   right   for each column, whether it stands at the right
 *   colour  the header is bold, and a line that starts with \1, \2 or \3, which
 *           TSV does not know, is green, red or dim (cx_style in writer.h)
 */
void cx_layout(struct cx_str tsv, const bool *right, size_t n_columns,
    bool colour, struct cx_buf *out);

/* Columns of a terminal that s takes. s is UTF-8 without control bytes. */
size_t cx_layout_width(struct cx_str s);

#endif
