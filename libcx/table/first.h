/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_FIRST_H
#define CX_TABLE_FIRST_H

#include "libcx/table/row.h"

/* As many records as may be looked at to find out what a table is. */
enum { CX_FIRST_MOST = 4 };

/* The first records of a table, as they are: headers, and some data. */
struct cx_first {
	struct cx_first_row {
		struct cx_str *cells; /* owned */
		size_t n;
	} rows[CX_FIRST_MOST];
	size_t n;
};

/* No more than CX_FIRST_MOST times. */
void cx_first_add(struct cx_first *first, const struct cx_row *row);
void cx_first_release(struct cx_first *first);

/* A cell without blanks around it; empty where there is none. */
struct cx_str cx_first_cell(
    const struct cx_first *first, size_t row, size_t column);

#endif
