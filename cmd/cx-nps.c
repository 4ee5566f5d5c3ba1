/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cx-nps - Net Promoter Score of a survey, by group and period */
#include "libcx/base/mem.h"
#include "libcx/cli/cli.h"
#include "libcx/model/nps.h"
#include "libcx/table/group.h"
#include "libcx/table/value.h"

#include <stdio.h>
#include <stdlib.h>

static const char *score, *period, *zone = "UTC";
static struct cx_list groups;
static double level = 0.95;
static bool merging, explaining;

static const struct cx_option options[] = {
	CX_OPT_TEXT('s', "score", &score, "COLUMN",
	    "the answers, 0 to 10 (default: nps)"),
	CX_OPT_LIST('g', "group", &groups, "COLUMNS",
	    "one score for each value of COLUMNS"),
	CX_OPT_TEXT('t', "period", &period, "PERIOD",
	    "and for each day, week, month, quarter or year"),
	CX_OPT_TEXT(0, "tz", &zone, "ZONE",
	    "clocks that bound the periods (default: UTC)"),
	CX_OPT_REAL(0, "level", &level, "SHARE",
	    "coverage of the interval (default: 0.95)"),
	CX_OPT_FLAG(
	    0, "merge", &merging, "add up tables that cx-nps has printed"),
	CX_OPT_FLAG(0, "explain", &explaining,
	    "say on standard error what is computed, and how"),
	CX_CLI_REJECT_OPTIONS,
	CX_OPT_END,
};

static struct cx_grouping by;

/* The columns of a printed table that are added up again. */
enum { N, PROMOTERS, PASSIVES, DETRACTORS, MISSING, INVALID, N_COUNTS };
static const char *const counts[] = { "n", "promoters", "passives",
	"detractors", "missing", "invalid" };

struct answers {
	struct cx_nps nps;
	uint64_t missing, invalid;
};

struct tally {
	struct cx_groups groups; /* with answers for each */
	size_t at[N_COUNTS];     /* at[0] is the score, but for --merge */
	struct cx_str score;     /* its name */
};

/* ---- columns ---- */

static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	(void)total;
	if (merging && groups.n == 0)
		return cx_grouping_before(&by, cx_str(counts[N]), header, err);
	if (cx_header_n(&by.columns))
		return 0;
	for (size_t i = 0; i < groups.n; i++)
		if (cx_grouping_add(&by, cx_str(groups.items[i]), header, err) <
		    0)
			return -1;
	return 0;
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct tally *t = state;

	(void)total;
	t->groups.state_size = sizeof(struct answers);
	if (!merging &&
	    cx_header_find(header, cx_str(score), &t->at[0], err) < 0)
		return -1;
	t->score = cx_header_name(header, t->at[0]);
	for (size_t i = 0; merging && i < N_COUNTS; i++)
		if (cx_header_find(header, cx_str(counts[i]), &t->at[i], err) <
		    0)
			return -1;
	return cx_groups_bind(&t->groups, &by, header, err);
}

/* ---- rows ---- */

static int add_answer(struct tally *t, struct answers *a,
    const struct cx_row *row, struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, t->at[0]);
	int answer;

	if (cell.n == 0) {
		a->missing++;
		return 0;
	}
	if (cx_value_score(cell, CX_NPS_LOW, CX_NPS_HIGH, &answer, err) < 0) {
		cx_err_column(err, t->score);
		a->invalid++;
		return -1;
	}
	cx_nps_count(&a->nps, answer);
	return 0;
}

static int add_counts(struct tally *t, struct answers *a,
    const struct cx_row *row, struct cx_err *err)
{
	uint64_t n[N_COUNTS];

	for (size_t i = 0; i < N_COUNTS; i++) {
		if (cx_value_count(cx_row_cell(row, t->at[i]), &n[i], err) <
		    0) {
			cx_err_column(err, cx_str(counts[i]));
			return -1;
		}
	}
	if (n[N] != n[PROMOTERS] + n[PASSIVES] + n[DETRACTORS])
		return cx_err_record(err, "counts that do not add up",
		    "n is not the sum of promoters, passives and detractors");
	cx_nps_merge(&a->nps,
	    &(struct cx_nps){ n[PROMOTERS], n[PASSIVES], n[DETRACTORS] });
	a->missing += n[MISSING];
	a->invalid += n[INVALID];
	return 0;
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct tally *t = state;
	void *answers;

	if (cx_groups_find(&t->groups, &by, row, &answers, err) < 0)
		return -1;
	return (merging ? add_counts : add_answer)(t, answers, row, err);
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct tally *total = into, *piece = from;
	const struct cx_map *map = &piece->groups.map;

	(void)err;
	for (size_t i = 0; i < map->n; i++) {
		struct answers *a =
		    cx_groups_put(&total->groups, cx_map_key(map, i));
		const struct answers *more = cx_groups_state(&piece->groups, i);

		cx_nps_merge(&a->nps, &more->nps);
		a->missing += more->missing;
		a->invalid += more->invalid;
	}
	cx_groups_clear(&piece->groups);
	return 0;
}

static void release(void *state)
{
	struct tally *t = state;

	cx_groups_release(&t->groups);
}

