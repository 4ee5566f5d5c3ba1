/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the stream that one record makes: see ingest.h. */
#include "cmd/ingest/rows.h"

#include "libcx/base/key.h"
#include "libcx/base/mem.h"
#include "libcx/table/currency.h"
#include "libcx/table/multi.h"

#include <stdlib.h>

/* The rating of a touchpoint as the stream has it; empty: not rated. */
struct ingest_rated {
	char room[CX_CONVERTED_SIZE];
	struct cx_str value;
};

static int add_multi(struct ingest_state *s, const struct cx_step *step,
    const struct cx_row *row, struct cx_err *err)
{
	if (cx_multi_join(step->entry, row, step->sources, step->options,
	        step->n_sources, &s->text, err) < 0) {
		cx_err_column(err, step->name);
		return -1;
	}
	cx_lines_text(&s->lines, cx_buf_str(&s->text));
	return 0;
}

/* ---- money ---- */

struct ingest_money {
	const struct cx_entry *entry;
	struct cx_currencies currencies;
};

static struct cx_currencies *currencies_of(
    struct ingest_state *s, const struct cx_entry *entry)
{
	for (size_t i = 0; i < s->n_money; i++)
		if (s->money[i].entry == entry)
			return &s->money[i].currencies;
	s->money =
	    cx_realloc(s->money, cx_mul(s->n_money + 1, sizeof(*s->money)));
	s->money[s->n_money] = (struct ingest_money){ .entry = entry };
	return &s->money[s->n_money++].currencies;
}

/* Of a cell that was found to be money. */
static void note_currency(struct ingest_state *s, const struct cx_entry *entry,
    struct cx_str cell, const struct cx_row *row)
{
	const struct cx_currency *currency;

	if (entry->currency ||
	    (entry->type != CX_TYPE_MONEY && entry->type != CX_TYPE_BAND))
		return;
	currency = cx_convert_currency(entry, cell);
	if (currency)
		cx_currencies_add(
		    currencies_of(s, entry), currency, cell, row->reader);
}

int ingest_merge_money(
    struct ingest_state *total, struct ingest_state *piece, struct cx_err *err)
{
	for (size_t i = 0; i < piece->n_money; i++) {
		struct ingest_money *from = &piece->money[i];
		struct cx_currencies *to = currencies_of(total, from->entry);
		struct cx_str name = cx_str(from->entry->name);

		cx_currencies_merge(to, &from->currencies);
		if (cx_currencies_check(
		        to, ingest_hides(total->ingest, name), err) == 0)
			continue;
		cx_err_column(err, name);
		return -1;
	}
	return 0;
}

void ingest_release_money(struct ingest_state *s)
{
	for (size_t i = 0; i < s->n_money; i++)
		cx_currencies_release(&s->money[i].currencies);
	free(s->money);
}

/* ---- cells ---- */

static int convert(const struct cx_step *step, struct cx_str cell, char *room,
    struct cx_str *out, struct cx_convert_counts *counts, struct cx_err *err)
{
	if (step->part)
		return cx_convert_band(
		    step->entry, step->part, cell, room, out, counts, err);
	return cx_convert(step->entry, cell, room, out, counts, err);
}

static int add_cell(struct ingest_state *s, const struct cx_step *step,
    const struct cx_row *row, bool plain, struct cx_convert_counts *counts,
    struct cx_err *err)
{
	char room[CX_CONVERTED_SIZE];
	struct cx_str cell, made;

	if (step->source == CX_ABSENT) {
		cx_lines_missing(&s->lines);
		return 0;
	}
	if (step->sources)
		return add_multi(s, step, row, err);
	cell = cx_row_cell(row, step->source);
	if (!step->entry && plain) {
		cx_lines_plain(&s->lines, cell);
		return 0;
	}
	if (step->entry && convert(step, cell, room, &made, counts, err) < 0) {
		cx_err_column(err, step->name);
		return -1;
	}
	if (step->entry && made.n && step->part <= CX_LOW)
		note_currency(s, step->entry, cell, row);
	if (step->entry)
		cell = made;
	if (step->entry && step->entry->type == CX_TYPE_KEY)
		cell = cx_key(&s->text, cell);
	cx_lines_text(&s->lines, cell);
	return 0;
}

/* ---- touchpoints ---- */

/* Before any row is begun, as no row can be taken back when it has ended. */
static int convert_ratings(
    struct ingest_state *s, const struct cx_row *row, struct cx_err *err)
{
	const struct cx_recipe *recipe = &s->recipe;

	if (recipe->n_ratings && !s->rated)
		s->rated = cx_calloc(recipe->n_ratings, sizeof(*s->rated));
	for (size_t i = 0; i < recipe->n_ratings; i++) {
		const struct cx_rating *rating = &recipe->ratings[i];
		struct cx_str cell = cx_row_cell(row, rating->source);

		if (cx_convert(rating->entry, cell, s->rated[i].room,
		        &s->rated[i].value, &s->counts, err) < 0) {
			cx_err_column(err, cx_str(rating->entry->name));
			return -1;
		}
	}
	return 0;
}

static bool put_place(
    struct ingest_state *s, size_t at, size_t place, const char *name)
{
	if (at != place || !name)
		return false;
	cx_lines_text(&s->lines, cx_str(name));
	return true;
}

/* As the response row, but for what is of the touchpoint or counts once. */
static int put_rating(struct ingest_state *s, const struct cx_rating *rating,
    struct cx_str value, const struct cx_row *row, bool plain,
    struct cx_err *err)
{
	const struct cx_recipe *recipe = &s->recipe;
	struct cx_convert_counts counted_before = { 0 };

	for (size_t i = 0; i < recipe->n; i++) {
		const struct cx_step *step = &recipe->steps[i];

		if (put_place(
		        s, i, recipe->touchpoint, rating->entry->touchpoint) ||
		    put_place(s, i, recipe->stage, rating->entry->stage) ||
		    put_place(s, i, recipe->channel, rating->entry->channel))
			continue;
		if (i == rating->step)
			cx_lines_text(&s->lines, value);
		else if (step->once)
			cx_lines_missing(&s->lines);
		else if (add_cell(s, step, row, plain, &counted_before, err) <
		         0)
			return -1;
	}
	cx_lines_end(&s->lines);
	s->n_ratings++;
	return 0;
}

/* ---- the whole ---- */

int ingest_put(
    struct ingest_state *s, const struct cx_row *row, struct cx_err *err)
{
	const struct cx_recipe *recipe = &s->recipe;
	bool plain = cx_row_plain(row);

	if (convert_ratings(s, row, err) < 0)
		return -1;
	for (size_t i = 0; i < recipe->n; i++)
		if (add_cell(
		        s, &recipe->steps[i], row, plain, &s->counts, err) < 0)
			return -1;
	cx_lines_end(&s->lines);
	for (size_t i = 0; i < recipe->n_ratings; i++)
		if (s->rated[i].value.n &&
		    put_rating(s, &recipe->ratings[i], s->rated[i].value, row,
		        plain, err) < 0)
			return -1;
	return 0;
}
