/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/table.h"

#include "cmd/score/definition.h"
#include "cmd/score/draw.h"
#include "cmd/score/estimates.h"
#include "cmd/score/mask.h"
#include "cmd/score/observe.h"
#include "cmd/score/versus.h"
#include "libcx/base/mem.h"
#include "libcx/table/sheet.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct score_settings *const set = &score_settings;

/* Of real numbers: in a stream, and where a person reads. */
enum { DECIMALS = 4, BRIEF = 1, MEAN_BRIEF = 2 };

void score_table_check(const struct cx_cli *cli, const struct cx_grouping *by)
{
	enum score_versus kind = score_versus_of(set->vs);
	bool seen = set->denominator && strcmp(set->denominator, "seen") == 0;

	if (set->denominator && !seen &&
	    strcmp(set->denominator, "scored") != 0)
		cx_cli_usage(cli, "--denominator: %s is not scored or seen",
		    cx_quote(cx_str(set->denominator)));
	if (set->min_n && set->rolling)
		cx_cli_usage(cli, "--min-n cannot mask rolling windows: one "
		                  "less another is a few records");
	if (!(set->low_base >= 0))
		cx_cli_usage(cli, "--low-base: a number, from 0");
	if (set->min_n != floor(set->min_n) || set->min_n < 0 ||
	    set->min_n > 1e9)
		cx_cli_usage(cli, "--min-n: a whole number, from 0");
	if (seen && score_sample_has_design())
		cx_cli_usage(cli, "--denominator seen is for plain counts");
	if (kind != SCORE_ALONE && kind != SCORE_REST && set->rake &&
	    set->cluster && by->period != CX_NO_PERIOD)
		cx_cli_usage(cli, "--vs with --rake takes periods as "
		                  "independent samples; not with --cluster");
	if (set->as_of &&
	    cx_period_end(CX_BY_DAY, cx_str(set->as_of)) == INT64_MIN)
		cx_cli_usage(cli, "--as-of: %s is not a day such as 2026-11-21",
		    cx_quote(cx_str(set->as_of)));

	if (set->as_of && by->period == CX_NO_PERIOD && !set->merge)
		cx_cli_usage(cli, "--as-of marks periods that go on: it needs "
		                  "-t");
	if (kind == SCORE_PREVIOUS && by->period == CX_NO_PERIOD && !set->merge)
		cx_cli_usage(cli, "--vs previous needs -t");
	if ((kind == SCORE_REST || kind == SCORE_GROUP) && set->groups.n == 0 &&
	    !set->merge)
		cx_cli_usage(cli, "--vs %s needs -g", set->vs);
	if (kind == SCORE_FIRST && set->groups.n == 0 &&
	    by->period == CX_NO_PERIOD && !set->merge)
		cx_cli_usage(cli, "--vs first needs -g or -t");
	if (strcmp(set->adjust, "bh") != 0 &&
	    strcmp(set->adjust, "holm") != 0 &&
	    strcmp(set->adjust, "none") != 0)
		cx_cli_usage(cli, "--adjust: %s is not bh, holm or none",
		    cx_quote(cx_str(set->adjust)));
	/* A script may have it for the tables that compare among others. */
	if (kind == SCORE_ALONE && strcmp(set->adjust, "bh") != 0)
		cx_cli_note(cli, "--adjust is for the p-values of --vs, and "
		                 "there are none");
}

/* Whether a person looks at it: bars and sparklines are drawn. */
static bool drawing;

/* ---- columns ---- */

static bool is_count(const struct score_column *c)
{
	return c->field <= SCORE_INVALID || c->field == SCORE_LOW_BASE;
}

static void name_score(struct cx_sheet *sheet, const struct score_column *c)
{
	switch (c->field) {
	case SCORE_CI:
	case SCORE_SCALE:
		cx_sheet_text_column(sheet, cx_str(c->name));
		cx_sheet_detail(sheet);
		break;
	case SCORE_INVALID:
		cx_sheet_number_column(sheet, c->name, DECIMALS, BRIEF);
		/* Without rejects there are none. */
		if (!cx_cli_rejects_file && !set->merge)
			cx_sheet_detail(sheet);
		break;
	case SCORE_NET_SE:
	case SCORE_SUM:
	case SCORE_SQUARES:
		cx_sheet_number_column(sheet, c->name, DECIMALS, BRIEF);
		cx_sheet_detail(sheet);
		break;
	case SCORE_MEAN:
	case SCORE_MEAN_LO:
	case SCORE_MEAN_HI:
		cx_sheet_number_column(sheet, c->name, DECIMALS, MEAN_BRIEF);
		break;
	default:
		cx_sheet_number_column(
		    sheet, c->name, is_count(c) ? 0 : DECIMALS, BRIEF);
	}
}

