/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/report/score.h"

#include "cmd/report/words.h"
#include "libcx/base/mem.h"
#include "libcx/report/trend.h"
#include "libcx/table/instant.h"

#include <math.h>
#include <stdlib.h>

/* Periods without a row that a trend may have in all. */
enum { GAPS_MOST = 1000 };

/* The points of all groups; panels point into them. */
struct trend {
	struct cx_trend_point *points;
	size_t n_points, cap;
	struct cx_trend_panel *panels;
	size_t *firsts; /* points of each panel */
	size_t n_panels;
	struct cx_buf names; /* of groups and of periods without rows */
	size_t *name_ends;
	size_t gaps;
};

static enum cx_period kind_of_period(const struct report_table *t)
{
	struct cx_str name = cx_str(t->columns[t->period].name);
	struct cx_str word = cx_str_next(&name, '_');
	enum cx_period period = CX_NO_PERIOD;
	char text[CX_PERIOD_SIZE];

	/* Rolling windows need not step by their period. */
	if (name.p)
		return CX_NO_PERIOD;
	memcpy(text, word.p, word.n);
	text[word.n] = '\0';
	(void)cx_period_of(text, &period);
	return period;
}

static void add_point(struct trend *trend, struct cx_trend_point point)
{
	if (trend->n_points == trend->cap) {
		trend->cap = trend->cap ? cx_mul(trend->cap, 2) : 64;
		trend->points = cx_realloc(
		    trend->points, cx_mul(trend->cap, sizeof(*trend->points)));
	}
	trend->points[trend->n_points++] = point;
}

/* Periods that nobody answered in, between the last point and the next. */
static void add_gaps(struct trend *trend, enum cx_period period,
    struct cx_str from, struct cx_str to)
{
	char name[CX_PERIOD_SIZE];
	struct cx_str at = to;
	size_t n = 0;

	if (period == CX_NO_PERIOD)
		return;
	while (trend->gaps + n < GAPS_MOST &&
	       cx_period_before(period, at, name) == 0) {
		at = cx_str(name);
		if (cx_str_eq(at, from) || memcmp(name, from.p, at.n) < 0)
			break;
		n++;
	}
	trend->gaps += n;
	while (n-- > 0)
		add_point(trend, (struct cx_trend_point){ .label = { "", 0 },
		                     .value = NAN,
		                     .lo = NAN,
		                     .hi = NAN });
}

static void begin_panel(
    struct trend *trend, const struct report_table *t, size_t row)
{
	size_t n = trend->n_panels++;

	trend->firsts =
	    cx_realloc(trend->firsts, cx_mul(n + 1, sizeof(*trend->firsts)));
	trend->name_ends = cx_realloc(
	    trend->name_ends, cx_mul(n + 1, sizeof(*trend->name_ends)));
	trend->firsts[n] = trend->n_points;
	report_put_groups(&trend->names, t, row);
	trend->name_ends[n] = trend->names.len;
}

static void add_row(struct trend *trend, const struct report_score *s,
    size_t row, ptrdiff_t before)
{
	const struct report_table *t = s->table;

	if (before < 0)
		begin_panel(trend, t, row);
	else
		add_gaps(trend, kind_of_period(t),
		    report_score_period(t, (size_t)before),
		    report_score_period(t, row));
	add_point(trend,
	    (struct cx_trend_point){ .label = report_score_period(t, row),
	        .value = report_score_number(s, row, s->value),
	        .lo = report_score_number(s, row, s->lo),
	        .hi = report_score_number(s, row, s->hi),
	        .partial = report_table_number(t, row, s->partial) == 1,
	        .sign = report_score_sign(s, row) });
}

/* The row behind those of the group that starts with first. */
static size_t group_end(const struct report_table *t, size_t first)
{
	size_t end = first;

	while (end < t->n_rows && report_table_same_groups(t, first, end))
		end++;
	return end;
}

/* Whether any of these rows has something to draw. */
static bool is_told(const struct report_score *s, size_t first, size_t end)
{
	for (; first < end; first++)
		if (report_score_period(s->table, first).n &&
		    !isnan(report_score_number(s, first, s->value)))
			return true;
	return false;
}

static void add_group(
    struct trend *trend, const struct report_score *s, size_t first, size_t end)
{
	ptrdiff_t before = -1;

	for (size_t row = first; row < end; row++) {
		if (report_score_period(s->table, row).n == 0)
			continue;
		add_row(trend, s, row, before);
		before = (ptrdiff_t)row;
	}
}

/* Rows of one group stand together, in the order of time. */
static void collect_points(struct trend *trend, const struct report_score *s)
{
	size_t end;

	for (size_t row = 0;
	     row < s->table->n_rows && trend->n_panels < REPORT_PANELS_MOST;
	     row = end) {
		end = group_end(s->table, row);
		if (is_told(s, row, end))
			add_group(trend, s, row, end);
	}
}

/* A table without groups has no names. */
static struct cx_str panel_name(const struct trend *trend, size_t i)
{
	size_t start = i ? trend->name_ends[i - 1] : 0;
	size_t n = trend->name_ends[i] - start;

	return n ? (struct cx_str){ trend->names.data + start, n } : cx_str("");
}

/* When all points are there, and stay where they are. */
static void make_panels(struct trend *trend)
{
	trend->panels = cx_calloc(trend->n_panels, sizeof(*trend->panels));
	for (size_t i = 0; i < trend->n_panels; i++) {
		size_t end = i + 1 < trend->n_panels ? trend->firsts[i + 1]
		                                     : trend->n_points;

		trend->panels[i] = (struct cx_trend_panel){
			.title = panel_name(trend, i),
			.points = trend->points + trend->firsts[i],
			.n = end - trend->firsts[i],
		};
	}
}

void report_draw_trend(
    struct report *r, const struct report_score *s, const char *title)
{
	struct cx_buf svg = { 0 };
	struct trend trend = { .n_points = 0 };
	struct cx_trend_words words = {
		.title = title,
		.desc = report_word("trend_desc"),
		.interval = report_word("interval"),
		.partial = report_word("partial"),
		.better = report_word("better_than_before"),
		.worse = report_word("worse_than_before"),
		.none = report_word("no_periods"),
	};

	collect_points(&trend, s);
	make_panels(&trend);
	cx_trend_draw(&svg, &(struct cx_trend){ .panels = trend.panels,
	                        .n = trend.n_panels,
	                        .low = report_score_lowest(s->table),
	                        .high = 100,
	                        .words = &words });
	r->page.kind->picture(&r->page, cx_str(title), &svg);
	cx_buf_release(&svg);
	cx_buf_release(&trend.names);
	free(trend.points);
	free(trend.panels);
	free(trend.firsts);
	free(trend.name_ends);
}
