/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/map.h"

#include "cmd/journey/stages.h"
#include "libcx/base/mem.h"
#include "libcx/table/instant.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* --view map: what is counted of a journey, and the table. */

const char *const journey_cell_words[N_CELL] = { "cell", "cell-positions",
	"cell-customers", "cell-repeats", "cell-score", "cell-emotion",
	"cell-wait", "cell-went-on", "cell-last", "cell-promoters",
	"cell-passives", "cell-detractors", "cell-well", "cell-badly" };
const char journey_map_next[] = "next", journey_map_group[] = "group";

static void check(const struct cx_cli *cli)
{
	const char *outcome = journey_settings.outcome;

	if (!outcome)
		return;
	if (strcmp(outcome, "nps") != 0 && strcmp(outcome, "conversion") != 0)
		cx_cli_usage(cli, "--outcome: %s is not nps or conversion",
		    cx_quote(cx_str(outcome)));
	if (!journey_outcome_is_nps() && !journey_has_goals())
		cx_cli_usage(cli, "--outcome conversion needs --goal or --end");
}

bool journey_outcome_is_nps(void)
{
	return !journey_settings.outcome ||
	       strcmp(journey_settings.outcome, "nps") == 0;
}

/* ---- counting ---- */

/* What a journey has felt at a cell. */
struct cell {
	uint32_t base;   /* its first number */
	uint64_t serial; /* of the journey */
	int64_t emotion; /* sum, as feeling_of has it */
	uint64_t n;
	size_t next; /* cell that the journey came to before; SIZE_MAX */
};

struct room {
	struct cell *cells;
	size_t n, cap;
};

static struct journey_thing name_cell(
    const struct cx_contact *c, uint32_t group)
{
	return (struct journey_thing){ NULL,
		{ journey_stage(c->stage), journey_touchpoint(c->touchpoint),
		    journey_settings.by_channel ? journey_channel(c->channel)
		                                : cx_str("") },
		journey_group(group) };
}

static void add_cell(
    struct journey_counts *counts, const struct cx_contact *c, uint32_t group)
{
	struct journey_thing thing = name_cell(c, group);
	struct room *room = counts->room;

	if (room->n == room->cap) {
		room->cap = room->cap ? cx_mul(room->cap, 2) : 64;
		room->cells = cx_realloc(
		    room->cells, cx_mul(room->cap, sizeof(*room->cells)));
	}
	thing.what = journey_cell_words[0];
	room->cells[room->n] =
	    (struct cell){ .base = journey_counts_put(counts, &thing) };
	for (int i = 1; i < N_CELL; i++) {
		thing.what = journey_cell_words[i];
		(void)journey_counts_put(counts, &thing);
	}
	room->n++;
}

static struct cell *cell_of(
    struct journey_counts *counts, const struct cx_contact *c, uint32_t group)
{
	uint64_t channel = journey_settings.by_channel ? c->channel : 0;
	struct room *room = counts->room;
	uint32_t *key =
	    journey_memo_at(&counts->memo, (uint64_t)group << 32 | channel,
	        (uint64_t)c->stage << 32 | c->touchpoint);

	if (*key == UINT32_MAX) {
		*key = (uint32_t)room->n;
		add_cell(counts, c, group);
	}
	return &room->cells[*key];
}

/*
 * The emotion, else what the rating says: in thousandths, times the width of
 * the scale, so that a sum of both is exact. False: there is neither.
 */
static bool feeling_of(const struct cx_contact *c, int64_t *feeling)
{
	const struct cx_scale *scale = &journey_plan.scale;

	if (c->emotion != CX_CONTACT_NONE)
		*feeling = (int64_t)c->emotion * (scale->high - scale->low);
	else if (c->score != CX_CONTACT_NONE)
		*feeling =
		    (int64_t)2000 * (2 * c->score - scale->low - scale->high);
	else
		return false;
	return true;
}

/* From the first contact of a journey at a cell to whatever is next. */
static int take_first(struct journey_counts *counts, const struct journey *j,
    size_t i, uint32_t base, struct cx_err *err)
{
	int64_t next = i + 1 < j->n ? j->contacts[i + 1].start : j->next;
	const struct cx_contact *c = &j->contacts[i];

	if (i + 1 == j->n && journey_book.ends[c->touchpoint])
		return 0;
	if (next < INT64_MAX)
		return journey_count_value(counts, base + CELL_WENT_ON,
		    next > c->time ? next - c->time : 0, err);
	return journey_count_value(counts, base + CELL_LAST, c->time, err);
}

static void count_nps(struct journey_counts *counts, uint32_t base, int answer)
{
	if (answer == CX_CONTACT_NONE)
		return;
	journey_count(
	    counts, base + (answer >= CX_NPS_PROMOTER     ? CELL_PROMOTERS
	                       : answer >= CX_NPS_PASSIVE ? CELL_PASSIVES
	                                                  : CELL_DETRACTORS));
}

