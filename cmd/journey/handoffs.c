/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/journey.h"

#include "libcx/base/mem.h"
#include "libcx/model/compare.h"
#include "libcx/table/civil.h"

#include <math.h>
#include <stdlib.h>

/* --view handoffs: from which channel to which. */

static const char PAIR[] = "pair", JOURNEYS[] = "pair-journeys";
static const char AGAIN[] = "pair-again", SCORE[] = "pair-score";
static const char CHANNEL[] = "channel", LEAVING[] = "channel-leaving",
                  ALL[] = "journeys";

/* All pairs together, by whether the channel stays the same. */
static const char any[] = "(any)", same[] = "(same)", other[] = "(other)";

static void check(const struct cx_cli *cli)
{
	(void)cli;
	if (!journey_settings.within)
		journey_plan.within = (int64_t)7 * CX_DAY;
}

/* ---- counting ---- */

/* Two numbers that stand together: contacts in a channel, what follows. */
static uint32_t put_channel(struct journey_counts *counts, uint32_t *key,
    struct cx_str channel, uint32_t group)
{
	struct journey_thing thing = { CHANNEL, { channel },
		journey_group(group) };

	if (*key != UINT32_MAX)
		return *key;
	*key = journey_counts_put(counts, &thing);
	thing.what = LEAVING;
	(void)journey_counts_put(counts, &thing);
	return *key;
}

static void take_channel(
    struct journey_counts *counts, const struct journey *j, size_t i)
{
	uint32_t channel = j->contacts[i].channel;
	uint64_t high = (uint64_t)3 << 32 | j->group;
	uint32_t one =
	    put_channel(counts, journey_memo_at(&counts->memo, high, channel),
	        journey_channel(channel), j->group);
	uint32_t all = put_channel(counts,
	    journey_memo_at(&counts->memo, high, UINT64_MAX), cx_str(any),
	    j->group);

	journey_count(counts, one);
	journey_count(counts, all);
	if (i + 1 == j->n)
		return;
	journey_count(counts, one + 1);
	journey_count(counts, all + 1);
}

/* Four numbers that stand together: pair, journeys, again, score. */
static uint32_t put_pair(struct journey_counts *counts, uint32_t *key,
    struct cx_str from, struct cx_str to, uint32_t group)
{
	struct journey_thing thing = { PAIR, { from, to },
		journey_group(group) };

	if (*key != UINT32_MAX)
		return *key;
	*key = journey_counts_put(counts, &thing);
	thing.what = JOURNEYS;
	(void)journey_counts_put(counts, &thing);
	thing.what = AGAIN;
	(void)journey_counts_put(counts, &thing);
	thing.what = SCORE;
	(void)journey_counts_put(counts, &thing);
	return *key;
}

/* The pair of channels, and the one that it is a part of. */
static void pairs_of(struct journey_counts *counts, uint32_t group,
    uint32_t from, uint32_t to, uint32_t keys[2])
{
	uint64_t high = (uint64_t)1 << 32 | group;

	keys[0] = put_pair(counts,
	    journey_memo_at(&counts->memo, high, (uint64_t)from << 32 | to),
	    journey_channel(from), journey_channel(to), group);
	high = (uint64_t)2 << 32 | group;
	keys[1] =
	    put_pair(counts, journey_memo_at(&counts->memo, high, from != to),
	        cx_str(any), cx_str(from == to ? same : other), group);
}

static int take_pair(struct journey_counts *counts, const struct journey *j,
    size_t i, struct cx_err *err)
{
	const struct cx_contact *a = &j->contacts[i - 1];
	const struct cx_contact *b = &j->contacts[i];
	uint32_t keys[2];

	pairs_of(counts, j->group, a->channel, b->channel, keys);
	for (size_t k = 0; k < 2; k++) {
		if (journey_count_value(
		        counts, keys[k], b->start - a->time, err) < 0)
			return -1;
		journey_count_once(counts, keys[k] + 1, j->serial);
		if (b->score != CX_CONTACT_NONE &&
		    journey_count_value(counts, keys[k] + 3, b->score, err) < 0)
			return -1;
	}
	return 0;
}

/* Where a journey was last at each touchpoint. */
struct visit {
	uint64_t serial;
	size_t contact;
};

struct room {
	struct visit *visits;
	size_t n;
};

static struct visit *visit_of(struct room *room, uint32_t touchpoint)
{
	size_t old = room->n;

