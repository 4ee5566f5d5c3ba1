/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/journey.h"

#include "libcx/base/mem.h"
#include "libcx/base/part.h"
#include "libcx/model/proportion.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* --view paths: the variants of journeys. */

static const char PATH[] = "path", CONVERTED[] = "path-converted";
static const char SCORE[] = "path-score", TIME[] = "path-time";
static const char *const words[] = { PATH, CONVERTED, SCORE, TIME, NULL };

/* A path's text ends here; longer ones are told apart by their length too. */
enum { LONGEST = 100 };

static void columns(struct cx_sheet *sheet)
{
	cx_sheet_number_column(sheet, "rank", 0, 0);
	cx_sheet_number_column(sheet, "n", 0, 0);
	cx_sheet_number_column(sheet, "share", JOURNEY_DECIMALS, JOURNEY_BRIEF);
	cx_sheet_number_column(
	    sheet, "cumulative", JOURNEY_DECIMALS, JOURNEY_BRIEF);
	cx_sheet_number_column(
	    sheet, "conversion", JOURNEY_DECIMALS, JOURNEY_BRIEF);
	cx_sheet_number_column(
	    sheet, "conversion_lo", JOURNEY_DECIMALS, JOURNEY_BRIEF);
	cx_sheet_number_column(
	    sheet, "conversion_hi", JOURNEY_DECIMALS, JOURNEY_BRIEF);
	cx_sheet_number_column(sheet, "rated", 0, 0);
	cx_sheet_number_column(sheet, "score", JOURNEY_DECIMALS, 2);
	cx_sheet_number_column(sheet, "score_lo", JOURNEY_DECIMALS, 2);
	cx_sheet_number_column(sheet, "score_hi", JOURNEY_DECIMALS, 2);
	cx_sheet_number_column(sheet, "median_s", 1, 0);
	cx_sheet_number_column(sheet, "contacts", 0, 0);
	cx_sheet_text_column(sheet, cx_str("path"));
}

/* ---- counting ---- */

static void write_path(struct cx_buf *text, const struct journey *j)
{
	const struct cx_str sign = cx_str(" > ");
	size_t n = j->n < LONGEST ? j->n : LONGEST;

	cx_buf_clear(text);
	for (size_t i = 0; i < n; i++) {
		if (i)
			cx_buf_adds(text, sign);
		cx_part_add_front(
		    text, journey_touchpoint(j->contacts[i].touchpoint), sign);
	}
	if (j->n > n)
		cx_buf_addz(text, " > ...");
}

/* Four numbers that stand together: path, conversion, scores, times. */
static uint32_t path_of(struct journey_counts *counts, const struct journey *j)
{
	struct cx_buf *text = counts->room;
	char length[24];
	struct journey_thing thing = { .what = PATH,
		.group = journey_group(j->group) };

	write_path(text, j);
	snprintf(length, sizeof(length), "%zu", j->n);
	thing.part[0] = cx_buf_str(text);
	thing.part[1] = cx_str(length);
	return journey_counts_put(counts, &thing);
}

static int take(struct journey_counts *counts, struct cx_sheet *sheet,
    const struct journey *j, struct cx_err *err)
{
	uint32_t key = path_of(counts, j);

	(void)sheet;
	journey_count(counts, key);
	if (journey_converts(j))
		journey_count(counts, key + 1);
	for (size_t i = 0; i < j->n; i++)
		if (j->contacts[i].score != CX_CONTACT_NONE &&
		    journey_count_value(
		        counts, key + 2, j->contacts[i].score, err) < 0)
			return -1;
	return journey_count_value(
	    counts, key + 3, j->contacts[j->n - 1].time - j->start, err);
}

/* ---- the table ---- */

struct variant {
	uint64_t n;
	uint32_t path;  /* its number */
	uint32_t place; /* in the byte order of groups and paths */
	size_t group;   /* the place of its group's first path */
};

/* Within a group the most frequent first, then in byte order. */
static int by_count(const void *a, const void *b)
{
	const struct variant *x = a, *y = b;

	if (x->group != y->group || x->n == y->n)
		return x->place < y->place ? -1 : 1;
	return x->n > y->n ? -1 : 1;
}

