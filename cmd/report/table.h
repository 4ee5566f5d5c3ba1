/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_REPORT_TABLE_H
#define CX_CMD_REPORT_TABLE_H

#include "libcx/cli/cli.h"
#include "libcx/model/mask.h"

/* What a program printed, as its columns tell. */
enum report_kind {
	REPORT_NPS,
	REPORT_BOX, /* cx-csat, cx-ces */
	REPORT_MAP, /* the views of cx-journey */
	REPORT_FUNNEL,
	REPORT_HANDOFFS,
	REPORT_EDGES,
	REPORT_PATHS,
	REPORT_GAPS,
	REPORT_CARDS, /* cx-persona --cards */
	REPORT_N_KINDS,
};

/* How a column is read and shown. */
enum report_form {
	REPORT_TEXT,
	REPORT_RESULT, /* a text that was found, and may be masked */
	REPORT_COUNT,
	REPORT_TENTHS,
	REPORT_HUNDREDTHS,
	REPORT_THOUSANDTHS,
	REPORT_P,
	REPORT_FLAG,    /* 1 or 0: shown as a mark */
	REPORT_RANGE,   /* tenths; shown with the column behind it, its end */
	REPORT_RANGE2,  /* the same in hundredths */
	REPORT_RANGE3,  /* and in thousandths */
	REPORT_VERSUS,  /* a period, a group or "rest" */
	REPORT_WORDS,   /* words of programs, with , or ; between them */
	REPORT_SECONDS, /* shown in the unit that suits */
};

static inline bool report_form_is_text(enum report_form form)
{
	return form == REPORT_TEXT || form == REPORT_RESULT ||
	       form == REPORT_VERSUS || form == REPORT_WORDS;
}

struct report_column {
	char *name;
	const char *base; /* the column of its n, where it has one of its own */
	enum report_form form;
	bool is_hidden;  /* not shown: detail */
	bool is_group;   /* of the data, a period included */
	bool is_against; /* compares the row with others */
};

/* A table in memory. */
struct report_table {
	enum report_kind kind;
	const char *file; /* NULL: standard input */
	char *name;       /* what it is a table of, for people */
	struct report_column *columns;
	size_t n_columns;
	ptrdiff_t *groups; /* columns of groups, without the period */
	size_t n_groups;
	ptrdiff_t period;         /* its column, or -1 */
	ptrdiff_t base;           /* of the n of rows, or -1 */
	enum cx_mask_mark *marks; /* by row, see mask.h; NULL: none */
	bool masks;               /* a row that its program has told */
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

/* Whether there is such a cell, and its program has not masked it. */
bool report_table_is_told(
    const struct report_table *table, size_t row, ptrdiff_t column);

/* Whether two rows are of one group. */
bool report_table_same_groups(
    const struct report_table *table, size_t a, size_t b);

/* The number of a column, or -1. */
ptrdiff_t report_table_column(
    const struct report_table *table, const char *name);

/*
 * Whether the cell rests on fewer than least, or would tell what does, or is
 * masked by its program; column -1: the row as a whole.
 */
bool report_table_is_masked(const struct report_table *table, size_t row,
    ptrdiff_t column, double least);

/* Whether this column says what the row, or others of it, rest on. */
bool report_table_is_base(const struct report_table *table, size_t column);

/* Names of periods sort by time. */
bool report_period_is_before(struct cx_str a, struct cx_str b);

#endif