/* Rolling windows are no periods that could be added up again. */
static void name_period(struct cx_sheet *sheet)
{
	struct cx_buf name = { 0 };

	cx_buf_addz(&name, set->period);
	if (set->rolling)
		cx_buf_addf(&name, "_%s", set->rolling);
	cx_sheet_text_column(sheet, cx_buf_str(&name));
	cx_buf_release(&name);
}

static void name_tests(struct cx_sheet *sheet)
{
	cx_sheet_text_column(sheet, cx_str("vs"));
	cx_sheet_number_column(sheet, "diff", DECIMALS, BRIEF);
	cx_sheet_number_column(sheet, "diff_lo", DECIMALS, BRIEF);
	cx_sheet_number_column(sheet, "diff_hi", DECIMALS, BRIEF);
	cx_sheet_p_column(sheet, "p");
	cx_sheet_detail(sheet);
	cx_sheet_p_column(sheet, "p_adj");
	cx_sheet_number_column(sheet, "q", DECIMALS, BRIEF);
	cx_sheet_detail(sheet);
	cx_sheet_number_column(sheet, "q_df", 0, 0);
	cx_sheet_detail(sheet);
	cx_sheet_p_column(sheet, "q_p");
	cx_sheet_detail(sheet);
}

static void name_columns(struct cx_sheet *sheet,
    const struct score_program *program, const struct cx_grouping *by)
{
	for (size_t i = 0; i < cx_header_n(&by->columns); i++)
		cx_sheet_text_column(sheet, cx_header_name(&by->columns, i));
	if (by->period != CX_NO_PERIOD)
		name_period(sheet);
	for (const struct score_column *c = program->columns;
	     c->field != SCORE_END; c++)
		name_score(sheet, c);
	if (drawing)
		cx_sheet_text_column(
		    sheet, cx_str(score_draw_axis(program->net)));
	if (score_sample_has_design()) {
		cx_sheet_number_column(sheet, "n_eff", DECIMALS, BRIEF);
		cx_sheet_number_column(sheet, "deff", DECIMALS, MEAN_BRIEF);
	}
	if (set->as_of)
		cx_sheet_number_column(sheet, "partial", 0, 0);
	if (set->vs)
		name_tests(sheet);
	score_definition_columns(sheet);
}

/* ---- rows ---- */

static void put_scale(struct cx_sheet *sheet)
{
	struct cx_buf name = { 0 };

	score_name_scale(&set->scale, &name);
	cx_sheet_text(sheet, cx_buf_str(&name));
	cx_buf_release(&name);
}

static void put_score(struct cx_sheet *sheet, const struct score_column *c,
    const struct score_estimates *e)
{
	bool of_classes = c->field >= SCORE_TOP && c->field <= SCORE_SQUARES;

	if (of_classes && score_sample_is_mean())
		cx_sheet_real(sheet, NAN);
	else if (c->field == SCORE_CI)
		cx_sheet_text(sheet, cx_str(score_estimates_method(e)));
	else if (c->field == SCORE_SUM)
		cx_sheet_whole(sheet, e->answers->sum);
	else if (c->field == SCORE_SCALE)
		put_scale(sheet);
	else if (is_count(c))
		cx_sheet_count(sheet, score_count(e->answers, c->field));
	else
		cx_sheet_real(sheet, score_estimates_real(e, c->field));
}

static void put_test(struct cx_sheet *sheet, const struct score_test *test)
{
	cx_sheet_text(sheet, cx_str(test->with ? test->with : ""));
	cx_sheet_real(sheet, test->difference.difference);
	cx_sheet_real(sheet, test->difference.lo);
	cx_sheet_real(sheet, test->difference.hi);
	cx_sheet_real(sheet, test->difference.p);
	cx_sheet_real(sheet, test->p_adjusted);
	cx_sheet_real(sheet, test->all.q);
	cx_sheet_real(
	    sheet, isnan(test->all.q) ? NAN : (double)test->all.n_used - 1);
	cx_sheet_real(sheet, test->all.p);
}

/* With --as-of: whether a period ends after the day that the data reach to. */
static bool is_partial(enum cx_period period, struct cx_str name)
{
	int64_t end = set->as_of ? cx_period_end(period, name) : INT64_MIN;

	return end != INT64_MIN &&
	       end > cx_period_end(CX_BY_DAY, cx_str(set->as_of));
}

