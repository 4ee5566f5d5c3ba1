/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/merge.h"

#include "cmd/journey/stages.h"
#include "libcx/base/mem.h"
#include "libcx/base/part.h"
#include "libcx/table/value.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const part_names[JOURNEY_PARTS] = { "part1", "part2",
	"part3", "part4" };

/* ---- the settings that counts depend on ---- */

static void add_text(struct cx_buf *text, const char *name, const char *value)
{
	if (!value)
		return;
	cx_buf_addf(text, " %s=", name);
	cx_part_add_front(text, cx_str(value), cx_str(" "));
}

static void add_list(
    struct cx_buf *text, const char *name, const struct cx_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		add_text(text, name, list->items[i]);
}

/* Counts know the stage of a touchpoint, and nothing else of the file. */
static void add_stages(struct cx_buf *text)
{
	enum { ENOUGH = 16 };
	char sum[CX_DIGEST_SIZE];

	if (!journey_settings.stages_file)
		return;
	journey_stages_sum(sum);
	cx_buf_addf(text, " stages=%.*s", ENOUGH, sum);
}

/* Counts may be added up when these are the same. */
static void describe_settings(struct cx_buf *text)
{
	const struct journey_settings *set = &journey_settings;

	cx_buf_addz(text, set->view);
	add_text(text, "unit", set->unit);
	add_stages(text);
	add_text(text, "lifecycle", set->lifecycle);
	add_text(text, "gap", set->gap);
	add_list(text, "end", &set->ends);
	add_list(text, "goal", &set->goals);
	if (set->by_channel)
		cx_buf_addz(text, " by-channel");
	if (journey_plan.view->full) {
		add_text(text, "score", set->score);
		cx_buf_addf(text, " scale=%d..%d", journey_plan.scale.low,
		    journey_plan.scale.high);
	}
	add_text(text, "steps", set->steps);
	add_text(text, "within", set->within);
	add_text(text, "outcome", set->outcome);
	if (set->strict)
		cx_buf_addz(text, " strict");
	if (set->steps)
		add_text(text, "entry", set->entry ? set->entry : "first");
}

/* ---- out ---- */

void journey_counts_columns(struct cx_sheet *sheet)
{
	const struct cx_header *groups = &journey_plan.by.columns;

	cx_sheet_text_column(sheet, cx_str("counts"));
	cx_sheet_text_column(sheet, cx_str("what"));
	for (size_t i = 0; i < cx_header_n(groups); i++)
		cx_sheet_text_column(sheet, cx_header_name(groups, i));
	for (size_t i = 0; i < JOURNEY_PARTS; i++)
		cx_sheet_text_column(sheet, cx_str(part_names[i]));
	cx_sheet_number_column(sheet, "value", 0, 0);
	cx_sheet_number_column(sheet, "n", 0, 0);
}

static int put_count(struct cx_sheet *sheet, struct cx_str settings,
    const struct journey_thing *thing, const int64_t *value, uint64_t n,
    struct cx_err *err)
{
	cx_sheet_text(sheet, settings);
	cx_sheet_text(sheet, cx_str(thing->what));
	journey_put_group(sheet, thing->group);
	for (size_t i = 0; i < JOURNEY_PARTS; i++)
		cx_sheet_text(sheet, thing->part[i]);
	if (value)
		cx_sheet_whole(sheet, *value);
	else
		cx_sheet_text(sheet, cx_str(""));
	cx_sheet_count(sheet, n);
	return cx_sheet_end(sheet, err);
}

/* Of the parts' bounds of observation one is that of the whole. */
static int put_bound(struct journey_counts *counts, struct cx_sheet *sheet,
    struct cx_str settings, const struct journey_thing *thing,
    struct cx_err *err)
{
	struct journey_observed o;

	if (journey_counts_observed(counts, &o, err) < 0)
		return -1;
	return put_count(sheet, settings, thing,
	    cx_str_eq(thing->part[0], cx_str("latest")) ? &o.latest
	                                                : &o.earliest,
	    1, err);
}

static int put_values(struct journey_counts *counts, struct cx_sheet *sheet,
    struct cx_str settings, const struct journey_thing *thing,
    struct cx_err *err)
{
	int64_t value;
	uint64_t n;
	int more;

