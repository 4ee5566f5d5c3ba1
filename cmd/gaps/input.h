/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_GAPS_INPUT_H
#define CX_CMD_GAPS_INPUT_H

#include "cmd/gaps/long.h"
#include "cmd/gaps/state.h"
#include "libcx/table/fold.h"

/* What is collected of the input: the total, or a piece of it. */
struct gaps_input {
	struct gaps_store store; /* of a wide table; of all, in the end */
	struct gaps_long rows;   /* of a long one */
	struct gaps_state state; /* of states to merge */
	/* a wide table's columns, by driver; then the others, -1: none */
	size_t *rating_at, *expected_at, *stated_at;
	size_t outcome_at, weight_at;
	ptrdiff_t customer_at, id_at, amount_at;
	int64_t *record;
};

extern const struct cx_fold gaps_input_fold;

/* After the last row: store has the respondents, whatever they came from. */
int gaps_input_finish(struct gaps_input *input, struct cx_err *err);

void gaps_input_end(void);

#endif
