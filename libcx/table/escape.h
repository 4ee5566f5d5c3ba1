/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_ESCAPE_H
#define CX_TABLE_ESCAPE_H

#include "libcx/base/buf.h"

/* Each appends the cell as its format wants it written. */
void cx_escape_tsv(struct cx_buf *out, struct cx_str cell);
void cx_escape_csv(struct cx_buf *out, struct cx_str cell);

/*
 * CSV that a spreadsheet will open: a cell that it would take for a formula
 * has an apostrophe in front, so that it is a text there. Such start with
 * = + - @, their full-width forms, tab, CR or LF, and are no number. Source:
 * OWASP, "CSV Injection".
 */
void cx_escape_sheet(struct cx_buf *out, struct cx_str cell);

/* In quotes, whether it needs them or not, with a prefix inside of them. */
void cx_escape_quoted(
    struct cx_buf *out, struct cx_str prefix, struct cx_str cell);
void cx_escape_json(struct cx_buf *out, struct cx_str cell);
void cx_escape_md(struct cx_buf *out, struct cx_str cell);

#endif