	if (journey_thing_is(thing, journey_observed_word))
		return put_bound(counts, sheet, settings, thing, err);
	journey_counts_open(counts, thing);
	while ((more = cx_multiset_next(counts->tally, &value, &n, err)) > 0)
		if (put_count(sheet, settings, thing, &value, n, err) < 0)
			return -1;
	return more;
}

int journey_counts_write(
    struct journey_counts *counts, struct cx_sheet *sheet, struct cx_err *err)
{
	size_t *sorted = journey_counts_sorted(counts);
	struct cx_buf settings = { 0 };
	int code = 0;

	describe_settings(&settings);
	for (size_t i = 0; i < journey_counts_size(counts) && code == 0; i++) {
		const struct journey_count *c = &counts->list[sorted[i]];
		struct journey_thing thing =
		    journey_counts_thing(counts, sorted[i]);

		if (c->n == 0)
			continue;
		code = c->valued ? put_values(counts, sheet,
		                       cx_buf_str(&settings), &thing, err)
		                 : put_count(sheet, cx_buf_str(&settings),
		                       &thing, NULL, c->n, err);
	}
	cx_buf_release(&settings);
	free(sorted);
	return code;
}

/* ---- in ---- */

static struct journey_counts *counts;
static struct cx_buf settings;
static bool has_groups; /* those of the first table are known */

/* How much was counted and told to have been, in all tables and in one. */
static struct sums {
	uint64_t counted, told;
} all, one, lost;

/* How many tables there were up to the first whose sums differ: lost. */
static size_t n_tables, n_whole;

struct columns {
	size_t settings, what, value, n, parts[JOURNEY_PARTS];
	size_t n_groups;
	struct cx_buf group;
};

void journey_merge_into(struct journey_counts *into)
{
	counts = into;
	describe_settings(&settings);
}

/* The groups stand between `what` and the parts. */
static int read_groups(const struct cx_header *header, struct cx_err *err)
{
	struct cx_grouping *by = &journey_plan.by;
	size_t what, part, n = 0;

	if (cx_header_find(header, cx_str("what"), &what, err) < 0 ||
	    cx_header_find(header, cx_str(part_names[0]), &part, err) < 0)
		return -1;
	for (size_t i = what + 1; i < part && !has_groups; i++)
		if (cx_header_add(
		        &by->columns, cx_header_name(header, i), err) < 0)
			return -1;
	has_groups = true;
	for (size_t i = 0; i < cx_header_n(&by->columns); i++)
		if (what + 1 + i >= part ||
		    !cx_str_eq(cx_header_name(header, what + 1 + i),
		        cx_header_name(&by->columns, i)))
			break;
		else
			n = i + 1;
	if (n == cx_header_n(&by->columns) && what + 1 + n == part)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "these counts are of other groups than the first: all need the "
	    "same -g");
}

static void end_table(void)
{
	if (one.counted != one.told && lost.counted == lost.told) {
		lost = one;
		n_whole = n_tables - 1;
	}
	one = (struct sums){ 0, 0 };
}

static int open_counts(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	(void)total;
	end_table();
	n_tables++;
	if (cx_header_look(header, cx_str("counts")) < 0)
		return cx_err_set(err, CX_USAGE,
		    "--merge adds up what --counts prints, and this is "
		    "something else");
	if (read_groups(header, err) < 0)
		return -1;
	return journey_open(header, err);
}

static int bind_counts(void *state, const void *total,
    const struct cx_header *header, struct cx_err *err)
{
	struct columns *at = state;

	(void)total;
	at->n_groups = cx_header_n(&journey_plan.by.columns);
	for (size_t i = 0; i < JOURNEY_PARTS; i++)
		if (cx_header_find(
		        header, cx_str(part_names[i]), &at->parts[i], err) < 0)
			return -1;
	if (cx_header_find(header, cx_str("counts"), &at->settings, err) < 0 ||
	    cx_header_find(header, cx_str("what"), &at->what, err) < 0 ||
	    cx_header_find(header, cx_str("value"), &at->value, err) < 0)
		return -1;
	return cx_header_find(header, cx_str("n"), &at->n, err);
}

