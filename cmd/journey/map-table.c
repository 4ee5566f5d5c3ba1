/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the map in the table. */
#include "cmd/journey/map.h"

#include "cmd/journey/stages.h"

#include <math.h>
#include <stdio.h>

static double percent(uint64_t hits, uint64_t n)
{
	return n ? 100 * (double)hits / (double)n : NAN;
}

static void put_interval(
    struct cx_sheet *sheet, double estimate, double lo, double hi)
{
	cx_sheet_real(sheet, estimate);
	cx_sheet_real(sheet, lo);
	cx_sheet_real(sheet, hi);
}

/* ---- what is not told ---- */

/* As cx-nps writes it. */
static const char masked[] = "masked";

static void put_masked(struct cx_sheet *sheet, size_t n)
{
	while (n-- > 0)
		cx_sheet_masked(sheet, masked);
}

static void put_small(struct cx_sheet *sheet)
{
	char word[32];

	snprintf(word, sizeof(word), "<%.0f", journey_settings.min_n);
	cx_sheet_masked(sheet, word);
}

/* Behind the names of a row that is masked whole. */
static int put_nothing(
    struct cx_sheet *sheet, const struct journey_row *r, struct cx_err *err)
{
	enum { REST = 30 }; /* events to flags */

	if (r->mark == CX_MASK_SMALL)
		put_small(sheet);
	else
		put_masked(sheet, 1);
	put_masked(sheet, REST);
	return cx_sheet_end(sheet, err);
}

/* ---- a row ---- */

static void put_flags(struct cx_sheet *sheet, unsigned marks)
{
	static const struct {
		unsigned mark;
		const char *word;
	} words[] = { { JOURNEY_PAIN, "pain" }, { JOURNEY_DELIGHT, "delight" },
		{ JOURNEY_TRUTH, "truth" }, { JOURNEY_PEAK, "peak" },
		{ JOURNEY_END, "end" } };
	struct cx_buf flags = { 0 };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!(marks & words[i].mark))
			continue;
		if (flags.len)
			cx_buf_addc(&flags, ',');
		cx_buf_addz(&flags, words[i].word);
	}
	cx_sheet_text(sheet, cx_buf_str(&flags));
	cx_buf_release(&flags);
}

static void put_scores(struct cx_sheet *sheet, const struct journey_row *r)
{
	struct cx_mean_estimate score =
	    cx_mean_estimate(&r->scores, journey_settings.level);

	if (r->hidden & JOURNEY_HIDES_SCORE) {
		put_small(sheet);
		put_masked(sheet, 3);
		return;
	}
	cx_sheet_count(sheet, r->scores.n);
	put_interval(sheet, score.mean, score.lo, score.hi);
}

static void put_emotion(struct cx_sheet *sheet, const struct journey_row *r)
{
	struct cx_buf from = { 0 };

	if (r->hidden & JOURNEY_HIDES_EMOTION) {
		put_masked(sheet, 6);
		return;
	}
	put_interval(sheet, r->emotion, r->emotion_lo, r->emotion_hi);
	if (r->feelings.n && r->from_score)
		cx_buf_addf(&from, "%s %d..%d", journey_settings.score,
		    journey_plan.scale.low, journey_plan.scale.high);
	else if (r->feelings.n)
		cx_buf_addz(&from, "emotion");
	cx_sheet_text(sheet, cx_buf_str(&from));
	cx_buf_release(&from);
	cx_sheet_real(sheet, r->p);
	cx_sheet_real(sheet, percent(r->negative, r->feelings.n));
}

static void put_nps(struct cx_sheet *sheet, const struct journey_row *r)
{
	struct cx_nps_estimate nps =
	    cx_nps_estimate(&r->nps, journey_settings.level, CX_NPS_AUTO);

	if (r->hidden & JOURNEY_HIDES_NPS) {
		put_small(sheet);
		put_masked(sheet, 3);
		return;
	}
	cx_sheet_count(sheet, cx_nps_n(&r->nps));
	put_interval(sheet, nps.nps, nps.lo, nps.hi);
}

static void put_next(struct cx_sheet *sheet, const struct journey_row *r)
{
	if (r->hidden & JOURNEY_HIDES_NEXT) {
		put_masked(sheet, 4);
		return;
	}
	cx_sheet_real(sheet, cx_spread_median(&r->wait));
	cx_sheet_real(sheet, cx_spread_p90(&r->wait));
	cx_sheet_text(sheet, r->next);
	cx_sheet_real(sheet, percent(r->next_n, r->followed));
}

static void put_outcome(struct cx_sheet *sheet, const struct journey_row *r)
{
	const struct cx_comparison *o = &r->outcome;
	double unit = journey_outcome_is_nps() ? 1 : 100;

	if (r->hidden & JOURNEY_HIDES_OUTCOME) {
		put_masked(sheet, 4);
		return;
	}
	put_interval(sheet, unit * o->difference, unit * o->lo, unit * o->hi);
	cx_sheet_real(sheet, r->outcome_p);
}

int journey_map_put(
    struct cx_sheet *sheet, const struct journey_row *r, struct cx_err *err)
{
	const struct cx_survival *drop = &r->drop_off;

	if (r->marks & (JOURNEY_PAIN | JOURNEY_DELIGHT))
		cx_sheet_style(
		    sheet, r->marks & JOURNEY_PAIN ? CX_BAD : CX_GOOD);
	journey_put_group(sheet, r->group);
	cx_sheet_count(sheet, r->stage_no);
	cx_sheet_text(sheet, journey_stages_label(r->stage));
	cx_sheet_text(sheet, r->touchpoint);
	if (journey_settings.by_channel)
		cx_sheet_text(sheet, r->channel);
	if (r->mark != CX_MASK_SHOWN)
		return put_nothing(sheet, r, err);
	cx_sheet_count(sheet, r->customers);
	cx_sheet_count(sheet, r->events);
	cx_sheet_real(sheet, percent(r->customers, r->of));
	cx_sheet_real(sheet, r->position);
	put_scores(sheet, r);
	put_emotion(sheet, r);
	put_nps(sheet, r);
	put_next(sheet, r);
	cx_sheet_real(sheet, percent(r->repeats, r->customers));
	put_interval(sheet, 100 * drop->share, 100 * drop->lo, 100 * drop->hi);
	put_outcome(sheet, r);
	put_flags(sheet, r->marks);
	return cx_sheet_end(sheet, err);
}
