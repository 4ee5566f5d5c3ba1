/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/numbers.h"

#include <math.h>

/* Squares of more would not add up exactly. */
#define FARTHEST 1e9

int card_number_read(struct cx_str cell, int64_t *whole, struct cx_err *err)
{
	return persona_money_read(cell, FARTHEST, whole, err);
}

void card_numbers_add(struct card_numbers *numbers, int64_t whole)
{
	numbers->n++;
	numbers->sum += whole;
	numbers->squares += (card_wide)((__int128)whole * whole);
}

void card_numbers_merge(
    struct card_numbers *into, const struct card_numbers *from)
{
	into->n += from->n;
	into->sum += from->sum;
	into->squares += from->squares;
}

struct card_mean card_mean_of(const struct card_numbers *numbers)
{
	const long double unit = PERSONA_MONEY_UNIT;
	long double n = (long double)numbers->n;
	long double sum = (long double)numbers->sum;
	/* n sum(x^2) - (sum x)^2 in whole numbers, as far as they reach. */
	long double spread = (long double)numbers->squares - sum * sum / n;
	struct card_mean m = { (double)n, NAN, NAN };

	if (numbers->n > 0)
		m.mean = (double)(sum / n / unit);
	if (numbers->n > 1)
		m.variance = (double)(spread / (n - 1) / unit / unit);
	return m;
}