static void put_bar(
    struct cx_sheet *sheet, bool net, const struct score_estimates *e)
{
	struct cx_buf bar = { 0 };

	score_draw_bar(&bar, net,
	    score_estimates_real(e, net ? SCORE_NET : SCORE_SHARE),
	    score_estimates_real(e, net ? SCORE_NET_LO : SCORE_SHARE_LO),
	    score_estimates_real(e, net ? SCORE_NET_HI : SCORE_SHARE_HI));
	cx_sheet_text(sheet, cx_buf_str(&bar));
	cx_buf_release(&bar);
}

/* A row of the table. */
struct row {
	struct cx_str key;
	const struct cx_answers *answers;
	const struct score_design *design; /* NULL: by counts */
	const struct score_test *test;     /* NULL: not compared */
	enum cx_mask_mark mark;
	bool mask_test; /* the difference would tell of a masked row */
};

/* Credibly better or worse than what it is compared with; or a low base. */
static enum cx_style style_of(
    const struct row *row, const struct score_estimates *e)
{
	double alpha = 1 - set->level;

	if (row->mark != CX_MASK_SHOWN)
		return CX_PLAIN;
	if (row->test && row->test->p_adjusted < alpha)
		return row->test->difference.difference > 0 ? CX_GOOD : CX_BAD;
	return score_count(e->answers, SCORE_LOW_BASE) ? CX_DIM : CX_PLAIN;
}

/* Group cells of the key, the period last; the last cell. */
static struct cx_str put_key(
    struct cx_sheet *sheet, struct cx_str key, size_t n_cells)
{
	struct cx_str cell = { "", 0 };

	for (size_t i = 0; i < n_cells; i++) {
		cell = cx_str_next(&key, '\0');
		cx_sheet_text(sheet, cell);
	}
	return cell;
}

static const char masked[] = "masked";

static void put_masked_test(
    struct cx_sheet *sheet, const struct score_test *test)
{
	enum { NUMBERS = 8 }; /* diff to q_p */

	cx_sheet_text(sheet, cx_str(test->with ? test->with : ""));
	for (int i = 0; i < NUMBERS; i++)
		cx_sheet_masked(sheet, masked);
}

/* Behind its key a masked row tells no number but "<5" for n. */
static int put_masked(struct cx_sheet *sheet,
    const struct score_program *program, const struct row *row, bool partial,
    struct cx_err *err)
{
	char small[32];

	snprintf(small, sizeof(small), "<%.0f", set->min_n);
	for (const struct score_column *c = program->columns;
	     c->field != SCORE_END; c++)
		cx_sheet_masked(sheet,
		    c->field == SCORE_N && row->mark == CX_MASK_SMALL ? small
		                                                      : masked);
	if (drawing)
		cx_sheet_text(sheet, cx_str(""));
	if (score_sample_has_design()) {
		cx_sheet_masked(sheet, masked);
		cx_sheet_masked(sheet, masked);
	}
	if (set->as_of)
		cx_sheet_count(sheet, partial);
	if (row->test)
		put_masked_test(sheet, row->test);
	score_definition_cells(sheet);
	return cx_sheet_end(sheet, err);
}

static int put_row(struct cx_sheet *sheet, const struct score_program *program,
    const struct row *row, size_t n_cells, enum cx_period period,
    struct cx_err *err)
{
	struct score_estimates e =
	    score_estimates_of(program, row->answers, row->design);
	struct cx_str last;

	cx_sheet_style(sheet, style_of(row, &e));
	last = put_key(sheet, row->key, n_cells);
	if (row->mark != CX_MASK_SHOWN)
		return put_masked(
		    sheet, program, row, is_partial(period, last), err);
	for (const struct score_column *c = program->columns;
	     c->field != SCORE_END; c++)
		put_score(sheet, c, &e);
	if (drawing)
		put_bar(sheet, program->net, &e);
	if (score_sample_has_design()) {
		cx_sheet_real(sheet, row->design ? row->design->n_eff : NAN);
		cx_sheet_real(sheet, row->design ? row->design->deff : NAN);
	}
	if (set->as_of)
		cx_sheet_count(sheet, is_partial(period, last));
	if (row->test && row->mask_test)
		put_masked_test(sheet, row->test);
	else if (row->test)
		put_test(sheet, row->test);
	score_definition_cells(sheet);
	return cx_sheet_end(sheet, err);
}

