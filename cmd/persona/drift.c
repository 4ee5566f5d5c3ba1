/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/drift.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

/* More new categories than this in a column are counted as one, "". */
enum { MOST_UNKNOWN = 1000 };

static void make_room(struct persona_drift *d)
{
	const struct persona_model *m = d->model;

	if (d->columns)
		return;
	d->columns = cx_calloc(m->mixture.n_columns, sizeof(*d->columns));
	d->assigned = cx_calloc(m->mixture.k, sizeof(*d->assigned));
	for (size_t j = 0; j < m->mixture.n_columns; j++)
		d->columns[j].counts =
		    cx_calloc(m->columns[j].levels.n, sizeof(uint64_t));
}

static void count_unknown(
    struct persona_drift_column *column, struct cx_str text, uint64_t n)
{
	size_t number, before = column->unknown.n;

	if (before >= MOST_UNKNOWN && cx_map_get(&column->unknown, text) < 0)
		text = cx_str("");
	number = cx_map_put(&column->unknown, text);
	if (number == column->unknown_cap) {
		column->unknown_cap =
		    number ? cx_mul(column->unknown_cap, 2) : 16;
		column->unknown_counts = cx_realloc(column->unknown_counts,
		    cx_mul(column->unknown_cap, sizeof(uint64_t)));
	}
	if (number == before)
		column->unknown_counts[number] = 0;
	column->unknown_counts[number] += n;
}

void persona_drift_answer(struct persona_drift *d, size_t j, struct cx_str cell,
    union cx_mixture_answer answer)
{
	const struct persona_model_column *then = &d->model->columns[j];
	struct persona_drift_column *now;

	make_room(d);
	now = &d->columns[j];
	now->missing += cell.n == 0;
	now->answered += cell.n != 0;
	if (cell.n == 0)
		return;
	if (then->is_number) {
		double off = answer.value - then->mean;

		cx_sum_add(&now->sum, off);
		cx_sum_add(&now->squares, off * off);
	} else if (answer.code == CX_MIXTURE_NONE) {
		count_unknown(now, cell, 1);
	} else {
		now->counts[answer.code]++;
	}
}

void persona_drift_row(
    struct persona_drift *d, const size_t *class, bool impossible)
{
	make_room(d);
	d->n_rows++;
	d->impossible += impossible;
	if (class)
		d->assigned[*class]++;
	else
		d->unassigned++;
}

static void merge_column(struct persona_drift_column *to,
    const struct persona_drift_column *from, size_t n_levels)
{
	for (size_t l = 0; l < n_levels; l++)
		to->counts[l] += from->counts[l];
	for (size_t u = 0; u < from->unknown.n; u++)
		count_unknown(
		    to, cx_map_key(&from->unknown, u), from->unknown_counts[u]);
	to->answered += from->answered;
	to->missing += from->missing;
	cx_sum_add(&to->sum, cx_sum_value(&from->sum));
	cx_sum_add(&to->squares, cx_sum_value(&from->squares));
}

void persona_drift_merge(struct persona_drift *d, struct persona_drift *from)
{
	const struct persona_model *m = d->model;

	if (!from->columns)
		return;
	make_room(d);
	for (size_t j = 0; j < m->mixture.n_columns; j++)
		merge_column(
		    &d->columns[j], &from->columns[j], m->columns[j].levels.n);
	for (size_t c = 0; c < m->mixture.k; c++)
		d->assigned[c] += from->assigned[c];
	d->n_rows += from->n_rows;
	d->unassigned += from->unassigned;
	d->impossible += from->impossible;
	persona_drift_release(from);
}

void persona_drift_release(struct persona_drift *d)
{
	size_t n = d->columns ? d->model->mixture.n_columns : 0;

	for (size_t j = 0; j < n; j++) {
		free(d->columns[j].counts);
		free(d->columns[j].unknown_counts);
		cx_map_release(&d->columns[j].unknown);
	}
	free(d->columns);
	free(d->assigned);
	*d = (struct persona_drift){ .model = d->model };
}
