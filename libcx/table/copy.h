/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_COPY_H
#define CX_TABLE_COPY_H

#include "libcx/table/row.h"
#include "libcx/table/writer.h"

/*
 * Puts the cells from <= i < to of a row into lines as they are: the same as
 * cx_lines_text with each cx_row_cell, but the bytes are taken over in one go
 * where they need no change, as those from TSV to TSV.
 */
void cx_copy_cells(
    struct cx_lines *lines, const struct cx_row *row, size_t from, size_t to);

#endif
