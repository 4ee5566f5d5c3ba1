/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/report/score.h"

#include "cmd/report/words.h"

#include <math.h>

static void put_change(
    struct cx_buf *out, const struct report_score *s, size_t row)
{
	static const char *const keys[] = { "change_down", "change_none",
		"change_up" };
	struct cx_buf diff = { 0 }, range = { 0 }, p = { 0 }, vs = { 0 };
	double x = report_score_number(s, row, s->diff);

	if (isnan(x))
		return;
	report_put_signed(&diff, x, 1);
	report_put_range(&range, report_score_number(s, row, s->diff_lo),
	    report_score_number(s, row, s->diff_hi), 1);
	report_put_p(&p, report_score_number(s, row, s->p));
	report_put_versus(&vs, report_table_cell(s->table, row, s->vs));
	REPORT_SAY(out, keys[report_score_sign(s, row) + 1], cx_buf_str(&diff),
	    cx_buf_str(&range), cx_buf_str(&vs), cx_buf_str(&p));
	cx_buf_release(&diff);
	cx_buf_release(&range);
	cx_buf_release(&p);
	cx_buf_release(&vs);
}

static void put_tile_name(
    struct cx_buf *out, const struct report_score *s, size_t row)
{
	struct cx_buf period = { 0 };
	bool partial = report_table_number(s->table, row, s->partial) == 1;

	if (s->table->period >= 0) {
		report_put_period(&period, report_score_period(s->table, row));
		REPORT_SAY(out, partial ? "tile_partial" : "tile_name",
		    cx_str(s->table->name), cx_buf_str(&period));
	} else {
		cx_buf_addz(out, s->table->name);
	}
	cx_buf_release(&period);
}

static void put_value(
    struct cx_buf *out, const struct report_score *s, size_t row)
{
	report_put_real(out, report_score_number(s, row, s->value), 1);
	if (s->table->kind == REPORT_BOX)
		cx_buf_addc(out, '%');
}

static void put_base(
    struct cx_buf *out, const struct report_score *s, size_t row)
{
	bool low = report_table_number(s->table, row, s->low_base) == 1;
	struct cx_buf n = { 0 };

	report_put_real(&n, report_table_number(s->table, row, s->n), 0);
	REPORT_SAY(out, low ? "tile_low_base" : "tile_base", cx_buf_str(&n));
	cx_buf_release(&n);
}

static void add_tile(struct report *r, const struct report_score *s, size_t row)
{
	struct cx_buf name = { 0 }, value = { 0 }, range = { 0 };
	struct cx_buf interval = { 0 }, base = { 0 }, change = { 0 };

	put_tile_name(&name, s, row);
	if (report_score_is_masked(s, row)) {
		cx_buf_addz(&value, report_word("masked"));
	} else {
		put_value(&value, s, row);
		report_put_range(&range, report_score_number(s, row, s->lo),
		    report_score_number(s, row, s->hi), 1);
		REPORT_SAY(&interval, "tile_interval", cx_buf_str(&range));
		put_base(&base, s, row);
		put_change(&change, s, row);
	}
	r->page.kind->tile(&r->page,
	    &(struct cx_page_tile){ cx_buf_str(&name), cx_buf_str(&value),
	        cx_buf_str(&interval), cx_buf_str(&base), cx_buf_str(&change),
	        report_score_sign(s, row) });
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
	struct report_score s = report_score_of(t);
	ptrdiff_t best = -1, told = -1;

	if (!report_is_score(t) || t->n_groups)
		return -1;
	for (size_t row = 0; row < t->n_rows; row++) {
		if (t->period >= 0 && report_score_period(t, row).n == 0)
			continue;
		best = (ptrdiff_t)row;
		if (!isnan(report_score_number(&s, row, s.value)))
			told = best;
	}
	return told >= 0 ? told : best;
}

void report_tiles(struct report *r)
{
	bool any = false;

	for (size_t i = 0; i < r->n; i++) {
		ptrdiff_t row = tile_row(&r->tables[i]);
		struct report_score s = report_score_of(&r->tables[i]);

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
		if (report_is_score(&r->tables[i]) &&
		    r->tables[i].n_groups == 0 && r->tables[i].period < 0)
			report_show_table(r, &r->tables[i]);
}
