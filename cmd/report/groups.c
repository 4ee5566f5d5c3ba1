/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/report/score.h"

#include "cmd/report/words.h"
#include "libcx/base/mem.h"
#include "libcx/report/intervals.h"

#include <math.h>
#include <stdlib.h>

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x < y) - (x > y);
}

/* The n that a group must reach to be among the largest. */
static double least_drawn(const struct report_score *s)
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

static struct cx_interval_row interval_row(
    const struct report_score *s, size_t row)
{
	bool masked = report_score_is_masked(s, row);
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
		.value = report_score_number(s, row, s->value),
		.lo = report_score_number(s, row, s->lo),
		.hi = report_score_number(s, row, s->hi),
		.masked = masked,
		.low = report_score_number(s, row, s->low_base) == 1,
		.sign = report_score_sign(s, row),
	};
	return made;
}

static size_t collect_rows(
    const struct report_score *s, struct cx_interval_row *rows)
{
	double least = least_drawn(s);
	size_t n_rows = s->table->n_rows, larger = 0, n = 0;

	for (size_t row = 0; row < n_rows; row++)
		larger += report_table_number(s->table, row, s->n) > least;
	/* Of those with the least size only as many as there is room for. */
	for (size_t row = 0, left = REPORT_DRAWN_MOST; row < n_rows; row++) {
		double size = report_table_number(s->table, row, s->n);
		bool is_larger = size > least;

		if (left == 0 || (!is_larger && left <= larger))
			continue;
		larger -= is_larger;
		if (size < least)
			continue;
		rows[n++] = interval_row(s, row);
		left--;
	}
	return n;
}

/*
 * Of the whole: from a table of the same name without groups. Of two nobody
 * knows which one's groups these are.
 */
static double whole_of(const struct report *r, const struct report_table *t)
{
	double whole = NAN;
	bool found = false;

	for (size_t i = 0; i < r->n; i++) {
		const struct report_table *other = &r->tables[i];
		struct report_score s = report_score_of(other);

		if (other->kind != t->kind || other->n_groups ||
		    other->period >= 0 || other->n_rows != 1 ||
		    strcmp(other->name, t->name) != 0)
			continue;
		whole = found ? NAN : report_score_number(&s, 0, s.value);
		found = true;
	}
	return whole;
}

void report_draw_groups(
    struct report *r, const struct report_score *s, const char *title)
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
	                            .low = report_score_lowest(s->table),
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
