/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What sets a persona apart: each share, and each mean, against those of all
 * other records, tested together.
 */
#include "cmd/persona/cards.h"

#include "libcx/base/mem.h"
#include "libcx/model/adjust.h"
#include "libcx/model/compare.h"
#include "libcx/model/mask.h"

#include <math.h>
#include <stdlib.h>

/* Fewer are not tested: the normal distribution is too far off. */
#define FEWEST_EXPECTED 5

static const struct persona_cards_settings *const set = &persona_cards_settings;

/* One attribute at a time. */
struct attribute {
	struct card_deck *deck;
	const struct card_column *column;
	struct cx_str name;
	size_t number;
	uint64_t n[CARD_PERSONAS], all; /* records with an answer */
	size_t *values;                 /* in the order of their bytes */
	struct cx_mask mask; /* by place: values x personas, one more column */
};

static uint64_t count_at(const struct attribute *a, size_t value, size_t p)
{
	return a->column->counts[value * CARD_PERSONAS + p];
}

static uint64_t count_all(const struct attribute *a, size_t value)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < a->deck->n_personas; i++)
		sum += count_at(a, value, a->deck->personas[i]);
	return sum;
}

/* ---- masks ---- */

static size_t n_places(const struct attribute *a)
{
	return a->deck->n_shown + 1;
}

static struct cx_mask_cell *make_cells(const struct attribute *a)
{
	size_t n_values = a->column->values.n, n_cols = n_places(a);
	struct cx_mask_cell *cells =
	    cx_calloc(n_values * n_cols, sizeof(*cells));

	for (size_t i = 0; i < n_values * n_cols; i++) {
		cells[i].row = i / n_cols;
		cells[i].col = i % n_cols;
	}
	for (size_t v = 0; v < n_values; v++)
		for (size_t i = 0; i < a->deck->n_personas; i++)
			cells[v * n_cols + (i < n_cols ? i : n_cols - 1)].n +=
			    count_at(a, a->values[v], a->deck->personas[i]);
	return cells;
}

/* Of all ones even what is not there would tell how many there are. */
static void hide_zeros(struct attribute *a, size_t place)
{
	for (size_t v = 0; v < a->column->values.n; v++)
		a->mask.cells[v * n_places(a) + place] = CX_MASK_HIDDEN;
}

static bool any_hidden(const struct attribute *a)
{
	for (size_t i = 0; i < n_places(a); i++)
		if (a->mask.cols[i] == CX_MASK_HIDDEN)
			return true;
	return false;
}

/* Whether a count of this value is masked. */
static bool any_masked(const struct attribute *a, size_t value)
{
	for (size_t i = 0; i < n_places(a); i++)
		if (a->mask.cells[value * n_places(a) + i] != CX_MASK_SHOWN)
			return true;
	return false;
}

/*
 * Each column for itself, when it will not do with row totals: a value of
 * which a count is masked has no index and no test, in any column.
 */
static void find_marks_without_rows(
    struct attribute *a, struct cx_mask_table *table)
{
	table->totals = CX_MASK_COLS;
	a->mask.grand = CX_MASK_SHOWN;
	cx_mask_decide(table, &a->mask);
	for (size_t i = 0; i < n_places(a); i++)
		if (a->mask.cols[i] == CX_MASK_HIDDEN)
			hide_zeros(a, i);
	for (size_t v = 0; v < a->column->values.n; v++)
		a->mask.rows[v] =
		    any_masked(a, v) ? CX_MASK_HIDDEN : CX_MASK_SHOWN;
}

/*
 * Counts by value and persona, those of personas without a card in one
 * column. A share tells the total of its column, which is the persona's size
 * where all have answered, and so must not be what is masked; an index, and a
 * test, tell that of its row.
 */
static void find_marks(struct attribute *a)
{
	size_t n_values = a->column->values.n, n_cols = n_places(a);
	struct cx_mask_cell *cells = make_cells(a);
	struct cx_mask_table table = { n_values, n_cols, n_values * n_cols,
		cells, CX_MASK_ROWS | CX_MASK_COLS | CX_MASK_GRAND,
		(uint64_t)set->min_n };

	a->mask = (struct cx_mask){
		.cells = cx_calloc(table.n_cells, sizeof(*a->mask.cells)),
		.rows = cx_calloc(n_values, sizeof(*a->mask.rows)),
		.cols = cx_calloc(n_cols, sizeof(*a->mask.cols)),
	};
	if (set->min_n >= 2)
		cx_mask_decide(&table, &a->mask);
	if (any_hidden(a))
		find_marks_without_rows(a, &table);
	free(cells);
}

static void release_marks(struct attribute *a)
{
	free(a->mask.cells);
	free(a->mask.rows);
	free(a->mask.cols);
}

/* ---- shares ---- */

static bool is_testable(double n, double share)
{
	return n * share >= FEWEST_EXPECTED &&
	       n * (1 - share) >= FEWEST_EXPECTED;
}

/* Difference of arcsines: Cohen 1988, Statistical Power Analysis, ch. 6. */
static double cohen_h(double a, double b)
{
	return 2 * asin(sqrt(a)) - 2 * asin(sqrt(b));
}

