/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/quadrant.h"

#include "libcx/base/mem.h"
#include "libcx/report/axis.h"
#include "libcx/report/figure.h"
#include "libcx/report/labels.h"
#include "libcx/report/svg.h"
#include "libcx/report/text.h"

#include <math.h>
#include <stdlib.h>

const struct cx_quadrant_words cx_quadrant_words = {
	.title = "Importance and performance",
	.desc = "For each driver how well it is done and how much it matters, "
	        "with intervals.",
	.importance = "importance",
	.performance = "performance",
	.fix_first = "fix first",
	.keep_up = "keep up",
	.low_priority = "low priority",
	.overkill = "possible overkill",
	.faint = "pale: importance not credibly above 0",
	.none = "no drivers",
};

/* In pixels. */
static const double WIDTH = 800, LEFT = 64, RIGHT = 20, EDGE = 6;
static const double PLOT = 420, TITLE_ROW = 28, TICK_ROW = 18, NAME_ROW = 20;
static const double LIST_LINE = 16, PANEL_GAP = 16, INSET = 8;
static const double BOLD = 1.1; /* as wide as a plain face */
static const double DOT = 4.5, LABEL_SIZE = 12, LABEL_HEIGHT = 15;
static const double SMALL_SIZE = 10.5, LABEL_MOST = 200, LIST_COLUMN = 380;
enum { TICKS = 6, CORNERS = 4, LIST_COLUMNS = 2 };

/* The name of a quarter. */
struct corner {
	const char *name;
	struct cx_box box;
};

struct drawing {
	const struct cx_quadrant_words *words;
	struct cx_buf *body, text;
	double y;
	/* of the panel at hand */
	const struct cx_quadrant_panel *panel;
	struct cx_axis across, up;
	double top; /* of the plot */
	double cross_x, cross_y;
	struct cx_label *labels; /* of the points that are placed */
	size_t *points, n;       /* their numbers */
	struct corner corners[CORNERS];
	bool has_faint;
};

/* ---- places ---- */

static double place_x(const struct drawing *d, double x)
{
	return LEFT + cx_axis_place(&d->across, x) * (WIDTH - LEFT - RIGHT);
}

static double place_y(const struct drawing *d, double y)
{
	return d->top + (1 - cx_axis_place(&d->up, y)) * PLOT;
}

static bool is_placed(const struct cx_quadrant_point *p)
{
	return isfinite(p->x) && isfinite(p->y);
}

/* An axis with some air beyond the marks. */
static struct cx_axis make_axis(struct cx_range range, bool from_zero)
{
	const double air = .05;
	double more = air * (range.high - range.low);

	if (!(from_zero && range.low == 0))
		range.low -= more;
	return cx_axis_make(range.low, range.high + more, TICKS);
}

static double mean_or(double given, double sum, size_t n)
{
	return isfinite(given) ? given : sum / (double)n;
}

static void make_axes(struct drawing *d)
{
	struct cx_range x = cx_range_empty, y = { 0, 0 };
	double sum_x = 0, sum_y = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct cx_quadrant_point *p =
		    &d->panel->points[d->points[i]];

		cx_range_add(&x, p->x);
		cx_range_add(&x, p->x_lo);
		cx_range_add(&x, p->x_hi);
		cx_range_add(&y, p->y);
		cx_range_add(&y, p->y_lo);
		cx_range_add(&y, p->y_hi);
		sum_x += p->x;
		sum_y += p->y;
	}
	d->cross_x = mean_or(d->panel->cross_x, sum_x, d->n);
	d->cross_y = mean_or(d->panel->cross_y, sum_y, d->n);
	cx_range_add(&x, d->cross_x);
	cx_range_add(&y, d->cross_y);
	d->across = make_axis(x, false);
	d->up = make_axis(y, true);
}

/* ---- the ground ---- */