static const struct cx_fold fold = { sizeof(struct tally), open_file, bind,
	add_row, merge, release };

/* ---- the table ---- */

enum { DECIMALS = 4, BRIEF = 1 };

static void write_group(
    struct tally *t, size_t group, size_t n_cells, struct cx_lines *lines)
{
	const struct answers *a = cx_groups_state(&t->groups, group);
	struct cx_nps_estimate e = cx_nps_estimate(&a->nps, level);

	cx_group_write(&t->groups, group, n_cells, lines);
	cx_lines_count(lines, cx_nps_n(&a->nps));
	cx_lines_count(lines, a->nps.promoters);
	cx_lines_count(lines, a->nps.passives);
	cx_lines_count(lines, a->nps.detractors);
	cx_lines_real(lines, e.nps, DECIMALS, BRIEF);
	cx_lines_real(lines, e.se, DECIMALS, BRIEF);
	cx_lines_real(lines, e.lo, DECIMALS, BRIEF);
	cx_lines_real(lines, e.hi, DECIMALS, BRIEF);
	cx_lines_count(lines, a->missing);
	cx_lines_count(lines, a->invalid);
	cx_lines_end(lines);
}

/* The columns of the table; how many of them hold the groups. */
static size_t name_columns(struct cx_writer *writer)
{
	static const char *const numbers[] = { "n", "promoters", "passives",
		"detractors", "nps", "se", "lo", "hi", "missing", "invalid" };
	size_t n_cells;

	for (size_t i = 0; i < cx_header_n(&by.columns); i++)
		cx_writer_column(
		    writer, cx_header_name(&by.columns, i), CX_TEXT);
	if (by.period != CX_NO_PERIOD)
		cx_writer_column(writer, cx_str(period), CX_TEXT);
	n_cells = cx_writer_n_columns(writer);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		cx_writer_column(writer, cx_str(numbers[i]), CX_NUMBER);
	return n_cells;
}

static void explain(void)
{
	fprintf(stderr,
	    "score: Net Promoter Score of %s\"%s\", on -100 to 100\n"
	    "classes: detractors 0-6, passives 7-8, promoters 9-10\n"
	    "nps = 100 (promoters - detractors) / n\n"
	    "n: records with a score; missing and invalid ones are counted "
	    "apart and in no denominator\n"
	    "unit: the record; who answers twice counts twice\n"
	    "se: sqrt((p + d - (p - d)^2) / n), p and d the shares of "
	    "promoters and detractors\n"
	    "lo, hi: %g%% adjusted Wald interval (Rocks 2016), cut at -100 "
	    "and 100\n",
	    merging ? "tables that cx-nps printed, by their column "
	            : "column ",
	    merging ? "n" : score, level * 100);
	if (by.period != CX_NO_PERIOD)
		fprintf(stderr,
		    "periods: by column \"time\", on the clocks of %s; "
		    "records without a time are in the period \"\"\n",
		    zone);
}

static int report(void *total, struct cx_writer *writer, struct cx_err *err)
{
	struct tally *t = total;
	struct cx_lines lines = { .writer = writer };
	size_t n_cells = name_columns(writer), *order;
	int code;

	/* No rows at all are a score of nobody. */
	if (n_cells == 0)
		cx_groups_put(&t->groups, cx_str(""));
	order = cx_map_sorted(&t->groups.map);
	for (size_t i = 0; i < t->groups.map.n; i++)
		write_group(t, order[i], n_cells, &lines);
	code = cx_writer_put(writer, &lines, err);
	cx_lines_release(&lines);
	free(order);
	if (code == 0 && explaining)
		explain();
	return code;
}

static int run(struct cx_cli *cli, struct cx_err *err)
{
	struct tally total = { .groups.state_size = sizeof(struct answers) };
	int code = cx_cli_aggregate(cli, &fold, &total, report, err);

	release(&total);
	return code;
}

static void check_options(const struct cx_cli *cli, struct cx_zone **z)
{
	struct cx_err err;

	if (!(level > 0 && level < 1))
		cx_cli_usage(cli, "--level must lie between 0 and 1");
	if (score && merging)
		cx_cli_usage(cli, "--merge adds up counts; -s names answers");
	if (!score)
		score = "nps";
	if (period && merging)
		cx_cli_usage(cli, "--merge has no times to make periods of");
	if (period && cx_period_of(period, &by.period) < 0)
		cx_cli_usage(cli,
		    "-t: %s is not day, week, month, quarter or year",
		    cx_quote(cx_str(period)));
	if (cx_zone_open(z, zone, &err) < 0)
		cx_cli_usage(cli, "--tz: %s", err.what);
	by.zone = *z;
}

int main(int argc, char **argv)
{
	struct cx_cli cli = {
		.name = "cx-nps",
		.purpose = "Net Promoter Score, with its interval, by group "
		           "and period.",
		.options = options,
	};
	struct cx_zone *z;
	int status;

	cx_cli_parse(&cli, argc, argv);
	check_options(&cli, &z);
	status = cx_cli_run(&cli, run);
	cx_grouping_release(&by);
	cx_zone_free(z);
	free(groups.items);
	return status;
}
