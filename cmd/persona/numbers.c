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

/* Around a whole number next to the mean: nothing is lost to large numbers. */
struct card_mean card_mean_of(const struct card_numbers *numbers)
{
	const double unit = PERSONA_MONEY_UNIT;
	persona_sum n = (persona_sum)numbers->n;
	persona_sum near = n ? numbers->sum / n : 0;
	double rest = n ? (double)(numbers->sum - near * n) : 0;
	/* Too large parts of it wrap round, and back. */
	card_wide around = numbers->squares -
	                   2 * (card_wide)near * (card_wide)numbers->sum +
	                   (card_wide)near * (card_wide)near * (card_wide)n;
	struct card_mean m = { (double)n, NAN, NAN };

	if (n > 0)
		m.mean = ((double)near + rest / m.n) / unit;
	if (n > 1)
		m.variance = ((double)around - rest * (rest / m.n)) /
		             (m.n - 1) / unit / unit;
	return m;
}
