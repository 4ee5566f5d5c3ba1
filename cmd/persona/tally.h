/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_TALLY_H
#define CX_CMD_PERSONA_TALLY_H

#include "cmd/persona/example.h"
#include "cmd/persona/model.h"
#include "cmd/persona/numbers.h"
#include "cmd/persona/path.h"
#include "libcx/model/nps.h"

/*
 * What the records of each persona are like, counted. Everything is exact, so
 * that the order of the records does not show.
 */
enum {
	CARD_PERSONAS = 64,    /* at most */
	CARD_VALUES = 30,      /* of a column that was not named */
	CARD_FEW_NUMBERS = 10, /* more are no categories */
};

struct card_column {
	struct cx_map values;
	uint64_t *counts; /* by value and persona, CARD_PERSONAS in a row */
	size_t cap;
	bool many;  /* more values than are kept */
	bool wordy; /* some answers are no numbers */
	struct card_numbers numbers[CARD_PERSONAS];
};

enum card_score { CARD_CSAT, CARD_CES, CARD_EMOTION, CARD_SCORES };

/* Responses (records without a touchpoint), or events (those with one). */
struct card_base {
	uint64_t n[CARD_PERSONAS], all;
	struct cx_nps nps[CARD_PERSONAS];
	struct card_numbers scores[CARD_SCORES][CARD_PERSONAS];
	struct card_numbers money[CARD_PERSONAS];
	struct card_examples examples[CARD_PERSONAS];
	struct card_column *columns; /* by attribute */
};

struct persona_tally {
	struct cx_map personas;
	struct card_base responses, events;
	struct cx_map customers; /* persona, NUL, customer: each once */
	struct card_events path; /* of these customers, by number */
	struct card_places *at;  /* in the file at hand */
	struct cx_buf cells;     /* of the record at hand */
};

/* The columns that cards tell about, by number. */
size_t persona_tally_n(void);
struct cx_str persona_tally_name(size_t attribute);

/* Whether it is taken as numbers. */
bool persona_tally_is_number(
    const struct card_column *column, size_t attribute);

/* The records that a column is counted over: events, for where they happen. */
const struct card_base *persona_tally_base(
    const struct persona_tally *tally, size_t attribute);

/* Those that sizes and scores are of: responses, if there are any. */
const struct card_base *persona_tally_main(const struct persona_tally *tally);

extern const struct cx_fold persona_tally_fold;

/* A usage error where a column that was named has too many values. */
int persona_tally_check(const struct persona_tally *tally, struct cx_err *err);
void persona_tally_release(struct persona_tally *tally);

/* What is remembered of the columns; at the end of the program. */
void persona_tally_close(void);

#endif
