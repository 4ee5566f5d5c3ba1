/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/svg.h"

#include "libcx/report/figure.h"
#include "libcx/report/markup.h"
#include "libcx/report/text.h"

enum { COORDINATE_DECIMALS = 2 };

void cx_svg_style(struct cx_buf *out)
{
	cx_buf_addz(out,
	    ".cx{background:#fff}"
	    ".cx text{font-family:\"Helvetica Neue\",Arial,\"Liberation Sans\","
	    "\"Hiragino Sans\",\"Yu Gothic\",Meiryo,\"Noto Sans CJK JP\","
	    "sans-serif;font-size:12px;fill:#1f2328}"
	    ".cx .small{font-size:10.5px}.cx .mute{fill:#57606a}"
	    ".cx .head{font-size:14px;font-weight:700}"
	    ".cx .strong{font-weight:700}"
	    ".cx .mid{text-anchor:middle}.cx .end{text-anchor:end}"
	    ".cx .grid{stroke:#d8dee4;stroke-width:1}"
	    ".cx .axis{stroke:#6e7781;stroke-width:1}"
	    ".cx .cross{stroke:#6e7781;stroke-width:1;stroke-dasharray:4 3}"
	    ".cx .curve{fill:none;stroke:#0072b2;stroke-width:2.5;"
	    "stroke-linejoin:round}"
	    ".cx .whisker{fill:none;stroke:#0072b2;stroke-width:1.5}"
	    ".cx .ring{fill:none;stroke:#1f2328;stroke-width:1.5}"
	    ".cx .page{fill:#fff}.cx .panel{fill:#f6f8fa}"
	    ".cx .tint{fill:#d55e00;fill-opacity:.08}"
	    ".cx .band{fill:#0072b2;fill-opacity:.18}"
	    ".cx .bar{fill:#0072b2}.cx .loss{fill:#d55e00}"
	    ".cx .good{fill:#009e73}.cx .bad{fill:#d55e00}"
	    ".cx .dot{fill:#0072b2;stroke:#fff;stroke-width:1.5}"
	    ".cx .faint{opacity:.5}.cx .ink{fill:#1f2328}"
	    ".cx .track{fill:#e3e8ed}.cx .broken{stroke-dasharray:5 4}"
	    ".cx .hollow{fill:#fff;stroke:#0072b2;stroke-width:2}"
	    ".cx .span{stroke:#0072b2;stroke-width:3}"
	    ".cx .range{stroke:#1f2328;stroke-width:1.5}"
	    ".cx .halo{paint-order:stroke;stroke:#f6f8fa;stroke-width:3px;"
	    "stroke-linejoin:round}"
	    "@media screen and (prefers-color-scheme:dark){"
	    ".cx{background:#15191e}"
	    ".cx text{fill:#e6e9ec}.cx .mute{fill:#a5afb8}"
	    ".cx .grid{stroke:#353d46}"
	    ".cx .axis,.cx .cross{stroke:#8b949e}"
	    ".cx .curve,.cx .whisker,.cx .span{stroke:#56b4e9}"
	    ".cx .hollow{fill:#15191e;stroke:#56b4e9}"
	    ".cx .ring,.cx .range{stroke:#e6e9ec}.cx .ink{fill:#e6e9ec}"
	    ".cx .track{fill:#353d46}.cx .halo{stroke:#1e242b}"
	    ".cx .page{fill:#15191e}.cx .panel{fill:#1e242b}"
	    ".cx .tint{fill:#e69f00}"
	    ".cx .band,.cx .bar{fill:#56b4e9}"
	    ".cx .loss,.cx .bad{fill:#e69f00}"
	    ".cx .dot{fill:#56b4e9;stroke:#15191e}}");
}

/* ---- attributes ---- */

static void add_number(struct cx_buf *out, const char *name, double x)
{
	cx_buf_addf(out, " %s=\"", name);
	cx_figure_number(out, x, COORDINATE_DECIMALS);
	cx_buf_addc(out, '"');
}

static void open_shape(
    struct cx_buf *out, const char *element, const char *class)
{
	cx_buf_addf(out, "<%s class=\"%s\"", element, class);
}

/* ---- the frame ---- */

/* In a page there may be many pictures, and ids would clash. */
static void add_label(struct cx_buf *out, const struct cx_svg_frame *frame)
{
	cx_buf_addz(out, " role=\"img\" aria-label=\"");
	cx_markup_attribute(out, cx_str(frame->title));
	cx_buf_addz(out, ". ");
	cx_markup_attribute(out, cx_str(frame->desc));
	cx_buf_addz(out, "\">\n");
}

static void add_names(
    struct cx_buf *out, const struct cx_svg_frame *frame, double height)
{
	cx_buf_addz(out, " role=\"img\" aria-labelledby=\"t d\">\n"
	                 "<title id=\"t\">");
	cx_markup_text(out, cx_str(frame->title));
	cx_buf_addz(out, "</title>\n<desc id=\"d\">");
	cx_markup_text(out, cx_str(frame->desc));
	cx_buf_addz(out, "</desc>\n<style>");
	cx_svg_style(out);
	cx_buf_addz(out, "</style>\n");
	cx_svg_rect(out, "page", 0, 0, frame->width, height);
}

double cx_svg_head(struct cx_buf *body, const struct cx_svg_frame *frame)
{
	const double margin = 12, edge = 6, size = 13, row = 28;

	if (!frame->alone)
		return margin;
	cx_svg_text(body, "head", edge, margin + size, cx_str(frame->title));
	return margin + row;
}

