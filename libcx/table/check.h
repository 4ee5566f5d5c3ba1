/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_CHECK_H
#define CX_TABLE_CHECK_H

#include "libcx/base/err.h"
#include "libcx/table/header.h"
#include "libcx/table/sniff.h"

/*
 * The careful look at one record, when the scanner found something wrong
 * near it: byte by byte, the first fault of any kind.
 *   record   with the CR of its line end, without the LF
 *   header   names the column in the message; NULL while there is none yet
 *   ended    false: the input ended before the record did
 * Returns 0, or -1 and err with the column, and with the line counted from
 * that of the record: 0 on the record's first line, 1 on its second.
 * A quote in the wrong place is no fault of this record alone, as nobody
 * knows where it ends: err->reason stays NULL.
 */
int cx_check_record(struct cx_str record, struct cx_dialect dialect,
    const struct cx_header *header, bool ended, struct cx_err *err);

#endif
