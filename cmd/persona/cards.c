/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards of personas: what there is to say of each, from a tally. */
#include "cmd/persona/cards.h"

#include "cmd/persona/discover.h"
#include "libcx/base/mem.h"
#include "libcx/model/compare.h"
#include "libcx/table/sheet.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { USUAL_MIN_N = 5 };
#define USUAL_LEVEL 0.95
struct persona_cards_settings persona_cards_settings = { .min_n = USUAL_MIN_N,
	.level = USUAL_LEVEL };
static const struct persona_cards_settings *const set = &persona_cards_settings;
static struct cx_cli *program;
static const struct cx_list *gates;
static struct persona_model model;

/* ---- rows ---- */

struct card_row *card_deck_add(
    struct card_deck *deck, enum card_section section, size_t place)
{
	if (deck->n == deck->cap) {
		deck->cap = deck->cap ? cx_mul(deck->cap, 2) : 64;
		deck->rows = cx_realloc(
		    deck->rows, cx_mul(deck->cap, sizeof(*deck->rows)));
	}
	deck->rows[deck->n] = (struct card_row){ .section = section,
		.place = place,
		.persona = deck->personas[place],
		.value = NAN,
		.share = NAN,
		.index = NAN,
		.lo = NAN,
		.hi = NAN,
		.p = NAN,
		.p_adj = NAN,
		.effect = NAN };
	return &deck->rows[deck->n++];
}

const char *card_mark(enum cx_mask_mark mark)
{
	static char small[32];

	if (mark == CX_MASK_SHOWN)
		return NULL;
	if (mark == CX_MASK_HIDDEN)
		return "*";
	snprintf(small, sizeof(small), "<%g", set->min_n);
	return small;
}

void card_row_mean(struct card_row *row, const struct card_numbers *numbers)
{
	struct card_mean m = card_mean_of(numbers);
	struct cx_comparison t = cx_compare_by_t(
	    m.mean, sqrt(m.variance / m.n), m.n - 1, set->level);

	row->n = numbers->n;
	row->value = m.mean;
	row->lo = t.lo;
	row->hi = t.hi;
}

bool card_row_is_small(struct card_row *row, uint64_t n)
{
	if (n == 0 || (double)n >= set->min_n)
		return false;
	row->mark = card_mark(CX_MASK_SMALL);
	return true;
}

void card_row_part(struct card_row *row, uint64_t n, uint64_t all)
{
	struct cx_proportion part = { n, all };
	struct cx_proportion_estimate e =
	    cx_proportion_estimate(&part, set->level);

	row->n = n;
	row->share = 100 * e.share;
	row->lo = 100 * e.lo;
	row->hi = 100 * e.hi;
}

/* ---- scores ---- */

static void add_nps(struct card_deck *deck, size_t place)
{
	const struct cx_nps *nps =
	    &persona_tally_main(deck->tally)->nps[deck->personas[place]];
	struct card_row *row = card_deck_add(deck, CARD_SCORE, place);
	struct cx_nps_estimate e;

	row->attribute = cx_str("nps");
	if (card_row_is_small(row, cx_nps_n(nps)))
		return;
	e = cx_nps_estimate(nps, set->level, CX_NPS_AUTO);
	row->n = cx_nps_n(nps);
	row->value = e.nps;
	row->lo = e.lo;
	row->hi = e.hi;
}

static bool any_score(const struct card_deck *deck, int score)
{
	const struct card_base *base = persona_tally_main(deck->tally);
	uint64_t n = 0;

	for (size_t i = 0; i < deck->n_personas; i++)
		n += score < 0 ? cx_nps_n(&base->nps[deck->personas[i]])
		               : base->scores[score][deck->personas[i]].n;
	return n > 0;
}

static void add_scores(struct card_deck *deck)
{
	static const char *const names[] = { "csat", "ces", "emotion" };
	const struct card_base *base = persona_tally_main(deck->tally);

	for (size_t i = 0; i < deck->n_shown && any_score(deck, -1); i++)
		add_nps(deck, i);
	for (int s = 0; s < CARD_SCORES; s++)
		for (size_t i = 0; i < deck->n_shown && any_score(deck, s);
		     i++) {
			size_t p = deck->personas[i];
			struct card_row *row =
			    card_deck_add(deck, CARD_SCORE, i);

			row->attribute = cx_str(names[s]);
			row->order = (size_t)s + 1;
			if (!card_row_is_small(row, base->scores[s][p].n))
				card_row_mean(row, &base->scores[s][p]);
		}
}