static int count_values(struct journey_counts *counts, const struct journey *j,
    size_t i, uint32_t base, struct cx_err *err)
{
	const struct cx_contact *c = &j->contacts[i];

	journey_count(counts, base + CELL_EVENTS);
	counts->list[base + CELL_POSITIONS].n += i + 1;
	if (c->score != CX_CONTACT_NONE &&
	    journey_count_value(counts, base + CELL_SCORE, c->score, err) < 0)
		return -1;
	if (c->emotion != CX_CONTACT_NONE &&
	    journey_count_value(counts, base + CELL_EMOTION, c->emotion, err) <
	        0)
		return -1;
	if (i + 1 == j->n)
		return 0;
	return journey_count_value(
	    counts, base + CELL_WAIT, j->contacts[i + 1].start - c->time, err);
}

static void count_next(struct journey_counts *counts, const struct journey *j,
    size_t i, size_t cell)
{
	uint32_t to = j->contacts[i + 1].touchpoint;
	uint32_t *key = journey_memo_at(
	    &counts->memo, UINT64_MAX, (uint64_t)cell << 32 | to);

	if (*key == UINT32_MAX) {
		struct journey_thing thing =
		    name_cell(&j->contacts[i], j->group);

		thing.what = journey_map_next;
		thing.part[3] = journey_touchpoint(to);
		*key = journey_counts_put(counts, &thing);
	}
	journey_count(counts, *key);
}

static int take_contact(struct journey_counts *counts, const struct journey *j,
    size_t i, size_t *last, struct cx_err *err)
{
	struct cell *cell = cell_of(counts, &j->contacts[i], j->group);
	const struct room *room = counts->room;
	size_t number = (size_t)(cell - room->cells);
	uint32_t base = cell->base;
	int64_t feeling;

	if (count_values(counts, j, i, base, err) < 0)
		return -1;
	if (!journey_count_once(counts, base + CELL_CUSTOMERS, j->owner_serial))
		journey_count_once(
		    counts, base + CELL_REPEATS, j->owner_serial);
	if (i + 1 < j->n)
		count_next(counts, j, i, number);
	if (cell->serial != j->serial) {
		*cell = (struct cell){ base, j->serial, 0, 0, *last };
		*last = number;
		count_nps(counts, base, j->nps);
		if (take_first(counts, j, i, base, err) < 0)
			return -1;
	}
	if (feeling_of(&j->contacts[i], &feeling)) {
		cell->emotion += feeling;
		cell->n++;
	}
	return 0;
}

/* What became of a journey, by how it felt at a cell. */
static int take_outcome(struct journey_counts *counts, const struct journey *j,
    const struct cell *cell, struct cx_err *err)
{
	bool by_nps = journey_outcome_is_nps();
	int outcome = by_nps ? j->nps : journey_converts(j);

	if (cell->n == 0 || cell->emotion == 0 || outcome == CX_CONTACT_NONE)
		return 0;
	return journey_count_value(counts,
	    cell->base + (cell->emotion > 0 ? CELL_WELL : CELL_BADLY), outcome,
	    err);
}

static int take(struct journey_counts *counts, struct cx_sheet *sheet,
    const struct journey *j, struct cx_err *err)
{
	struct journey_thing group = { journey_map_group, { { NULL, 0 } },
		journey_group(j->group) };
	uint32_t *key =
	    journey_memo_at(&counts->memo, UINT64_MAX - 1, j->group);
	const struct room *room = counts->room;
	size_t last = SIZE_MAX;

	(void)sheet;
	if (*key == UINT32_MAX)
		*key = journey_counts_put(counts, &group);
	journey_count_once(counts, *key, j->owner_serial);
	for (size_t i = 0; i < j->n; i++)
		if (take_contact(counts, j, i, &last, err) < 0)
			return -1;
	for (; last != SIZE_MAX; last = room->cells[last].next)
		if (take_outcome(counts, j, &room->cells[last], err) < 0)
			return -1;
	return 0;
}

static void release_room(void *room)
{
	free(((struct room *)room)->cells);
}

/* ---- the table ---- */

static void real(struct cx_sheet *sheet, const char *name, int decimals,
    int brief, bool detail)
{
	cx_sheet_number_column(sheet, name, decimals, brief);
	if (detail)
		cx_sheet_detail(sheet);
}

static void p_value(struct cx_sheet *sheet, const char *name)
{
	cx_sheet_p_column(sheet, name);
	cx_sheet_detail(sheet);
}

static void interval(struct cx_sheet *sheet, const char *name, int brief)
{
	char bound[32];

	real(sheet, name, JOURNEY_DECIMALS, brief, false);
	snprintf(bound, sizeof(bound), "%s_lo", name);
	real(sheet, bound, JOURNEY_DECIMALS, brief, true);
	snprintf(bound, sizeof(bound), "%s_hi", name);
	real(sheet, bound, JOURNEY_DECIMALS, brief, true);
}

