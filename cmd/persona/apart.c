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
	enum cx_mask_mark *marks;       /* by place of value and persona */
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

/*
 * Counts by value and persona, those of personas without a card in one
 * column. Shares and indices tell all their totals.
 */
static void find_marks(struct attribute *a)
{
	size_t n_values = a->column->values.n, n_cols = a->deck->n_shown + 1;
	struct cx_mask_cell *cells =
	    cx_calloc(n_values * n_cols, sizeof(*cells));
	struct cx_mask_table table = { n_values, n_cols, n_values * n_cols,
		cells, CX_MASK_ROWS | CX_MASK_COLS | CX_MASK_GRAND,
		(uint64_t)set->min_n };
	struct cx_mask mask = { 0 };

	for (size_t v = 0; v < n_values; v++)
		for (size_t i = 0; i < a->deck->n_personas; i++) {
			size_t col =
			    i < a->deck->n_shown ? i : a->deck->n_shown;
			struct cx_mask_cell *cell = &cells[v * n_cols + col];

			cell->row = v;
			cell->col = col;
			cell->n +=
			    count_at(a, a->values[v], a->deck->personas[i]);
		}
	for (size_t i = 0; i < n_values * n_cols; i++)
		cells[i] =
		    (struct cx_mask_cell){ i / n_cols, i % n_cols, cells[i].n };
	a->marks = cx_calloc(n_values * n_cols, sizeof(*a->marks));
	mask.cells = a->marks;
	mask.rows = cx_calloc(n_values, sizeof(*mask.rows));
	mask.cols = cx_calloc(n_cols, sizeof(*mask.cols));
	if (set->min_n >= 2)
		cx_mask_decide(&table, &mask);
	free(mask.rows);
	free(mask.cols);
	free(cells);
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
    size_t value, size_t persona)
{
	struct cx_proportion mine = { count_at(a, value, persona),
		a->n[persona] };
	struct cx_proportion rest = { count_all(a, value) - mine.hits,
		a->all - mine.n };
	struct cx_proportion_estimate e =
	    cx_proportion_estimate(&mine, set->level);
	double all = (double)(mine.hits + rest.hits) / (double)a->all;

	row->n = mine.hits;
	row->share = 100 * e.share;
	row->lo = 100 * e.lo;
	row->hi = 100 * e.hi;
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
			size_t cell = v * (a->deck->n_shown + 1) + i;
			struct card_row *row =
			    card_deck_add(a->deck, CARD_OTHER, i);

			row->attribute = a->name;
			row->order = a->number;
			row->text =
			    cx_map_key(&a->column->values, a->values[v]);
			row->mark = card_mark(a->marks[cell]);
			if (!row->mark)
				fill_share(row, a, a->values[v], row->persona);
		}
	free(a->values);
	free(a->marks);
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

static void add_means(struct attribute *a)
{
	for (size_t i = 0; i < a->deck->n_shown; i++) {
		size_t p = a->deck->personas[i];
		struct card_row *row = card_deck_add(a->deck, CARD_OTHER, i);
		uint64_t n = a->column->numbers[p].n;

		row->attribute = a->name;
		row->order = a->number;
		if (n > 0 && (double)n < set->min_n)
			row->mark = card_mark(CX_MASK_SMALL);
		else if (n > 0)
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
