/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pictures and pages are made of: escapes, numbers, widths, places. */
#include "tests/lib/check.h"
#include "tests/lib/random.h"

#include "libcx/report/axis.h"
#include "libcx/report/figure.h"
#include "libcx/report/labels.h"
#include "libcx/report/markup.h"
#include "libcx/report/text.h"

typedef void escape(struct cx_buf *out, struct cx_str s);

static void expect(escape *by, const char *text, const char *want)
{
	struct cx_buf out = { 0 };

	by(&out, cx_str(text));
	cx_buf_addc(&out, '\0');
	check_str(out.data, want, "%s", want);
	cx_buf_release(&out);
}

/* ---- text ---- */

static void test_escapes(void)
{
	expect(
	    cx_markup_text, "plain 日本語 ❤️", "plain 日本語 ❤️");
	expect(cx_markup_text, "<script>alert('1')</script>]]>",
	    "&lt;script&gt;alert('1')&lt;/script&gt;]]&gt;");
	expect(cx_markup_text, "a & b &amp; c", "a &amp; b &amp;amp; c");
	expect(cx_markup_attribute, "\" onload='x' <&>",
	    "&quot; onload=&#39;x&#39; &lt;&amp;&gt;");
	expect(cx_markup_text, "a\tb\nc\r\nd", "a b c  d");
	expect(cx_markup_text, "\x01\x1B[31m\x7F", "��[31m�");
	/* U+202E and U+2066 reorder a line; U+200B and U+FEFF hide. */
	expect(cx_markup_text,
	    "a\xE2\x80\xAE"
	    "b\xE2\x81\xA6"
	    "c\xE2\x80\x8B"
	    "d\xEF\xBB\xBF",
	    "a�b�c�d�");
	/* A family is joined by U+200D. */
	expect(cx_markup_text, "👨‍👩‍👧", "👨‍👩‍👧");
	expect(cx_markup_text, "\xEF\xBF\xBE\xFF\xC3", "���");
	expect(cx_markup_text,
	    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
	    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301");
}

static void clip_to_3(struct cx_buf *out, struct cx_str s)
{
	cx_markup_clipped(out, s, 3);
}

static void test_clipped(void)
{
	expect(clip_to_3, "", "");
	expect(clip_to_3, "<日>", "&lt;日&gt;");
	expect(clip_to_3, "<日本語>", "&lt;日本…");
}

/* ---- numbers ---- */

static void figure(void (*form)(struct cx_buf *, double, int), double x,
    int decimals, const char *want)
{
	struct cx_buf out = { 0 };

	form(&out, x, decimals);
	cx_buf_addc(&out, '\0');
	check_str(out.data, want, "%s", want);
	cx_buf_release(&out);
}

static void percent(struct cx_buf *out, double x, int decimals)
{
	(void)decimals;
	cx_figure_percent(out, x);
}

static void duration(struct cx_buf *out, double x, int decimals)
{
	(void)decimals;
	cx_figure_duration(out, x, &cx_figure_units);
}

static void test_figures(void)
{
	figure(cx_figure_number, 12.5, 2, "12.5");
	figure(cx_figure_number, -0.004, 2, "0");
	figure(cx_figure_number, -0.005, 2, "-0.01");
	figure(cx_figure_number, 1e6, 2, "1000000");
	figure(cx_figure_number, NAN, 2, "0");
	figure(cx_figure_number, INFINITY, 2, "0");
	figure(cx_figure_fixed, -41.8967, 1, "−41.9");
	figure(cx_figure_fixed, 0.05, 3, "0.050");
	figure(cx_figure_fixed, -0.04, 1, "0.0");
	figure(cx_figure_signed, 0.75, 1, "+0.8");
	figure(cx_figure_signed, 0, 1, "0.0");
	figure(percent, .45, 0, "45%");
	figure(percent, .004, 0, "0.4%");
	figure(percent, 0, 0, "0%");
	figure(percent, .0995, 0, "10%");
	figure(duration, 59, 0, "59 s");
	figure(duration, 181960, 0, "2.1 d");
	figure(duration, 129300, 0, "36 h");
	figure(duration, 420, 0, "7.0 min");
	figure(duration, 119, 0, "119 s");
	figure(duration, 120, 0, "2.0 min");
	figure(duration, 7200, 0, "2.0 h");
	figure(duration, 172800, 0, "2.0 d");
	figure(duration, 86400 * 30, 0, "30 d");
}

/* ---- widths and lines ---- */

static void test_widths(void)
{
	/* Adobe's Helvetica.afm: H 722, e 556, l 222, o 556. */
	check_abs(cx_text_width(cx_str("Hello")), 2.278, 1e-9, "Hello");
	check_abs(
	    cx_text_width(cx_str("日本語")), 3, 1e-9, "three of Japanese");
	check_abs(cx_text_width(cx_str("ｶﾀ")), 1, 1e-9, "half-width kana");
	check_abs(cx_text_width(cx_str("e\u0301")), .556, 1e-9,
	    "an accent takes no room");
	check_int((intmax_t)cx_text_fit(cx_str("日本語"), 2.5).n, 6,
	    "two of three fit");
	check_int((intmax_t)cx_text_fit(cx_str("e\u0301e"), .6).n, 3,
	    "a letter keeps its accent");
	check_int((intmax_t)cx_text_fit(cx_str("👨‍👩‍👧"), .5).n, 0,
	    "a family is not divided");
}

static void lines(const char *text, double width, size_t n, const char *want)
{
	struct cx_wrapped w = cx_text_wrap(cx_str(text), width, n);
	struct cx_buf out = { 0 };

	for (size_t i = 0; i < w.n; i++) {
		cx_buf_addz(&out, i ? "|" : "");
		cx_buf_adds(&out, w.lines[i]);
	}
	cx_buf_addz(&out, w.cut ? "…" : "");
	cx_buf_addc(&out, '\0');
	check_str(out.data, want, "%s", want);
	cx_buf_release(&out);
}

static void test_lines(void)
{
	lines("", 5, 3, "");
	lines("one", 5, 3, "one");
	lines("call centre", 3, 3, "call|centre");
	lines("self-service", 3.2, 3, "self-|service");
	lines("unbreakable", 3, 3, "unbre|akable");
	lines("one two three four", 3, 2, "one|two…");
	lines("お問い合わせ", 3, 3, "お問い|合わせ");
	/* Neither a small kana nor a long mark begins a line. */
	lines("カスタマーサポート", 4, 3, "カスタ|マーサ|ポート");
	lines("道の駅「三方五湖」", 4, 3, "道の駅|「三方五|湖」");
	lines("  blanks  ", 20, 3, "blanks");
}

/* ---- axes ---- */

static void axis(double low, double high, const char *want)
{
	struct cx_axis a = cx_axis_make(low, high, 5);
	struct cx_buf out = { 0 };

	cx_figure_number(&out, a.low, 6);
	cx_buf_addz(&out, " to ");
	cx_figure_number(&out, a.high, 6);
	cx_buf_addz(&out, " by ");
	cx_figure_number(&out, a.step, 6);
	cx_buf_addf(&out, ", %d", a.decimals);
	cx_buf_addc(&out, '\0');
	check_str(out.data, want, "axis %s", want);
	cx_buf_release(&out);
}

static void test_axes(void)
{
	/* Heckbert's own example: 105 to 543 by hundreds. */
	axis(105, 543, "100 to 600 by 100, 0");
	axis(-41.9, 58.1, "-60 to 60 by 20, 0");
	axis(0, .182, "0 to 0.2 by 0.05, 2");
	axis(58.1, 80.3, "55 to 85 by 5, 0");
	axis(3, 3, "2 to 4 by 0.5, 1");
	axis(9, 1, "0 to 10 by 2, 0");
	axis(0, 1e7, "0 to 10000000 by 2000000, 0");
}

/* ---- labels ---- */

static double unit(void)
{
	return (double)random_below(1000000) / 1e6;
}

/* Whatever the points: no two labels overlap, none leaves the frame. */
static void test_labels(void)
{
	enum { N = 25, TRIALS = 200 };
	const struct cx_box frame = { 0, 0, 700, 420 };
	struct cx_label labels[N];
	int overlaps = 0, outside = 0, on_marks = 0;

	for (int t = 0; t < TRIALS; t++) {
		for (int i = 0; i < N; i++)
			labels[i] = (struct cx_label){
				.x = 20 + 660 * unit(),
				.y = 20 + 380 * unit(),
				.width = 20 + 120 * unit(),
				.height = 15,
				.least_width = 14,
			};
		cx_labels_place(labels, N, &frame, 5, NULL, 0);
		for (int i = 0; i < N; i++) {
			const struct cx_box *b = &labels[i].box;

			outside += b->x < 0 || b->y < 0 ||
			           b->x + b->width > 700 ||
			           b->y + b->height > 420;
			for (int k = 0; k < N; k++) {
				struct cx_box mark = { labels[k].x - 5,
					labels[k].y - 5, 10, 10 };

				overlaps +=
				    k < i && cx_box_overlap(b, &labels[k].box);
				on_marks += cx_box_overlap(b, &mark) > 0;
			}
		}
	}
	check_int(overlaps, 0, "no labels overlap");
	check_int(outside, 0, "no label leaves the frame");
	check_int(on_marks, 0, "no label covers a mark");
}

int main(void)
{
	test_escapes();
	test_clipped();
	test_figures();
	test_widths();
	test_lines();
	test_axes();
	test_labels();
	return check_done();
}
