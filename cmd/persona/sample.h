/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_SAMPLE_H
#define CX_CMD_PERSONA_SAMPLE_H

#include "cmd/persona/cells.h"

/* What the rows of a sample are. */
enum persona_unit { PERSONA_ROWS, PERSONA_LATEST, PERSONA_FIRST };

/* The word of --unit; false where it is none. NULL is response. */
bool persona_unit_of(const char *word, enum persona_unit *unit);
const char *persona_unit_word(enum persona_unit unit);

/*
 * Rows to find classes in, read by a fold (persona_sample_fold). What they
 * are is set once, before it runs. The order of the rows is left to chance,
 * and makes no difference. Where some rows have no touchpoint, these are the
 * responses, and the others do not count, unless touchpoint is a column.
 */
struct persona_sample_rule {
	const struct cx_list *columns; /* -x */
	const char *weight;            /* column; NULL: none */
	enum persona_unit unit;
};
extern struct persona_sample_rule persona_sample_rule;

struct persona_sample {
	struct persona_columns columns;      /* of the total */
	const struct persona_columns *names; /* the same, in pieces */
	struct persona_cells *cells;         /* by column */
	size_t *at;                          /* in the file at hand */
	size_t weight_at, customer_at, time_at;
	size_t n, cap;
	double *weights;     /* by row, where there are weights */
	uint32_t *customers; /* by row, where units are customers */
	int64_t *times;
	struct cx_map ids;
	ptrdiff_t touchpoint_at; /* -1: none, or one of the columns */
	bool *touched;           /* by row: it has a touchpoint */
	uint64_t n_responses;    /* rows that have none */
};

extern const struct cx_fold persona_sample_fold;
void persona_sample_release(struct persona_sample *sample);

/*
 * The rows that count, ready for cx_mixture_data_new: one for each unit, of a
 * weight above 0, with an answer at least. Levels are in the order of their
 * bytes.
 */
struct persona_table {
	struct cx_mixture_table table;
	struct cx_mixture_column *columns;
	struct cx_str **levels; /* by column, by level; borrowed texts */
	double *weights;
	uint64_t n_blank, n_weightless, n_touched; /* rows left out */
};

/* -1 and err (CX_DATA), which names the column, where one cannot be used. */
int persona_table_make(struct persona_table *table,
    struct persona_sample *sample, struct cx_err *err);
void persona_table_release(struct persona_table *table);

#endif