static void draw_ticks(struct drawing *d)
{
	double right = WIDTH - RIGHT, bottom = d->top + PLOT;

	for (int i = 0; i < cx_axis_ticks(&d->across); i++) {
		double tick = cx_axis_tick(&d->across, i);
		double x = place_x(d, tick);

		cx_svg_line(d->body, "grid", x, d->top, x, bottom);
		cx_buf_clear(&d->text);
		cx_figure_fixed(&d->text, tick, d->across.decimals);
		cx_svg_text(d->body, "small mute mid", x, bottom + TICK_ROW - 3,
		    cx_buf_str(&d->text));
	}
	for (int i = 0; i < cx_axis_ticks(&d->up); i++) {
		double tick = cx_axis_tick(&d->up, i), y = place_y(d, tick);

		cx_svg_line(d->body, "grid", LEFT, y, right, y);
		cx_buf_clear(&d->text);
		cx_figure_fixed(&d->text, tick, d->up.decimals);
		cx_svg_text(d->body, "small mute end", LEFT - INSET, y + 4,
		    cx_buf_str(&d->text));
	}
}

static double text_width(const char *word, double size)
{
	return cx_text_width(cx_str(word)) * size;
}

/* The names of the quarters stand in the corners: where. */
static void find_corners(struct drawing *d)
{
	const struct cx_quadrant_words *w = d->words;
	const char *names[CORNERS] = { w->fix_first, w->keep_up,
		w->low_priority, w->overkill };

	for (int i = 0; i < CORNERS; i++) {
		double width = text_width(names[i], LABEL_SIZE) * BOLD;
		double x = LEFT + INSET, y = d->top + INSET;

		if (i % 2)
			x = WIDTH - RIGHT - INSET - width;
		if (i / 2)
			y = d->top + PLOT - INSET - LABEL_HEIGHT;
		d->corners[i] =
		    (struct corner){ names[i], { x, y, width, LABEL_HEIGHT } };
	}
}

static void draw_corners(struct drawing *d)
{
	for (int i = 0; i < CORNERS; i++) {
		const struct cx_box *box = &d->corners[i].box;

		cx_svg_text(d->body,
		    i % 2 ? "strong mute end halo" : "strong mute halo",
		    i % 2 ? box->x + box->width : box->x, box->y + LABEL_SIZE,
		    cx_str(d->corners[i].name));
	}
}

static void draw_ground(struct drawing *d)
{
	double right = WIDTH - RIGHT, bottom = d->top + PLOT;
	double x = place_x(d, d->cross_x), y = place_y(d, d->cross_y);

	cx_svg_rect(d->body, "panel", LEFT, d->top, right - LEFT, PLOT);
	cx_svg_rect(d->body, "tint", LEFT, d->top, x - LEFT, y - d->top);
	draw_ticks(d);
	cx_svg_line(d->body, "cross", x, d->top, x, bottom);
	cx_svg_line(d->body, "cross", LEFT, y, right, y);
	cx_svg_text(d->body, "mute mid", (LEFT + right) / 2,
	    bottom + TICK_ROW + NAME_ROW - INSET,
	    cx_str(d->words->performance));
	cx_svg_text(d->body, "mute", EDGE, d->top - INSET - 4,
	    cx_str(d->words->importance));
}

/* ---- points and labels ---- */

static void name_point(struct drawing *d, const struct cx_quadrant_point *p)
{
	cx_buf_clear(&d->text);
	if (p->number) {
		cx_buf_addu(&d->text, p->number);
		cx_buf_addc(&d->text, ' ');
	}
	cx_buf_adds(&d->text, p->label);
}

/* The text of a label, as much of it as has room. */
static struct cx_str label_text(
    struct drawing *d, const struct cx_quadrant_point *p, bool *cut)
{
	struct cx_wrapped w;

	name_point(d, p);
	w = cx_text_wrap(cx_buf_str(&d->text), LABEL_MOST / LABEL_SIZE, 1);
	*cut = w.cut;
	return w.n ? w.lines[0] : cx_str("");
}

/* Where no rank is given the place in the list serves. */
static size_t number_of(const struct drawing *d, size_t point)
{
	size_t given = d->panel->points[point].number;

	return given ? given : point + 1;
}

