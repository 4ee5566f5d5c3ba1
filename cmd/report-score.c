/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a page that show scores: tiles, trends, groups. */
#include "cmd/report.h"

#include "cmd/report-words.h"
#include "libcx/base/mem.h"
#include "libcx/report/intervals.h"
#include "libcx/report/trend.h"
#include "libcx/table/instant.h"

#include <math.h>
#include <stdlib.h>

/* Periods without a row that a trend may have in all. */
enum { GAPS_MOST = 1000 };

/* Where a table of scores has its columns. */
struct score {
	const struct report_table *table;
	ptrdiff_t n, value, lo, hi, low_base, partial, vs, diff, diff_lo,
	    diff_hi, p;
};

static struct score score_of(const struct report_table *t)
{
	const char *value = t->kind == REPORT_NPS ? "nps" : "top_box";

	return (struct score){
		.table = t,
		.n = report_table_column(t, "n"),
		.value = report_table_column(t, value),
		.lo = report_table_column(t, "lo"),
		.hi = report_table_column(t, "hi"),
		.low_base = report_table_column(t, "low_base"),
		.partial = report_table_column(t, "partial"),
		.vs = report_table_column(t, "vs"),
		.diff = report_table_column(t, "diff"),
		.diff_lo = report_table_column(t, "diff_lo"),
		.diff_hi = report_table_column(t, "diff_hi"),
		.p = report_table_column(t, "p_adj"),
	};
}

static bool is_score(const struct report_table *t)
{
	return t->kind == REPORT_NPS || t->kind == REPORT_BOX;
}

static double lowest(const struct report_table *t)
{
	return t->kind == REPORT_NPS ? -100 : 0;
}

static bool is_masked(const struct score *s, size_t row)
{
	return report_table_is_masked(s->table, row, report_settings.min_n);
}

static double number(const struct score *s, size_t row, ptrdiff_t column)
{
	return is_masked(s, row) ? NAN
	                         : report_table_number(s->table, row, column);
}

/* Whether the row is credibly above (1) or below what it was tested against. */
static int sign_of(const struct score *s, size_t row)
{
	double diff = number(s, row, s->diff);

	if (!(number(s, row, s->p) < REPORT_ALPHA))
		return 0;
	return (diff > 0) - (diff < 0);
}

static struct cx_str period_of(const struct report_table *t, size_t row)
{
	return report_table_cell(t, row, (ptrdiff_t)t->n_groups);
}

/* ---- tiles ---- */

static void put_change(struct cx_buf *out, const struct score *s, size_t row)
{
	static const char *const keys[] = { "change_down", "change_none",
		"change_up" };
	struct cx_buf diff = { 0 }, range = { 0 }, p = { 0 }, vs = { 0 };
	double x = number(s, row, s->diff);

	if (isnan(x))
		return;
	report_put_signed(&diff, x, 1);
	report_put_range(
	    &range, number(s, row, s->diff_lo), number(s, row, s->diff_hi), 1);
	report_put_p(&p, number(s, row, s->p));
	report_put_versus(&vs, report_table_cell(s->table, row, s->vs));
	REPORT_SAY(out, keys[sign_of(s, row) + 1], cx_buf_str(&diff),
	    cx_buf_str(&range), cx_buf_str(&vs), cx_buf_str(&p));
	cx_buf_release(&diff);
	cx_buf_release(&range);
	cx_buf_release(&p);
	cx_buf_release(&vs);
}

static void put_tile_name(struct cx_buf *out, const struct score *s, size_t row)
{
	struct cx_buf period = { 0 };
	bool partial = report_table_number(s->table, row, s->partial) == 1;

	if (s->table->has_period) {
		report_put_period(&period, period_of(s->table, row));
		REPORT_SAY(out, partial ? "tile_partial" : "tile_name",
		    cx_str(s->table->name), cx_buf_str(&period));
	} else {
		cx_buf_addz(out, s->table->name);
	}
	cx_buf_release(&period);
}

static void put_value(struct cx_buf *out, const struct score *s, size_t row)
{
	report_put_real(out, number(s, row, s->value), 1);
	if (s->table->kind == REPORT_BOX)
		cx_buf_addc(out, '%');
}

static void put_base(struct cx_buf *out, const struct score *s, size_t row)
{
	bool low = report_table_number(s->table, row, s->low_base) == 1;
	struct cx_buf n = { 0 };

	report_put_real(&n, report_table_number(s->table, row, s->n), 0);
	REPORT_SAY(out, low ? "tile_low_base" : "tile_base", cx_buf_str(&n));
	cx_buf_release(&n);
}

