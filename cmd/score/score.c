/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/score.h"

#include "cmd/score/definition.h"
#include "cmd/score/merge.h"
#include "cmd/score/observe.h"
#include "cmd/score/rolling.h"
#include "cmd/score/table.h"
#include "libcx/table/moment.h"
#include "libcx/table/value.h"

#include <stdio.h>
#include <stdlib.h>

static const char zone_by_default[] = "UTC";

struct score_settings score_settings = {
	.zone = zone_by_default,
	.adjust = "bh",
	.level = 0.95,
	.low_base = 30,
};

static struct score_settings *const set = &score_settings;
static const struct score_program *program;
static struct cx_grouping by;

/* Records from `since` on and before `until`, in seconds. */
static bool windowed, sampled;
static int64_t since = INT64_MIN, until = INT64_MAX;

/* Rolling windows of counts: days are counted, and added up at the end. */
static bool rolled;
static enum cx_period rolled_period;

/* What is counted: the total, or a piece of the input. */
struct tally {
	struct cx_groups groups;    /* with a struct cx_answers for each */
	struct score_sample sample; /* instead, where counts will not do */
	size_t answers_at, time_at;
	struct cx_str answers;                /* the column's name */
	struct score_counts counts;           /* of a table, with --merge */
	struct score_definitions definitions; /* and what they are of */
	uint64_t outside, timeless;    /* records that the window left out */
	uint64_t lowest, next, others; /* answers: 0, 1 and above of a scale */
	ptrdiff_t touchpoint_at;       /* -1: none, or groups tell it */
	uint64_t of_touchpoints;       /* answers that are about one */
};

/* ---- columns ---- */

static int name_groups(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	(void)total;
	if (set->merge && score_merge_check(header, err) < 0)
		return -1;
	if (set->merge && set->groups.n == 0)
		return cx_grouping_before(&by, cx_str("n"), header, err);
	if (cx_header_n(&by.columns))
		return 0;
	for (size_t i = 0; i < set->groups.n; i++)
		if (cx_grouping_add(
		        &by, cx_str(set->groups.items[i]), header, err) < 0)
			return -1;
	return 0;
}

/* What can be wrong before a row is read, most of it with the first file. */
static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	static bool opened;

	if (name_groups(total, header, err) < 0)
		return -1;
	if (set->merge && score_definition_table(program, &by, header, err) < 0)
		return -1;
	if (!opened && !set->merge)
		score_definition_open(program, &by, header);
	if (!opened && (score_sample_open(err) < 0 ||
	                   score_table_check_gates(program, &by, err) < 0))
		return -1;
	opened = true;
	return score_sample_file(header, err);
}

static ptrdiff_t find_touchpoint(const struct cx_header *header)
{
	if (cx_header_look(&by.columns, cx_str("touchpoint")) >= 0 ||
	    cx_header_look(&by.columns, cx_str("stage")) >= 0)
		return -1;
	return cx_header_look(header, cx_str("touchpoint"));
}

static int bind_answers(
    struct tally *t, const struct cx_header *header, struct cx_err *err)
{
	if (cx_header_find(header, cx_str(set->answers), &t->answers_at, err) <
	    0)
		return -1;
	t->answers = cx_header_name(header, t->answers_at);
	t->touchpoint_at = find_touchpoint(header);
	if (!windowed)
		return 0;
	return cx_header_find(header, cx_str("time"), &t->time_at, err);
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct tally *t = state;

	(void)total;
	t->groups.state_size = sizeof(struct cx_answers);
	if (set->merge) {
		if (score_merge_bind(&t->counts, program, header, err) < 0)
			return -1;
		score_definitions_bind(&t->definitions, &by, header);
	} else if (bind_answers(t, header, err) < 0) {
		return -1;
	}
	if (sampled)
		return score_sample_bind(&t->sample, &by, header, err);
	return cx_groups_bind(&t->groups, &by, header, err);
}

/* ---- rows ---- */

/* What notes tell of the answers. */
static void note_answer(struct tally *t, const struct cx_row *row, int value)
{
	if (t->touchpoint_at >= 0)
		t->of_touchpoints +=
		    cx_row_cell(row, (size_t)t->touchpoint_at).n > 0;
	t->lowest += value == set->scale.low;
	t->next += value == set->scale.low + 1;
	t->others += value > set->scale.low + 1;
}

static int add_answer(struct tally *t, struct cx_answers *a,
    const struct cx_row *row, struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, t->answers_at);
	int value;

	if (cell.n == 0) {
		a->missing++;
		return 0;
	}
	if (cx_value_score(cell, set->scale.low, set->scale.high, &value, err) <
	    0) {
		cx_err_column(err, t->answers);
		a->invalid++;
		return -1;
	}
	cx_answers_count(a, &set->scale, value);
	note_answer(t, row, value);
	return 0;
}

/* The same into the sample, which finds its group itself. */
static int add_record(
    struct tally *t, const struct cx_row *row, struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, t->answers_at);
	int value = 0;

	if (cell.n && cx_value_score(cell, set->scale.low, set->scale.high,
	                  &value, err) < 0) {
		struct cx_err other;

		cx_err_column(err, t->answers);
		(void)score_sample_invalid(&t->sample, &by, row, &other);
		return -1;
	}
	if (cell.n)
		note_answer(t, row, value);
	return score_sample_add(&t->sample, &by, row, value, cell.n > 0, err);
}

