/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/unit.h"

#include <stdlib.h>

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* The record breaks ties: the sort need not be stable. */
static int by_unit(const void *x, const void *y)
{
	const struct cx_unit_answer *a = x, *b = y;
	int o = order(a->group, b->group);

	o = o ? o : order(a->unit, b->unit);
	o = o ? o : order(a->contact, b->contact);
	o = o ? o : order(a->time, b->time);
	return o ? o : order((int64_t)a->record, (int64_t)b->record);
}

static bool same_unit(
    const struct cx_unit_answer *a, const struct cx_unit_answer *b)
{
	return a->group == b->group && a->unit == b->unit;
}

static bool later(
    const struct cx_unit_answer *a, const struct cx_unit_answer *b)
{
	return a->time > b->time ||
	       (a->time == b->time && a->record > b->record);
}

static bool worse(
    const struct cx_unit_answer *a, const struct cx_unit_answer *b)
{
	return a->good < b->good || (a->good == b->good && later(a, b));
}

/* Keeps the latest answer of each contact; how many that are. */
static size_t latest_of_contacts(struct cx_unit_answer *a, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (i + 1 == n || a[i].contact != a[i + 1].contact)
			a[kept++] = a[i];
	return kept;
}

static struct cx_unit reduce_one(
    const struct cx_unit_answer *a, size_t n, enum cx_unit_rule rule)
{
	struct cx_unit_answer latest = a[0], first = a[0], worst = a[0];
	double y = 0, good = 0;

	for (size_t i = 0; i < n; i++) {
		latest = later(&a[i], &latest) ? a[i] : latest;
		first = later(&first, &a[i]) ? a[i] : first;
		worst = worse(&a[i], &worst) ? a[i] : worst;
		y += a[i].y;
		good += a[i].good;
	}
	switch (rule) {
	case CX_UNIT_FIRST:
		latest = first;
		break;
	case CX_UNIT_WORST:
		latest = worst;
		break;
	case CX_UNIT_MEAN:
		latest.y = y / (double)n;
		latest.good = good / (double)n;
		break;
	case CX_UNIT_LATEST:
		break;
	}
	return (struct cx_unit){ latest.group, latest.y, latest.good,
		latest.record };
}

size_t cx_unit_reduce(struct cx_unit_answer *answers, size_t n,
    enum cx_unit_rule rule, bool contacts, struct cx_unit *out)
{
	size_t n_out = 0, end;

	if (n == 0)
		return 0;
	qsort(answers, n, sizeof(*answers), by_unit);
	for (size_t start = 0; start < n; start = end) {
		size_t size;

		for (end = start + 1; end < n; end++)
			if (!same_unit(&answers[start], &answers[end]))
				break;
		size = end - start;
		if (contacts)
			size = latest_of_contacts(&answers[start], size);
		out[n_out++] = reduce_one(&answers[start], size, rule);
	}
	return n_out;
}
