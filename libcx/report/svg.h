/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_SVG_H
#define CX_REPORT_SVG_H

#include "libcx/base/buf.h"

/*
 * Pictures in SVG: shapes are added to a body, and cx_svg_finish puts it into
 * a frame. Coordinates are pixels, y downwards, written with two decimals.
 * A picture holds no script, no address and no font; data stands in text and
 * titles only, escaped (libcx/report/markup.h).
 *
 * The class of a shape, a literal of the caller, is one or more of
 *   text    small mute head strong mid end halo
 *   lines   grid axis cross curve broken whisker span ring range
 *   fills   page panel track tint band bar loss good bad dot hollow ink
 *   any     faint
 * Colours are those of Okabe and Ito (2008, Color Universal Design,
 * jfly.uni-koeln.de/color), which people of all kinds of colour vision can
 * tell apart; what a colour says a shape or a word says too. A screen that is
 * set to dark gets a dark picture, paper a light one.
 */

/* The rules for the classes: what stands in <style>. */
void cx_svg_style(struct cx_buf *out);

struct cx_svg_frame {
	double width;
	const char *title, *desc; /* what is read aloud in its place */
	bool alone;               /* a file of its own, with its style */
};

/* The title of a picture that stands alone; the y where it goes on. */
double cx_svg_head(struct cx_buf *body, const struct cx_svg_frame *frame);

/* A word in the place of what is not there; the y where it goes on. */
double cx_svg_nothing(struct cx_buf *body, double y, const char *word);

/* The whole, height high. */
void cx_svg_finish(struct cx_buf *out, const struct cx_svg_frame *frame,
    double height, const struct cx_buf *body);

void cx_svg_line(struct cx_buf *body, const char *class, double x1, double y1,
    double x2, double y2);
void cx_svg_rect(struct cx_buf *body, const char *class, double x, double y,
    double width, double height);
void cx_svg_circle(
    struct cx_buf *body, const char *class, double x, double y, double r);

/* y is the base line. */
void cx_svg_text(struct cx_buf *body, const char *class, double x, double y,
    struct cx_str text);

/* The same with "…" behind it, which is no data. */
void cx_svg_text_cut(struct cx_buf *body, const char *class, double x, double y,
    struct cx_str text);

/* One line of at most width em (libcx/report/text.h), cut if need be. */
void cx_svg_text_fit(struct cx_buf *body, const char *class, double x, double y,
    struct cx_str text, double width);

/* A word of a legend, in class small; where the next sign may stand. */
double cx_svg_legend(struct cx_buf *body, double x, double y, const char *word);

/* A path: open, its steps, close. A shape's last point joins its first. */
void cx_svg_path_open(struct cx_buf *body, const char *class);
void cx_svg_move(struct cx_buf *body, double x, double y);
void cx_svg_to(struct cx_buf *body, double x, double y);
/* From x1, y1, level at both ends, so that it never overshoots. */
void cx_svg_swing(
    struct cx_buf *body, double x1, double y1, double x2, double y2);
void cx_svg_path_close(struct cx_buf *body, bool shape);

/* What a pointer that rests on the shapes in it shows. */
void cx_svg_group_open(struct cx_buf *body, struct cx_str title);
void cx_svg_group_close(struct cx_buf *body);

/* Signs of 2 r across around x, y. */
enum cx_svg_sign { CX_SVG_UP, CX_SVG_DOWN, CX_SVG_DIAMOND };
void cx_svg_sign(struct cx_buf *body, const char *class, enum cx_svg_sign sign,
    double x, double y, double r);

#endif