static void measure_labels(struct drawing *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct cx_quadrant_point *p =
		    &d->panel->points[d->points[i]];
		bool cut;
		struct cx_str text = label_text(d, p, &cut);
		struct cx_buf number = { 0 };

		d->labels[i] = (struct cx_label){ .x = place_x(d, p->x),
			.y = place_y(d, p->y),
			.width =
			    (cx_text_width(text) + cut) * LABEL_SIZE * 1.06 + 2,
			.height = LABEL_HEIGHT };
		cx_buf_addu(&number, number_of(d, d->points[i]));
		d->labels[i].least_width =
		    cx_text_width(cx_buf_str(&number)) * LABEL_SIZE + 2;
		cx_buf_release(&number);
	}
}

/* Thin boxes along the arms of every cross: better not covered. */
static struct cx_box *arms(const struct drawing *d, size_t *n)
{
	struct cx_box *boxes = cx_calloc(2 * d->n + CORNERS, sizeof(*boxes));

	for (*n = 0; *n < CORNERS; (*n)++)
		boxes[*n] = d->corners[*n].box;
	for (size_t i = 0; i < d->n; i++) {
		const struct cx_quadrant_point *p =
		    &d->panel->points[d->points[i]];

		if (isfinite(p->x_lo) && isfinite(p->x_hi))
			boxes[(*n)++] = (struct cx_box){ place_x(d, p->x_lo),
				d->labels[i].y - 1,
				place_x(d, p->x_hi) - place_x(d, p->x_lo), 2 };
		if (isfinite(p->y_lo) && isfinite(p->y_hi))
			boxes[(*n)++] = (struct cx_box){ d->labels[i].x - 1,
				place_y(d, p->y_hi), 2,
				place_y(d, p->y_lo) - place_y(d, p->y_hi) };
	}
	return boxes;
}

static void place_labels(struct drawing *d)
{
	struct cx_box frame = { LEFT + 2, d->top + 2, WIDTH - LEFT - RIGHT - 4,
		PLOT - 4 };
	struct cx_box *boxes;
	size_t n;

	measure_labels(d);
	find_corners(d);
	boxes = arms(d, &n);
	cx_labels_place(d->labels, d->n, &frame, DOT + 1, boxes, n);
	free(boxes);
}

static void draw_cross(struct drawing *d, const struct cx_quadrant_point *p)
{
	const char *class = p->faint ? "whisker faint" : "whisker";
	double x = place_x(d, p->x), y = place_y(d, p->y);

	if (isfinite(p->x_lo) && isfinite(p->x_hi))
		cx_svg_line(d->body, class, place_x(d, p->x_lo), y,
		    place_x(d, p->x_hi), y);
	if (isfinite(p->y_lo) && isfinite(p->y_hi))
		cx_svg_line(d->body, class, x, place_y(d, p->y_lo), x,
		    place_y(d, p->y_hi));
}

/* A line from the point to the side of its label that is nearest. */
static void draw_leader(struct drawing *d, const struct cx_label *label)
{
	const struct cx_box *b = &label->box;
	double x = fmax(b->x, fmin(b->x + b->width, label->x));
	double y = fmax(b->y, fmin(b->y + b->height, label->y));

	if (label->is_far)
		cx_svg_line(d->body, "axis", label->x, label->y, x, y);
}

static void draw_label(struct drawing *d, size_t i)
{
	const struct cx_quadrant_point *p = &d->panel->points[d->points[i]];
	const struct cx_label *label = &d->labels[i];
	double y = label->box.y + LABEL_SIZE - 1;
	struct cx_str text;
	bool cut = false;

	if (label->is_short) {
		cx_buf_clear(&d->text);
		cx_buf_addu(&d->text, number_of(d, d->points[i]));
		text = cx_buf_str(&d->text);
	} else {
		text = label_text(d, p, &cut);
	}
	(cut ? cx_svg_text_cut : cx_svg_text)(
	    d->body, "halo", label->box.x + 1, y, text);
}