	if (touchpoint >= old) {
		room->n = cx_mul(touchpoint + (size_t)1, 2);
		room->visits = cx_realloc(
		    room->visits, cx_mul(room->n, sizeof(*room->visits)));
		memset(room->visits + old, 0,
		    (room->n - old) * sizeof(*room->visits));
	}
	return &room->visits[touchpoint];
}

/* The same touchpoint again, soon, and in another channel. */
static void take_again(
    struct journey_counts *counts, const struct journey *j, size_t i)
{
	const struct cx_contact *b = &j->contacts[i], *a;
	struct visit *visit = visit_of(counts->room, b->touchpoint);
	bool before = visit->serial == j->serial;
	uint32_t keys[2];

	a = &j->contacts[before ? visit->contact : i];
	*visit = (struct visit){ j->serial, i };
	if (a->channel == b->channel ||
	    b->start - a->time > journey_plan.within)
		return;
	pairs_of(counts, j->group, a->channel, b->channel, keys);
	journey_count(counts, keys[0] + 2);
	journey_count(counts, keys[1] + 2);
}

static int take(struct journey_counts *counts, struct cx_sheet *sheet,
    const struct journey *j, struct cx_err *err)
{
	struct journey_thing all = { ALL, { { NULL, 0 } },
		journey_group(j->group) };
	uint32_t *key =
	    journey_memo_at(&counts->memo, (uint64_t)4 << 32 | j->group, 0);

	(void)sheet;
	if (*key == UINT32_MAX)
		*key = journey_counts_put(counts, &all);
	journey_count(counts, *key);
	for (size_t i = 0; i < j->n; i++) {
		take_channel(counts, j, i);
		take_again(counts, j, i);
		if (i && take_pair(counts, j, i, err) < 0)
			return -1;
	}
	return 0;
}

/* ---- the table ---- */

static void columns(struct cx_sheet *sheet)
{
	cx_sheet_text_column(sheet, cx_str("from"));
	cx_sheet_text_column(sheet, cx_str("to"));
	cx_sheet_number_column(sheet, "n", 0, 0);
	cx_sheet_number_column(sheet, "share", JOURNEY_DECIMALS, JOURNEY_BRIEF);
	cx_sheet_number_column(sheet, "journeys", 0, 0);
	journey_share_columns(sheet, "of_journeys", true);
	cx_sheet_number_column(sheet, "again", 0, 0);
	journey_share_columns(sheet, "again_share", true);
	cx_sheet_number_column(sheet, "median_s", 1, 0);
	cx_sheet_number_column(sheet, "p90_s", 1, 0);
	cx_sheet_number_column(sheet, "rated", 0, 0);
	cx_sheet_number_column(sheet, "score", JOURNEY_DECIMALS, 2);
	cx_sheet_number_column(sheet, "score_lo", JOURNEY_DECIMALS, 2);
	cx_sheet_number_column(sheet, "score_hi", JOURNEY_DECIMALS, 2);
	cx_sheet_number_column(sheet, "diff", JOURNEY_DECIMALS, 2);
	cx_sheet_number_column(sheet, "diff_lo", JOURNEY_DECIMALS, 2);
	cx_sheet_number_column(sheet, "diff_hi", JOURNEY_DECIMALS, 2);
	cx_sheet_p_column(sheet, "p");
}

/* A number of the channel that a pair starts at. */
static uint64_t of_channel(const struct journey_counts *counts,
    const char *what, const struct journey_thing *pair)
{
	struct journey_thing thing = { what, { pair->part[0] }, pair->group };

	return journey_counts_n(counts, &thing);
}

static uint64_t of_pair(const struct journey_counts *counts, const char *what,
    const struct journey_thing *pair)
{
	struct journey_thing thing = *pair;

	thing.what = what;
	return journey_counts_n(counts, &thing);
}

/* After a change of the channel, against none. */
static int compare(struct journey_counts *counts,
    const struct journey_thing *thing, const struct cx_mean *scores,
    struct cx_comparison *c, struct cx_err *err)
{
	struct journey_thing stay = *thing;
	struct cx_mean none;

