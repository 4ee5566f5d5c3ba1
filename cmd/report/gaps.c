/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of a page that shows what to improve: importance, performance. */
#include "cmd/report/report.h"

#include "cmd/picture-words.h"
#include "cmd/report/words.h"
#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

struct columns {
	ptrdiff_t rank, touchpoint, x, x_lo, x_hi, y, y_lo, y_hi;
};

static struct columns columns_of(const struct report_table *t)
{
	return (struct columns){
		.rank = report_table_column(t, "rank"),
		.touchpoint = report_table_column(t, "touchpoint"),
		.x = report_table_column(t, "performance"),
		.x_lo = report_table_column(t, "performance_lo"),
		.x_hi = report_table_column(t, "performance_hi"),
		.y = report_table_column(t, "importance"),
		.y_lo = report_table_column(t, "importance_lo"),
		.y_hi = report_table_column(t, "importance_hi"),
	};
}

static double told(const struct report_table *t, size_t row, ptrdiff_t column)
{
	if (report_table_is_masked(t, row, column, report_settings.min_n))
		return NAN;
	return report_table_number(t, row, column);
}

static struct cx_quadrant_point point_of(
    const struct report_table *t, const struct columns *c, size_t row)
{
	double rank = report_table_number(t, row, c->rank);
	double lo = told(t, row, c->y_lo);

	return (struct cx_quadrant_point){
		.label = report_table_cell(t, row, c->touchpoint),
		.number = rank >= 1 ? (size_t)rank : 0,
		.x = told(t, row, c->x),
		.x_lo = told(t, row, c->x_lo),
		.x_hi = told(t, row, c->x_hi),
		.y = told(t, row, c->y),
		.y_lo = lo,
		.y_hi = told(t, row, c->y_hi),
		.faint = lo <= 0,
	};
}

/* Whether a driver of these has a place in the picture. */
static bool is_drawn(
    const struct cx_quadrant_point *points, size_t first, size_t end)
{
	for (; first < end; first++)
		if (!isnan(points[first].x) && !isnan(points[first].y))
			return true;
	return false;
}

/* Rows of one group stand together: the panels, whose titles are owned. */
static size_t make_panels(const struct report_table *t,
    const struct cx_quadrant_point *points, struct cx_quadrant_panel *panels)
{
	size_t n_panels = 0, end;

	for (size_t row = 0; row < t->n_rows && n_panels < REPORT_PANELS_MOST;
	     row = end) {
		struct cx_buf title = { 0 };

		for (end = row;
		     end < t->n_rows && report_table_same_groups(t, row, end);)
			end++;
		if (!is_drawn(points, row, end))
			continue;
		report_put_groups(&title, t, row);
		panels[n_panels++] = (struct cx_quadrant_panel){
			.title = cx_buf_str(&title),
			.points = points + row,
			.n = end - row,
			.cross_x = NAN,
			.cross_y = NAN,
		};
	}
	return n_panels;
}

static void draw(
    struct report *r, const struct report_table *t, const char *title)
{
	struct cx_quadrant_point *points =
	    cx_calloc(t->n_rows, sizeof(*points));
	struct cx_quadrant_panel panels[REPORT_PANELS_MOST];
	struct columns columns = columns_of(t);
	struct cx_buf svg = { 0 };
	struct cx_quadrant_words words =
	    picture_words_quadrant(title, report_word("quadrant_desc"));
	size_t n;

	for (size_t row = 0; row < t->n_rows; row++)
		points[row] = point_of(t, &columns, row);
	n = make_panels(t, points, panels);
	cx_quadrant_draw(&svg,
	    &(struct cx_quadrant){ .panels = panels, .n = n, .words = &words });
	r->page.kind->picture(&r->page, cx_str(title), &svg);
	for (size_t i = 0; i < n; i++)
		free((char *)panels[i].title.p);
	free(points);
	cx_buf_release(&svg);
}

void report_gaps(struct report *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct report_table *t = &r->tables[i];
		struct cx_buf title = { 0 };

		if (t->kind != REPORT_GAPS)
			continue;
		report_put_name(&title, t);
		cx_page_section(&r->page, cx_buf_str(&title));
		cx_buf_addc(&title, '\0');
		draw(r, t, title.data);
		report_show_table(r, t);
		cx_buf_release(&title);
	}
}
