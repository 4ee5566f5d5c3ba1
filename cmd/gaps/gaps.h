/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_GAPS_H
#define CX_CMD_GAPS_H

#include "libcx/cli/cli.h"
#include "libcx/model/driver.h"
#include "libcx/table/group.h"

/*
 * cx-gaps: ratings of touchpoints and an outcome, respondent by respondent,
 * to a ranked list of what to improve. input.c and long.c make respondents of
 * rows, store.c keeps them or their sums, state.c prints that and merge.c reads
 * it back, interval.c estimates, table.c prints.
 */

/* Settings that the options fill in. */
struct gaps_settings {
	const char *outcome, *weight, *by, *rating, *stated, *expected;
	const char *high_is, *importance, *missing, *items, *target;
	const char *cross, *intervals, *view, *lang;
	struct cx_list drivers, groups, scales, gates;
	double top, bottom, level, reps, seed;
	bool state, merge, explain;
};
extern struct gaps_settings gaps_settings;

/* A driver: a column of ratings, or a touchpoint of a long stream. */
struct gaps_driver {
	char *name;
	char *stage, *dimension; /* "" where none is known */
	double weight;           /* of its dimension, by --items */
	double target;           /* by --items; NaN: none */
};

/* All drivers, in the byte order of their names. */
struct gaps_drivers {
	size_t n;
	struct gaps_driver *items;
	struct cx_scale *scales; /* by driver */
};

/* Names of columns that a state's numbers are of; NULL where there is none. */
enum gaps_column {
	GAPS_COLUMN_BY, /* of a long stream; and its rating */
	GAPS_COLUMN_RATING,
	GAPS_COLUMN_WEIGHT,
	GAPS_COLUMN_EXPECTED, /* of a wide table several, as the option has */
	GAPS_COLUMN_STATED,
	GAPS_COLUMNS
};

/* What the options ask for, checked; and what the input says later on. */
struct gaps_plan {
	bool wide;   /* a column for each driver; else rows with touchpoint */
	bool is_nps; /* the outcome has a score of -100, 0, 100 */
	enum cx_driver_missing missing;
	enum cx_driver_method method;
	bool has_expected, has_stated, has_amount, is_weighted;
	bool has_keys; /* a column tells which rows are of one respondent */
	char *outcome; /* its name */
	char *columns[GAPS_COLUMNS];
	const char *const *states; /* files to merge; NULL: standard input */
	size_t n_states;           /* that were opened */
	struct gaps_drivers drivers;
	struct cx_grouping by;
	struct cx_driver_model model; /* of the drivers; nothing left out */
	struct cx_cross shape;
};
extern struct gaps_plan gaps_plan;

/* ---- plan.c ---- */

/* Ends the program where options clash or cannot be understood. */
void gaps_plan_check(const struct cx_cli *cli);

/* The tables of --items, before there are rows. */
int gaps_plan_read(struct cx_err *err);

/*
 * Takes the drivers' names, n of them, and sorts them; stages has one for
 * each, or is NULL. Gives each driver its scale and what --items says.
 */
int gaps_plan_drivers(const struct cx_str *names, const struct cx_str *stages,
    size_t n, struct cx_err *err);

/* The scale that --scale gives this driver; -1 where there is none. */
int gaps_plan_scale(struct cx_str name, struct cx_scale *scale);

/* The first touchpoint of --items that is no driver, or NULL; how many. */
const char *gaps_plan_unused_item(size_t *n);

/* Whether --items has targets; the name of the method of importance. */
bool gaps_plan_has_targets(void);
const char *gaps_plan_method(void);

/* Scales are set already: the model and the shape of its sums. */
void gaps_plan_model(void);
void gaps_plan_release(void);

/* explain.c: on standard error, what the numbers are. */
void gaps_explain(void);

/* ---- value.c ---- */

/* A decimal number in millionths, rounded; at most a million either way. */
int gaps_value(struct cx_str cell, int64_t *value, struct cx_err *err);

/* The same on a scale. A cell that is missing is CX_CROSS_ABSENT. */
int gaps_rating(struct cx_str cell, const struct cx_scale *scale,
    int64_t *value, struct cx_err *err);

/* An outcome: *score is that of a Net Promoter Score, else the value. */
int gaps_outcome(
    struct cx_str cell, int64_t *value, int64_t *score, struct cx_err *err);

/* An amount of money in millionths, at most a billion either way. */
int gaps_amount(struct cx_str cell, int64_t *value, struct cx_err *err);

/* A weight in millionths; 1 where there is no --weight. */
int gaps_weight(struct cx_str cell, int64_t *weight, struct cx_err *err);

/* 64 bits of a text, the same on every machine. */
uint64_t gaps_hash(struct cx_str text, uint64_t salt);

#endif