static void columns(struct cx_sheet *sheet)
{
	real(sheet, "stage_no", 0, 0, true);
	cx_sheet_text_column(sheet, cx_str("stage"));
	cx_sheet_text_column(sheet, cx_str("touchpoint"));
	if (journey_settings.by_channel)
		cx_sheet_text_column(sheet, cx_str("channel"));
	real(sheet, "customers", 0, 0, false);
	real(sheet, "events", 0, 0, true);
	real(sheet, "reach", JOURNEY_DECIMALS, 1, false);
	real(sheet, "position", JOURNEY_DECIMALS, 1, true);
	real(sheet, "rated", 0, 0, false);
	interval(sheet, "score", 2);
	interval(sheet, "emotion", 2);
	cx_sheet_text_column(sheet, cx_str("emotion_from"));
	cx_sheet_detail(sheet);
	p_value(sheet, "p_adj");
	real(sheet, "negative", JOURNEY_DECIMALS, 1, false);
	real(sheet, "nps_n", 0, 0, true);
	interval(sheet, "nps", 1);
	real(sheet, "median_s", 1, 0, false);
	real(sheet, "p90_s", 1, 0, true);
	cx_sheet_text_column(sheet, cx_str("next"));
	real(sheet, "next_share", JOURNEY_DECIMALS, 1, true);
	real(sheet, "repeats", JOURNEY_DECIMALS, 1, true);
	interval(sheet, "drop_off", 1);
	interval(sheet, "outcome_diff", 2);
	p_value(sheet, "outcome_p_adj");
	cx_sheet_text_column(sheet, cx_str("flags"));
}

static int report(
    struct journey_counts *counts, struct cx_sheet *sheet, struct cx_err *err)
{
	struct journey_row *rows;
	size_t n;
	int code = journey_map_rows(counts, &rows, &n, err);

	for (size_t i = 0; i < n && code == 0; i++)
		code = journey_map_put(sheet, &rows[i], err);
	free(rows);
	return code;
}

static void explain(void)
{
	char end[CX_INSTANT_SIZE] = { 0 };

	if (journey_plan.as_of != INT64_MIN)
		cx_instant_format(journey_plan.as_of, end);
	cx_cli_explain(
	    "customers, events, reach: who was there, how often, and in %% of "
	    "the customers of the group; position: mean place in journeys\n"
	    "score: mean of the ratings, with Student's interval\n"
	    "emotion: -2 to 2, of the column emotion where the row has some, "
	    "else of the ratings, from %d at -2 to %d at 2\n"
	    "p_adj: the row's emotion against that of all other rows of the "
	    "group, by Welch's test, adjusted by Benjamini and Hochberg\n"
	    "negative: emotions below 0, in %%\n"
	    "nps: of journeys that passed here, each by its latest answer\n"
	    "median_s, p90_s: seconds to the next contact of the journey\n"
	    "repeats: customers who came again, in %%\n"
	    "contacts of one customer count as independent in intervals and "
	    "tests\n",
	    journey_plan.scale.low, journey_plan.scale.high);
	if (journey_settings.min_n >= 2)
		cx_cli_explain(
		    "masked: rows of fewer than %g customers, as many more of "
		    "a touchpoint as it takes that they cannot be found from "
		    "its total, and what rests on fewer ratings, answers, next "
		    "contacts or outcomes\n",
		    journey_settings.min_n);
	cx_cli_explain(
	    "drop_off: no contact at all for %s after a journey's first "
	    "contact here, in %%: 1 less the share that Kaplan and Meier 1958 "
	    "estimate to have come, those seen for a shorter time being "
	    "censored; log-log interval from Greenwood's variance\n"
	    "window: %s\n"
	    "end of observation: %.*s\n",
	    journey_settings.window, journey_settings.window, CX_INSTANT_SIZE,
	    end);
	cx_cli_explain(
	    "outcome_diff: %s of journeys that felt well here (mean above 0), "
	    "less that of those that felt badly\n"
	    "outcome_p_adj: two-sided, adjusted within the group by Benjamini "
	    "and Hochberg\n"
	    "flags: pain, delight: p_adj below %g; truth: the largest "
	    "outcome_diff above 0 of a group, with outcome_p_adj below %g; "
	    "peak: emotion farthest from 0; end: the last emotion\n",
	    journey_outcome_is_nps() ? "Net Promoter Score" : "conversion",
	    1 - journey_settings.level, 1 - journey_settings.level);
}

const struct journey_view journey_map = {
	.name = "map",
	.full = true,
	.has_channels = true,
	.check = check,
	.columns = columns,
	.take = take,
	.report = report,
	.explain = explain,
	.room_size = sizeof(struct room),
	.release_room = release_room,
};