static void add_tile(struct report *r, const struct score *s, size_t row)
{
	struct cx_buf name = { 0 }, value = { 0 }, range = { 0 };
	struct cx_buf interval = { 0 }, base = { 0 }, change = { 0 };

	put_tile_name(&name, s, row);
	if (is_masked(s, row)) {
		cx_buf_addz(&value, report_word("masked"));
	} else {
		put_value(&value, s, row);
		report_put_range(
		    &range, number(s, row, s->lo), number(s, row, s->hi), 1);
		REPORT_SAY(&interval, "tile_interval", cx_buf_str(&range));
		put_base(&base, s, row);
		put_change(&change, s, row);
	}
	r->page.kind->tile(&r->page,
	    &(struct cx_page_tile){ cx_buf_str(&name), cx_buf_str(&value),
	        cx_buf_str(&interval), cx_buf_str(&base), cx_buf_str(&change),
	        sign_of(s, row) });
	cx_buf_release(&name);
	cx_buf_release(&value);
	cx_buf_release(&range);
	cx_buf_release(&interval);
	cx_buf_release(&base);
	cx_buf_release(&change);
}

/* All of it, or the latest period that is told; -1 where there is neither. */
static ptrdiff_t tile_row(const struct report_table *t)
{
	struct score s = score_of(t);
	ptrdiff_t best = -1, told = -1;

	if (!is_score(t) || t->n_groups)
		return -1;
	for (size_t row = 0; row < t->n_rows; row++) {
		if (t->has_period && period_of(t, row).n == 0)
			continue;
		best = (ptrdiff_t)row;
		if (!isnan(number(&s, row, s.value)))
			told = best;
	}
	return told >= 0 ? told : best;
}

void report_tiles(struct report *r)
{
	bool any = false;

	for (size_t i = 0; i < r->n; i++) {
		ptrdiff_t row = tile_row(&r->tables[i]);
		struct score s = score_of(&r->tables[i]);

		if (row < 0)
			continue;
		if (!any) {
			cx_page_section(
			    &r->page, cx_str(report_word("section_tiles")));
			r->page.kind->tiles(&r->page, true);
		}
		any = true;
		add_tile(r, &s, (size_t)row);
	}
	if (!any)
		return;
	r->page.kind->tiles(&r->page, false);
	for (size_t i = 0; i < r->n; i++)
		if (is_score(&r->tables[i]) && r->tables[i].n_groups == 0 &&
		    !r->tables[i].has_period)
			report_show_table(r, &r->tables[i]);
}

/* ---- trends ---- */

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
	struct cx_str name = cx_str(t->columns[t->n_groups].name);
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

static bool same_groups(const struct report_table *t, size_t a, size_t b)
{
	for (size_t i = 0; i < t->n_groups; i++)
		if (!cx_str_eq(report_table_cell(t, a, (ptrdiff_t)i),
		        report_table_cell(t, b, (ptrdiff_t)i)))
			return false;
	return true;
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

static void add_row(
    struct trend *trend, const struct score *s, size_t row, ptrdiff_t before)
{
	const struct report_table *t = s->table;

	if (before < 0)
		begin_panel(trend, t, row);
	else
		add_gaps(trend, kind_of_period(t), period_of(t, (size_t)before),
		    period_of(t, row));
	add_point(
	    trend, (struct cx_trend_point){ .label = period_of(t, row),
	               .value = number(s, row, s->value),
	               .lo = number(s, row, s->lo),
	               .hi = number(s, row, s->hi),
	               .partial = report_table_number(t, row, s->partial) == 1,
	               .sign = sign_of(s, row) });
}

/* The row behind those of the group that starts with first. */
static size_t group_end(const struct report_table *t, size_t first)
{
	size_t end = first;

	while (end < t->n_rows && same_groups(t, first, end))
		end++;
	return end;
}

/* Whether any of these rows has something to draw. */
static bool is_told(const struct score *s, size_t first, size_t end)
{
	for (; first < end; first++)
		if (period_of(s->table, first).n &&
		    !isnan(number(s, first, s->value)))
			return true;
	return false;
}

static void add_group(
    struct trend *trend, const struct score *s, size_t first, size_t end)
{
	ptrdiff_t before = -1;

	for (size_t row = first; row < end; row++) {
		if (period_of(s->table, row).n == 0)
			continue;
		add_row(trend, s, row, before);
		before = (ptrdiff_t)row;
	}
}

/* Rows of one group stand together, in the order of time. */
static void collect_points(struct trend *trend, const struct score *s)
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

/* When all points are there, and stay where they are. */
static void make_panels(struct trend *trend)
{
	trend->panels = cx_calloc(trend->n_panels, sizeof(*trend->panels));
	for (size_t i = 0; i < trend->n_panels; i++) {
		size_t start = i ? trend->name_ends[i - 1] : 0;
		size_t end = i + 1 < trend->n_panels ? trend->firsts[i + 1]
		                                     : trend->n_points;

		trend->panels[i] = (struct cx_trend_panel){
			.title = { trend->names.data + start,
			    trend->name_ends[i] - start },
			.points = trend->points + trend->firsts[i],
			.n = end - trend->firsts[i],
		};
	}
}

static void draw_trend(
    struct report *r, const struct score *s, const char *title)
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
	                        .low = lowest(s->table),
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

/* ---- groups ---- */

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x < y) - (x > y);
}

