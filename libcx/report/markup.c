/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/markup.h"

#include "libcx/report/text.h"

#include <stdint.h>

static void add_glyph(struct cx_buf *out, const struct cx_glyph *g)
{
	switch (g->code) {
	case '&':
		cx_buf_addz(out, "&amp;");
		break;
	case '<':
		cx_buf_addz(out, "&lt;");
		break;
	case '>':
		cx_buf_addz(out, "&gt;");
		break;
	default:
		cx_buf_add(out, g->p, g->n);
	}
}

void cx_markup_text(struct cx_buf *out, struct cx_str s)
{
	cx_markup_clipped(out, s, SIZE_MAX);
}

void cx_markup_clipped(struct cx_buf *out, struct cx_str s, size_t most)
{
	struct cx_glyphs glyphs = { s, 0 };
	struct cx_glyph g;

	for (size_t i = 0; cx_glyph_next(&glyphs, &g); i++) {
		if (i == most) {
			cx_buf_addz(out, "…");
			return;
		}
		add_glyph(out, &g);
	}
}

void cx_markup_attribute(struct cx_buf *out, struct cx_str s)
{
	struct cx_glyphs glyphs = { s, 0 };
	struct cx_glyph g;

	while (cx_glyph_next(&glyphs, &g)) {
		if (g.code == '"')
			cx_buf_addz(out, "&quot;");
		else if (g.code == '\'')
			cx_buf_addz(out, "&#39;");
		else
			add_glyph(out, &g);
	}
}