double cx_svg_nothing(struct cx_buf *body, double y, const char *word)
{
	const double edge = 6, row = 50;

	cx_svg_text(body, "mute", edge, y + row / 2, cx_str(word));
	return y + row;
}

void cx_svg_finish(struct cx_buf *out, const struct cx_svg_frame *frame,
    double height, const struct cx_buf *body)
{
	cx_buf_addz(out, "<svg class=\"cx\"");
	if (frame->alone)
		cx_buf_addz(out, " xmlns=\"http://www.w3.org/2000/svg\"");
	add_number(out, "width", frame->width);
	add_number(out, "height", height);
	cx_buf_addz(out, " viewBox=\"0 0 ");
	cx_figure_number(out, frame->width, COORDINATE_DECIMALS);
	cx_buf_addc(out, ' ');
	cx_figure_number(out, height, COORDINATE_DECIMALS);
	cx_buf_addc(out, '"');
	if (frame->alone)
		add_names(out, frame, height);
	else
		add_label(out, frame);
	cx_buf_adds(out, cx_buf_str(body));
	cx_buf_addz(out, "</svg>\n");
}

/* ---- shapes ---- */

void cx_svg_line(struct cx_buf *body, const char *class, double x1, double y1,
    double x2, double y2)
{
	open_shape(body, "line", class);
	add_number(body, "x1", x1);
	add_number(body, "y1", y1);
	add_number(body, "x2", x2);
	add_number(body, "y2", y2);
	cx_buf_addz(body, "/>\n");
}

void cx_svg_rect(struct cx_buf *body, const char *class, double x, double y,
    double width, double height)
{
	open_shape(body, "rect", class);
	add_number(body, "x", x);
	add_number(body, "y", y);
	add_number(body, "width", width);
	add_number(body, "height", height);
	cx_buf_addz(body, "/>\n");
}

void cx_svg_circle(
    struct cx_buf *body, const char *class, double x, double y, double r)
{
	open_shape(body, "circle", class);
	add_number(body, "cx", x);
	add_number(body, "cy", y);
	add_number(body, "r", r);
	cx_buf_addz(body, "/>\n");
}

static void add_text(struct cx_buf *body, const char *class, double x, double y,
    struct cx_str text, const char *behind)
{
	open_shape(body, "text", class);
	add_number(body, "x", x);
	add_number(body, "y", y);
	cx_buf_addc(body, '>');
	cx_markup_text(body, text);
	cx_buf_addf(body, "%s</text>\n", behind);
}

void cx_svg_text(struct cx_buf *body, const char *class, double x, double y,
    struct cx_str text)
{
	add_text(body, class, x, y, text, "");
}

void cx_svg_text_cut(struct cx_buf *body, const char *class, double x, double y,
    struct cx_str text)
{
	add_text(body, class, x, y, text, "…");
}

void cx_svg_text_fit(struct cx_buf *body, const char *class, double x, double y,
    struct cx_str text, double width)
{
	struct cx_wrapped w = cx_text_wrap(text, width, 1);

	if (w.n)
		add_text(body, class, x, y, w.lines[0], w.cut ? "…" : "");
}

double cx_svg_legend(struct cx_buf *body, double x, double y, const char *word)
{
	const double size = 10.5, gap = 22;

	cx_svg_text(body, "small", x, y, cx_str(word));
	return x + cx_text_width(cx_str(word)) * size + gap;
}

/* ---- paths ---- */

static void add_point(struct cx_buf *body, double x, double y)
{
	cx_figure_number(body, x, COORDINATE_DECIMALS);
	cx_buf_addc(body, ' ');
	cx_figure_number(body, y, COORDINATE_DECIMALS);
}

void cx_svg_path_open(struct cx_buf *body, const char *class)
{
	open_shape(body, "path", class);
	cx_buf_addz(body, " d=\"");
}

void cx_svg_move(struct cx_buf *body, double x, double y)
{
	cx_buf_addc(body, 'M');
	add_point(body, x, y);
}

void cx_svg_to(struct cx_buf *body, double x, double y)
{
	cx_buf_addc(body, 'L');
	add_point(body, x, y);
}

void cx_svg_swing(
    struct cx_buf *body, double x1, double y1, double x2, double y2)
{
	double middle = (x1 + x2) / 2;

	cx_buf_addc(body, 'C');
	add_point(body, middle, y1);
	cx_buf_addc(body, ' ');
	add_point(body, middle, y2);
	cx_buf_addc(body, ' ');
	add_point(body, x2, y2);
}

void cx_svg_path_close(struct cx_buf *body, bool shape)
{
	cx_buf_addz(body, shape ? "Z\"/>\n" : "\"/>\n");
}

/* ---- groups and signs ---- */

void cx_svg_group_open(struct cx_buf *body, struct cx_str title)
{
	cx_buf_addz(body, "<g><title>");
	cx_markup_text(body, title);
	cx_buf_addz(body, "</title>\n");
}

void cx_svg_group_close(struct cx_buf *body)
{
	cx_buf_addz(body, "</g>\n");
}

void cx_svg_sign(struct cx_buf *body, const char *class, enum cx_svg_sign sign,
    double x, double y, double r)
{
	double tip = sign == CX_SVG_DOWN ? r : -r;

	cx_svg_path_open(body, class);
	cx_svg_move(body, x, y + tip);
	if (sign == CX_SVG_DIAMOND) {
		cx_svg_to(body, x + r, y);
		cx_svg_to(body, x, y + r);
		cx_svg_to(body, x - r, y);
	} else {
		cx_svg_to(body, x + r, y - tip);
		cx_svg_to(body, x - r, y - tip);
	}
	cx_svg_path_close(body, true);
}
