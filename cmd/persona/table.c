/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/sample.h"

#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

/* ---- levels by their texts ---- */

/* Codes become ranks of the texts, which do not depend on the rows' order. */
static void rank_levels(struct persona_cells *cells, struct cx_str *texts)
{
	size_t *sorted = cx_map_sorted(&cells->levels);
	uint16_t *rank = cx_malloc(cx_mul(cells->levels.n, sizeof(*rank)));

	for (size_t r = 0; r < cells->levels.n; r++) {
		rank[sorted[r]] = (uint16_t)r;
		texts[r] = cx_map_key(&cells->levels, sorted[r]);
	}
	for (size_t i = 0; i < cells->n; i++)
		if (cells->codes[i] != CX_MIXTURE_NONE)
			cells->codes[i] = rank[cells->codes[i]];
	free(sorted);
	free(rank);
}

static bool is_number(const struct persona_cells *cells)
{
	return cells->kind == PERSONA_NUMBER;
}

/* ---- which rows ---- */

static bool is_blank(const struct persona_sample *s, size_t row)
{
	for (size_t j = 0; j < s->columns.n; j++)
		if (is_number(&s->cells[j])
		        ? !isnan(s->cells[j].values[row])
		        : s->cells[j].codes[row] != CX_MIXTURE_NONE)
			return false;
	return true;
}

static int compare(double a, double b)
{
	return (a > b) - (a < b);
}

/* By content: ranks, then numbers; missing ones last. */
static int compare_rows(const struct persona_sample *s, size_t a, size_t b)
{
	int order = 0;

	for (size_t j = 0; order == 0 && j < s->columns.n; j++) {
		const struct persona_cells *c = &s->cells[j];

		if (!is_number(c))
			order = compare(c->codes[a], c->codes[b]);
		else if (isnan(c->values[a]) || isnan(c->values[b]))
			order = isnan(c->values[a]) - isnan(c->values[b]);
		else
			order = compare(c->values[a], c->values[b]);
	}
	if (order == 0 && s->weights)
		order = compare(s->weights[a], s->weights[b]);
	return order;
}

struct visit {
	int64_t time;
	uint32_t customer, row;
};

static int by_customer(const void *x, const void *y)
{
	const struct visit *a = x, *b = y;
	int order = (a->customer > b->customer) - (a->customer < b->customer);

	return order ? order : (a->time > b->time) - (a->time < b->time);
}

/* Whether b takes the place of a. At one time, content decides. */
static bool is_better(const struct persona_sample *s, const struct visit *a,
    const struct visit *b)
{
	if (a->time != b->time)
		return (b->time > a->time) ==
		       (persona_sample_rule.unit == PERSONA_LATEST);
	return compare_rows(s, a->row, b->row) > 0;
}

static const uint32_t NOBODY = UINT32_MAX;

/* One row of each customer, in place; how many. */
static size_t choose_rows(
    const struct persona_sample *s, uint32_t *rows, size_t n)
{
	struct visit *visits = cx_malloc(cx_mul(n, sizeof(*visits)));
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		visits[i] = (struct visit){ s->times[rows[i]],
			s->customers[rows[i]], rows[i] };
	qsort(visits, n, sizeof(*visits), by_customer);
	for (size_t i = 0; i < n; i++) {
		const struct visit *v = &visits[i];

		if (kept == 0 || v->customer == NOBODY ||
		    v->customer != visits[kept - 1].customer)
			visits[kept++] = *v;
		else if (is_better(s, &visits[kept - 1], v))
			visits[kept - 1] = *v;
	}
	for (size_t i = 0; i < kept; i++)
		rows[i] = visits[i].row;
	free(visits);
	return kept;
}

/* The rows that count; the caller frees them. */
static uint32_t *list_rows(
    struct persona_table *t, const struct persona_sample *s, size_t *n_rows)
{
	uint32_t *rows = cx_malloc(cx_mul(s->n, sizeof(*rows)));
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (s->touched[i] && s->n_responses)
			t->n_touched++;
		else
			rows[n++] = (uint32_t)i;
	}
	if (persona_sample_rule.unit != PERSONA_ROWS)
		n = choose_rows(s, rows, n);
	for (size_t i = 0; i < n; i++) {
		if (s->weights && s->weights[rows[i]] == 0)
			t->n_weightless++;
		else if (is_blank(s, rows[i]))
			t->n_blank++;
		else
			rows[kept++] = rows[i];
	}
	*n_rows = kept;
	return rows;
}

