/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_MODEL_H
#define CX_CMD_PERSONA_MODEL_H

#include "cmd/persona/sample.h"

/* What the rows that a model was found in were like in one column. */
struct persona_model_column {
	char *name;
	bool is_number;
	bool has_kind;        /* while a file is read */
	struct cx_map levels; /* numbered as in the mixture */
	uint64_t *counts;     /* rows, by level */
	uint64_t answered, missing;
	double mean, sd; /* of a column of numbers */
};

struct persona_model_class {
	char id[8];        /* c1, c2, … */
	char *name;        /* the user's; NULL: none */
	double stability;  /* mean Jaccard coefficient; NaN: not computed */
	uint64_t assigned; /* rows whose most probable class it is */
};

/* How it was found: for the reader of the file. */
struct persona_model_fit {
	enum persona_unit unit;
	double seed, starts, reached, loglik, bic, entropy_r2;
};

/* A model as its file has it: see cx-model(5). All zero is none. */
struct persona_model {
	struct cx_mixture mixture;
	struct persona_model_column *columns; /* mixture.n_columns */
	struct persona_model_class *classes;  /* mixture.k */
	struct persona_model_fit fit;
	char *weight; /* the column of the weights; NULL: none */
	uint64_t n_rows;
};

/* Room for k classes of these columns, ids given, nothing else. */
void persona_model_init(
    struct persona_model *model, size_t k, size_t n_columns);
void persona_model_release(struct persona_model *model);

/* What a class is called: its name, or its id. */
const char *persona_model_name(const struct persona_model *model, size_t c);

/*
 * Gives names, each "ID=NAME". A usage error when there is no such class, or
 * when two classes would have one name.
 */
int persona_model_give_names(struct persona_model *model,
    const struct cx_list *names, struct cx_err *err);

/*
 * Reads the file at path, and checks that it is whole. -1 and err (CX_DATA,
 * with its line) where it is not. The caller releases model either way.
 */
int persona_model_read(
    struct persona_model *model, const char *path, struct cx_err *err);

/* What is written, when read, is written the same. out is owned from here. */
int persona_model_write(const struct persona_model *model,
    struct cx_output *out, struct cx_err *err);

#endif