/* ---- the deck ---- */

/* Of two personas, which comes first: the larger, a named one. */
static bool is_before(const struct card_deck *deck, size_t x, size_t y)
{
	const struct card_base *base = persona_tally_main(deck->tally);
	bool named_x = cx_map_key(&deck->tally->personas, x).n > 0;
	bool named_y = cx_map_key(&deck->tally->personas, y).n > 0;

	if (named_x != named_y)
		return named_x;
	return base->n[x] > base->n[y];
}

/* By size; of one size, by their bytes. */
static void order_personas(struct card_deck *deck)
{
	size_t *order = cx_map_sorted(&deck->tally->personas);

	deck->n_personas = deck->tally->personas.n;
	for (size_t i = 1; i < deck->n_personas; i++) {
		size_t here = order[i], at = i;

		for (; at > 0 && is_before(deck, here, order[at - 1]); at--)
			order[at] = order[at - 1];
		order[at] = here;
	}
	deck->personas = order;
}

static int compare_rows(const void *a, const void *b)
{
	const struct card_row *x = a, *y = b;
	double by_effect = fabs(y->effect) - fabs(x->effect);

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->section == CARD_APART && by_effect != 0)
		return by_effect > 0 ? 1 : -1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return cx_str_order(x->text, y->text);
}

void card_deck_make(struct card_deck *deck, struct persona_tally *tally,
    const struct persona_model *m)
{
	*deck = (struct card_deck){ .tally = tally };
	order_personas(deck);
	card_deck_sizes(deck);
	card_deck_customers(deck);
	card_deck_amounts(deck);
	add_scores(deck);
	card_deck_attributes(deck);
	card_deck_paths(deck);
	card_deck_stability(deck, m);
	card_deck_examples(deck);
	if (deck->n)
		qsort(deck->rows, deck->n, sizeof(*deck->rows), compare_rows);
}

void card_deck_release(struct card_deck *deck)
{
	free(deck->personas);
	free(deck->rows);
	cx_map_release(&deck->paths);
	cx_map_release(&deck->texts);
}

/* ---- the table ---- */

static int start(struct cx_sheet *sheet, struct cx_err *err)
{
	cx_sheet_text_column(sheet, cx_str("persona"));
	cx_sheet_text_column(sheet, cx_str("attribute"));
	cx_sheet_text_column(sheet, cx_str("value"));
	cx_sheet_number_column(sheet, "n", 0, 0);
	cx_sheet_number_column(sheet, "share", 4, 1);
	cx_sheet_number_column(sheet, "index", 4, 0);
	cx_sheet_number_column(sheet, "lo", 4, 1);
	cx_sheet_number_column(sheet, "hi", 4, 1);
	cx_sheet_p_column(sheet, "p_adj");
	cx_sheet_number_column(sheet, "apart", 0, 0);
	if (cx_sheet_start(sheet, err) < 0)
		return -1;
	return cx_sheet_gates(sheet, gates->items, gates->n, err);
}

static int put_row(struct cx_sheet *sheet, const struct card_deck *deck,
    const struct card_row *row, struct cx_err *err)
{
	int decimals = cx_writer_is_table(program->writer) ? 1 : 4;
	char number[64] = "";

	if (isfinite(row->value))
		snprintf(number, sizeof(number), "%.*f", decimals, row->value);
	cx_sheet_style(sheet, row->section == CARD_OTHER ? CX_DIM : CX_PLAIN);
	cx_sheet_text(sheet, cx_map_key(&deck->tally->personas, row->persona));
	cx_sheet_text(sheet, row->attribute);
	cx_sheet_text(sheet, row->text.n ? row->text : cx_str(number));
	if (row->mark)
		cx_sheet_masked(sheet, row->mark);
	else
		cx_sheet_count(sheet, row->n);
	cx_sheet_real(sheet, row->share);
	cx_sheet_real(sheet, row->index);
	cx_sheet_real(sheet, row->lo);
	cx_sheet_real(sheet, row->hi);
	cx_sheet_real(sheet, row->p_adj);
	if (row->section == CARD_APART || row->section == CARD_OTHER)
		cx_sheet_whole(sheet, row->section == CARD_APART);
	else
		cx_sheet_real(sheet, NAN);
	return cx_sheet_end(sheet, err);
}

