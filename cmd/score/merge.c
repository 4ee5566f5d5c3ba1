/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/merge.h"

#include "libcx/model/mean.h"
#include "libcx/table/instant.h"
#include "libcx/table/value.h"

static const struct score_settings *const set = &score_settings;

/* ---- columns ---- */

/* Whether a column is called as --rolling calls it: month_30d. */
static bool has_windows(const struct cx_header *header)
{
	for (size_t i = 0; i < cx_header_n(header); i++) {
		struct cx_str days = cx_header_name(header, i);
		struct cx_str word = cx_str_next(&days, '_');
		enum cx_period period;
		char text[16] = "";

		if (!days.p || days.n < 2 || days.p[days.n - 1] != 'd' ||
		    word.n >= sizeof(text))
			continue;
		memcpy(text, word.p, word.n);
		if (cx_period_of(text, &period) == 0)
			return true;
	}
	return false;
}

int score_merge_check(const struct cx_header *header, struct cx_err *err)
{
	if (cx_header_look(header, cx_str("deff")) >= 0)
		return cx_err_set(err, CX_USAGE,
		    "scores of weights, clusters, strata or means cannot be "
		    "added up: score the records of all parts at once");
	if (has_windows(header))
		return cx_err_set(err, CX_USAGE,
		    "rolling windows cannot be added up: parts of the data "
		    "lack some of them");
	return 0;
}

int score_merge_bind(struct score_counts *counts,
    const struct score_program *program, const struct cx_header *header,
    struct cx_err *err)
{
	const struct score_column *c = program->columns;

	for (; c->field != SCORE_END; c++) {
		size_t *at = &counts->scale_at;

		if (c->field <= SCORE_INVALID)
			at = &counts->at[c->field];
		else if (c->field != SCORE_SCALE)
			continue;
		if (cx_header_find(header, cx_str(c->name), at, err) < 0)
			return -1;
	}
	return 0;
}

/* ---- rows ---- */

/* A count of a printed table; only a sum may be negative. */
static int read_count(const struct score_counts *counts,
    const struct cx_row *row, const struct score_column *column, int64_t *count,
    struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, counts->at[column->field]);

	if (cx_value_whole(cell, count, err) == 0 &&
	    (*count >= 0 || column->field == SCORE_SUM))
		return 0;
	cx_err_record(err, "not a count", "%s is not a count", cx_quote(cell));
	cx_err_column(err, cx_str(column->name));
	return -1;
}

/* Sums of answers on the scale, as far as can be told. */
static bool is_possible(const int64_t *n)
{
	struct cx_mean mean = { (uint64_t)n[SCORE_N], n[SCORE_SUM],
		(uint64_t)n[SCORE_SQUARES] };

	return cx_mean_is_possible(&mean, set->scale.low, set->scale.high);
}

/* Counts of another scale, or of other boxes, are not added up. */
static int check_scale(const struct score_counts *counts,
    const struct cx_row *row, struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, counts->scale_at);
	struct cx_buf name = { 0 };
	int code = 0;

	score_name_scale(&set->scale, &name);
	if (!cx_str_eq(cell, cx_buf_str(&name))) {
		code = cx_err_record(err, "another scale",
		    "counted on %s, and not on %s", cx_quote(cell),
		    cx_quote(cx_buf_str(&name)));
		cx_err_column(err, cx_str("scale"));
	}
	cx_buf_release(&name);
	return code;
}

int score_merge_read(const struct score_counts *counts,
    const struct score_program *program, const struct cx_row *row,
    struct cx_answers *answers, struct cx_err *err)
{
	const struct score_column *c = program->columns;
	int64_t n[SCORE_INVALID + 1] = { 0 };
	bool has_middle = false;

	if (!program->net && check_scale(counts, row, err) < 0)
		return -1;
	for (; c->field != SCORE_END; c++) {
		if (c->field > SCORE_INVALID)
			continue;
		if (read_count(counts, row, c, &n[c->field], err) < 0)
			return -1;
		has_middle |= c->field == SCORE_MIDDLE;
	}
	if (!has_middle)
		n[SCORE_MIDDLE] = n[SCORE_N] - n[SCORE_TOP] - n[SCORE_BOTTOM];
	if (n[SCORE_MIDDLE] < 0 ||
	    n[SCORE_N] != n[SCORE_TOP] + n[SCORE_MIDDLE] + n[SCORE_BOTTOM])
		return cx_err_record(err, "counts that do not add up",
		    "n is not the sum of its parts");
	if (!program->net && !is_possible(n))
		return cx_err_record(err, "counts that do not add up",
		    "these are not the sums of %lld answers on the scale",
		    (long long)n[SCORE_N]);
	*answers = (struct cx_answers){ .top = (uint64_t)n[SCORE_TOP],
		.middle = (uint64_t)n[SCORE_MIDDLE],
		.bottom = (uint64_t)n[SCORE_BOTTOM],
		.missing = (uint64_t)n[SCORE_MISSING],
		.invalid = (uint64_t)n[SCORE_INVALID],
		.sum = n[SCORE_SUM],
		.sum_squares = (uint64_t)n[SCORE_SQUARES] };
	return 0;
}
