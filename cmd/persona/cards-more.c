/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of cards that are of more than counts: paths, stability. */
#include "cmd/persona/cards.h"

#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

/* The place in the deck of each customer's persona. */
static size_t *find_groups(const struct card_deck *deck)
{
	const struct persona_tally *t = deck->tally;
	size_t *place = cx_calloc(t->personas.n + 1, sizeof(*place));
	size_t *groups = cx_calloc(t->customers.n + 1, sizeof(*groups));

	for (size_t i = 0; i < deck->n_personas; i++)
		place[deck->personas[i]] = i;
	for (size_t i = 0; i < t->customers.n; i++) {
		struct cx_str key = cx_map_key(&t->customers, i);
		struct cx_str persona = cx_str_next(&key, '\0');

		groups[i] = place[cx_map_get(&t->personas, persona)];
	}
	free(place);
	return groups;
}

void card_deck_paths(struct card_deck *deck)
{
	size_t *groups = find_groups(deck);
	struct card_path *paths =
	    cx_calloc(deck->n_personas + 1, sizeof(*paths));

	if (deck->n_personas)
		card_events_paths(&deck->tally->path, groups, deck->n_personas,
		    paths, &deck->paths);
	for (size_t i = 0; i < deck->n_shown; i++) {
		struct card_row *row;

		if (paths[i].all == 0)
			continue;
		row = card_deck_add(deck, CARD_PATH, i);
		row->attribute = cx_str("path");
		if (card_row_is_small(row, paths[i].n))
			continue;
		row->text = paths[i].text;
		card_row_part(row, paths[i].n, paths[i].all);
	}
	free(paths);
	free(groups);
}

void card_deck_stability(
    struct card_deck *deck, const struct persona_model *model)
{
	for (size_t i = 0; i < deck->n_shown; i++)
		for (size_t c = 0; c < model->mixture.k; c++) {
			struct cx_str name = cx_map_key(
			    &deck->tally->personas, deck->personas[i]);
			struct card_row *row;

			if (!cx_str_eq(
			        name, cx_str(persona_model_name(model, c))))
				continue;
			row = card_deck_add(deck, CARD_STABILITY, i);
			row->attribute = cx_str("stability");
			row->value = model->classes[c].stability;
			row->n = model->n_rows;
		}
}

/* ---- a record as most are ---- */

/* Attributes with shares, whose cells an example tells. */
static const struct card_column *shared_column(
    const struct card_deck *deck, size_t attribute)
{
	const struct card_column *column =
	    &persona_tally_main(deck->tally)->columns[attribute];

	if (column->many || persona_tally_is_number(column, attribute))
		return NULL;
	return column;
}

static uint64_t count_at(
    const struct card_column *column, struct cx_str cell, size_t persona)
{
	ptrdiff_t v = cx_map_get(&column->values, cell);

	/* A missing cell tells nothing: as one that nobody else has. */
	if (v < 0 || cell.n == 0)
		return 0;
	return column->counts[(size_t)v * CARD_PERSONAS + persona];
}

/* The logarithm of the share that this cell has in the persona. */
static double typical(
    const struct card_column *column, struct cx_str cell, size_t persona)
{
	uint64_t n = 0;

	for (size_t i = 0; i < column->values.n; i++)
		n += column->counts[i * CARD_PERSONAS + persona];
	return log(
	    ((double)count_at(column, cell, persona) + 0.5) / ((double)n + 1));
}

static double score_example(const struct card_deck *deck,
    const struct card_example *example, size_t persona)
{
	struct cx_str rest = { example->cells, example->n };
	double score = 0;

	for (size_t i = 0; i < persona_tally_n(); i++) {
		struct cx_str cell = cx_str_next(&rest, '\0');
		const struct card_column *column = shared_column(deck, i);

		if (column)
			score += typical(column, cell, persona);
	}
	return score;
}

static const struct card_example *choose_example(
    const struct card_deck *deck, size_t persona)
{
	const struct card_examples *e =
	    &persona_tally_main(deck->tally)->examples[persona];
	const struct card_example *best = NULL;
	double best_score = 0;

	for (size_t i = 0; i < e->n; i++) {
		double score = score_example(deck, &e->items[i], persona);

		if (best &&
		    (score < best_score || (score == best_score &&
		                               e->items[i].hash >= best->hash)))
			continue;
		best = &e->items[i];
		best_score = score;
	}
	return best;
}

/* Whether the count of this value is masked; rows of attributes are there. */
static bool is_masked(const struct card_deck *deck, size_t place,
    struct cx_str attribute, struct cx_str value)
{
	for (size_t i = 0; i < deck->n; i++) {
		const struct card_row *row = &deck->rows[i];

		if (row->place == place && row->mark &&
		    (row->section == CARD_APART ||
		        row->section == CARD_OTHER) &&
		    cx_str_eq(row->attribute, attribute) &&
		    cx_str_eq(row->text, value))
			return true;
	}
	return false;
}

/* "channel web, segment new": as much as is read, nothing that is masked. */
static void spell_example(const struct card_deck *deck,
    const struct card_example *example, size_t place, struct cx_buf *text)
{
	enum { MOST = 6 };
	struct cx_str rest = { example->cells, example->n };
	size_t persona = deck->personas[place];
	int n = 0;

	cx_buf_clear(text);
	for (size_t i = 0; i < persona_tally_n() && n < MOST; i++) {
		struct cx_str cell = cx_str_next(&rest, '\0');
		const struct card_column *column = shared_column(deck, i);

		if (!column || cell.n == 0 ||
		    (double)count_at(column, cell, persona) <
		        persona_cards_settings.min_n ||
		    is_masked(deck, place, persona_tally_name(i), cell))
			continue;
		cx_buf_addz(text, n++ ? ", " : "");
		cx_buf_adds(text, persona_tally_name(i));
		cx_buf_addc(text, ' ');
		cx_buf_adds(text, cell);
	}
}

void card_deck_examples(struct card_deck *deck)
{
	struct cx_buf text = { 0 };

	for (size_t i = 0; i < deck->n_shown; i++) {
		const struct card_example *example =
		    choose_example(deck, deck->personas[i]);
		struct card_row *row;

		if (!example)
			continue;
		spell_example(deck, example, i, &text);
		if (text.len == 0)
			continue;
		row = card_deck_add(deck, CARD_EXAMPLE, i);
		row->attribute = cx_str("example");
		row->n = 1;
		row->number = cx_map_put(&deck->texts, cx_buf_str(&text));
		row->has_text = true;
	}
	cx_buf_release(&text);
	/* Texts stay where they are from here on. */
	for (size_t i = 0; i < deck->n; i++)
		if (deck->rows[i].has_text)
			deck->rows[i].text =
			    cx_map_key(&deck->texts, deck->rows[i].number);
}