/* A row of a printed table. */
static int add_counts(
    struct tally *t, const struct cx_row *row, struct cx_err *err)
{
	struct cx_answers answers;
	void *to;

	if (score_merge_read(&t->counts, program, row, &answers, err) < 0 ||
	    cx_groups_find(&t->groups, &by, row, &to, err) < 0)
		return -1;
	cx_answers_merge(to, &answers);
	score_definitions_note(&t->definitions, row);
	return 0;
}

/* 1: the record is in the window; 0: it is not, and counted so; -1. */
static int in_window(
    struct tally *t, const struct cx_row *row, struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, t->time_at);
	int64_t seconds;

	if (cell.n == 0) {
		t->timeless++;
		return 0;
	}
	if (cx_instant_parse(cell, &seconds, err) < 0) {
		cx_err_column(err, cx_str("time"));
		return -1;
	}
	if (seconds >= since && seconds < until)
		return 1;
	t->outside++;
	return 0;
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct tally *t = state;
	void *answers;
	int use = windowed ? in_window(t, row, err) : 1;

	if (use <= 0)
		return use;
	if (sampled)
		return add_record(t, row, err);
	if (set->merge)
		return add_counts(t, row, err);
	if (cx_groups_find(&t->groups, &by, row, &answers, err) < 0)
		return -1;
	return add_answer(t, answers, row, err);
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct tally *total = into, *piece = from;
	const struct cx_map *map = &piece->groups.map;

	(void)err;
	for (size_t i = 0; i < map->n; i++)
		cx_answers_merge(
		    cx_groups_put(&total->groups, cx_map_key(map, i)),
		    cx_groups_state(&piece->groups, i));
	score_sample_merge(&total->sample, &piece->sample);
	score_definitions_merge(&total->definitions, &piece->definitions);
	total->lowest += piece->lowest;
	total->next += piece->next;
	total->others += piece->others;
	total->of_touchpoints += piece->of_touchpoints;
	piece->lowest = piece->next = piece->others = 0;
	piece->of_touchpoints = 0;
	total->outside += piece->outside;
	total->timeless += piece->timeless;
	piece->outside = piece->timeless = 0;
	cx_groups_clear(&piece->groups);
	return 0;
}

static void release(void *state)
{
	struct tally *t = state;

	cx_groups_release(&t->groups);
	score_sample_release(&t->sample);
	score_definitions_release(&t->definitions);
}

static struct cx_fold fold = { sizeof(struct tally), true, open_file, bind,
	add_row, merge, release };

/* ---- the program ---- */

/* The names of the files that are read; NULL where there are none. */
static const char *const *files;

static int report(void *total, struct cx_writer *writer, struct cx_err *err)
{
	struct tally *t = total;
	struct score_designs designs = { 0 };
	int code = 0;

	if (set->merge &&
	    score_definitions_settle(&t->definitions, files, err) < 0)
		return -1;
	if (rolled) {
		by.period = rolled_period;
		score_rolling_add_up(&t->groups, cx_header_n(&by.columns),
		    by.period, score_sample_rolling(), &t->sample.timeless);
	}
	/* No rows at all are a score of nobody. */
	if (cx_header_n(&by.columns) == 0 && by.period == CX_NO_PERIOD)
		cx_groups_put(&t->groups, cx_str(""));
	if (sampled)
		code = score_sample_estimate(&t->sample, program, &set->scale,
		    &by, &t->groups, &designs, err);
	if (code == 0)
		code = score_table(
		    program, &by, &t->groups, &designs, writer, err);
	score_designs_release(&designs);
	return code;
}

/* Asked from 1 to 10, a score is not comparable with others. */
static void doubt_scale(const struct cx_cli *cli, const struct tally *t)
{
	/* Where 0 is asked, who says 1 is no more frequent than who says 0. */
	enum { ENOUGH = 100, ENOUGH_ONES = 6 };

	if (t->lowest || t->next < ENOUGH_ONES || t->next + t->others < ENOUGH)
		return;
	cx_cli_note(cli,
	    "of %lu answers none is 0: was it asked from 1 to 10? That is no "
	    "Net Promoter scale",
	    (unsigned long)(t->next + t->others));
}

/* Asked on a shorter scale, nobody could be content. */
static void doubt_top(const struct cx_cli *cli, const struct tally *t)
{
	enum { ENOUGH = 30 };
	const struct cx_scale *scale = &set->scale;
	uint64_t n = 0, content = 0;

	for (size_t i = 0; i < t->groups.map.n; i++) {
		const struct cx_answers *a = cx_groups_state(&t->groups, i);

		n += cx_answers_n(a);
		content += a->top + (program->net ? a->middle : 0);
	}
	if (n >= ENOUGH && content == 0 && scale->high_is_good)
		cx_cli_note(cli,
		    "of %lu answers none is above %d: was it asked on a "
		    "shorter scale than %d to %d?",
		    (unsigned long)n,
		    program->net ? scale->low + scale->bottom - 1
		                 : scale->high - scale->top,
		    scale->low, scale->high);
}