static void draw_points(struct drawing *d)
{
	for (size_t i = 0; i < d->n; i++) {
		draw_cross(d, &d->panel->points[d->points[i]]);
		draw_leader(d, &d->labels[i]);
	}
	for (size_t i = 0; i < d->n; i++) {
		const struct cx_quadrant_point *p =
		    &d->panel->points[d->points[i]];

		name_point(d, p);
		cx_svg_group_open(d->body, cx_buf_str(&d->text));
		cx_svg_circle(d->body, p->faint ? "dot faint" : "dot",
		    d->labels[i].x, d->labels[i].y, DOT);
		cx_svg_group_close(d->body);
		d->has_faint |= p->faint;
	}
	draw_corners(d);
	for (size_t i = 0; i < d->n; i++)
		draw_label(d, i);
}

/* ---- the list below ---- */

static void list_point(struct drawing *d, size_t point, size_t listed)
{
	size_t column = listed % LIST_COLUMNS, line = listed / LIST_COLUMNS;
	double x = LEFT + (double)column * LIST_COLUMN;
	double y = d->y + (double)line * LIST_LINE;

	cx_buf_clear(&d->text);
	if (is_placed(&d->panel->points[point]))
		cx_buf_addu(&d->text, number_of(d, point));
	else
		cx_buf_addz(&d->text, "–");
	cx_buf_addc(&d->text, ' ');
	cx_buf_adds(&d->text, d->panel->points[point].label);
	cx_svg_text_fit(d->body, "small", x, y + SMALL_SIZE,
	    cx_buf_str(&d->text), (LIST_COLUMN - 2 * INSET) / SMALL_SIZE);
}

/* What stands in the plot as a number only, or not at all. */
static void draw_list(struct drawing *d)
{
	size_t listed = 0, placed = 0, lines;

	for (size_t i = 0; i < d->panel->n; i++) {
		bool in_plot = placed < d->n && d->points[placed] == i;
		bool named = in_plot && !d->labels[placed].is_short;

		placed += in_plot;
		if (!named)
			list_point(d, i, listed++);
	}
	lines = (listed + LIST_COLUMNS - 1) / LIST_COLUMNS;
	d->y += (double)lines * LIST_LINE;
}

/* ---- panels ---- */

static void draw_plot(struct drawing *d)
{
	d->top = d->y + NAME_ROW + 4;
	make_axes(d);
	draw_ground(d);
	place_labels(d);
	draw_points(d);
	d->y = d->top + PLOT + TICK_ROW + NAME_ROW;
}

static void draw_panel(struct drawing *d, const struct cx_quadrant_panel *panel)
{
	d->panel = panel;
	d->labels = cx_calloc(panel->n, sizeof(*d->labels));
	d->points = cx_calloc(panel->n, sizeof(*d->points));
	d->n = 0;
	for (size_t i = 0; i < panel->n; i++)
		if (is_placed(&panel->points[i]))
			d->points[d->n++] = i;
	if (panel->title.n) {
		cx_svg_text_fit(d->body, "head", EDGE, d->y + LABEL_HEIGHT,
		    panel->title, WIDTH / 16);
		d->y += TITLE_ROW;
	}
	if (d->n)
		draw_plot(d);
	draw_list(d);
	d->y += PANEL_GAP;
	free(d->labels);
	free(d->points);
}

static void draw(struct drawing *d, const struct cx_quadrant *quadrant)
{
	for (size_t i = 0; i < quadrant->n; i++)
		draw_panel(d, &quadrant->panels[i]);
	if (d->has_faint) {
		cx_svg_text(
		    d->body, "small mute", LEFT, d->y, cx_str(d->words->faint));
		d->y += LIST_LINE;
	}
	if (quadrant->n == 0)
		d->y = cx_svg_nothing(d->body, d->y, d->words->none);
}

void cx_quadrant_draw(struct cx_buf *out, const struct cx_quadrant *quadrant)
{
	struct cx_svg_frame frame = { .width = WIDTH,
		.alone = quadrant->alone };
	struct cx_buf body = { 0 };
	struct drawing d = { .body = &body };

	d.words = quadrant->words ? quadrant->words : &cx_quadrant_words;
	frame.title = d.words->title;
	frame.desc = d.words->desc;
	d.y = cx_svg_head(&body, &frame);
	draw(&d, quadrant);
	cx_svg_finish(out, &frame, d.y, &body);
	cx_buf_release(&d.text);
	cx_buf_release(&body);
}
