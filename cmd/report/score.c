/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/report/score.h"

#include "cmd/report/words.h"

#include <math.h>

struct report_score report_score_of(const struct report_table *t)
{
	const char *value = t->kind == REPORT_NPS ? "nps" : "top_box";

	return (struct report_score){
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

bool report_is_score(const struct report_table *t)
{
	return t->kind == REPORT_NPS || t->kind == REPORT_BOX;
}

static bool is_total(const struct report_table *t)
{
	return report_is_score(t) && t->n_groups == 0 && t->period < 0;
}

const char *report_score_twice(const struct report *r)
{
	for (size_t i = 1; i < r->n; i++)
		for (size_t j = 0; j < i && is_total(&r->tables[i]); j++)
			if (is_total(&r->tables[j]) &&
			    strcmp(r->tables[i].name, r->tables[j].name) == 0)
				return r->tables[i].name;
	return NULL;
}

double report_score_lowest(const struct report_table *t)
{
	return t->kind == REPORT_NPS ? -100 : 0;
}

bool report_score_is_masked(const struct report_score *s, size_t row)
{
	return report_table_is_masked(s->table, row, -1, report_settings.min_n);
}

double report_score_number(
    const struct report_score *s, size_t row, ptrdiff_t column)
{
	return report_table_is_masked(
	           s->table, row, column, report_settings.min_n)
	           ? NAN
	           : report_table_number(s->table, row, column);
}

/* Whether the row is credibly above (1) or below what it was tested against. */
int report_score_sign(const struct report_score *s, size_t row)
{
	double diff = report_score_number(s, row, s->diff);

	if (!(report_score_number(s, row, s->p) < REPORT_ALPHA))
		return 0;
	return (diff > 0) - (diff < 0);
}

struct cx_str report_score_period(const struct report_table *t, size_t row)
{
	return report_table_cell(t, row, t->period);
}

/* ---- sections ---- */

static void tell_drawn(struct report *r, const struct report_table *t)
{
	struct cx_buf text = { 0 }, drawn = { 0 }, all = { 0 };

	if (t->period >= 0 || t->n_rows <= REPORT_DRAWN_MOST)
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
	struct report_score s = report_score_of(t);
	struct cx_buf title = { 0 };

	report_put_name(&title, t);
	r->page.kind->heading(&r->page, cx_buf_str(&title));
	cx_buf_addc(&title, '\0');
	if (t->period >= 0)
		report_draw_trend(r, &s, title.data);
	else
		report_draw_groups(r, &s, title.data);
	tell_drawn(r, t);
	report_show_table(r, t);
	cx_buf_release(&title);
}

static void show_section(
    struct report *r, const char *key, bool (*has)(const struct report_table *))
{
	bool any = false;

	for (size_t i = 0; i < r->n; i++) {
		if (!report_is_score(&r->tables[i]) || !has(&r->tables[i]))
			continue;
		if (!any)
			cx_page_section(&r->page, cx_str(report_word(key)));
		any = true;
		show(r, &r->tables[i]);
	}
}

static bool is_trend(const struct report_table *t)
{
	return t->period >= 0;
}

static bool is_grouped(const struct report_table *t)
{
	return t->n_groups && t->period < 0;
}

void report_trends(struct report *r)
{
	show_section(r, "section_trends", is_trend);
}

void report_groups(struct report *r)
{
	show_section(r, "section_groups", is_grouped);
}