/* The n that a group must reach to be among the largest. */
static double least_drawn(const struct score *s)
{
	size_t n = s->table->n_rows;
	double *sizes, least = 0;

	if (n <= REPORT_DRAWN_MOST)
		return 0;
	sizes = cx_calloc(n, sizeof(*sizes));
	for (size_t row = 0; row < n; row++)
		sizes[row] = fmax(0, report_table_number(s->table, row, s->n));
	qsort(sizes, n, sizeof(*sizes), by_size);
	least = sizes[REPORT_DRAWN_MOST - 1];
	free(sizes);
	return least;
}

static struct cx_interval_row interval_row(const struct score *s, size_t row)
{
	bool masked = is_masked(s, row);
	struct cx_buf label = { 0 }, base = { 0 };
	struct cx_interval_row made;

	report_put_groups(&label, s->table, row);
	if (masked)
		cx_buf_addz(&base, "–");
	else
		report_put_real(
		    &base, report_table_number(s->table, row, s->n), 0);
	made = (struct cx_interval_row){
		.label = cx_buf_str(&label),
		.base = cx_buf_str(&base),
		.value = number(s, row, s->value),
		.lo = number(s, row, s->lo),
		.hi = number(s, row, s->hi),
		.masked = masked,
		.low = report_table_number(s->table, row, s->low_base) == 1,
		.sign = sign_of(s, row),
	};
	return made;
}

static size_t collect_rows(const struct score *s, struct cx_interval_row *rows)
{
	double least = least_drawn(s);
	size_t n = 0;

	for (size_t row = 0; row < s->table->n_rows; row++) {
		double size = report_table_number(s->table, row, s->n);

		if (n < REPORT_DRAWN_MOST && !(size < least))
			rows[n++] = interval_row(s, row);
	}
	return n;
}

/* Of the whole: from a table of the same name without groups. */
static double whole_of(const struct report *r, const struct report_table *t)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct report_table *other = &r->tables[i];
		struct score s = score_of(other);

		if (other->kind == t->kind && other->n_groups == 0 &&
		    !other->has_period && other->n_rows == 1 &&
		    strcmp(other->name, t->name) == 0)
			return number(&s, 0, s.value);
	}
	return NAN;
}

static void draw_groups(
    struct report *r, const struct score *s, const char *title)
{
	struct cx_interval_row *rows =
	    cx_calloc(REPORT_DRAWN_MOST, sizeof(*rows));
	struct cx_buf svg = { 0 };
	struct cx_interval_words words = {
		.title = title,
		.desc = report_word("groups_desc"),
		.base = report_word("col_n"),
		.masked = report_word("masked"),
		.low = report_word("pale_low_base"),
		.better = report_word("above_others"),
		.worse = report_word("below_others"),
		.none = report_word("no_groups"),
	};
	size_t n = collect_rows(s, rows);

	cx_intervals_draw(&svg, &(struct cx_intervals){ .rows = rows,
	                            .n = n,
	                            .low = lowest(s->table),
	                            .high = 100,
	                            .reference = whole_of(r, s->table),
	                            .words = &words });
	r->page.kind->picture(&r->page, cx_str(title), &svg);
	for (size_t i = 0; i < n; i++) {
		free((char *)rows[i].label.p);
		free((char *)rows[i].base.p);
	}
	free(rows);
	cx_buf_release(&svg);
}

/* ---- sections ---- */

static void tell_drawn(struct report *r, const struct report_table *t)
{
	struct cx_buf text = { 0 }, drawn = { 0 }, all = { 0 };

	if (t->has_period || t->n_rows <= REPORT_DRAWN_MOST)
		return;
	report_put_real(&drawn, REPORT_DRAWN_MOST, 0);
	report_put_real(&all, (double)t->n_rows, 0);
	REPORT_SAY(&text, "groups_left", cx_buf_str(&drawn), cx_buf_str(&all));
	r->page.kind->note(&r->page, cx_buf_str(&text));
	cx_buf_release(&text);
	cx_buf_release(&drawn);
	cx_buf_release(&all);
}

static void show(struct report *r, const struct report_table *t)
{
	struct score s = score_of(t);
	struct cx_buf title = { 0 };

	report_put_name(&title, t);
	r->page.kind->heading(&r->page, cx_buf_str(&title));
	cx_buf_addc(&title, '\0');
	if (t->has_period)
		draw_trend(r, &s, title.data);
	else
		draw_groups(r, &s, title.data);
	tell_drawn(r, t);
	report_show_table(r, t);
	cx_buf_release(&title);
}

static void show_section(
    struct report *r, const char *key, bool (*has)(const struct report_table *))
{
	bool any = false;

	for (size_t i = 0; i < r->n; i++) {
		if (!is_score(&r->tables[i]) || !has(&r->tables[i]))
			continue;
		if (!any)
			cx_page_section(&r->page, cx_str(report_word(key)));
		any = true;
		show(r, &r->tables[i]);
	}
}

static bool is_trend(const struct report_table *t)
{
	return t->has_period;
}

static bool is_grouped(const struct report_table *t)
{
	return t->n_groups && !t->has_period;
}

void report_trends(struct report *r)
{
	show_section(r, "section_trends", is_trend);
}

void report_groups(struct report *r)
{
	show_section(r, "section_groups", is_grouped);
}
