/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_DISCOVER_H
#define CX_CMD_PERSONA_DISCOVER_H

#include "cmd/persona/model.h"

enum { PERSONA_SEED = 1 }; /* unless --seed says another */

/* Settings that the options of --discover and --model fill in. */
struct persona_discover_settings {
	bool discover;
	const char *k, *weight, *unit, *save, *model, *drift;
	struct cx_list columns, names;
	double seed, starts, samples; /* -1: by the size of the data */
	double most_steps;            /* 0: as the library has it */
	double min_p;
};
extern struct persona_discover_settings persona_discover_settings;

#define PERSONA_DISCOVER_OPTIONS                                               \
	CX_OPT_FLAG(0, "discover", &persona_discover_settings.discover,        \
	    "find classes of customers in the data"),                          \
	    CX_OPT_LIST('x', "columns", &persona_discover_settings.columns,    \
	        "COLUMNS", "what they are found by; COLUMN:num, COLUMN:cat"),  \
	    CX_OPT_TEXT('k', "classes", &persona_discover_settings.k, "RANGE", \
	        "how many, such as 4 or 2:8 (default)"),                       \
	    CX_OPT_TEXT(0, "unit", &persona_discover_settings.unit, "UNIT",    \
	        "response (default), customer-latest or customer-first"),      \
	    CX_OPT_TEXT('w', "weight", &persona_discover_settings.weight,      \
	        "COLUMN", "weights of the records"),                           \
	    CX_OPT_REAL(0, "starts", &persona_discover_settings.starts, "N",   \
	        "random starts for each number of classes"),                   \
	    CX_OPT_REAL(0, "max-steps", &persona_discover_settings.most_steps, \
	        "N", "of the best start, until it has converged"),             \
	    CX_OPT_REAL(0, "samples", &persona_discover_settings.samples, "N", \
	        "bootstrap samples that try the classes' stability"),          \
	    CX_OPT_REAL(0, "seed", &persona_discover_settings.seed, "N",       \
	        "of the random starts and samples (default: 1)"),              \
	    CX_OPT_TEXT(0, "save", &persona_discover_settings.save, "FILE",    \
	        "write the model there"),                                      \
	    CX_OPT_TEXT(0, "model", &persona_discover_settings.model, "FILE",  \
	        "assign personas by a model that was saved"),                  \
	    CX_OPT_REAL(0, "min-p", &persona_discover_settings.min_p, "P",     \
	        "leave rows of a lower probability without persona"),          \
	    CX_OPT_TEXT(0, "drift", &persona_discover_settings.drift, "FILE",  \
	        "write there how rows differ from those of the model"),        \
	    CX_OPT_LIST(0, "name", &persona_discover_settings.names,           \
	        "CLASS=NAME", "call a class NAME, such as c1=Loyals")

/*
 * Ends the program where the options do not fit together; gates is
 * --fail-if, which stays the caller's.
 */
void persona_discover_check(
    const struct cx_cli *cli, const struct cx_list *gates);
void persona_discover_release(void);

/* --discover: the table of the numbers of classes tried. */
int persona_discover_run(struct cx_cli *cli, struct cx_err *err);

/* --model: the stream with persona and persona_p, or --save of new names. */
int persona_classify_run(struct cx_cli *cli, struct cx_err *err);

/* The gates, for both. */
const struct cx_list *persona_discover_gates(void);

#endif
