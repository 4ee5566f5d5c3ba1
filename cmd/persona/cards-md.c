/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards for people, as Markdown. */
#include "cmd/persona/cards.h"

#include "libcx/table/escape.h"

#include <inttypes.h>
#include <math.h>

/* As many as are read on a wall. */
enum { MOST_APART = 8, MOST_PLACES = 4 };

struct card {
	const struct card_row *rows;
	size_t n;
	struct cx_buf *page;
};

static void add_md(struct cx_buf *page, struct cx_str text)
{
	cx_escape_md(page, text);
}

static const struct card_row *find(
    const struct card *card, enum card_section section, const char *attribute)
{
	for (size_t i = 0; i < card->n; i++)
		if (card->rows[i].section == section &&
		    cx_str_eq(card->rows[i].attribute, cx_str(attribute)))
			return &card->rows[i];
	return NULL;
}

static void add_interval(
    struct cx_buf *page, const struct card_row *row, int decimals)
{
	if (isfinite(row->lo) && isfinite(row->hi))
		cx_buf_addf(page, " (%.*f to %.*f)", decimals, row->lo,
		    decimals, row->hi);
}

/* ---- the head: who, how many, how much ---- */

static void print_part(const struct card *card, enum card_section section,
    const char *attribute, const char *words, const char *joint)
{
	const struct card_row *row = find(card, section, attribute);

	if (!row || row->mark || !isfinite(row->share))
		return;
	cx_buf_addf(
	    card->page, "%s**%.1f %%** of %s", joint, row->share, words);
	if (section != CARD_AMOUNT)
		cx_buf_addf(card->page, " (%" PRIu64 ")", row->n);
}

static void print_scores(const struct card *card)
{
	const char *joint = "";

	for (size_t i = 0; i < card->n; i++) {
		const struct card_row *row = &card->rows[i];
		int decimals = cx_str_eq(row->attribute, cx_str("nps")) ? 0 : 2;

		if (row->section != CARD_SCORE || row->mark || row->n == 0)
			continue;
		cx_buf_addz(card->page, joint);
		add_md(card->page, row->attribute);
		cx_buf_addf(card->page, " **%.*f**", decimals, row->value);
		add_interval(card->page, row, decimals);
		joint = " · ";
	}
	if (*joint)
		cx_buf_addz(card->page, "\n\n");
}

/* ---- what sets it apart ---- */

static void print_apart_row(const struct card *card, const struct card_row *row)
{
	struct cx_buf *page = card->page;

	cx_buf_addz(page, "| ");
	add_md(page, row->attribute);
	if (isfinite(row->value)) {
		cx_buf_addf(page, " | mean %.4g", row->value);
		if (isfinite(row->lo))
			cx_buf_addf(page, " (%.4g to %.4g)", row->lo, row->hi);
	} else {
		cx_buf_addz(page, ": ");
		add_md(page, row->text);
		cx_buf_addf(page, " | %.0f %%", row->share);
		add_interval(page, row, 0);
	}
	if (isfinite(row->index))
		cx_buf_addf(page, " | %.0f |\n", row->index);
	else
		cx_buf_addz(page, " | |\n");
}

static void print_apart(const struct card *card)
{
	size_t n = 0;

	for (size_t i = 0; i < card->n && n < MOST_APART; i++) {
		if (card->rows[i].section != CARD_APART)
			continue;
		if (n++ == 0)
			cx_buf_addz(card->page,
			    "| what sets them apart | here | all = 100 |\n"
			    "|---|---|---:|\n");
		print_apart_row(card, &card->rows[i]);
	}
	cx_buf_addz(card->page,
	    n ? "\n" : "Nothing sets them apart beyond chance.\n\n");
}

/* ---- where they are met ---- */

