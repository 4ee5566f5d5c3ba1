/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_DEFINITION_H
#define CX_CMD_SCORE_DEFINITION_H

#include "cmd/score/score.h"
#include "libcx/table/group.h"
#include "libcx/table/sheet.h"

/*
 * What the counts of a table are of, as far as its scale does not tell: the
 * column of the answers, who counts as one, and the clocks that bound the
 * periods. Behind all others a table has a column for each of these that is
 * not the usual one, so that --merge knows tables of different things.
 */
enum score_aspect {
	SCORE_OF_ANSWERS,
	SCORE_OF_UNITS,
	SCORE_OF_CLOCKS,
	SCORE_ASPECTS
};

/* With the first file of answers: what the options and its header say. */
void score_definition_open(const struct score_program *program,
    const struct cx_grouping *by, const struct cx_header *header);

/* The columns, once they are known, and the cells of a row. */
void score_definition_columns(struct cx_sheet *sheet);
void score_definition_cells(struct cx_sheet *sheet);
void score_definition_release(void);

/* ---- of tables that are added up ---- */

/*
 * With each table, its groups being known: a usage error where its rows count
 * customers or accounts, each by itself, and would be added up.
 */
int score_definition_table(const struct score_program *program,
    const struct cx_grouping *by, const struct cx_header *header,
    struct cx_err *err);

/* The definitions met in rows, and in which table first; all zero is none. */
struct score_definitions {
	struct cx_map texts;
	size_t *tables, cap;
	ptrdiff_t at[SCORE_ASPECTS]; /* in the table at hand; -1: not there */
	size_t table;
	struct cx_buf text;
};

void score_definitions_bind(struct score_definitions *definitions,
    const struct cx_grouping *by, const struct cx_header *header);
void score_definitions_note(
    struct score_definitions *definitions, const struct cx_row *row);

/* Takes those of a piece, which is left empty. */
void score_definitions_merge(
    struct score_definitions *into, struct score_definitions *from);

/*
 * After the last row: what they have in common becomes that of the table. A
 * usage error, which names two tables, where they have not. names has the
 * names of all tables, or is NULL where there is one without a name.
 */
int score_definitions_settle(const struct score_definitions *definitions,
    const char *const *names, struct cx_err *err);
void score_definitions_release(struct score_definitions *definitions);

#endif