/* ---- the table ---- */

static double *take_values(const double *from, const uint32_t *rows, size_t n)
{
	double *values = cx_malloc(cx_mul(n, sizeof(*values)));

	for (size_t i = 0; i < n; i++)
		values[i] = from[rows[i]];
	return values;
}

/* The codes of these rows, and the levels that occur in them. */
static uint16_t *take_codes(const struct persona_cells *cells,
    const uint32_t *rows, size_t n, struct cx_str *texts, size_t *n_levels)
{
	uint16_t *codes = cx_malloc(cx_mul(n, sizeof(*codes)));
	uint16_t *number = cx_calloc(cells->levels.n, sizeof(*number));

	for (size_t i = 0; i < n; i++)
		if (cells->codes[rows[i]] != CX_MIXTURE_NONE)
			number[cells->codes[rows[i]]] = 1;
	*n_levels = 0;
	for (size_t l = 0; l < cells->levels.n; l++) {
		if (!number[l])
			continue;
		texts[*n_levels] = texts[l];
		number[l] = (uint16_t)(*n_levels)++;
	}
	for (size_t i = 0; i < n; i++) {
		uint16_t code = cells->codes[rows[i]];

		codes[i] = code == CX_MIXTURE_NONE ? code : number[code];
	}
	free(number);
	return codes;
}

static void take_column(struct persona_table *t, const struct persona_sample *s,
    size_t j, const uint32_t *rows, size_t n)
{
	struct cx_mixture_column *column = &t->columns[j];
	const struct persona_cells *cells = &s->cells[j];

	column->name = cx_str(s->columns.items[j].name);
	if (is_number(cells))
		column->values = take_values(cells->values, rows, n);
	else
		column->codes =
		    take_codes(cells, rows, n, t->levels[j], &column->n_levels);
}

static int no_answers(const char *name, struct cx_err *err)
{
	cx_err_set(err, CX_DATA, "no row has an answer");
	cx_err_column(err, cx_str(name));
	return -1;
}

int persona_table_make(
    struct persona_table *t, struct persona_sample *s, struct cx_err *err)
{
	size_t n_columns = s->columns.n, n;
	uint32_t *rows;

	*t = (struct persona_table){ 0 };
	for (size_t j = 0; j < n_columns; j++) {
		if (persona_cells_decide(&s->cells[j], err) < 0) {
			cx_err_column(err, cx_str(s->columns.items[j].name));
			return -1;
		}
	}
	t->columns = cx_calloc(n_columns, sizeof(*t->columns));
	t->levels = cx_calloc(n_columns, sizeof(*t->levels));
	t->table = (struct cx_mixture_table){ 0, n_columns, t->columns, NULL };
	for (size_t j = 0; j < n_columns; j++) {
		t->levels[j] =
		    cx_calloc(s->cells[j].levels.n, sizeof(**t->levels));
		if (!is_number(&s->cells[j]))
			rank_levels(&s->cells[j], t->levels[j]);
	}
	rows = list_rows(t, s, &n);
	for (size_t j = 0; j < n_columns; j++)
		take_column(t, s, j, rows, n);
	if (s->weights)
		t->weights = take_values(s->weights, rows, n);
	t->table.weights = t->weights;
	t->table.n_rows = n;
	free(rows);
	for (size_t j = 0; j < n_columns; j++)
		if (!t->columns[j].values && !t->columns[j].n_levels)
			return no_answers(s->columns.items[j].name, err);
	return 0;
}

void persona_table_release(struct persona_table *t)
{
	for (size_t j = 0; j < t->table.n_columns; j++) {
		free(t->levels[j]);
		free((void *)(uintptr_t)t->columns[j].codes);
		free((void *)(uintptr_t)t->columns[j].values);
	}
	free(t->levels);
	free(t->columns);
	free(t->weights);
}