static int print_table(const struct card_deck *deck, struct cx_err *err)
{
	struct cx_sheet *sheet = cx_sheet_new(program->writer);
	int code = start(sheet, err);

	for (size_t i = 0; i < deck->n && code == 0; i++)
		code = put_row(sheet, deck, &deck->rows[i], err);
	return cx_sheet_close(sheet, code, err);
}

static int print_page(const struct card_deck *deck, struct cx_err *err)
{
	struct cx_buf page = { 0 };
	int code;

	card_deck_print(deck, &page);
	code = cx_cli_print(program, &page, err);
	cx_buf_release(&page);
	return code;
}

/* ---- the program ---- */

static int deal(struct persona_tally *tally, struct cx_err *err)
{
	struct card_deck deck;
	int code;

	if (persona_tally_check(tally, err) < 0)
		return -1;
	card_deck_make(&deck, tally, &model);
	code =
	    program->prints ? print_page(&deck, err) : print_table(&deck, err);
	card_deck_release(&deck);
	return code;
}

static void tell_skipped(const struct persona_tally *tally)
{
	for (size_t i = 0; i < persona_tally_n(); i++) {
		const struct card_column *column =
		    &persona_tally_base(tally, i)->columns[i];

		if (column->many && !persona_tally_is_number(column, i))
			cx_cli_note(program,
			    "column %s has more than %d values and is left "
			    "out; -x would name it",
			    cx_quote(persona_tally_name(i)), CARD_VALUES);
	}
}

static int tell_cards(struct cx_cli *cli, struct persona_tally *tally,
    struct cx_job *job, struct cx_err *err)
{
	struct cx_err gate = { .status = CX_DONE };
	int code = cx_cli_fold(cli, job, &persona_tally_fold, tally, err);

	/* A gate that fails leaves the table complete. */
	if (code == 0 && deal(tally, &gate) < 0 && gate.status != CX_GATE) {
		*err = gate;
		return -1;
	}
	if (code == 0)
		tell_skipped(tally);
	if (code == 0 && (job->rejects || job->where))
		code = cx_cli_summary(cli, job, err);
	if (code == 0 && cli->writer)
		code = cx_cli_close(cli, err);
	if (code < 0 || gate.status != CX_GATE)
		return code;
	*err = gate;
	return -1;
}

int persona_cards_run(struct cx_cli *cli, struct cx_err *err)
{
	const char *path = persona_discover_settings.model;
	struct cx_job job = cx_cli_job(cli);
	struct cx_rejects rejects = { 0 };
	struct persona_tally tally = { 0 };
	int code = path ? persona_model_read(&model, path, err) : 0;

	program = cli;
	cli->prints = cli->format && strcmp(cli->format, "md") == 0;
	if (code == 0 && !cli->prints)
		code = cx_cli_writer(cli, err);
	if (code == 0)
		code = cx_cli_rejects(cli, &job, &rejects, err);
	if (code == 0)
		code = tell_cards(cli, &tally, &job, err);
	persona_tally_release(&tally);
	persona_tally_close();
	persona_model_release(&model);
	cx_rejects_release(&rejects);
	return code;
}

void persona_cards_check(const struct cx_cli *cli, const struct cx_list *list)
{
	const struct persona_discover_settings *other =
	    &persona_discover_settings;

	gates = list;
	if (set->asked && gates->n && cli->format &&
	    strcmp(cli->format, "md") == 0)
		cx_cli_usage(cli, "--fail-if is about the table; -F md prints "
		                  "cards");
	if (!set->asked &&
	    (set->min_n != USUAL_MIN_N || set->level != USUAL_LEVEL))
		cx_cli_usage(cli, "--min-n and --level are for --cards");
	if (!(set->level > 0 && set->level < 1))
		cx_cli_usage(cli, "--level must lie between 0 and 1");
	if (!(set->min_n >= 0 && set->min_n <= 1e9))
		cx_cli_usage(cli, "--min-n must be 0 or more");
	if (set->asked && (other->k || other->weight || other->unit ||
	                      other->save || other->drift || other->names.n))
		cx_cli_usage(cli, "-k, -w, --unit, --save, --drift and --name "
		                  "are not for --cards");
	if (set->asked && (other->starts != -1 || other->samples != -1 ||
	                      other->most_steps != 0 || other->min_p != 0 ||
	                      other->seed != PERSONA_SEED))
		cx_cli_usage(cli, "--starts, --samples, --max-steps, --seed "
		                  "and --min-p are not for --cards");
}
