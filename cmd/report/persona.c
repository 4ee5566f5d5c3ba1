/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a page that shows who the customers are: a card for each. */
#include "cmd/report/report.h"

#include "cmd/report/words.h"

#include <math.h>

/* A card is to be taken in at a glance; the table below has the rest. */
enum { FACTS_MOST = 12 };

struct columns {
	ptrdiff_t persona, attribute, value, n, share, index, lo, hi, apart;
};

static struct columns columns_of(const struct report_table *t)
{
	return (struct columns){
		.persona = report_table_column(t, "persona"),
		.attribute = report_table_column(t, "attribute"),
		.value = report_table_column(t, "value"),
		.n = report_table_column(t, "n"),
		.share = report_table_column(t, "share"),
		.index = report_table_column(t, "index"),
		.lo = report_table_column(t, "lo"),
		.hi = report_table_column(t, "hi"),
		.apart = report_table_column(t, "apart"),
	};
}

static bool same_persona(
    const struct report_table *t, const struct columns *c, size_t a, size_t b)
{
	return cx_str_eq(report_table_cell(t, a, c->persona),
	    report_table_cell(t, b, c->persona));
}

/* What is like everybody else's is not worth a line. */
static bool is_telling(
    const struct report_table *t, const struct columns *c, size_t row)
{
	return report_table_number(t, row, c->apart) != 0;
}

static struct cx_str attribute_of(
    const struct report_table *t, const struct columns *c, size_t row)
{
	struct cx_str name = report_table_cell(t, row, c->attribute);
	struct cx_buf key = { 0 };
	const char *word;

	cx_buf_addz(&key, "attribute_");
	cx_buf_adds(&key, name);
	word = report_word_or_null(cx_buf_str(&key));
	cx_buf_release(&key);
	return word ? cx_str(word) : name;
}

bool report_cards_mask_value(const struct report_table *t, size_t row)
{
	struct columns c = columns_of(t);

	return report_table_is_masked(t, row, -1, report_settings.min_n) &&
	       (isnan(report_table_number(t, row, c.apart)) ||
	           isnan(report_table_number(t, row, c.share))) &&
	       report_table_is_told(t, row, c.n);
}

static double told(const struct report_table *t, size_t row, ptrdiff_t column)
{
	if (report_table_is_masked(t, row, column, report_settings.min_n))
		return NAN;
	return report_table_number(t, row, column);
}

static void put_share(struct cx_buf *out, const struct report_table *t,
    const struct columns *c, size_t row)
{
	double index = told(t, row, c->index);
	struct cx_buf share = { 0 }, against = { 0 };

	report_put_real(&share, report_table_number(t, row, c->share), 1);
	report_put_real(&against, index, 0);
	if (isnan(index))
		REPORT_SAY(out, "card_share", cx_buf_str(&share));
	else
		REPORT_SAY(out, "card_index", cx_buf_str(&share),
		    cx_buf_str(&against));
	cx_buf_release(&share);
	cx_buf_release(&against);
}

static void put_range(struct cx_buf *out, const struct report_table *t,
    const struct columns *c, size_t row)
{
	double lo = report_table_number(t, row, c->lo);
	double hi = report_table_number(t, row, c->hi);

	if (isnan(lo) || isnan(hi))
		return;
	cx_buf_addz(out, " (");
	report_put_range(out, lo, hi, 1);
	cx_buf_addz(out, ")");
}

/* A size, a score or a text: "370 (32.0%)", "24.4 (17.4 to 31.2)". */
static void put_measure(struct cx_buf *out, const struct report_table *t,
    const struct columns *c, size_t row)
{
	struct cx_str value = report_table_cell(t, row, c->value);
	double number = report_table_number(t, row, value.n ? c->value : c->n);
	bool has_share = !isnan(report_table_number(t, row, c->share));

	if (value.n && isnan(number))
		cx_buf_adds(out, value);
	else
		report_put_real(out, number, has_share ? 0 : 1);
	if (!has_share) {
		put_range(out, t, c, row);
		return;
	}
	cx_buf_addz(out, " (");
	put_share(out, t, c, row);
	cx_buf_addz(out, ")");
}

/* A mean, and not the share of a value. */
static bool is_mean(
    const struct report_table *t, const struct columns *c, size_t row)
{
	return isnan(report_table_number(t, row, c->share)) &&
	       !isnan(report_table_number(t, row, c->lo));
}

/* What sets the persona apart: "premium: 45.0%, index 120". */
static void put_fact(struct cx_buf *out, const struct report_table *t,
    const struct columns *c, size_t row)
{
	if (report_table_is_masked(t, row, -1, report_settings.min_n)) {
		cx_buf_addz(out, report_word("masked"));
	} else if (isnan(report_table_number(t, row, c->apart)) ||
	           is_mean(t, c, row)) {
		put_measure(out, t, c, row);
	} else {
		cx_buf_adds(out, report_table_cell(t, row, c->value));
		cx_buf_addz(out, ": ");
		if (isnan(report_table_number(t, row, c->share)))
			report_put_real(
			    out, report_table_number(t, row, c->n), 0);
		else
			put_share(out, t, c, row);
	}
}

static void add_card(struct report *r, const struct report_table *t,
    const struct columns *c, size_t first, size_t end)
{
	struct cx_str name = report_table_cell(t, first, c->persona);
	struct cx_buf text = { 0 };
	size_t facts = 0;

	r->page.kind->card(
	    &r->page, name.n ? name : cx_str(report_word("not_given")));
	r->page.kind->facts(&r->page, true);
	for (size_t row = first; row < end && facts < FACTS_MOST; row++) {
		if (!is_telling(t, c, row))
			continue;
		cx_buf_clear(&text);
		put_fact(&text, t, c, row);
		r->page.kind->fact(
		    &r->page, attribute_of(t, c, row), cx_buf_str(&text));
		facts++;
	}
	r->page.kind->facts(&r->page, false);
	r->page.kind->card_end(&r->page);
	cx_buf_release(&text);
}

static void add_cards(struct report *r, const struct report_table *t)
{
	struct columns c = columns_of(t);
	size_t end;

	r->page.kind->cards(&r->page, true);
	for (size_t row = 0; row < t->n_rows; row = end) {
		for (end = row;
		     end < t->n_rows && same_persona(t, &c, row, end);)
			end++;
		add_card(r, t, &c, row, end);
	}
	r->page.kind->cards(&r->page, false);
}

void report_personas(struct report *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct report_table *t = &r->tables[i];

		if (t->kind != REPORT_CARDS)
			continue;
		cx_page_section(&r->page, cx_str(t->name));
		add_cards(r, t);
		report_show_table(r, t);
	}
}
