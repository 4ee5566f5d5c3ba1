/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_GAPS_STATE_H
#define CX_CMD_GAPS_STATE_H

#include "cmd/gaps/store.h"

/*
 * --state: what the store holds, as a table; --merge: stores put together
 * again. A table has the columns of the groups and kind, key and values:
 *
 *	outcome  its name       whether there are expectations, stated
 *	                        importances, amounts, weights and keys: 0 or 1;
 *	                        and how many rows there are besides this one
 *	column   its use        its name, as the options have it
 *	driver   its name       low, high, top and bottom of its scale, whether
 *	                        high is good, and its stage
 *	facts                   of the group, in the order of store.h
 *	block    its number     sums (libcx/model/cross.h)
 *	record                  the numbers of a respondent; - is none
 */
enum gaps_kind {
	GAPS_KIND_OUTCOME,
	GAPS_KIND_COLUMN,
	GAPS_KIND_DRIVER,
	GAPS_KIND_FACTS,
	GAPS_KIND_BLOCK,
	GAPS_KIND_RECORD,
	GAPS_KINDS
};
extern const char *const gaps_kinds[GAPS_KINDS];

/* What columns are for, in words; and, of records, what options name them. */
extern const char *const gaps_uses[GAPS_COLUMNS];
void gaps_state_columns(void);

/* A row: its cells are n bytes at an offset of the text. */
struct gaps_part {
	size_t at, n;
};

struct gaps_state_entry {
	enum gaps_kind kind;
	size_t file; /* which of them it stands in, from 0 */
	struct gaps_part group, key, values;
};

struct gaps_state {
	struct gaps_state_entry *entries;
	size_t n, cap;
	struct cx_buf text;
	struct cx_groups find; /* group keys of rows; no states */
	size_t kind_at, key_at, values_at, file; /* of the one at hand */
};

int gaps_state_open(const struct cx_header *header, struct cx_err *err);
int gaps_state_bind(struct gaps_state *state, const struct cx_header *header,
    struct cx_err *err);
int gaps_state_row(
    struct gaps_state *state, const struct cx_row *row, struct cx_err *err);
void gaps_state_merge(struct gaps_state *into, struct gaps_state *from);

/* merge.c: the plan's drivers and the store are made from the states. */
int gaps_state_finish(
    struct gaps_state *state, struct gaps_store *store, struct cx_err *err);
void gaps_state_release(struct gaps_state *state);

/* Prints the store. */
int gaps_state_write(const struct gaps_store *store, struct cx_writer *writer,
    struct cx_err *err);

#endif
