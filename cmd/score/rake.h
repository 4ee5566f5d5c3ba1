/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_RAKE_H
#define CX_CMD_SCORE_RAKE_H

#include "libcx/base/map.h"
#include "libcx/model/rake.h"
#include "libcx/table/header.h"
#include "libcx/table/row.h"

/* The margins of --rake FILE, and where their columns are. */
struct score_margins {
	struct cx_map columns; /* names, a margin each */
	struct score_margin {
		struct cx_map values;
		double *shares; /* by value, as fractions */
		size_t at;      /* in the file at hand */
	} * margins;
};

/*
 * Reads a table of column, value and share; the shares of a column add up to
 * 1 or to 100.
 */
int score_margins_read(
    struct score_margins *margins, const char *path, struct cx_err *err);
int score_margins_bind(struct score_margins *margins,
    const struct cx_header *header, struct cx_err *err);

/* The cell a record falls into, as the numbers of its values: its key. */
int score_margins_cell(const struct score_margins *margins,
    const struct cx_row *row, struct cx_buf *key, struct cx_err *err);

/*
 * The factors of the cells (numbered as in cells) for their base weights.
 * *rake and what it borrows are the caller's to free with score_rake_release.
 */
struct score_rake {
	struct cx_rake rake;
	struct cx_rake_margin *margins;
	struct cx_str *labels;
	size_t *category;
	double *factor;
};
int score_margins_fit(const struct score_margins *margins,
    const struct cx_map *cells, const double *base, struct score_rake *rake,
    struct cx_err *err);

void score_rake_release(struct score_rake *rake);
void score_margins_release(struct score_margins *margins);

#endif