/* The largest share of this attribute below `below`, or NULL. */
static const struct card_row *next_place(
    const struct card *card, const char *attribute, const struct card_row *last)
{
	const struct card_row *best = NULL;

	for (size_t i = 0; i < card->n; i++) {
		const struct card_row *row = &card->rows[i];
		bool here = (row->section == CARD_APART ||
		                row->section == CARD_OTHER) &&
		            !row->mark && row->n > 0 && row->text.n &&
		            cx_str_eq(row->attribute, cx_str(attribute));

		if (!here || (last && (row->n > last->n ||
		                          (row->n == last->n && row <= last))))
			continue;
		if (!best || row->n > best->n)
			best = row;
	}
	return best;
}

static void print_places(
    const struct card *card, const char *attribute, const char *title)
{
	const struct card_row *row = next_place(card, attribute, NULL);

	if (!row)
		return;
	cx_buf_addf(card->page, "- %s: ", title);
	for (int i = 0; row && i < MOST_PLACES; i++) {
		cx_buf_addz(card->page, i ? ", " : "");
		add_md(card->page, row->text);
		cx_buf_addf(card->page, " %.0f %%", row->share);
		row = next_place(card, attribute, row);
	}
	cx_buf_addc(card->page, '\n');
}

static void print_foot(const struct card *card)
{
	const struct card_row *path = find(card, CARD_PATH, "path");
	const struct card_row *stable = find(card, CARD_STABILITY, "stability");
	const struct card_row *example = find(card, CARD_EXAMPLE, "example");

	print_places(card, "channel", "channels");
	print_places(card, "stage", "stages");
	print_places(card, "touchpoint", "touchpoints");
	if (path && !path->mark) {
		cx_buf_addz(card->page, "- typical path: ");
		add_md(card->page, path->text);
		cx_buf_addf(card->page, " (%.0f %%)\n", path->share);
	}
	if (stable && isfinite(stable->value))
		cx_buf_addf(card->page, "- stability: %.2f\n", stable->value);
	if (example) {
		cx_buf_addz(card->page, "- one of them: ");
		add_md(card->page, example->text);
		cx_buf_addc(card->page, '\n');
	}
}

/* ---- cards ---- */

static void print_card(const struct card *card, struct cx_str name)
{
	size_t before;

	cx_buf_addz(card->page, "## ");
	add_md(card->page, name);
	cx_buf_addz(card->page, "\n\n");
	print_part(card, CARD_SIZE, "size", "records", "");
	print_part(card, CARD_CUSTOMERS, "customers", "customers", " · ");
	print_part(card, CARD_AMOUNT, "amount", "amount", " · ");
	cx_buf_addz(card->page, "\n\n");
	print_scores(card);
	print_apart(card);
	before = card->page->len;
	print_foot(card);
	if (card->page->len > before)
		cx_buf_addc(card->page, '\n');
}

static void print_masked(const struct card_deck *deck, struct cx_buf *page)
{
	const char *joint = "Without a card: ";

	for (size_t i = 0; i < deck->n; i++) {
		const struct card_row *row = &deck->rows[i];

		if (row->section != CARD_SIZE || row->place < deck->n_shown)
			continue;
		cx_buf_addz(page, joint);
		joint = ", ";
		if (cx_map_key(&deck->tally->personas, row->persona).n)
			add_md(page,
			    cx_map_key(&deck->tally->personas, row->persona));
		else
			cx_buf_addz(page, "(no persona)");
		if (row->mark)
			cx_buf_addf(page, " (%s)", row->mark);
		else
			cx_buf_addf(page, " (%" PRIu64 ")", row->n);
	}
	if (*joint == ',')
		cx_buf_addc(page, '\n');
}

void card_deck_print(const struct card_deck *deck, struct cx_buf *page)
{
	size_t at = 0;

	while (at < deck->n) {
		struct card card = { &deck->rows[at], 0, page };
		size_t place = deck->rows[at].place;

		while (at < deck->n && deck->rows[at].place == place) {
			card.n++;
			at++;
		}
		if (place < deck->n_shown)
			print_card(&card, cx_map_key(&deck->tally->personas,
			                      card.rows->persona));
	}
	print_masked(deck, page);
}
