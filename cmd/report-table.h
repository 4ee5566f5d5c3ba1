/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_REPORT_TABLE_H
#define CX_CMD_REPORT_TABLE_H

#include "libcx/cli/cli.h"

/* What a program printed, as its columns tell. */
enum report_kind {
	REPORT_NPS,
	REPORT_BOX, /* cx-csat, cx-ces */
	REPORT_N_KINDS,
};

/* How a column is read and shown. */
enum report_form {
	REPORT_TEXT,
	REPORT_COUNT,
	REPORT_TENTHS,
	REPORT_HUNDREDTHS,
	REPORT_P,
	REPORT_FLAG,   /* 1 or 0: shown as a mark */
	REPORT_RANGE,  /* tenths; shown with the column behind it, its end */
	REPORT_RANGE2, /* the same in hundredths */
	REPORT_VERSUS, /* a period, a group or "rest" */
};

static inline bool report_form_is_text(enum report_form form)
{
	return form == REPORT_TEXT || form == REPORT_VERSUS;
}

struct report_column {
	char *name;
	enum report_form form;
	bool is_hidden; /* not shown: detail */
};

/* A table in memory. Groups come first, then a period, then the rest. */
struct report_table {
	enum report_kind kind;
	const char *file; /* NULL: standard input */
	char *name;       /* what it is a table of, for people */
	struct report_column *columns;
	size_t n_columns, n_groups;
	bool has_period; /* in column n_groups */
	struct cx_buf text;
	size_t *ends; /* of the cells in text, row by row */
	size_t n_rows, n_cells, cap;
};

/* Reads one table. A table of no known kind is an error. */
int report_table_read(struct report_table *table, const struct cx_cli *cli,
    const char *file, struct cx_err *err);
void report_table_release(struct report_table *table);

/* A cell; "" where the table has no such column (-1). */
struct cx_str report_table_cell(
    const struct report_table *table, size_t row, ptrdiff_t column);

/* NaN where it is missing, masked, or there is no such column. */
double report_table_number(
    const struct report_table *table, size_t row, ptrdiff_t column);

/* The number of a column, or -1. */
ptrdiff_t report_table_column(
    const struct report_table *table, const char *name);

/* Whether the table tells no numbers in this row, or fewer than least. */
bool report_table_is_masked(
    const struct report_table *table, size_t row, double least);

/* Names of periods sort by time. */
bool report_period_is_before(struct cx_str a, struct cx_str b);

#endif