/* Of a stream with touchpoint rows, the overall rating and those of each. */
static void doubt_mix(const struct cx_cli *cli, const struct tally *t)
{
	uint64_t n = t->lowest + t->next + t->others;

	if (t->of_touchpoints && t->of_touchpoints < n)
		cx_cli_note(cli,
		    "answers about touchpoints, %lu, and overall ones, %lu, "
		    "are counted together; -g touchpoint keeps them apart",
		    (unsigned long)t->of_touchpoints,
		    (unsigned long)(n - t->of_touchpoints));
}

static int run(struct cx_cli *cli, struct cx_err *err)
{
	struct tally total = { .groups.state_size = sizeof(struct cx_answers) };
	int code;
	bool told;

	files = cli->n_files ? cli->files : NULL;
	code = cx_cli_aggregate(cli, &fold, &total, report, err);
	told = code == 0 || err->status == CX_GATE;
	if (told && (total.outside || total.timeless))
		cx_cli_note(cli,
		    "records outside the window: %lu, and without a time: %lu",
		    (unsigned long)total.outside,
		    (unsigned long)total.timeless);
	if (told && program->net)
		doubt_scale(cli, &total);
	if (told) {
		doubt_top(cli, &total);
		doubt_mix(cli, &total);
	}
	if (told && total.sample.timeless)
		cx_cli_note(cli, "records without a time, in no window: %lu",
		    (unsigned long)total.sample.timeless);
	if (told && set->explain) {
		program->explain(&set->scale);
		score_explain_base();
	}
	score_sample_close();
	score_definition_release();
	release(&total);
	return code;
}

/* The first second of a day, or of the day after it, on the zone's clocks. */
static int64_t day_bound(const struct cx_cli *cli, const char *option,
    const char *text, int days_after)
{
	struct cx_moment m;
	struct cx_err err;
	int64_t utc;

	if (cx_period_end(CX_BY_DAY, cx_str(text)) == INT64_MIN ||
	    cx_moment_parse(cx_str(text), CX_ORDER_YMD, &m, &err) < 0 ||
	    m.has_offset || m.civil.hour || m.civil.minute || m.civil.second)
		cx_cli_usage(cli, "%s: %s is not a day such as 2026-11-21",
		    option, cx_quote(cx_str(text)));
	cx_zone_to_utc(by.zone,
	    cx_civil_to_seconds(&m.civil) + (int64_t)days_after * CX_DAY, &utc);
	return utc;
}

static void set_window(const struct cx_cli *cli)
{
	windowed = set->since || set->until;
	if (set->since)
		since = day_bound(cli, "--since", set->since, 0);
	if (set->until)
		until = day_bound(cli, "--until", set->until, 1);
	if (since >= until)
		cx_cli_usage(cli, "--until is before --since");
}

static void check_merge(const struct cx_cli *cli)
{
	if (set->answers)
		cx_cli_usage(cli, "--merge adds up counts; -s names answers");
	if (set->period || windowed)
		cx_cli_usage(cli, "--merge has no times: no -t, --since, "
		                  "--until");
	if (set->zone != zone_by_default)
		cx_cli_usage(cli, "--merge has no times: the tables tell their "
		                  "--tz");
}

static void check_settings(const struct cx_cli *cli, struct cx_zone **zone)
{
	struct cx_err err;

	if (!(set->level > 0 && set->level < 1))
		cx_cli_usage(cli, "--level must lie between 0 and 1");
	if (set->period && cx_period_of(set->period, &by.period) < 0)
		cx_cli_usage(cli,
		    "-t: %s is not day, week, month, quarter or year",
		    cx_quote(cx_str(set->period)));
	if (cx_zone_open(zone, set->zone, &err) < 0)
		cx_cli_refuse(cli, "--tz", &err);
	by.zone = *zone;
	set_window(cli);
	sampled = score_sample_needed(cli);
	/* Records keep the order of the input, which decides ties. */
	fold.exact = !sampled;
	if (sampled && set->merge)
		cx_cli_usage(cli, "--merge adds up counts; units, weights, "
		                  "clusters and strata are of records");
	if (set->merge)
		check_merge(cli);
	else if (!set->answers)
		set->answers = program->answers;
	score_table_check(cli, &by);
	rolled = score_sample_rolling() && !sampled;
	rolled_period = by.period;
	if (rolled)
		by.period = CX_BY_DAY;
}

int score_main(const struct score_program *p, int argc, char **argv)
{
	struct cx_cli cli = {
		.name = p->name, .purpose = p->purpose, .options = p->options
	};
	struct cx_zone *zone;
	int status;

	program = p;
	cx_cli_parse(&cli, argc, argv);
	p->set_scale(&cli, &set->scale);
	check_settings(&cli, &zone);
	status = cx_cli_run(&cli, run);
	cx_grouping_release(&by);
	cx_zone_free(zone);
	free(set->groups.items);
	free(set->gates.items);
	return status;
}
