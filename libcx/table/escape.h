/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_ESCAPE_H
#define CX_TABLE_ESCAPE_H

#include "libcx/base/buf.h"

/* Each appends the cell as its format wants it written. */
void cx_escape_tsv(struct cx_buf *out, struct cx_str cell);
void cx_escape_csv(struct cx_buf *out, struct cx_str cell);
void cx_escape_json(struct cx_buf *out, struct cx_str cell);
void cx_escape_md(struct cx_buf *out, struct cx_str cell);

#endif
