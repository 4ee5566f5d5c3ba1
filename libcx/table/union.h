/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_UNION_H
#define CX_TABLE_UNION_H

#include "libcx/base/map.h"

/*
 * The columns of several tables as those of one: by name, in the order in
 * which they first appear. All zero is empty and valid.
 */
struct cx_union {
	struct cx_map names;
	struct cx_union_table *tables;
	size_t n_tables, cap;
};

/* Another table; what is put from here on are its columns. */
void cx_union_table(struct cx_union *all, const char *file);
void cx_union_put(struct cx_union *all, struct cx_str name);

/* The name of a table, counting from 0; borrowed. */
const char *cx_union_file(const struct cx_union *all, size_t table);

/* Whether every table has every column. */
bool cx_union_even(const struct cx_union *all);

/*
 * What is particular about a table: `b.csv: 90 columns; adds 1: "x"; lacks 2:
 * "y", "z"`. A column is added by the first table after the first one that
 * has it. Nothing for a table that only has what those before it have, and
 * all of that.
 */
void cx_union_describe(
    const struct cx_union *all, size_t table, struct cx_buf *out);

void cx_union_release(struct cx_union *all);

#endif
