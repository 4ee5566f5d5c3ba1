/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a page that say what it is about and what its words mean. */
#include "cmd/report/report.h"

#include "cmd/report/words.h"

#include <stdlib.h>

/* ---- the head ---- */

static void add_fact(struct report *r, const char *key, struct cx_str text)
{
	if (text.n)
		r->page.kind->fact(&r->page, cx_str(report_word(key)), text);
}

struct span {
	struct cx_str kind, first, last;
};

static void add_periods(struct span *span, const struct report_table *t)
{
	struct cx_str kind = cx_str(t->columns[t->period].name);

	if (span->kind.n && !cx_str_eq(kind, span->kind))
		return;
	span->kind = kind;
	for (size_t row = 0; row < t->n_rows; row++) {
		struct cx_str p = report_table_cell(t, row, t->period);

		if (p.n == 0)
			continue;
		if (!span->first.n || report_period_is_before(p, span->first))
			span->first = p;
		if (report_period_is_before(span->last, p))
			span->last = p;
	}
}

/* The first and the last period of all trends of one kind of period. */
static void put_periods(struct cx_buf *out, const struct report *r)
{
	struct span span = { .first = { "", 0 } };
	struct cx_buf from = { 0 }, to = { 0 };

	for (size_t i = 0; i < r->n; i++)
		if (r->tables[i].period >= 0)
			add_periods(&span, &r->tables[i]);
	if (span.first.n == 0)
		return;
	report_put_period(&from, span.first);
	report_put_period(&to, span.last);
	if (cx_str_eq(span.first, span.last))
		cx_buf_adds(out, cx_buf_str(&from));
	else
		REPORT_SAY(
		    out, "period_range", cx_buf_str(&from), cx_buf_str(&to));
	cx_buf_release(&from);
	cx_buf_release(&to);
}

static struct cx_str base_name(struct cx_str file)
{
	size_t n = file.n;

	while (n && file.p[n - 1] != '/')
		n--;
	return (struct cx_str){ file.p + n, file.n - n };
}

static void put_files(struct cx_buf *out, const struct report *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const char *file = r->tables[i].file;

		report_put_item(
		    out, file ? base_name(cx_str(file))
		              : cx_str(report_word("standard_input")));
	}
}

/* "3 rejected", nothing for none. */
static void add_count(struct cx_buf *list, const char *key, uint64_t n)
{
	struct cx_buf number = { 0 }, item = { 0 };

	if (n == 0)
		return;
	report_put_real(&number, (double)n, 0);
	REPORT_SAY(&item, key, cx_buf_str(&number));
	report_put_item(list, cx_buf_str(&item));
	cx_buf_release(&number);
	cx_buf_release(&item);
}

static void put_reasons(struct cx_buf *out, const struct report_manifest *m)
{
	size_t *order = cx_map_sorted(&m->reasons);

	for (size_t i = 0; i < m->reasons.n; i++) {
		struct cx_buf item = { 0 };

		cx_buf_adds(&item, cx_map_key(&m->reasons, order[i]));
		cx_buf_addz(&item, ": ");
		report_put_real(&item, (double)m->counts[order[i]], 0);
		report_put_item(out, cx_buf_str(&item));
		cx_buf_release(&item);
	}
	free(order);
}

static void add_manifest(struct report *r)
{
	const struct report_manifest *m = &r->manifest;
	struct cx_buf files = { 0 }, counts = { 0 }, reasons = { 0 };
	struct cx_buf read = { 0 }, kept = { 0 };

	if (!m->is_any)
		return;
	for (size_t i = 0; i < m->files.n; i++)
		report_put_item(&files, base_name(cx_map_key(&m->files, i)));
	report_put_real(&read, (double)m->read, 0);
	report_put_real(&kept, (double)m->kept, 0);
	REPORT_SAY(
	    &counts, "records_kept", cx_buf_str(&read), cx_buf_str(&kept));
	add_count(&counts, "records_left_out", m->left_out);
	add_count(&counts, "records_rejected", m->rejected);
	add_count(&counts, "records_dropped", m->dropped);
	put_reasons(&reasons, m);
	add_fact(r, "fact_read", cx_buf_str(&files));
	add_fact(r, "fact_records", cx_buf_str(&counts));
	add_fact(r, "fact_reasons", cx_buf_str(&reasons));
	cx_buf_release(&files);
	cx_buf_release(&counts);
	cx_buf_release(&reasons);
	cx_buf_release(&read);
	cx_buf_release(&kept);
}

static struct cx_str setting(const char *text)
{
	return cx_str(text ? text : "");
}

