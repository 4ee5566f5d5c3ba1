/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/intervals.h"

#include "libcx/report/axis.h"
#include "libcx/report/figure.h"
#include "libcx/report/svg.h"

#include <math.h>

const struct cx_interval_words cx_interval_words = {
	.title = "By group",
	.desc = "The value of each group with its interval.",
	.base = "n",
	.masked = "too few",
	.low = "pale: few answers",
	.better = "above the others",
	.worse = "below the others",
	.none = "no groups",
};

/* In pixels. */
static const double WIDTH = 800, LEFT = 210, RIGHT = 176;
static const double EDGE = 6, ROW = 22, TICK_ROW = 20;
static const double LEGEND_ROW = 24, SIZE = 12;
static const double DOT = 4.5, SIGN = 4.5, BASE_WIDTH = 54;
enum { TICKS = 6 };

struct drawing {
	const struct cx_intervals *plot;
	const struct cx_interval_words *words;
	struct cx_buf *body, text;
	struct cx_axis axis;
	bool has_sign, has_low;
	double y;
};

static double place(const struct drawing *d, double x)
{
	double at = fmax(0, fmin(1, cx_axis_place(&d->axis, x)));

	return LEFT + at * (WIDTH - LEFT - RIGHT);
}

static bool is_shown(const struct cx_interval_row *row)
{
	return !row->masked && isfinite(row->value);
}

static void look_at_rows(struct drawing *d)
{
	struct cx_range range = cx_range_empty;

	for (size_t i = 0; i < d->plot->n; i++) {
		const struct cx_interval_row *row = &d->plot->rows[i];

		if (!is_shown(row))
			continue;
		cx_range_add(&range, row->value);
		cx_range_add(&range, row->lo);
		cx_range_add(&range, row->hi);
		d->has_sign |= row->sign != 0;
		d->has_low |= row->low;
	}
	cx_range_add(&range, d->plot->reference);
	d->axis = cx_axis_within(range, d->plot->low, d->plot->high, TICKS);
}

static void draw_ground(struct drawing *d, double top, double bottom)
{
	cx_svg_rect(
	    d->body, "panel", LEFT, top, WIDTH - LEFT - RIGHT, bottom - top);
	for (int i = 0; i < cx_axis_ticks(&d->axis); i++) {
		double tick = cx_axis_tick(&d->axis, i), x = place(d, tick);

		cx_svg_line(d->body,
		    fabs(tick) < d->axis.step / 2 ? "axis" : "grid", x, top, x,
		    bottom);
		cx_buf_clear(&d->text);
		cx_figure_fixed(&d->text, tick, d->axis.decimals);
		cx_svg_text(d->body, "small mute mid", x,
		    bottom + TICK_ROW - EDGE, cx_buf_str(&d->text));
	}
	if (isfinite(d->plot->reference))
		cx_svg_line(d->body, "cross", place(d, d->plot->reference), top,
		    place(d, d->plot->reference), bottom);
}

static void draw_mark(
    struct drawing *d, const struct cx_interval_row *row, double y)
{
	double x = place(d, row->value);

	if (isfinite(row->lo) && isfinite(row->hi))
		cx_svg_line(d->body, row->low ? "span faint" : "span",
		    place(d, row->lo), y, place(d, row->hi), y);
	cx_svg_circle(d->body, row->low ? "dot faint" : "dot", x, y, DOT);
	if (row->sign)
		cx_svg_sign(d->body, row->sign > 0 ? "good" : "bad",
		    row->sign > 0 ? CX_SVG_UP : CX_SVG_DOWN, LEFT - EDGE * 2, y,
		    SIGN);
}

static void write_figures(
    struct drawing *d, const struct cx_interval_row *row, double y)
{
	double x = WIDTH - RIGHT + EDGE * 2;

	cx_buf_clear(&d->text);
	cx_figure_fixed(&d->text, row->value, 1);
	cx_svg_text(d->body, "strong end", x + 34, y, cx_buf_str(&d->text));
	if (!isfinite(row->lo) || !isfinite(row->hi))
		return;
	cx_buf_clear(&d->text);
	cx_figure_fixed(&d->text, row->lo, 1);
	cx_buf_addz(&d->text, " … ");
	cx_figure_fixed(&d->text, row->hi, 1);
	cx_svg_text(d->body, "small mute", x + 40, y, cx_buf_str(&d->text));
}

static void draw_row(struct drawing *d, const struct cx_interval_row *row)
{
	double middle = d->y + ROW / 2, y = middle + 4;

	cx_svg_text_fit(d->body, "ink", EDGE, y, row->label,
	    (LEFT - EDGE - BASE_WIDTH - 3 * EDGE) / SIZE);
	cx_svg_text(d->body, "small mute end", LEFT - 4 * EDGE, y, row->base);
	if (is_shown(row)) {
		draw_mark(d, row, middle);
		write_figures(d, row, y);
	} else if (row->masked) {
		cx_svg_text(d->body, "small mute", WIDTH - RIGHT + EDGE * 2, y,
		    cx_str(d->words->masked));
	}
	d->y += ROW;
}

static void draw_legend(struct drawing *d)
{
	double x = LEFT;

	d->y += TICK_ROW + EDGE;
	if (d->has_sign) {
		cx_svg_sign(d->body, "good", CX_SVG_UP, x + 5, d->y, SIGN);
		x = cx_svg_legend(d->body, x + 15, d->y + 4, d->words->better);
		cx_svg_sign(d->body, "bad", CX_SVG_DOWN, x + 5, d->y, SIGN);
		x = cx_svg_legend(d->body, x + 15, d->y + 4, d->words->worse);
	}
	if (d->has_low)
		cx_svg_legend(d->body, x, d->y + 4, d->words->low);
	d->y += d->has_sign || d->has_low ? LEGEND_ROW - EDGE : 0;
}

static void draw(struct drawing *d)
{
	double top;

	if (d->plot->n == 0) {
		d->y = cx_svg_nothing(d->body, d->y, d->words->none);
		return;
	}
	look_at_rows(d);
	cx_svg_text(d->body, "small mute end", LEFT - 4 * EDGE, d->y + EDGE,
	    cx_str(d->words->base));
	d->y += 2 * EDGE;
	top = d->y;
	draw_ground(d, top, top + ROW * (double)d->plot->n);
	for (size_t i = 0; i < d->plot->n; i++)
		draw_row(d, &d->plot->rows[i]);
	draw_legend(d);
}

void cx_intervals_draw(struct cx_buf *out, const struct cx_intervals *plot)
{
	struct cx_svg_frame frame = { .width = WIDTH, .alone = plot->alone };
	struct cx_buf body = { 0 };
	struct drawing d = { .plot = plot, .body = &body };

	d.words = plot->words ? plot->words : &cx_interval_words;
	frame.title = d.words->title;
	frame.desc = d.words->desc;
	d.y = cx_svg_head(&body, &frame);
	draw(&d);
	cx_svg_finish(out, &frame, d.y, &body);
	cx_buf_release(&d.text);
	cx_buf_release(&body);
}
