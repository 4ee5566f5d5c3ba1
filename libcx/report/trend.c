/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/trend.h"

#include "libcx/report/axis.h"
#include "libcx/report/figure.h"
#include "libcx/report/svg.h"
#include "libcx/report/text.h"

#include <math.h>

const struct cx_trend_words cx_trend_words = {
	.title = "Trend",
	.desc = "The value of each period with its interval.",
	.interval = "interval",
	.partial = "not over yet",
	.better = "better than before",
	.worse = "worse than before",
	.none = "no periods",
};

/* In pixels. */
static const double WIDTH = 800, LEFT = 44, RIGHT = 28, EDGE = 6;
static const double PLOT = 220, SMALL_PLOT = 130, TITLE_ROW = 26;
static const double TICK_ROW = 24, PANEL_GAP = 14, LEGEND_ROW = 24;
static const double SMALL_SIZE = 10.5, HEAD_SIZE = 13, DOT = 4, SIGN = 4.5;
static const double AIR = 10;
enum { TICKS = 5, COLUMNS = 2 };

struct drawing {
	const struct cx_trend *trend;
	const struct cx_trend_words *words;
	struct cx_buf *body, text;
	struct cx_axis axis;
	bool has_partial, has_sign;
	double y; /* where the next thing goes */
	/* of the panel at hand */
	const struct cx_trend_panel *panel;
	double left, width, top, height;
};

static double place_x(const struct drawing *d, size_t i)
{
	double room = d->width - 2 * AIR;

	if (d->panel->n == 1)
		return d->left + d->width / 2;
	return d->left + AIR + room * (double)i / (double)(d->panel->n - 1);
}

static double place_y(const struct drawing *d, double value)
{
	return d->top + (1 - cx_axis_place(&d->axis, value)) * d->height;
}

static bool has_value(const struct cx_trend_point *p)
{
	return isfinite(p->value);
}

static bool has_interval(const struct cx_trend_point *p)
{
	return has_value(p) && isfinite(p->lo) && isfinite(p->hi);
}

static void look_at_points(struct drawing *d)
{
	struct cx_range range = cx_range_empty;

	for (size_t k = 0; k < d->trend->n; k++) {
		const struct cx_trend_panel *panel = &d->trend->panels[k];

		for (size_t i = 0; i < panel->n; i++) {
			const struct cx_trend_point *p = &panel->points[i];

			cx_range_add(&range, p->value);
			cx_range_add(&range, p->lo);
			cx_range_add(&range, p->hi);
			d->has_partial |= p->partial && has_value(p);
			d->has_sign |= p->sign != 0;
		}
	}
	d->axis = cx_axis_within(range, d->trend->low, d->trend->high, TICKS);
}

/* ---- the ground ---- */

static void draw_ground(struct drawing *d)
{
	double right = d->left + d->width;

	cx_svg_rect(d->body, "panel", d->left, d->top, d->width, d->height);
	for (int i = 0; i < cx_axis_ticks(&d->axis); i++) {
		double tick = cx_axis_tick(&d->axis, i), y = place_y(d, tick);

		cx_svg_line(d->body,
		    fabs(tick) < d->axis.step / 2 ? "axis" : "grid", d->left, y,
		    right, y);
		cx_buf_clear(&d->text);
		cx_figure_fixed(&d->text, tick, d->axis.decimals);
		cx_svg_text(d->body, "small mute end", d->left - EDGE, y + 4,
		    cx_buf_str(&d->text));
	}
}

/* Every how manieth label has room. */
static size_t label_step(const struct drawing *d)
{
	double widest = 1, each = d->width - 2 * AIR;

	for (size_t i = 0; i < d->panel->n; i++)
		widest = fmax(widest,
		    cx_text_width(d->panel->points[i].label) * SMALL_SIZE +
		        2 * EDGE);
	if (d->panel->n > 1)
		each /= (double)(d->panel->n - 1);
	return (size_t)ceil(widest / each);
}

/* Counted from the last one, which is the news. */
static void draw_labels(struct drawing *d)
{
	size_t step = label_step(d), n = d->panel->n;

	for (size_t i = 0; i < n; i++)
		if ((n - 1 - i) % step == 0)
			cx_svg_text(d->body, "small mute mid", place_x(d, i),
			    d->top + d->height + TICK_ROW - EDGE * 1.5,
			    d->panel->points[i].label);
}

/* ---- the band and the line ---- */

static void draw_band(struct drawing *d, size_t first, size_t end)
{
	const struct cx_trend_point *p = d->panel->points;

	cx_svg_path_open(d->body, "band");
	cx_svg_move(d->body, place_x(d, first), place_y(d, p[first].hi));
	for (size_t i = first + 1; i < end; i++)
		cx_svg_to(d->body, place_x(d, i), place_y(d, p[i].hi));
	for (size_t i = end; i-- > first;)
		cx_svg_to(d->body, place_x(d, i), place_y(d, p[i].lo));
	cx_svg_path_close(d->body, true);
}

