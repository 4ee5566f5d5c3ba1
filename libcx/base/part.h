/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_PART_H
#define CX_BASE_PART_H

#include "libcx/base/buf.h"

/*
 * Names as parts of one text, in which a sign such as " > " stands between
 * them. A name that holds the sign would make the text of other names, so it
 * stands in double quotes, its own doubled; and so does what could be taken
 * for quoted. Different names make different texts:
 *   front   a part that others follow; the text is read from its start
 *   last    the one behind an only front, whose own text is not quoted
 */
void cx_part_add_front(
    struct cx_buf *text, struct cx_str name, struct cx_str sign);
void cx_part_add_last(
    struct cx_buf *text, struct cx_str name, struct cx_str sign);

#endif
