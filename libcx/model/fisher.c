/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/fisher.h"

#include "libcx/model/sum.h"

#include <stdbool.h>

/* Ties that rounding would part count as ties, as in R. */
static const double TIE = 1e-7;

/* Terms below this part of the one at hand add nothing. */
static const double NOTHING = 1e-20;

/* What all tables have: answers of a and b, hits; and the hits a can have. */
struct margins {
	double a, b, hits;
	double least, most;
};

static struct margins margins_of(
    const struct cx_proportion *a, const struct cx_proportion *b)
{
	struct margins m = { .a = (double)a->n,
		.b = (double)b->n,
		.hits = (double)a->hits + (double)b->hits };

	m.least = fmax(0, m.hits - m.b);
	m.most = fmin(m.a, m.hits);
	return m;
}

/* How many times as likely as k hits of a k + 1 are. */
static double step_up(const struct margins *m, double k)
{
	return (m->hits - k) / (k + 1) *
	       ((m->a - k) / (m->b - m->hits + k + 1));
}

/* The same of the hits behind k, upward or downward. */
static double step(const struct margins *m, double k, bool up)
{
	return up ? step_up(m, k) : 1 / step_up(m, k - 1);
}

/* The most likely table, or one next to it: others are told by its weight. */
static double middle(const struct margins *m)
{
	double at = floor((m->a + 1) * ((m->hits + 1) / (m->a + m->b + 2)));

	return fmin(fmax(at, m->least), m->most);
}

static double weight_at(const struct margins *m, double from, double to)
{
	bool up = to > from;
	double weight = 1, k = from;

	while (up ? k < to : k > to) {
		weight *= step(m, k, up);
		k += up ? 1 : -1;
	}
	return weight;
}

/* The tables from the middle to one end, and those of a weight up to limit. */
static void add_side(const struct margins *m, double from, bool up,
    double limit, struct cx_sum *all, struct cx_sum *rare)
{
	double end = up ? m->most : m->least, weight = 1, k = from;

	while (up ? k < end : k > end) {
		weight *= step(m, k, up);
		if (weight <= NOTHING * limit)
			break;
		k += up ? 1 : -1;
		cx_sum_add(all, weight);
		if (weight <= limit)
			cx_sum_add(rare, weight);
	}
}

double cx_fisher_p(const struct cx_proportion *a, const struct cx_proportion *b)
{
	struct margins m = margins_of(a, b);
	double from = middle(&m);
	double limit = weight_at(&m, from, (double)a->hits) * (1 + TIE);
	struct cx_sum all = { 1, 0 }, rare = { limit < 1 ? 0 : 1, 0 };

	add_side(&m, from, true, limit, &all, &rare);
	add_side(&m, from, false, limit, &all, &rare);
	return fmin(cx_sum_value(&rare) / cx_sum_value(&all), 1);
}

double cx_fisher_expected(
    const struct cx_proportion *a, const struct cx_proportion *b)
{
	double n = (double)a->n + (double)b->n;
	double hits = (double)a->hits + (double)b->hits;

	return fmin((double)a->n, (double)b->n) * (fmin(hits, n - hits) / n);
}
