/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_MARKUP_H
#define CX_REPORT_MARKUP_H

#include "libcx/base/buf.h"

/*
 * How data gets into HTML and SVG: by one function for each place it can
 * stand in. No data stands anywhere else; above all not in style, in the name
 * of an element or an attribute, in an id or in an address.
 * Characters are shown as libcx/report/text.h says.
 */

/* Between tags. */
void cx_markup_text(struct cx_buf *out, struct cx_str s);

/* Within the double quotes of an attribute. */
void cx_markup_attribute(struct cx_buf *out, struct cx_str s);

/*
 * At most this many characters of a text, with an ellipsis where there were
 * more: no cell of data can outgrow a page.
 */
void cx_markup_clipped(struct cx_buf *out, struct cx_str s, size_t most);

#endif
