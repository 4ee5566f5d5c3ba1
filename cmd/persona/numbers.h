/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_NUMBERS_H
#define CX_CMD_PERSONA_NUMBERS_H

#include "cmd/persona/money.h"

/*
 * Numbers as whole ten-thousandths, added up exactly, so that the order they
 * come in does not show. All zero is none.
 */
__extension__ typedef unsigned __int128 card_wide;

struct card_numbers {
	uint64_t n;
	persona_sum sum;
	card_wide squares;
};

/*
 * A cell as whole ten-thousandths, rounded. -1 and err, reason set, when it is
 * no number or above 10^9.
 */
int card_number_read(struct cx_str cell, int64_t *whole, struct cx_err *err);
void card_numbers_add(struct card_numbers *numbers, int64_t whole);
void card_numbers_merge(
    struct card_numbers *into, const struct card_numbers *from);

/* Mean and variance, this by n - 1; NaN where there are too few. */
struct card_mean {
	double n, mean, variance;
};
struct card_mean card_mean_of(const struct card_numbers *numbers);

#endif
