/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_SUM_H
#define CX_MODEL_SUM_H

#include <math.h>

/*
 * A compensated sum: its error does not grow with the number of terms. All
 * zero is none. The terms must be finite. Their order may still show in the
 * last bit, so add them in a fixed one.
 * Source: Neumaier 1974, Zeitschrift für Angewandte Mathematik und Mechanik
 * 54(1), 39-51 (algorithm IV).
 */
struct cx_sum {
	double sum, lost;
};

static inline void cx_sum_add(struct cx_sum *s, double term)
{
	double sum = s->sum + term;

	s->lost += fabs(s->sum) >= fabs(term) ? s->sum - sum + term
	                                      : term - sum + s->sum;
	s->sum = sum;
}

static inline double cx_sum_value(const struct cx_sum *s)
{
	return s->sum + s->lost;
}

#endif
