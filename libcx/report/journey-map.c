/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/journey-map.h"

#include "libcx/report/journey-emotion.h"
#include "libcx/report/svg.h"
#include "libcx/report/text.h"

#include <math.h>

const struct cx_journey_words cx_journey_words = {
	.title = "Journey map",
	.desc = "For each touchpoint the emotion from −2 to +2 with its "
	        "interval, the share of customers who come here and the share "
	        "who go no further.",
	.emotion = "emotion",
	.reach = "reach",
	.drop_off = "drop-off",
	.wait = "time to next",
	.interval = "interval",
	.pain = "pain",
	.delight = "delight",
	.truth = "moment of truth",
	.peak = "peak",
	.end = "end",
	.masked = "too few",
	.none = "no touchpoints",
	.not_drawn = "%snot drawn: %s more, of at most %s customers each",
	.not_told = "%snot drawn: %s more",
	.units = { "%s s", "%s min", "%s h", "%s d" },
};

/* In pixels. */
static const double WIDTH = 960;
static const double RIGHT = 12, EDGE = 6;
static const double SLOT_LEAST = 84, SLOT_MOST = 190;
static const double STAGE_ROW = 26, LANE_TITLE = 24;
static const double LABEL_LINE = 13, HEAD_SIZE = 12;
static const double SHARE_ROW = 26, WAIT_ROW = 20;
static const double LANE_GAP = 10, BAND_GAP = 18, LEGEND_ROW = 26;
static const double INSET = 6, BAR = 5;
enum { LABEL_LINES = 3, HALF = 2 };

/* ---- heads ---- */

static void draw_wrapped(struct cx_journey_drawing *d, const char *class,
    double x, double y, struct cx_str text, double width, size_t lines)
{
	struct cx_wrapped w = cx_text_wrap(text, width, lines);

	for (size_t i = 0; i < w.n; i++)
		(w.cut && i + 1 == w.n ? cx_svg_text_cut : cx_svg_text)(
		    d->body, class, x, y + (double)i * LABEL_LINE, w.lines[i]);
}

/* The stages above their slots; one begun in the band before goes on. */
static void draw_stages(struct cx_journey_drawing *d)
{
	const struct cx_journey_slot *slots = d->layout.slots;
	size_t end;

	/* Nobody has said what the stages are. */
	if (d->layout.stages.n == 1 && cx_map_key(&d->layout.stages, 0).n == 0)
		return;
	for (size_t i = d->first; i < d->end; i = end) {
		double x = cx_journey_left(d, i), width;

		for (end = i;
		     end < d->end && slots[end].stage == slots[i].stage;)
			end++;
		width = (double)(end - i) * d->slot;
		cx_svg_rect(
		    d->body, "panel", x + 1, d->y, width - 2, STAGE_ROW - 4);
		draw_wrapped(d, "strong mid", x + width / HALF, d->y + 15,
		    cx_map_key(&d->layout.stages, slots[i].stage),
		    (width - 2 * INSET) / HEAD_SIZE, 1);
	}
	d->y += STAGE_ROW;
}

/* The lines that the longest name of the band takes. */
static size_t name_lines(const struct cx_journey_drawing *d, double width)
{
	size_t most = 1;

	for (size_t i = d->first; i < d->end; i++) {
		size_t n = cx_text_wrap(
		    d->layout.slots[i].touchpoint, width, LABEL_LINES)
		               .n;

		most = n > most ? n : most;
	}
	return most;
}

static void draw_touchpoints(struct cx_journey_drawing *d)
{
	double width = (d->slot - INSET) / CX_JOURNEY_LABEL_SIZE;
	size_t lines = name_lines(d, width);

	for (size_t i = d->first; i < d->end; i++) {
		const struct cx_journey_slot *slot = &d->layout.slots[i];

		draw_wrapped(d, "small mid", cx_journey_middle(d, i),
		    d->y + LABEL_LINE - 2, slot->touchpoint, width,
		    LABEL_LINES);
		draw_wrapped(d, "small mute mid", cx_journey_middle(d, i),
		    d->y + LABEL_LINE * (double)(lines + 1) - 2, slot->channel,
		    width, 1);
	}
	d->y += LABEL_LINE * (double)(lines + d->has_channels) + 2 * INSET;
}

/* ---- shares and times ---- */

