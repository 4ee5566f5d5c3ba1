/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/journey.h"

#include "libcx/model/sum.h"
#include "libcx/table/instant.h"

#include <math.h>

/* --view cases: one row for each journey. */

static void columns(struct cx_sheet *sheet)
{
	cx_sheet_text_column(sheet, cx_str(journey_settings.unit));
	cx_sheet_number_column(sheet, "journey", 0, 0);
	cx_sheet_text_column(sheet, cx_str("start"));
	cx_sheet_text_column(sheet, cx_str("end"));
	cx_sheet_number_column(sheet, "duration_s", 0, 0);
	if (journey_settings.lifecycle) {
		cx_sheet_number_column(sheet, "processing_s", 0, 0);
		cx_sheet_number_column(sheet, "waiting_s", 0, 0);
	}
	cx_sheet_number_column(sheet, "contacts", 0, 0);
	cx_sheet_number_column(sheet, "touchpoints", 0, 0);
	cx_sheet_text_column(sheet, cx_str("first"));
	cx_sheet_text_column(sheet, cx_str("last"));
	cx_sheet_number_column(sheet, "converted", 0, 0);
	cx_sheet_number_column(sheet, "rated", 0, 0);
	cx_sheet_number_column(sheet, "score", JOURNEY_DECIMALS, 2);
	cx_sheet_number_column(sheet, "nps", 0, 0);
	cx_sheet_number_column(sheet, "amount", 2, 2);
}

static uint64_t n_touchpoints(const struct journey *j)
{
	uint64_t n = 0;

	for (size_t i = 0; i < j->n; i++) {
		uint64_t *seen = &journey_book.seen[j->contacts[i].touchpoint];

		n += *seen != j->serial;
		*seen = j->serial;
	}
	return n;
}

static void put_time(struct cx_sheet *sheet, int64_t seconds)
{
	char text[CX_INSTANT_SIZE];

	cx_instant_format(seconds, text);
	cx_sheet_text(sheet, (struct cx_str){ text, sizeof(text) });
}

/* In contacts, and between them where they do not overlap. */
static void put_lifecycle(struct cx_sheet *sheet, const struct journey *j)
{
	int64_t processing = 0, waiting = 0;

	for (size_t i = 0; i < j->n; i++) {
		int64_t wait =
		    i ? j->contacts[i].start - j->contacts[i - 1].time : 0;

		processing += j->contacts[i].time - j->contacts[i].start;
		waiting += wait > 0 ? wait : 0;
	}
	cx_sheet_whole(sheet, processing);
	cx_sheet_whole(sheet, waiting);
}

static void put_values(struct cx_sheet *sheet, const struct journey *j)
{
	struct cx_mean scores = { 0 };
	struct cx_sum amount = { 0 };
	bool has_amount = false;

	for (size_t i = 0; i < j->n; i++) {
		const struct cx_contact *c = &j->contacts[i];

		if (c->score != CX_CONTACT_NONE)
			cx_mean_count(&scores, c->score);
		if (isnan(c->amount))
			continue;
		cx_sum_add(&amount, c->amount);
		has_amount = true;
	}
	cx_sheet_count(sheet, scores.n);
	cx_sheet_real(
	    sheet, cx_mean_estimate(&scores, journey_settings.level).mean);
	cx_sheet_real(sheet, j->nps == CX_CONTACT_NONE ? NAN : (double)j->nps);
	cx_sheet_real(sheet, has_amount ? cx_sum_value(&amount) : NAN);
}

static int take(struct journey_counts *counts, struct cx_sheet *sheet,
    const struct journey *j, struct cx_err *err)
{
	const struct cx_contact *first = &j->contacts[0];
	const struct cx_contact *last = &j->contacts[j->n - 1];

	(void)counts;
	journey_put_group(sheet, journey_group(j->group));
	cx_sheet_text(sheet, j->owner);
	cx_sheet_count(sheet, j->number);
	put_time(sheet, j->start);
	put_time(sheet, last->time);
	cx_sheet_whole(sheet, last->time - j->start);
	if (journey_settings.lifecycle)
		put_lifecycle(sheet, j);
	cx_sheet_count(sheet, j->n);
	cx_sheet_count(sheet, n_touchpoints(j));
	cx_sheet_text(sheet, journey_touchpoint(first->touchpoint));
	cx_sheet_text(sheet, journey_touchpoint(last->touchpoint));
	cx_sheet_real(
	    sheet, journey_has_goals() ? (double)journey_converts(j) : NAN);
	put_values(sheet, j);
	return cx_sheet_end(sheet, err);
}

static void explain(void)
{
	cx_cli_explain(
	    "duration_s: seconds from the first contact to the last\n"
	    "touchpoints: different ones; contacts: all\n"
	    "converted: 1 when the journey gets to a goal, else 0; %s\n"
	    "score: mean of the ratings; nps: the latest answer; amount: sum\n",
	    journey_has_goals()
	        ? "goals are those of --goal, or of --end"
	        : "missing, as neither --goal nor --end names one");
}

const struct journey_view journey_cases = {
	.name = "cases",
	.full = true,
	.by_name = true,
	.columns = columns,
	.take = take,
	.explain = explain,
};
