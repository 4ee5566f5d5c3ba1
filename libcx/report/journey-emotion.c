/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/journey-emotion.h"

#include "libcx/report/svg.h"
#include "libcx/report/text.h"

#include <math.h>

/* In pixels. */
static const double PLOT = 150, EDGE = 26;
static const double SCALE_END = 2; /* of the emotion */
enum { HALF = 2 };

static double height_of(double plot, double emotion)
{
	double at = fmax(-SCALE_END, fmin(SCALE_END, emotion));

	return plot + EDGE +
	       (SCALE_END - at) / (SCALE_END * HALF) * (PLOT - 2 * EDGE);
}

static bool has_emotion(const struct cx_journey_step *step)
{
	return cx_journey_is_shown(step) && !isnan(step->emotion);
}

static bool has_interval(const struct cx_journey_step *step)
{
	return has_emotion(step) && !isnan(step->emotion_lo) &&
	       !isnan(step->emotion_hi);
}

/* ---- the scale ---- */

static void draw_face(struct cx_journey_drawing *d, double y, double mood)
{
	const double x = CX_JOURNEY_LEFT - 36, r = 6.5, eye = 2.2, mouth = 3.2;

	cx_svg_circle(d->body, "ring", x, y, r);
	cx_svg_circle(d->body, "ink", x - eye, y - 2, .9);
	cx_svg_circle(d->body, "ink", x + eye, y - 2, .9);
	cx_svg_path_open(d->body, "ring");
	cx_svg_move(d->body, x - mouth, y + 2 - mood);
	cx_svg_swing(d->body, x - mouth, y + 2 - mood, x, y + 2 + mood);
	cx_svg_swing(d->body, x, y + 2 + mood, x + mouth, y + 2 - mood);
	cx_svg_path_close(d->body, false);
}

static void draw_scale(struct cx_journey_drawing *d, double plot)
{
	double right = cx_journey_left(d, d->end);

	for (int e = -(int)SCALE_END; e <= (int)SCALE_END; e++) {
		double y = height_of(plot, e);

		cx_svg_line(
		    d->body, e ? "grid" : "axis", CX_JOURNEY_LEFT, y, right, y);
		cx_buf_clear(&d->text);
		cx_figure_signed(&d->text, e, 0);
		cx_svg_text(d->body, "small mute end", CX_JOURNEY_LEFT - 8,
		    y + 4, cx_buf_str(&d->text));
		if (e % HALF == 0)
			draw_face(d, y, e / SCALE_END * 1.3);
	}
}

/* Stages are kept apart all the way down. */
static void draw_borders(
    struct cx_journey_drawing *d, double top, double bottom)
{
	const struct cx_journey_slot *slots = d->layout.slots;

	for (size_t i = d->first + 1; i < d->end; i++)
		if (slots[i].stage != slots[i - 1].stage)
			cx_svg_line(d->body, "grid", cx_journey_left(d, i), top,
			    cx_journey_left(d, i), bottom);
}

/* ---- the curve ---- */

/* The end of the run of neighbours, from first, for which has is true. */
static size_t run_end(const struct cx_journey_drawing *d, size_t lane,
    size_t first, bool (*has)(const struct cx_journey_step *))
{
	size_t end = first;

	while (end < d->end && has(cx_journey_step_of(d, lane, end)))
		end++;
	return end;
}

static void swing(struct cx_journey_drawing *d, double plot, size_t from,
    double e1, size_t to, double e2)
{
	cx_svg_swing(d->body, cx_journey_middle(d, from), height_of(plot, e1),
	    cx_journey_middle(d, to), height_of(plot, e2));
}

static void draw_band(struct cx_journey_drawing *d, size_t lane, double plot,
    size_t first, size_t end)
{
	cx_svg_path_open(d->body, "band");
	cx_svg_move(d->body, cx_journey_middle(d, first),
	    height_of(plot, cx_journey_step_of(d, lane, first)->emotion_hi));
	for (size_t i = first + 1; i < end; i++)
		swing(d, plot, i - 1,
		    cx_journey_step_of(d, lane, i - 1)->emotion_hi, i,
		    cx_journey_step_of(d, lane, i)->emotion_hi);
	cx_svg_to(d->body, cx_journey_middle(d, end - 1),
	    height_of(plot, cx_journey_step_of(d, lane, end - 1)->emotion_lo));
	for (size_t i = end - 1; i > first; i--)
		swing(d, plot, i, cx_journey_step_of(d, lane, i)->emotion_lo,
		    i - 1, cx_journey_step_of(d, lane, i - 1)->emotion_lo);
	cx_svg_path_close(d->body, true);
}

