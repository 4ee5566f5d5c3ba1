/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_REPORT_KINDS_H
#define CX_CMD_REPORT_KINDS_H

#include "cmd/report/table.h"

/* A column that a kind of table can have. */
struct report_known {
	const char *name;
	enum report_form form;
	bool is_needed;   /* tells the kind */
	bool is_hidden;   /* detail that a page does not show */
	const char *base; /* NULL: that of the kind */
};

/*
 * A kind of table. Columns that are not known are groups where groups may
 * stand: before all others, or behind the column that is named here.
 */
struct report_kind_columns {
	const char *programs;
	const struct report_known *columns, *more; /* more may be NULL */
	const char *base; /* the column of what a row rests on; or NULL */
	const char *groups_behind;
	bool has_periods; /* the last group may be a period */
	bool is_unique;   /* a group (and period) has one row */
};
extern const struct report_kind_columns report_kinds[REPORT_N_KINDS];

#endif
