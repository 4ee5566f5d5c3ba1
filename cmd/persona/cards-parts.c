/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of cards that are parts of a whole: sizes, customers, amounts. The
 * share of any one tells the whole, so what is masked of them must not follow
 * from the others.
 */
#include "cmd/persona/cards.h"

#include "cmd/persona/money.h"
#include "libcx/base/mem.h"

#include <stdlib.h>

/* ---- masks ---- */

static struct card_marks decide(struct cx_mask_cell *cells, size_t n)
{
	struct card_marks made = { cx_calloc(n + 1, sizeof(*made.marks)),
		false };
	enum cx_mask_mark total = CX_MASK_SHOWN;
	struct cx_mask mask = { .cells = made.marks, .cols = &total };
	struct cx_mask_table table = { n, 1, n, cells, CX_MASK_COLS,
		(uint64_t)persona_cards_settings.min_n };

	if (persona_cards_settings.min_n >= 2)
		cx_mask_decide(&table, &mask);
	made.total = total != CX_MASK_SHOWN;
	return made;
}

struct card_marks card_deck_marks(
    const struct card_deck *deck, const uint64_t *n)
{
	size_t n_cells = deck->n_shown + 1;
	struct cx_mask_cell *cells = cx_calloc(n_cells, sizeof(*cells));
	struct card_marks made;

	for (size_t i = 0; i < n_cells; i++)
		cells[i].row = i;
	for (size_t i = 0; i < deck->n_personas; i++)
		cells[i < deck->n_shown ? i : deck->n_shown].n +=
		    n[deck->personas[i]];
	made = decide(cells, n_cells);
	free(cells);
	return made;
}

bool card_row_is_hidden(struct card_row *row, const struct card_marks *marks)
{
	row->mark = card_mark(marks->marks[row->place]);
	return row->mark || marks->total;
}

/* ---- sizes ---- */

static bool is_named(const struct card_deck *deck, size_t persona)
{
	return cx_map_key(&deck->tally->personas, persona).n > 0;
}

/*
 * Moves those that are masked behind those that are shown, and no persona to
 * the end. Masked ones stand by their names, as their order by size would
 * tell which of two counts, of which the sum is known, is the larger.
 */
static void part_masked(struct card_deck *deck, const enum cx_mask_mark *marks)
{
	size_t *order = cx_malloc(cx_mul(deck->n_personas + 1, sizeof(*order)));
	size_t *sorted = cx_map_sorted(&deck->tally->personas), n = 0;

	for (size_t i = 0; i < deck->n_personas; i++) {
		size_t p = deck->personas[i];

		if (is_named(deck, p) && marks[i] == CX_MASK_SHOWN)
			order[n++] = p;
		else
			deck->masked[p] = marks[i];
	}
	deck->n_shown = n;
	for (size_t i = 0; i < deck->n_personas; i++)
		if (is_named(deck, sorted[i]) &&
		    deck->masked[sorted[i]] != CX_MASK_SHOWN)
			order[n++] = sorted[i];
	for (size_t i = 0; i < deck->n_personas; i++)
		if (!is_named(deck, sorted[i]))
			order[n++] = sorted[i];
	free(sorted);
	free(deck->personas);
	deck->personas = order;
}

void card_deck_sizes(struct card_deck *deck)
{
	const struct card_base *base = persona_tally_main(deck->tally);
	size_t n = deck->n_personas;
	struct cx_mask_cell *cells = cx_calloc(n + 1, sizeof(*cells));
	struct card_marks marks;

	for (size_t i = 0; i < n; i++)
		cells[i] =
		    (struct cx_mask_cell){ i, 0, base->n[deck->personas[i]] };
	marks = decide(cells, n);
	part_masked(deck, marks.marks);
	for (size_t i = 0; i < n; i++) {
		struct card_row *row = card_deck_add(deck, CARD_SIZE, i);

		row->attribute = cx_str("size");
		row->mark = card_mark(deck->masked[row->persona]);
		if (!row->mark && !marks.total)
			card_row_part(row, base->n[row->persona], base->all);
	}
	free(cells);
	free(marks.marks);
}

/* ---- customers and amounts ---- */

static uint64_t *count_customers(const struct persona_tally *t)
{
	uint64_t *n = cx_calloc(t->personas.n + 1, sizeof(*n));

	for (size_t i = 0; i < t->customers.n; i++) {
		struct cx_str key = cx_map_key(&t->customers, i);
		struct cx_str persona = cx_str_next(&key, '\0');

		n[cx_map_get(&t->personas, persona)]++;
	}
	return n;
}

void card_deck_customers(struct card_deck *deck)
{
	uint64_t *n = count_customers(deck->tally), all = 0;
	struct card_marks marks = card_deck_marks(deck, n);

	for (size_t i = 0; i < deck->n_personas; i++)
		all += n[deck->personas[i]];
	for (size_t i = 0; all && i < deck->n_shown; i++) {
		struct card_row *row = card_deck_add(deck, CARD_CUSTOMERS, i);

		row->attribute = cx_str("customers");
		if (!card_row_is_hidden(row, &marks))
			card_row_part(row, n[row->persona], all);
	}
	free(marks.marks);
	free(n);
}

void card_deck_amounts(struct card_deck *deck)
{
	const struct card_base *base = persona_tally_main(deck->tally);
	uint64_t n[CARD_PERSONAS] = { 0 }, any = 0;
	struct card_marks marks;
	persona_sum all = 0;

	for (size_t i = 0; i < deck->n_personas; i++) {
		size_t p = deck->personas[i];

		all += base->money[p].sum;
		any += n[p] = base->money[p].n;
	}
	marks = card_deck_marks(deck, n);
	for (size_t i = 0; any && i < deck->n_shown; i++) {
		struct card_row *row = card_deck_add(deck, CARD_AMOUNT, i);
		const struct card_numbers *money = &base->money[row->persona];

		row->attribute = cx_str("amount");
		if (card_row_is_hidden(row, &marks))
			continue;
		row->n = money->n;
		row->value = persona_money(money->sum);
		if (all > 0)
			row->share = 100 * (double)money->sum / (double)all;
	}
	free(marks.marks);
}