static size_t collect(
    const struct journey_counts *counts, struct variant **variants)
{
	size_t all, *paths = journey_counts_of(counts, PATH, &all);
	size_t first = 0, n = 0;

	*variants = cx_malloc(cx_mul(all, sizeof(**variants)));
	for (size_t i = 0; i < all; i++) {
		if (counts->list[paths[i]].n == 0)
			continue;
		if (!cx_str_eq(journey_counts_thing(counts, paths[i]).group,
		        journey_counts_thing(counts, paths[first]).group))
			first = i;
		(*variants)[n++] = (struct variant){ counts->list[paths[i]].n,
			(uint32_t)paths[i], (uint32_t)i, first };
	}
	free(paths);
	qsort(*variants, n, sizeof(**variants), by_count);
	return n;
}

static void put_conversion(const struct journey_counts *counts,
    struct cx_sheet *sheet, const struct variant *v)
{
	struct cx_proportion_estimate e;
	struct cx_proportion p = { counts->list[v->path + 1].n, v->n };

	if (!journey_has_goals())
		p.n = 0;
	e = cx_proportion_estimate(&p, journey_settings.level);
	cx_sheet_real(sheet, 100 * e.share);
	cx_sheet_real(sheet, 100 * e.lo);
	cx_sheet_real(sheet, 100 * e.hi);
}

static int put_row(struct journey_counts *counts, struct cx_sheet *sheet,
    const struct variant *v, uint64_t rank, uint64_t so_far, uint64_t all,
    struct cx_err *err)
{
	struct journey_thing path = journey_counts_thing(counts, v->path);
	struct journey_thing score = path, time = path;
	struct cx_mean_estimate mean;
	struct cx_mean scores;
	struct cx_spread times;

	score.what = SCORE;
	time.what = TIME;
	if (journey_counts_mean(counts, &score, &scores, err) < 0 ||
	    journey_counts_spread(counts, &time, &times, err) < 0)
		return -1;
	mean = cx_mean_estimate(&scores, journey_settings.level);
	journey_put_group(sheet, path.group);
	cx_sheet_count(sheet, rank);
	cx_sheet_count(sheet, v->n);
	cx_sheet_real(sheet, 100 * (double)v->n / (double)all);
	cx_sheet_real(sheet, 100 * (double)so_far / (double)all);
	put_conversion(counts, sheet, v);
	cx_sheet_count(sheet, scores.n);
	cx_sheet_real(sheet, mean.mean);
	cx_sheet_real(sheet, mean.lo);
	cx_sheet_real(sheet, mean.hi);
	cx_sheet_real(sheet, cx_spread_median(&times));
	cx_sheet_text(sheet, path.part[1]);
	cx_sheet_text(sheet, path.part[0]);
	return cx_sheet_end(sheet, err);
}

/* The variants of one group, of which there are n. */
static int report_group(struct journey_counts *counts, struct cx_sheet *sheet,
    const struct variant *variants, size_t n, struct cx_err *err)
{
	uint64_t all = 0, so_far = 0;

	for (size_t i = 0; i < n; i++)
		all += variants[i].n;
	if (journey_settings.top > 0 && (double)n > journey_settings.top)
		n = (size_t)journey_settings.top;
	for (size_t i = 0; i < n; i++) {
		so_far += variants[i].n;
		if (put_row(counts, sheet, &variants[i], i + 1, so_far, all,
		        err) < 0)
			return -1;
	}
	return 0;
}

static int report(
    struct journey_counts *counts, struct cx_sheet *sheet, struct cx_err *err)
{
	struct variant *variants;
	size_t n = collect(counts, &variants);
	int code = 0;

	for (size_t i = 0, end; i < n && code == 0; i = end) {
		for (end = i + 1; end < n; end++)
			if (variants[end].group != variants[i].group)
				break;
		code = report_group(counts, sheet, variants + i, end - i, err);
	}
	free(variants);
	return code;
}

static void explain(void)
{
	cx_cli_explain(
	    "path: the touchpoints of a journey in their order, in quotes "
	    "where a name holds \" > \"; behind the first %d, journeys are "
	    "told apart by their length alone\n"
	    "n, share, cumulative: journeys that went so, in %% of all of the "
	    "group, and with all before it\n"
	    "conversion: %s, in %%, with Wilson's interval\n"
	    "score: mean of all ratings on the way, with Student's interval\n"
	    "median_s: seconds from the start of a journey to its end\n",
	    LONGEST,
	    journey_has_goals() ? "journeys that get to a goal"
	                        : "missing, as neither --goal nor --end says "
	                          "what one is");
}

static void release_room(void *text)
{
	cx_buf_release(text);
}

const struct journey_view journey_paths = {
	.name = "paths",
	.full = true,
	.together = words,
	.room_size = sizeof(struct cx_buf),
	.release_room = release_room,
	.columns = columns,
	.take = take,
	.report = report,
	.explain = explain,
};