static int not_a_count(
    struct cx_str cell, const char *column, struct cx_err *err)
{
	cx_err_record(err, "not a count", "%s is not a count", cx_quote(cell));
	cx_err_column(err, cx_str(column));
	return -1;
}

static bool is_bound(const struct journey_thing *thing)
{
	return cx_str_eq(thing->part[0], cx_str("earliest")) ||
	       cx_str_eq(thing->part[0], cx_str("latest"));
}

static void add_sums(
    struct sums *sums, const struct journey_thing *thing, uint64_t n)
{
	bool observed = journey_thing_is(thing, journey_observed_word);

	if (observed && cx_str_eq(thing->part[0], cx_str(journey_total_word)))
		sums->told += n;
	else if (!observed || !is_bound(thing))
		sums->counted += n;
}

int journey_merge_check(const char *const *names, struct cx_err *err)
{
	const char *name;

	end_table();
	if (all.counted == all.told)
		return 0;
	name = names ? names[n_whole] : "-";
	cx_err_set(err, CX_DATA,
	    "it tells of %" PRIu64 " counts and has %" PRIu64
	    ": rows are missing",
	    lost.told, lost.counted);
	cx_err_file(err, strcmp(name, "-") ? name : "standard input");
	return -1;
}

static int add_count(const struct journey_thing *thing, struct cx_str value,
    uint64_t n, struct cx_err *err)
{
	uint32_t key = journey_counts_put(counts, thing);
	int64_t number;

	counts->list[key].n += n;
	if (value.n == 0)
		return 0;
	if (cx_value_whole(value, &number, err) < 0 ||
	    number > CX_MULTISET_MOST || number < -CX_MULTISET_MOST)
		return not_a_count(value, "value", err);
	if (key >= CX_MULTISET_KEYS)
		return journey_counts_full(err);
	counts->list[key].valued = true;
	return cx_multiset_add(counts->tally, key, number, n, err);
}

/* What two texts of settings have in common is not told. */
static int other_settings(
    struct cx_str is, struct cx_str asked, struct cx_err *err)
{
	size_t same = 0, word = 0;

	for (; same < is.n && same < asked.n && is.p[same] == asked.p[same];
	     same++)
		if (is.p[same] == ' ')
			word = same + 1;
	return cx_err_set(err, CX_USAGE,
	    "these are counts of other settings: %s, and not %s",
	    cx_quote(cx_str_skip(is, word)),
	    cx_quote(cx_str_skip(asked, word)));
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct columns *at = state;
	struct cx_str made = cx_row_cell(row, at->settings);
	struct cx_str cell = cx_row_cell(row, at->n);
	struct cx_str what = cx_row_cell(row, at->what);
	struct journey_thing thing = { 0 };
	char word[32] = "";
	int64_t n;

	if (!cx_str_eq(made, cx_buf_str(&settings)))
		return other_settings(made, cx_buf_str(&settings), err);
	if (cx_value_whole(cell, &n, err) < 0 || n < 1)
		return not_a_count(cell, "n", err);
	if (what.n >= sizeof(word))
		return not_a_count(what, "what", err);
	memcpy(word, what.p, what.n);
	thing.what = word;
	cx_buf_clear(&at->group);
	for (size_t i = 0; i < at->n_groups; i++) {
		if (i)
			cx_buf_addc(&at->group, '\0');
		cx_buf_adds(&at->group, cx_row_cell(row, at->what + 1 + i));
	}
	thing.group = cx_buf_str(&at->group);
	for (size_t i = 0; i < JOURNEY_PARTS; i++)
		thing.part[i] = cx_row_cell(row, at->parts[i]);
	add_sums(&one, &thing, (uint64_t)n);
	add_sums(&all, &thing, (uint64_t)n);
	return add_count(&thing, cx_row_cell(row, at->value), (uint64_t)n, err);
}

static int merge_nothing(void *total, void *piece, struct cx_err *err)
{
	(void)total;
	(void)piece;
	(void)err;
	return 0;
}

static void release_columns(void *state)
{
	cx_buf_release(&((struct columns *)state)->group);
}

void journey_merge_release(void)
{
	cx_buf_release(&settings);
}

const struct cx_fold journey_merge_fold = { sizeof(struct columns), false,
	open_counts, bind_counts, add_row, merge_nothing, release_columns };