static void draw_share(struct cx_journey_drawing *d, const char *class,
    double x, double share, double lo, double hi)
{
	double width = d->slot - 2 * INSET, y = d->y + SHARE_ROW - BAR - 3;

	if (isnan(share))
		return;
	share = fmax(0, fmin(1, share));
	cx_buf_clear(&d->text);
	cx_figure_percent(&d->text, share);
	cx_svg_text(d->body, "small", x, y - 3, cx_buf_str(&d->text));
	cx_svg_rect(d->body, "track", x, y, width, BAR);
	cx_svg_rect(d->body, class, x, y, width * share, BAR);
	if (!isnan(lo) && !isnan(hi))
		cx_svg_line(d->body, "range", x + width * fmax(0, lo),
		    y + BAR / HALF, x + width * fmin(1, hi), y + BAR / HALF);
}

static void draw_row_label(
    struct cx_journey_drawing *d, const char *word, double y)
{
	draw_wrapped(d, "small mute", EDGE, y, cx_str(word),
	    (CX_JOURNEY_LEFT - INSET - EDGE) / CX_JOURNEY_LABEL_SIZE, 1);
}

static void draw_shares(
    struct cx_journey_drawing *d, size_t lane, bool drop_off)
{
	const struct cx_journey_words *w = d->words;

	draw_row_label(
	    d, drop_off ? w->drop_off : w->reach, d->y + SHARE_ROW - BAR - 6);
	for (size_t i = d->first; i < d->end; i++) {
		const struct cx_journey_step *s =
		    cx_journey_step_of(d, lane, i);
		double x = cx_journey_left(d, i) + INSET;

		if (!cx_journey_is_shown(s))
			continue;
		if (drop_off)
			draw_share(d, "loss", x, s->drop_off, s->drop_off_lo,
			    s->drop_off_hi);
		else
			draw_share(d, "bar", x, s->reach, NAN, NAN);
	}
	d->y += SHARE_ROW;
}

static void draw_waits(struct cx_journey_drawing *d, size_t lane)
{
	draw_row_label(d, d->words->wait, d->y + WAIT_ROW - 7);
	for (size_t i = d->first; i < d->end; i++) {
		const struct cx_journey_step *s =
		    cx_journey_step_of(d, lane, i);

		if (!cx_journey_is_shown(s) || !(s->wait >= 0))
			continue;
		cx_buf_clear(&d->text);
		cx_figure_duration(&d->text, s->wait, &d->words->units);
		cx_svg_text(d->body, "small", cx_journey_left(d, i) + INSET,
		    d->y + WAIT_ROW - 7, cx_buf_str(&d->text));
	}
	d->y += WAIT_ROW;
}

/* ---- lanes and bands ---- */

static void draw_lane(struct cx_journey_drawing *d, size_t lane)
{
	struct cx_str name = cx_map_key(&d->layout.lanes, lane);

	if (name.n || d->layout.lanes.n > 1) {
		draw_wrapped(d, "head", EDGE, d->y + LANE_TITLE - 8, name,
		    WIDTH / 15, 1);
		d->y += LANE_TITLE;
	}
	if (d->has_emotion) {
		draw_row_label(d, d->words->emotion, d->y + LABEL_LINE);
		cx_journey_draw_emotion(d, lane);
	}
	if (d->has_reach)
		draw_shares(d, lane, false);
	if (d->has_drop_off)
		draw_shares(d, lane, true);
	if (d->has_wait)
		draw_waits(d, lane);
	d->y += LANE_GAP;
}

static void draw_bands_of_slots(struct cx_journey_drawing *d)
{
	for (size_t b = 0; b < d->layout.n_bands; b++) {
		d->first = d->layout.bands[b];
		d->end = d->layout.bands[b + 1];
		draw_stages(d);
		draw_touchpoints(d);
		for (size_t lane = 0; lane < d->layout.lanes.n; lane++)
			draw_lane(d, lane);
		d->y += BAND_GAP;
	}
}

/* ---- the legend ---- */

