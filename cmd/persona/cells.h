/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_CELLS_H
#define CX_CMD_PERSONA_CELLS_H

#include "libcx/cli/cli.h"
#include "libcx/model/mixture.h"

/* How the answers of a column are taken. */
enum persona_kind {
	PERSONA_AUTO, /* not said: see persona_cells_decide */
	PERSONA_CATEGORY,
	PERSONA_NUMBER,
};

/* A column to find classes by, as -x names it. */
struct persona_column {
	char *name;
	enum persona_kind kind;
};

struct persona_columns {
	struct persona_column *items;
	size_t n;
};

/*
 * Adds the columns of text: COLUMN[:num|:cat], several with commas between
 * them; a column of the table whose whole name is text, or an item of it, is
 * that column. nps and amount are numbers unless it says :cat. A usage error
 * where one is not there, or there twice.
 */
int persona_columns_add(struct persona_columns *columns, struct cx_str text,
    const struct cx_header *header, struct cx_err *err);
void persona_columns_release(struct persona_columns *columns);

/*
 * The answers of one column, row by row: the numbers of distinct texts while
 * there are no more than CX_MIXTURE_MOST_LEVELS of them, and numbers while
 * all are numbers. All zero but kind is empty.
 */
struct persona_cells {
	enum persona_kind kind;
	struct cx_map levels;
	bool many;     /* more levels than are kept: no codes */
	bool wordy;    /* some answers are no numbers: no values */
	size_t n, cap; /* rows */
	uint16_t *codes;
	double *values;
};

/* Appends a cell; an error of the record when a number must be one. */
int persona_cells_add(
    struct persona_cells *cells, struct cx_str cell, struct cx_err *err);

/* Takes back the last cell. */
void persona_cells_drop(struct persona_cells *cells);

/* Appends all cells of from, and empties it. */
void persona_cells_merge(
    struct persona_cells *cells, struct persona_cells *from);

/*
 * Settles the kind: numbers where all answers are numbers and more than
 * PERSONA_FEW_NUMBERS different ones, else categories. -1 and err (CX_DATA)
 * when there are too many categories.
 */
enum { PERSONA_FEW_NUMBERS = 10 };
int persona_cells_decide(struct persona_cells *cells, struct cx_err *err);

void persona_cells_release(struct persona_cells *cells);

#endif