	*c = (struct cx_comparison){
		.difference = NAN, .lo = NAN, .hi = NAN, .p = NAN
	};
	if (!cx_str_eq(thing->part[1], cx_str(other)) ||
	    !cx_str_eq(thing->part[0], cx_str(any)))
		return 0;
	stay.part[1] = cx_str(same);
	if (journey_counts_mean(counts, &stay, &none, err) < 0)
		return -1;
	*c = cx_compare_means(scores, &none, journey_settings.level);
	return 0;
}

static int put_scores(struct journey_counts *counts, struct cx_sheet *sheet,
    struct journey_thing thing, struct cx_err *err)
{
	struct cx_mean_estimate mean;
	struct cx_comparison c;
	struct cx_mean scores;

	thing.what = SCORE;
	if (journey_counts_mean(counts, &thing, &scores, err) < 0 ||
	    compare(counts, &thing, &scores, &c, err) < 0)
		return -1;
	mean = cx_mean_estimate(&scores, journey_settings.level);
	cx_sheet_count(sheet, scores.n);
	cx_sheet_real(sheet, mean.mean);
	cx_sheet_real(sheet, mean.lo);
	cx_sheet_real(sheet, mean.hi);
	cx_sheet_real(sheet, c.difference);
	cx_sheet_real(sheet, c.lo);
	cx_sheet_real(sheet, c.hi);
	cx_sheet_real(sheet, c.p);
	return 0;
}

static int put_row(struct journey_counts *counts, struct cx_sheet *sheet,
    const struct journey_thing *pair, uint64_t n, struct cx_err *err)
{
	struct journey_thing all = { ALL, { { NULL, 0 } }, pair->group };
	uint64_t journeys = of_pair(counts, JOURNEYS, pair);
	uint64_t again = of_pair(counts, AGAIN, pair);
	uint64_t leaving = of_channel(counts, LEAVING, pair);
	struct cx_spread wait;

	if (journey_counts_spread(counts, pair, &wait, err) < 0)
		return -1;
	journey_put_group(sheet, pair->group);
	cx_sheet_text(sheet, pair->part[0]);
	cx_sheet_text(sheet, pair->part[1]);
	cx_sheet_count(sheet, n);
	cx_sheet_real(sheet, 100 * (double)n / (double)leaving);
	cx_sheet_count(sheet, journeys);
	journey_put_share(sheet, journeys, journey_counts_n(counts, &all));
	cx_sheet_count(sheet, again);
	journey_put_share(sheet, again, of_channel(counts, CHANNEL, pair));
	cx_sheet_real(sheet, cx_spread_median(&wait));
	cx_sheet_real(sheet, cx_spread_p90(&wait));
	if (put_scores(counts, sheet, *pair, err) < 0)
		return -1;
	return cx_sheet_end(sheet, err);
}

static int report(
    struct journey_counts *counts, struct cx_sheet *sheet, struct cx_err *err)
{
	size_t n, *pairs = journey_counts_of(counts, PAIR, &n);
	int code = 0;

	for (size_t i = 0; i < n && code == 0; i++) {
		struct journey_thing pair =
		    journey_counts_thing(counts, pairs[i]);

		code = put_row(
		    counts, sheet, &pair, counts->list[pairs[i]].n, err);
	}
	free(pairs);
	return code;
}

static void explain(void)
{
	cx_cli_explain(
	    "n: how often a contact in channel `to` follows directly on one "
	    "in `from`; share: of all that follows on `from`, in %%\n"
	    "%s %s, %s: all pairs that change the channel, and that do not\n"
	    "journeys: with such a pair; of_journeys: of all, in %%, with "
	    "Wilson's interval\n"
	    "again: a contact at the touchpoint of an earlier one, in another "
	    "channel and within %s; again_share: of the contacts in `from`, "
	    "in %%, with Wilson's interval\n"
	    "median_s, p90_s: seconds between the two\n"
	    "score: mean of the ratings of the second, with Student's "
	    "interval; diff, p: after a change less without one, by Welch's "
	    "test\n",
	    any, other, same,
	    journey_settings.within ? journey_settings.within : "7d");
}

static void release_room(void *room)
{
	free(((struct room *)room)->visits);
}

static const char *const own_names[] = { any, NULL };

const struct journey_view journey_handoffs = {
	.own_names = own_names,
	.name = "handoffs",
	.full = true,
	.has_channels = true,
	.needs_channel = true,
	.check = check,
	.columns = columns,
	.take = take,
	.report = report,
	.explain = explain,
	.room_size = sizeof(struct room),
	.release_room = release_room,
};
