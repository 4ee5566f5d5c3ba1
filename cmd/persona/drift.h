/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_DRIFT_H
#define CX_CMD_PERSONA_DRIFT_H

#include "cmd/persona/model.h"
#include "libcx/model/sum.h"

/* Rows as they come, column by column, to be held against a model's. */
struct persona_drift_column {
	uint64_t *counts; /* by level of the model */
	uint64_t answered, missing;
	struct cx_map unknown;    /* categories that the model has not */
	uint64_t *unknown_counts; /* rows, by unknown category */
	size_t unknown_cap;
	struct cx_sum sum, squares; /* of numbers less the model's mean */
};

/* All zero but model is empty. */
struct persona_drift {
	const struct persona_model *model;
	struct persona_drift_column *columns; /* NULL while there is no row */
	uint64_t *assigned;                   /* by class */
	uint64_t n_rows, unassigned, impossible;
};

/* A cell of a column, with the answer that it was read as. */
void persona_drift_answer(struct persona_drift *drift, size_t column,
    struct cx_str cell, union cx_mixture_answer answer);

/* A row is complete; class is NULL when it was assigned none. */
void persona_drift_row(
    struct persona_drift *drift, const size_t *class, bool impossible);

/* Adds from, and empties it. */
void persona_drift_merge(
    struct persona_drift *drift, struct persona_drift *from);
void persona_drift_release(struct persona_drift *drift);

/* Whether the gates can be understood, before there is data. */
int persona_drift_check(const struct cx_list *gates, struct cx_err *err);

/*
 * Holds shares and means against the model's: two-sided tests, adjusted
 * together by Benjamini and Hochberg. Notes what is new or beyond chance on
 * standard error, and writes all of it to path, if this is not NULL. -1 and
 * err (CX_GATE) when a gate is true.
 */
int persona_drift_report(const struct persona_drift *drift,
    const struct cx_cli *cli, const char *path, const struct cx_list *gates,
    struct cx_err *err);

#endif