static void draw_bands(struct cx_journey_drawing *d, size_t lane, double plot)
{
	for (size_t i = d->first, end; i < d->end; i = end + 1) {
		end = run_end(d, lane, i, has_interval);
		if (end - i > 1)
			draw_band(d, lane, plot, i, end);
	}
}

static void draw_curve(struct cx_journey_drawing *d, size_t lane, double plot)
{
	for (size_t i = d->first, end; i < d->end; i = end + 1) {
		end = run_end(d, lane, i, has_emotion);
		if (end - i < 2)
			continue;
		cx_svg_path_open(d->body, "curve");
		cx_svg_move(d->body, cx_journey_middle(d, i),
		    height_of(plot, cx_journey_step_of(d, lane, i)->emotion));
		for (size_t k = i + 1; k < end; k++)
			swing(d, plot, k - 1,
			    cx_journey_step_of(d, lane, k - 1)->emotion, k,
			    cx_journey_step_of(d, lane, k)->emotion);
		cx_svg_path_close(d->body, false);
	}
}

/* ---- points ---- */

static void add_word(struct cx_buf *text, const char *word)
{
	cx_buf_addz(text, text->len ? ", " : "");
	cx_buf_addz(text, word);
}

static void draw_tags(struct cx_journey_drawing *d,
    const struct cx_journey_step *step, double x, double y)
{
	cx_buf_clear(&d->text);
	if (step->marks & CX_JOURNEY_PEAK)
		add_word(&d->text, d->words->peak);
	if (step->marks & CX_JOURNEY_END)
		add_word(&d->text, d->words->end);
	if (d->text.len)
		cx_svg_text(
		    d->body, "small mute mid halo", x, y, cx_buf_str(&d->text));
}

/* The number above the band, its sign beside it, its tags below. */
static void draw_point(struct cx_journey_drawing *d,
    const struct cx_journey_step *step, double x, double plot)
{
	bool range = has_interval(step);
	double y = height_of(plot, step->emotion);
	double above =
	    height_of(plot, range ? step->emotion_hi : step->emotion) - 9;
	double below =
	    height_of(plot, range ? step->emotion_lo : step->emotion) + 15;
	double beside;

	if (range)
		cx_svg_line(d->body, "whisker", x,
		    height_of(plot, step->emotion_lo), x,
		    height_of(plot, step->emotion_hi));
	cx_svg_circle(d->body, "dot", x, y, CX_JOURNEY_DOT);
	if (step->marks & CX_JOURNEY_TRUTH)
		cx_svg_sign(d->body, "ring", CX_SVG_DIAMOND, x, y,
		    2 * CX_JOURNEY_DOT + 1);
	cx_buf_clear(&d->text);
	cx_figure_signed(&d->text, step->emotion, 1);
	cx_svg_text(d->body, "small mid halo", x, above, cx_buf_str(&d->text));
	beside =
	    x -
	    cx_text_width(cx_buf_str(&d->text)) * CX_JOURNEY_LABEL_SIZE / HALF -
	    CX_JOURNEY_SIGN * HALF;
	if (step->marks & CX_JOURNEY_PAIN)
		cx_svg_sign(d->body, "bad", CX_SVG_DOWN, beside, above - 3.5,
		    CX_JOURNEY_SIGN);
	else if (step->marks & CX_JOURNEY_DELIGHT)
		cx_svg_sign(d->body, "good", CX_SVG_UP, beside, above - 3.5,
		    CX_JOURNEY_SIGN);
	draw_tags(d, step, x, below);
}

static void draw_points(struct cx_journey_drawing *d, size_t lane, double plot)
{
	for (size_t i = d->first; i < d->end; i++) {
		const struct cx_journey_step *step =
		    cx_journey_step_of(d, lane, i);

		if (has_emotion(step))
			draw_point(d, step, cx_journey_middle(d, i), plot);
		else if (step && step->masked)
			cx_svg_text(d->body, "small mute mid halo",
			    cx_journey_middle(d, i), height_of(plot, 0) + 4,
			    cx_str(d->words->masked));
	}
}

void cx_journey_draw_emotion(struct cx_journey_drawing *d, size_t lane)
{
	double plot = d->y;

	cx_svg_rect(d->body, "panel", CX_JOURNEY_LEFT, plot,
	    cx_journey_left(d, d->end) - CX_JOURNEY_LEFT, PLOT);
	draw_scale(d, plot);
	draw_borders(d, plot, plot + PLOT);
	draw_bands(d, lane, plot);
	draw_curve(d, lane, plot);
	draw_points(d, lane, plot);
	d->y += PLOT;
}