void report_head(struct report *r)
{
	const struct report_settings *set = &report_settings;
	struct cx_buf period = { 0 }, files = { 0 }, as_of = { 0 };

	if (set->period)
		cx_buf_addz(&period, set->period);
	else
		put_periods(&period, r);
	put_files(&files, r);
	if (set->as_of)
		report_put_period(&as_of, cx_str(set->as_of));
	r->page.kind->facts(&r->page, true);
	add_fact(r, "fact_period", cx_buf_str(&period));
	add_fact(r, "fact_zone", setting(set->zone));
	add_fact(r, "fact_as_of", cx_buf_str(&as_of));
	add_manifest(r);
	add_fact(r, "fact_files", cx_buf_str(&files));
	r->page.kind->facts(&r->page, false);
	cx_buf_release(&period);
	cx_buf_release(&files);
	cx_buf_release(&as_of);
}

/* ---- definitions ---- */

static bool has_kind(const struct report *r, enum report_kind kind)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->tables[i].kind == kind)
			return true;
	return false;
}

static bool has_column(
    const struct report *r, enum report_kind kind, const char *name)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->tables[i].kind == kind &&
		    report_table_column(&r->tables[i], name) >= 0)
			return true;
	return false;
}

static bool has_score_column(const struct report *r, const char *name)
{
	return has_column(r, REPORT_NPS, name) ||
	       has_column(r, REPORT_BOX, name);
}

static bool has_method(const struct report *r, const char *method)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct report_table *t = &r->tables[i];
		ptrdiff_t ci = report_table_column(t, "ci");

		for (size_t row = 0; ci >= 0 && row < t->n_rows; row++)
			if (cx_str_eq(
			        report_table_cell(t, row, ci), cx_str(method)))
				return true;
	}
	return false;
}

static void define(
    struct report *r, bool is_used, const char *name, const char *text)
{
	if (is_used)
		r->page.kind->fact(&r->page, cx_str(report_word(name)),
		    cx_str(report_word(text)));
}

/* "1..5 top 4..5 bottom 1..2": what each table of boxes took for its ends. */
static void define_scales(struct report *r)
{
	struct cx_buf text = { 0 };

	for (size_t i = 0; i < r->n; i++) {
		const struct report_table *t = &r->tables[i];
		ptrdiff_t scale = report_table_column(t, "scale");

		if (scale < 0 || t->n_rows == 0)
			continue;
		cx_buf_clear(&text);
		report_put_name(&text, t);
		cx_buf_addz(&text, ": ");
		cx_buf_adds(&text, report_table_cell(t, 0, scale));
		r->page.kind->fact(
		    &r->page, cx_str(report_word("scale")), cx_buf_str(&text));
	}
	cx_buf_release(&text);
}

static void define_mask(struct report *r)
{
	struct cx_buf text = { 0 }, least = { 0 };

	report_put_real(&least, report_settings.min_n, 0);
	REPORT_SAY(&text, "def_masked", cx_buf_str(&least));
	r->page.kind->fact(
	    &r->page, cx_str(report_word("masked")), cx_buf_str(&text));
	cx_buf_release(&text);
	cx_buf_release(&least);
}

static void define_journeys(struct report *r)
{
	bool map = has_kind(r, REPORT_MAP);

	define(r, map, "map_reach", "def_reach");
	define(r, map, "col_emotion", "def_emotion");
	define(r, map, "map_drop_off", "def_drop_off");
	define(r, map, "col_flags", "def_marks");
}

static void define_gaps(struct report *r)
{
	bool gaps = has_kind(r, REPORT_GAPS);

	define(r, gaps, "col_importance", "def_importance");
	define(r, gaps, "col_performance", "def_performance");
	define(r, gaps && has_column(r, REPORT_GAPS, "nps_change"),
	    "col_nps_change", "def_nps_change");
	define(r, gaps, "col_quadrant", "def_quadrant");
}

void report_definitions(struct report *r)
{
	bool nps = has_kind(r, REPORT_NPS), box = has_kind(r, REPORT_BOX);

	cx_page_section(&r->page, cx_str(report_word("section_definitions")));
	r->page.kind->facts(&r->page, true);
	define(r, nps, "nps", "def_nps");
	define(r, box, "col_top_box", "def_top_box");
	define_scales(r);
	define(r, box, "col_mean", "def_mean");
	define(r, nps || box, "col_n", "def_n");
	define(
	    r, has_method(r, "adjusted-wald"), "interval", "def_adjusted_wald");
	define(r, has_method(r, "score"), "interval", "def_tango");
	define(r, has_method(r, "wald"), "interval", "def_wald");
	define(r, has_method(r, "linearised"), "interval", "def_linearised");
	define(r, box, "interval", "def_wilson");
	define(
	    r, has_score_column(r, "low_base"), "col_low_base", "def_low_base");
	define(r, has_score_column(r, "partial"), "col_partial", "def_partial");
	define(r, has_score_column(r, "diff"), "col_diff", "def_diff");
	define_journeys(r);
	define_gaps(r);
	define(r, has_kind(r, REPORT_CARDS), "col_index", "def_index");
	define_mask(r);
	r->page.kind->facts(&r->page, false);
}
