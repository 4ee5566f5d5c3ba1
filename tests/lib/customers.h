/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulated customers of known classes, with categories and numbers. */
#ifndef CX_TESTS_CUSTOMERS_H
#define CX_TESTS_CUSTOMERS_H

#include "tests/lib/plain-mixture.h"

enum { COLUMNS = 8, NUMERIC = 2, CLASSES = 4 };

static const size_t levels[COLUMNS] = { 2, 3, 4, 5, 3, 2, 0, 0 };

/*
 * Class c answers a categorical column with level (c + j) % levels at the
 * probability `clear`, else with any other, and numbers about 2 c and -3 c.
 */
struct simulation {
	size_t n_rows, n_classes;
	double clear, missing;
	struct cx_mixture_column columns[COLUMNS];
	struct cx_mixture_table table;
	uint16_t *codes[COLUMNS];
	double *values[COLUMNS], *weights;
	size_t *truth;
};

static inline double normal(void)
{
	return sqrt(-2 * log(plain_unit())) * cos(2 * acos(-1) * plain_unit());
}

static inline uint16_t any_code(
    const struct simulation *s, size_t j, size_t class)
{
	size_t code = (class + j) % levels[j];

	if (plain_unit() < s->missing)
		return CX_MIXTURE_NONE;
	if (plain_unit() > s->clear)
		code = (code + 1 + random_below(levels[j] - 1)) % levels[j];
	return (uint16_t)code;
}

static inline double any_value(
    const struct simulation *s, size_t j, size_t class)
{
	double slope = j == COLUMNS - 1 ? -3 : 2;
	double spread = 1 + (double)class / 2;

	if (plain_unit() < s->missing)
		return NAN;
	return 100 + slope * (double)class * s->clear + spread * normal();
}

static inline void simulate(struct simulation *s)
{
	s->truth = calloc(s->n_rows, sizeof(*s->truth));
	s->weights = calloc(s->n_rows, sizeof(*s->weights));
	s->table =
	    (struct cx_mixture_table){ s->n_rows, COLUMNS, s->columns, NULL };
	for (size_t i = 0; i < s->n_rows; i++) {
		/* unequal sizes: class c has a share that grows with c */
		size_t u = random_below(s->n_classes * (s->n_classes + 3) / 2);

		while (u >= s->truth[i] + 2)
			u -= s->truth[i]++ + 2;
		s->weights[i] = .5 + 2 * plain_unit();
	}
	for (size_t j = 0; j < COLUMNS; j++) {
		s->codes[j] = calloc(s->n_rows, sizeof(**s->codes));
		s->values[j] = calloc(s->n_rows, sizeof(**s->values));
		for (size_t i = 0; i < s->n_rows; i++)
			if (levels[j])
				s->codes[j][i] = any_code(s, j, s->truth[i]);
			else
				s->values[j][i] = any_value(s, j, s->truth[i]);
		s->columns[j] = (struct cx_mixture_column){ { "x", 1 },
			levels[j], s->codes[j], s->values[j] };
	}
}

static inline void forget(struct simulation *s)
{
	for (size_t j = 0; j < COLUMNS; j++) {
		free(s->codes[j]);
		free(s->values[j]);
	}
	free(s->truth);
	free(s->weights);
}

#endif
