/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_EXAMPLE_H
#define CX_CMD_PERSONA_EXAMPLE_H

#include "libcx/base/buf.h"

/*
 * Some records of a persona, drawn by their content, so that their order does
 * not show: those of the lowest hashes. All zero is none.
 */
enum { CARD_EXAMPLES = 64 };

struct card_example {
	uint64_t hash;
	char *cells; /* owned */
	size_t n;
};

struct card_examples {
	struct card_example *items; /* CARD_EXAMPLES, or NULL */
	size_t n, last;             /* the one to go first, when all are used */
};

/* cells is what is kept; id, which is not, tells like records apart. */
void card_examples_add(
    struct card_examples *examples, struct cx_str cells, struct cx_str id);

/* Moves what is to be kept of from, and empties it. */
void card_examples_merge(
    struct card_examples *into, struct card_examples *from);
void card_examples_release(struct card_examples *examples);

#endif