/* ---- the whole ---- */

static const struct score_design *design_of(
    const struct score_designs *designs, size_t group)
{
	return designs->by_group ? &designs->by_group[group] : NULL;
}

static void draw_periods(const struct score_program *program,
    const struct cx_groups *groups, const struct score_designs *designs,
    struct cx_writer *writer)
{
	size_t *order = cx_map_sorted(&groups->map), n = groups->map.n;
	double *scores = cx_malloc(cx_mul(n + 1, sizeof(*scores)));

	for (size_t i = 0; i < n; i++) {
		struct score_estimates e = score_estimates_of(
		    program, cx_groups_state(groups, i), design_of(designs, i));
		struct cx_str key = cx_map_key(&groups->map, i);

		scores[i] = score_estimates_real(
		    &e, program->net ? SCORE_NET : SCORE_SHARE);
		/* Records without a time are no first period. */
		if (key.n == 0 || key.p[key.n - 1] == '\0')
			scores[i] = NAN;
	}
	score_draw_sparklines(&groups->map, order, scores, writer);
	free(scores);
	free(order);
}

static int add_gates(struct cx_sheet *sheet, struct cx_err *err)
{
	return cx_sheet_gates(sheet, set->gates.items, set->gates.n, err);
}

enum cx_period score_period(const struct cx_grouping *by)
{
	size_t n = cx_header_n(&by->columns);
	enum cx_period period = by->period;
	struct cx_buf name = { 0 };

	if (period != CX_NO_PERIOD || !set->merge || n == 0)
		return period;
	cx_buf_adds(&name, cx_header_name(&by->columns, n - 1));
	cx_buf_addc(&name, '\0');
	(void)cx_period_of(name.data, &period);
	cx_buf_release(&name);
	return period;
}

/* Whether a row's difference would tell the score of a masked one. */
static bool is_told(const enum cx_mask_mark *marks,
    const struct score_test *tests, size_t number)
{
	ptrdiff_t at = tests ? tests[number].reference : -1;

	return marks && at >= 0 && marks[at] != CX_MASK_SHOWN;
}

int score_table_check_gates(const struct score_program *program,
    const struct cx_grouping *by, struct cx_err *err)
{
	struct cx_sheet *sheet = cx_sheet_new(NULL);
	int code;

	name_columns(sheet, program, by);
	code = add_gates(sheet, err);
	cx_sheet_free(sheet);
	return code;
}

static int put_rows(struct cx_sheet *sheet, const struct score_program *program,
    const struct cx_grouping *by, struct cx_groups *groups,
    const struct score_designs *designs, struct cx_err *err)
{
	size_t *order = cx_map_sorted(&groups->map), n = groups->map.n;
	size_t n_cells =
	    cx_header_n(&by->columns) + (by->period != CX_NO_PERIOD);
	struct score_test *tests = NULL;
	enum cx_mask_mark *marks = score_mask(groups, score_period(by), order);
	int code = 0;

	if (set->vs)
		code = score_versus(
		    program, by, groups, designs, order, marks, &tests, err);

	for (size_t i = 0; i < n && code == 0; i++) {
		struct row row = { cx_map_key(&groups->map, order[i]),
			cx_groups_state(groups, order[i]),
			design_of(designs, order[i]),
			tests ? &tests[order[i]] : NULL,
			marks ? marks[order[i]] : CX_MASK_SHOWN,
			is_told(marks, tests, order[i]) };

		code = put_row(
		    sheet, program, &row, n_cells, score_period(by), err);
	}
	score_versus_free(tests, n);
	free(marks);
	free(order);
	return code;
}

int score_table(const struct score_program *program,
    const struct cx_grouping *by, struct cx_groups *groups,
    const struct score_designs *designs, struct cx_writer *writer,
    struct cx_err *err)
{
	struct cx_sheet *sheet = cx_sheet_new(writer);
	int code;

	drawing = cx_writer_is_table(writer);
	name_columns(sheet, program, by);
	code = cx_sheet_start(sheet, err);
	if (code == 0)
		code = add_gates(sheet, err);
	if (code == 0)
		code = put_rows(sheet, program, by, groups, designs, err);
	if (code == 0)
		code = cx_sheet_flush(sheet, err);
	if (code == 0 && drawing && by->period != CX_NO_PERIOD && !set->min_n)
		draw_periods(program, groups, designs, writer);
	return cx_sheet_close(sheet, code, err);
}