static void draw_bands(struct drawing *d)
{
	const struct cx_trend_point *p = d->panel->points;
	size_t end;

	for (size_t i = 0; i < d->panel->n; i = end + 1) {
		for (end = i; end < d->panel->n && has_interval(&p[end]);)
			end++;
		if (end - i > 1)
			draw_band(d, i, end);
	}
}

static void draw_line(struct drawing *d)
{
	const struct cx_trend_point *p = d->panel->points;

	for (size_t i = 1; i < d->panel->n; i++) {
		if (!has_value(&p[i - 1]) || !has_value(&p[i]))
			continue;
		cx_svg_path_open(
		    d->body, p[i].partial ? "curve broken" : "curve");
		cx_svg_move(
		    d->body, place_x(d, i - 1), place_y(d, p[i - 1].value));
		cx_svg_to(d->body, place_x(d, i), place_y(d, p[i].value));
		cx_svg_path_close(d->body, false);
	}
}

static void draw_sign(struct drawing *d, int sign, double x, double y)
{
	if (sign)
		cx_svg_sign(d->body, sign > 0 ? "good" : "bad",
		    sign > 0 ? CX_SVG_UP : CX_SVG_DOWN, x, y, SIGN);
}

static void draw_point(struct drawing *d, size_t i)
{
	const struct cx_trend_point *p = &d->panel->points[i];
	double x = place_x(d, i), y = place_y(d, p->value);
	double above = (has_interval(p) ? place_y(d, p->hi) : y) - DOT - 6;

	if (!has_value(p))
		return;
	if (has_interval(p))
		cx_svg_line(d->body, "whisker", x, place_y(d, p->lo), x,
		    place_y(d, p->hi));
	cx_svg_circle(d->body, p->partial ? "hollow" : "dot", x, y, DOT);
	draw_sign(d, p->sign, x, fmax(above, d->top + SIGN));
	/* The last value is written out. */
	if (i + 1 != d->panel->n)
		return;
	cx_buf_clear(&d->text);
	cx_figure_fixed(&d->text, p->value, 1);
	cx_svg_text(d->body, "strong end halo", x - DOT * 2.5, y + 4,
	    cx_buf_str(&d->text));
}

/* ---- panels ---- */

static void draw_panel(struct drawing *d)
{
	cx_svg_text_fit(d->body, "strong", d->left, d->top - EDGE * 1.3,
	    d->panel->title, d->width / HEAD_SIZE);
	draw_ground(d);
	draw_labels(d);
	draw_bands(d);
	draw_line(d);
	for (size_t i = 0; i < d->panel->n; i++)
		draw_point(d, i);
}

static void draw_panels(struct drawing *d)
{
	bool many = d->trend->n > 1;
	double each = WIDTH / (many ? COLUMNS : 1);

	d->width = each - LEFT - RIGHT;
	d->height = many ? SMALL_PLOT : PLOT;
	for (size_t k = 0; k < d->trend->n; k++) {
		bool ends = k % COLUMNS == COLUMNS - 1 || k + 1 == d->trend->n;

		d->panel = &d->trend->panels[k];
		d->left = LEFT + (many ? (double)(k % COLUMNS) * each : 0);
		d->top = d->y + (d->panel->title.n ? TITLE_ROW : 0);
		draw_panel(d);
		if (ends)
			d->y = d->top + d->height + TICK_ROW + PANEL_GAP;
	}
}

/* ---- the legend ---- */

static void draw_legend(struct drawing *d)
{
	double x = LEFT;

	cx_svg_rect(d->body, "band", x, d->y - 5, 18, 10);
	x = cx_svg_legend(d->body, x + 23, d->y + 4, d->words->interval);
	if (d->has_partial) {
		cx_svg_circle(d->body, "hollow", x + 6, d->y, DOT);
		x = cx_svg_legend(d->body, x + 16, d->y + 4, d->words->partial);
	}
	if (d->has_sign) {
		draw_sign(d, 1, x + 6, d->y);
		x = cx_svg_legend(d->body, x + 16, d->y + 4, d->words->better);
		draw_sign(d, -1, x + 6, d->y);
		cx_svg_legend(d->body, x + 16, d->y + 4, d->words->worse);
	}
	d->y += LEGEND_ROW - EDGE;
}

static void draw(struct drawing *d)
{
	look_at_points(d);
	if (d->trend->n == 0 || d->trend->panels[0].n == 0) {
		d->y = cx_svg_nothing(d->body, d->y, d->words->none);
		return;
	}
	draw_panels(d);
	draw_legend(d);
}

void cx_trend_draw(struct cx_buf *out, const struct cx_trend *trend)
{
	struct cx_svg_frame frame = { .width = WIDTH, .alone = trend->alone };
	struct cx_buf body = { 0 };
	struct drawing d = { .trend = trend, .body = &body };

	d.words = trend->words ? trend->words : &cx_trend_words;
	frame.title = d.words->title;
	frame.desc = d.words->desc;
	d.y = cx_svg_head(&body, &frame);
	draw(&d);
	cx_svg_finish(out, &frame, d.y, &body);
	cx_buf_release(&d.text);
	cx_buf_release(&body);
}
