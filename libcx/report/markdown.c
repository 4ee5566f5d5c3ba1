/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/page.h"
#include "libcx/report/text.h"

/*
 * Markdown as chat programs and mail readers have it (CommonMark 0.31 with
 * the tables of GitHub). A character that could mean something there stands
 * behind a backslash, which CommonMark allows before any ASCII punctuation;
 * angle brackets and ampersands are entities, for readers that pass HTML on.
 */
static bool is_special(int32_t c)
{
	return c == '\\' || c == '`' || c == '*' || c == '_' || c == '[' ||
	       c == ']' || c == '|' || c == '~' || c == '#' || c == '!' ||
	       c == '@';
}

static void add_glyph(struct cx_buf *out, const struct cx_glyph *g)
{
	if (g->code == '<')
		cx_buf_addz(out, "&lt;");
	else if (g->code == '>')
		cx_buf_addz(out, "&gt;");
	else if (g->code == '&')
		cx_buf_addz(out, "&amp;");
	else {
		if (is_special(g->code))
			cx_buf_addc(out, '\\');
		cx_buf_add(out, g->p, g->n);
	}
}

static void add_clipped(struct cx_buf *out, struct cx_str text, size_t most)
{
	struct cx_glyphs glyphs = { text, 0 };
	struct cx_glyph g;

	for (size_t i = 0; cx_glyph_next(&glyphs, &g); i++) {
		if (i == most) {
			cx_buf_addz(out, "…");
			return;
		}
		/* A paragraph that starts so would be a list. */
		if (i == 0 && (g.code == '-' || g.code == '+' || g.code == '='))
			cx_buf_addc(out, '\\');
		add_glyph(out, &g);
	}
}

static void add(struct cx_page *page, const char *text)
{
	cx_buf_addz(page->out, text);
}

static void add_text(struct cx_page *page, const char *before,
    struct cx_str text, const char *behind)
{
	add(page, before);
	add_clipped(page->out, text, SIZE_MAX);
	add(page, behind);
}

static void md_open(struct cx_page *page, const struct cx_page_head *head)
{
	add_text(page, "# ", head->title, "\n\n");
}

static void md_section(struct cx_page *page, struct cx_str name)
{
	add_text(page, "## ", name, "\n\n");
}

static void md_nothing(struct cx_page *page)
{
	(void)page;
}

static void md_heading(struct cx_page *page, struct cx_str text)
{
	add_text(page, "### ", text, "\n\n");
}

static void md_text(struct cx_page *page, struct cx_str text)
{
	add_text(page, "", text, "\n\n");
}

static void md_list(struct cx_page *page, bool begin)
{
	if (!begin)
		add(page, "\n");
}

static void md_fact(
    struct cx_page *page, struct cx_str name, struct cx_str text)
{
	add_text(page, "- ", name, ": ");
	add_clipped(page->out, text, CX_PAGE_CELL_MOST);
	add(page, "\n");
}

static void md_tile(struct cx_page *page, const struct cx_page_tile *tile)
{
	const struct cx_str more[] = { tile->interval, tile->base,
		tile->change };

	add_text(page, "- ", tile->name, ": ");
	add_text(page, "**", tile->value, "**");
	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++)
		if (more[i].n)
			add_text(page, "; ", more[i], "");
	add(page, "\n");
}

static void md_cards(struct cx_page *page, bool begin)
{
	(void)page;
	(void)begin;
}

static void md_picture(
    struct cx_page *page, struct cx_str name, const struct cx_buf *svg)
{
	(void)page;
	(void)name;
	(void)svg;
}

static void md_table(struct cx_page *page, struct cx_str caption)
{
	add_text(page, "", caption, "\n\n|");
}

/* The second line tells the sides; they are kept until the first ends. */
static void md_column(
    struct cx_page *page, struct cx_str name, enum cx_page_side side)
{
	page->right |= side == CX_PAGE_RIGHT && page->column < 64
	                   ? (uint64_t)1 << page->column
	                   : 0;
	add(page, " ");
	add_clipped(page->out, name, CX_PAGE_CELL_MOST);
	add(page, " |");
}

static void md_columns_end(struct cx_page *page, size_t n)
{
	add(page, "\n|");
	for (size_t i = 0; i < n; i++)
		add(page,
		    i < 64 && page->right >> i & 1 ? " ---: |" : " --- |");
	add(page, "\n");
	page->right = 0;
}

static void md_cell(
    struct cx_page *page, struct cx_str text, enum cx_page_side side)
{
	(void)side;
	add(page, page->column ? " " : "| ");
	add_clipped(page->out, text, CX_PAGE_CELL_MOST);
	add(page, " |");
}

static void md_end(struct cx_page *page)
{
	add(page, "\n");
}

const struct cx_page_kind cx_page_markdown = {
	.open = md_open,
	.section = md_section,
	.section_end = md_nothing,
	.heading = md_heading,
	.text = md_text,
	.note = md_text,
	.facts = md_list,
	.fact = md_fact,
	.tiles = md_list,
	.tile = md_tile,
	.cards = md_cards,
	.card = md_heading,
	.card_end = md_nothing,
	.picture = md_picture,
	.table = md_table,
	.column = md_column,
	.columns_end = md_columns_end,
	.cell = md_cell,
	.row_end = md_end,
	.table_end = md_end,
	.close = md_nothing,
};