static void draw_legend(struct cx_journey_drawing *d)
{
	double x = CX_JOURNEY_LEFT, y = d->y + LEGEND_ROW - 14;

	cx_svg_line(d->body, "curve", x, y, x + 18, y);
	x = cx_svg_legend(d->body, x + 23, y + 4, d->words->emotion);
	cx_svg_rect(d->body, "band", x, y - 5, 18, 10);
	x = cx_svg_legend(d->body, x + 23, y + 4, d->words->interval);
	cx_svg_sign(d->body, "bad", CX_SVG_DOWN, x + 5, y, CX_JOURNEY_SIGN);
	x = cx_svg_legend(d->body, x + 15, y + 4, d->words->pain);
	cx_svg_sign(d->body, "good", CX_SVG_UP, x + 5, y, CX_JOURNEY_SIGN);
	x = cx_svg_legend(d->body, x + 15, y + 4, d->words->delight);
	cx_svg_circle(d->body, "dot", x + 8, y, CX_JOURNEY_DOT);
	cx_svg_sign(
	    d->body, "ring", CX_SVG_DIAMOND, x + 8, y, 2 * CX_JOURNEY_DOT);
	cx_svg_legend(d->body, x + 22, y + 4, d->words->truth);
	d->y += LEGEND_ROW;
}

/* ---- what is left out ---- */

static void draw_rest(struct cx_journey_drawing *d, struct cx_str stage,
    const struct cx_journey_rest *rest)
{
	struct cx_buf of = { 0 }, n = { 0 }, customers = { 0 };

	cx_buf_adds(&of, stage);
	cx_buf_addz(&of, stage.n ? " – " : "");
	cx_buf_addu(&n, rest->n);
	cx_figure_fixed(&customers, rest->most, 0);
	cx_buf_clear(&d->text);
	cx_figure_fill(&d->text,
	    isnan(rest->most) ? d->words->not_told : d->words->not_drawn,
	    (struct cx_str[]){
	        cx_buf_str(&of), cx_buf_str(&n), cx_buf_str(&customers) },
	    3);
	draw_wrapped(d, "small mute", EDGE, d->y + LABEL_LINE - 2,
	    cx_buf_str(&d->text), (WIDTH - 2 * EDGE) / CX_JOURNEY_LABEL_SIZE,
	    1);
	d->y += LABEL_LINE + INSET;
	cx_buf_release(&of);
	cx_buf_release(&n);
	cx_buf_release(&customers);
}

static void draw_rests(struct cx_journey_drawing *d)
{
	double top = d->y;

	for (size_t i = 0; i < d->layout.stages.n; i++)
		if (d->layout.rests[i].n)
			draw_rest(d, cx_map_key(&d->layout.stages, i),
			    &d->layout.rests[i]);
	if (d->y > top)
		d->y += INSET;
}

/* ---- the whole ---- */

static void look_at_steps(struct cx_journey_drawing *d)
{
	for (size_t i = 0; i < d->map->n; i++) {
		const struct cx_journey_step *s = &d->map->steps[i];

		d->has_channels |= s->channel.n > 0;
		d->has_emotion |= s->masked || !isnan(s->emotion);
		if (s->masked)
			continue;
		d->has_reach |= !isnan(s->reach);
		d->has_drop_off |= !isnan(s->drop_off);
		d->has_wait |= s->wait >= 0;
	}
}

/* All slots are as wide as the fullest band allows. */
static void lay_out(struct cx_journey_drawing *d)
{
	double room = WIDTH - CX_JOURNEY_LEFT - RIGHT;
	size_t fullest = 1;

	cx_journey_lay_out(&d->layout, d->map->steps, d->map->n,
	    (size_t)(room / SLOT_LEAST), d->map->most);
	for (size_t b = 0; b < d->layout.n_bands; b++) {
		size_t n = d->layout.bands[b + 1] - d->layout.bands[b];

		fullest = n > fullest ? n : fullest;
	}
	d->slot = fmin(SLOT_MOST, room / (double)fullest);
}

static void draw(struct cx_journey_drawing *d)
{
	if (d->map->n == 0) {
		d->y = cx_svg_nothing(d->body, d->y, d->words->none);
		return;
	}
	look_at_steps(d);
	lay_out(d);
	draw_rests(d);
	draw_bands_of_slots(d);
	if (d->has_emotion)
		draw_legend(d);
}

void cx_journey_map_draw(struct cx_buf *out, const struct cx_journey_map *map)
{
	struct cx_svg_frame frame = { .width = WIDTH, .alone = map->alone };
	struct cx_buf body = { 0 };
	struct cx_journey_drawing d = { .map = map, .body = &body };

	d.words = map->words ? map->words : &cx_journey_words;
	frame.title = d.words->title;
	frame.desc = d.words->desc;
	d.y = cx_svg_head(&body, &frame);
	draw(&d);
	cx_svg_finish(out, &frame, d.y, &body);
	cx_journey_layout_release(&d.layout);
	cx_buf_release(&d.text);
	cx_buf_release(&body);
}
