/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cx-values - how often each value of a column is there
 *
 * The shape of a program that aggregates, to be copied: see HACKING. It is
 * built and run by make check, and not installed.
 */
#include "libcx/base/tally.h"
#include "libcx/cli/cli.h"
#include "libcx/table/sheet.h"

#include <stdlib.h>

/* ---- settings, its only globals, and the help ---- */

static const char *column;

static const struct cx_option options[] = {
	CX_OPT_TEXT('c', "column", &column, "COLUMN", "the column (required)"),
	CX_CLI_REJECT_OPTIONS,
	CX_OPT_END,
};

/* ---- the fold: pieces of the input are counted, in threads ---- */

struct values {
	size_t at; /* the column, in the file at hand */
	struct cx_tally counts;
};

/* For each file: where its columns are, and the message where they are not. */
static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	(void)total;
	return cx_header_find(
	    header, cx_str(column), &((struct values *)state)->at, err);
}

/* For each record. Cells are borrowed until the next one. */
static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct values *v = state;

	(void)err;
	cx_tally_add(&v->counts, cx_row_cell(row, v->at), 1);
	return 0;
}

/* Adds a piece to the total, and empties it. */
static int merge(void *total, void *piece, struct cx_err *err)
{
	(void)err;
	cx_tally_merge(&((struct values *)total)->counts,
	    &((struct values *)piece)->counts);
	return 0;
}

static void release(void *state)
{
	cx_tally_release(&((struct values *)state)->counts);
}

/* exact: the order of pieces does not show, as these are counts. */
static const struct cx_fold fold = {
	.size = sizeof(struct values),
	.exact = true,
	.bind = bind,
	.row = add_row,
	.merge = merge,
	.release = release,
};

/* ---- the table ---- */

/* In the order of the values' bytes: the same whatever came first. */
static int report(void *total, struct cx_writer *writer, struct cx_err *err)
{
	const struct cx_tally *counts = &((struct values *)total)->counts;
	size_t *order = cx_map_sorted(&counts->names);
	struct cx_sheet *sheet = cx_sheet_new(writer);
	int code;

	cx_sheet_text_column(sheet, cx_str(column));
	cx_sheet_number_column(sheet, "n", 0, 0);
	code = cx_sheet_start(sheet, err);
	for (size_t i = 0; code == 0 && i < counts->names.n; i++) {
		cx_sheet_text(sheet, cx_map_key(&counts->names, order[i]));
		cx_sheet_count(sheet, counts->counts[order[i]]);
		code = cx_sheet_end(sheet, err);
	}
	free(order);
	return cx_sheet_close(sheet, code, err);
}

/* ---- the program ---- */

static int run(struct cx_cli *cli, struct cx_err *err)
{
	struct values total = { .at = 0 };
	int code = cx_cli_aggregate(cli, &fold, &total, report, err);

	release(&total);
	return code;
}

int main(int argc, char **argv)
{
	struct cx_cli cli = {
		.name = "cx-values",
		.purpose = "How often each value of a column is there.",
		.options = options,
	};

	cx_cli_parse(&cli, argc, argv);
	if (!column)
		cx_cli_usage(&cli, "-c COLUMN is required");
	return cx_cli_run(&cli, run);
}