static void fill_share(struct card_row *row, const struct attribute *a,
    size_t place, size_t persona)
{
	size_t value = a->values[place];
	struct cx_proportion mine = { count_at(a, value, persona),
		a->n[persona] };
	struct cx_proportion rest = { count_all(a, value) - mine.hits,
		a->all - mine.n };
	struct cx_proportion_estimate e =
	    cx_proportion_estimate(&mine, set->level);
	double all = (double)(mine.hits + rest.hits) / (double)a->all;

	row->n = mine.hits;
	if (a->mask.cols[row->place] != CX_MASK_SHOWN)
		return;
	row->share = 100 * e.share;
	row->lo = 100 * e.lo;
	row->hi = 100 * e.hi;
	if (a->mask.rows[place] != CX_MASK_SHOWN ||
	    a->mask.grand != CX_MASK_SHOWN)
		return;
	row->index = 100 * e.share / all;
	if (mine.n == 0 || rest.n == 0)
		return;
	row->effect = cohen_h(e.share, (double)rest.hits / (double)rest.n);
	if (is_testable((double)mine.n, all) &&
	    is_testable((double)rest.n, all))
		row->p = cx_compare_proportions(&mine, &rest, set->level).p;
}

static void add_shares(struct attribute *a)
{
	for (size_t i = 0; i < a->deck->n_personas; i++)
		for (size_t v = 0; v < a->column->values.n; v++)
			a->n[a->deck->personas[i]] +=
			    count_at(a, v, a->deck->personas[i]);
	for (size_t i = 0; i < a->deck->n_personas; i++)
		a->all += a->n[a->deck->personas[i]];
	a->values = cx_map_sorted(&a->column->values);
	find_marks(a);
	for (size_t i = 0; i < a->deck->n_shown; i++)
		for (size_t v = 0; v < a->column->values.n; v++) {
			size_t cell = v * n_places(a) + i;
			struct card_row *row =
			    card_deck_add(a->deck, CARD_OTHER, i);

			row->attribute = a->name;
			row->order = a->number;
			row->text =
			    cx_map_key(&a->column->values, a->values[v]);
			row->mark = card_mark(a->mask.cells[cell]);
			if (!row->mark)
				fill_share(row, a, v, row->persona);
		}
	free(a->values);
	release_marks(a);
}

/* ---- means ---- */

static struct card_numbers rest_of(const struct attribute *a, size_t persona)
{
	struct card_numbers rest = { 0 };

	for (size_t i = 0; i < a->deck->n_personas; i++) {
		size_t p = a->deck->personas[i];

		if (p == persona)
			continue;
		rest.n += a->column->numbers[p].n;
		rest.sum += a->column->numbers[p].sum;
		rest.squares += a->column->numbers[p].squares;
	}
	return rest;
}

static struct cx_measured measure(const struct card_mean *m)
{
	return (
	    struct cx_measured){ m->mean, sqrt(m->variance / m->n), m->n - 1 };
}

static void fill_mean(
    struct card_row *row, const struct attribute *a, size_t persona)
{
	struct card_numbers others = rest_of(a, persona);
	struct card_mean mine = card_mean_of(&a->column->numbers[persona]);
	struct card_mean rest = card_mean_of(&others);
	double all =
	    (mine.n * mine.mean + rest.n * rest.mean) / (mine.n + rest.n);
	double pooled =
	    sqrt(((mine.n - 1) * mine.variance + (rest.n - 1) * rest.variance) /
	         (mine.n + rest.n - 2));

	card_row_mean(row, &a->column->numbers[persona]);
	if (all > 0)
		row->index = 100 * mine.mean / all;
	row->p =
	    cx_compare_measured(measure(&mine), measure(&rest), set->level).p;
	/* Cohen 1988, ch. 2 */
	row->effect = (mine.mean - rest.mean) / pooled;
}

/* Whether the mean of all would tell one that is masked. */
static bool any_small(const struct attribute *a)
{
	struct card_row ignored;
	uint64_t others = 0;

	for (size_t i = 0; i < a->deck->n_personas; i++) {
		uint64_t n = a->column->numbers[a->deck->personas[i]].n;

		if (i >= a->deck->n_shown)
			others += n;
		else if (card_row_is_small(&ignored, n))
			return true;
	}
	return card_row_is_small(&ignored, others);
}

static void add_means(struct attribute *a)
{
	bool alone = any_small(a);

	for (size_t i = 0; i < a->deck->n_shown; i++) {
		size_t p = a->deck->personas[i];
		struct card_row *row = card_deck_add(a->deck, CARD_OTHER, i);
		const struct card_numbers *numbers = &a->column->numbers[p];

		row->attribute = a->name;
		row->order = a->number;
		if (card_row_is_small(row, numbers->n) || numbers->n == 0)
			continue;
		if (alone)
			card_row_mean(row, numbers);
		else
			fill_mean(row, a, p);
	}
}

/* ---- all of them ---- */

/* The false discovery rate over all that was tested: Benjamini, Hochberg. */
static void adjust(struct card_deck *deck)
{
	double *p = cx_malloc(cx_mul(deck->n + 1, sizeof(*p)));

	for (size_t i = 0; i < deck->n; i++)
		p[i] = deck->rows[i].p;
	cx_adjust_bh(p, deck->n, p);
	for (size_t i = 0; i < deck->n; i++) {
		deck->rows[i].p_adj = p[i];
		if (p[i] <= 1 - set->level)
			deck->rows[i].section = CARD_APART;
	}
	free(p);
}

void card_deck_attributes(struct card_deck *deck)
{
	for (size_t i = 0; i < persona_tally_n(); i++) {
		const struct card_column *column =
		    &persona_tally_base(deck->tally, i)->columns[i];
		struct attribute a = { .deck = deck,
			.column = column,
			.name = persona_tally_name(i),
			.number = i };

		if (persona_tally_is_number(column, i))
			add_means(&a);
		else if (!column->many)
			add_shares(&a);
	}
	adjust(deck);
}
