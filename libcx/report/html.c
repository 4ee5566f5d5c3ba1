/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/markup.h"
#include "libcx/report/page.h"
#include "libcx/report/svg.h"
#include "libcx/report/text.h"

/*
 * The page asks for nothing but itself, and says so: a browser that knows
 * the policy runs no script and loads no picture even if one slipped in.
 */
static const char policy[] =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'";

/*
 * Grey tones for words, blue for links; contrast at least 4.5 to 1 on both
 * grounds (WCAG 2.1, 1.4.3). Wide tables and pictures scroll in their own
 * box on a narrow screen, and shrink on paper.
 */
static const char style[] =
    ":root{color-scheme:light dark;--ground:#fff;--ink:#1f2328;"
    "--mute:#57606a;--line:#d0d7de;--panel:#f6f8fa;--link:#0059a6;"
    "--good:#006b4f;--bad:#a34700}\n"
    "@media screen and (prefers-color-scheme:dark){:root{--ground:#15191e;"
    "--ink:#e6e9ec;--mute:#a5afb8;--line:#353d46;--panel:#1e242b;"
    "--link:#56b4e9;--good:#3fc79a;--bad:#e69f00}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:62rem;"
    "background:var(--ground);color:var(--ink);font:15px/1.55 "
    "\"Helvetica Neue\",Arial,\"Liberation Sans\",\"Hiragino Sans\","
    "\"Yu Gothic\",Meiryo,\"Noto Sans CJK JP\",sans-serif;"
    "overflow-wrap:break-word}\n"
    "h1{font-size:1.6rem;line-height:1.25;margin:0 0 .75rem}\n"
    "h2{font-size:1.2rem;margin:2.5rem 0 .75rem;padding-top:.75rem;"
    "border-top:1px solid var(--line)}\n"
    "h3{font-size:1rem;margin:1.5rem 0 .5rem}\n"
    "p{margin:.5rem 0}a{color:var(--link)}\n"
    ".skip{position:absolute;left:-999rem}.skip:focus{position:static}\n"
    ".note,caption,.tile dd.mute{color:var(--mute);font-size:.85rem}\n"
    "dl.facts{display:grid;grid-template-columns:max-content 1fr;"
    "gap:.15rem 1rem;margin:.5rem 0;font-size:.9rem}\n"
    "dl.facts dt{color:var(--mute);max-width:16rem}dl.facts dd{margin:0}\n"
    ".tiles,.cards{display:grid;gap:.75rem;margin:1rem 0;"
    "grid-template-columns:repeat(auto-fill,minmax(14rem,1fr))}\n"
    ".cards{grid-template-columns:repeat(auto-fill,minmax(18rem,1fr))}\n"
    ".tile,.card{border:1px solid var(--line);border-radius:6px;"
    "padding:.75rem .9rem;background:var(--panel);break-inside:avoid}\n"
    ".tile h3,.card h3{margin:0 0 .25rem}.tile h3{font-size:.9rem;"
    "font-weight:600}\n"
    ".tile p{margin:0;font-size:.85rem;color:var(--mute)}\n"
    ".tile p.value{font-size:2rem;line-height:1.2;font-weight:700;"
    "color:var(--ink)}\n"
    ".tile p.good{color:var(--good);font-weight:600}"
    ".tile p.bad{color:var(--bad);font-weight:600}\n"
    ".card dl.facts{grid-template-columns:1fr 1fr}\n"
    ".box{overflow-x:auto;margin:.75rem 0}\n"
    ".box:focus-visible{outline:2px solid var(--link)}\n"
    ".box svg{display:block;max-width:100%;height:auto;min-width:40rem}\n"
    "table{border-collapse:collapse;font-size:.85rem;"
    "font-variant-numeric:tabular-nums}\n"
    "caption{text-align:left;padding:.25rem 0}\n"
    "th,td{padding:.25rem .6rem;border-bottom:1px solid var(--line);"
    "text-align:left;vertical-align:top;white-space:nowrap}\n"
    ".w{white-space:normal;min-width:14rem;max-width:24rem}\n"
    "thead th{vertical-align:bottom;background:var(--panel)}\n"
    "tbody th{font-weight:400}\n"
    "th.r,td.r{text-align:right}\n"
    "@media print{@page{margin:12mm}body{padding:0;max-width:none;"
    "font-size:10pt}.skip{display:none}.box{overflow:visible}"
    ".box svg{min-width:0;width:100%;break-inside:avoid}"
    "table{font-size:7pt}th,td,.w{padding:.1rem .25rem;white-space:normal;"
    "min-width:0}"
    "h2,h3,caption{break-after:avoid}tr{break-inside:avoid}}\n";

static void add(struct cx_page *page, const char *markup)
{
	cx_buf_addz(page->out, markup);
}

static void add_text(struct cx_page *page, struct cx_str text)
{
	cx_markup_text(page->out, text);
}

static void element(struct cx_page *page, const char *open, struct cx_str text,
    const char *close)
{
	add(page, open);
	add_text(page, text);
	add(page, close);
}

/* ---- the page ---- */

static void html_open(struct cx_page *page, const struct cx_page_head *head)
{
	cx_buf_addf(page->out,
	    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n"
	    "<meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"generator\" content=\"%s\">\n",
	    head->lang, policy, head->generator);
	element(page, "<title>", head->title, "</title>\n<style>\n");
	add(page, style);
	cx_svg_style(page->out);
	add(page, "\n</style>\n</head>\n<body>\n<a class=\"skip\" "
	          "href=\"#content\">");
	add_text(page, cx_str(head->to_content));
	element(
	    page, "</a>\n<header>\n<h1>", head->title, "</h1>\n</header>\n");
	add(page, "<main id=\"content\">\n");
}

static void html_section(struct cx_page *page, struct cx_str name)
{
	cx_buf_addf(page->out,
	    "<section aria-labelledby=\"s%zu\">\n<h2 id=\"s%zu\">",
	    page->sections, page->sections);
	element(page, "", name, "</h2>\n");
}

static void html_section_end(struct cx_page *page)
{
	add(page, "</section>\n");
}

static void html_close(struct cx_page *page)
{
	add(page, "</main>\n</body>\n</html>\n");
}

/* ---- texts ---- */

static void html_heading(struct cx_page *page, struct cx_str text)
{
	element(page, "<h3>", text, "</h3>\n");
}

static void html_text(struct cx_page *page, struct cx_str text)
{
	element(page, "<p>", text, "</p>\n");
}

static void html_note(struct cx_page *page, struct cx_str text)
{
	element(page, "<p class=\"note\">", text, "</p>\n");
}

static void html_facts(struct cx_page *page, bool begin)
{
	add(page, begin ? "<dl class=\"facts\">\n" : "</dl>\n");
}

static void html_fact(
    struct cx_page *page, struct cx_str name, struct cx_str text)
{
	element(page, "<dt>", name, "</dt>");
	add(page, "<dd>");
	cx_markup_clipped(page->out, text, CX_PAGE_CELL_MOST);
	add(page, "</dd>\n");
}

/* ---- tiles and cards ---- */

static void html_grid(struct cx_page *page, const char *class, bool begin)
{
	if (begin)
		cx_buf_addf(page->out, "<div class=\"%s\">\n", class);
	else
		add(page, "</div>\n");
}

static void html_tiles(struct cx_page *page, bool begin)
{
	html_grid(page, "tiles", begin);
}

static void html_cards(struct cx_page *page, bool begin)
{
	html_grid(page, "cards", begin);
}

static void html_tile(struct cx_page *page, const struct cx_page_tile *tile)
{
	static const char *const changes[] = { "<p class=\"bad\">", "<p>",
		"<p class=\"good\">" };

	element(page, "<article class=\"tile\">\n<h3>", tile->name, "</h3>\n");
	element(page, "<p class=\"value\">", tile->value, "</p>\n");
	if (tile->interval.n)
		element(page, "<p>", tile->interval, "</p>\n");
	if (tile->base.n)
		element(page, "<p>", tile->base, "</p>\n");
	if (tile->change.n)
		element(page, changes[tile->sign + 1], tile->change, "</p>\n");
	add(page, "</article>\n");
}

static void html_card(struct cx_page *page, struct cx_str name)
{
	element(page, "<article class=\"card\">\n<h3>", name, "</h3>\n");
}

static void html_card_end(struct cx_page *page)
{
	add(page, "</article>\n");
}

/* ---- pictures and tables ---- */

/* What scrolls must be reached with the keyboard, and have a name. */
static void open_box(struct cx_page *page, struct cx_str name)
{
	add(page, "<div class=\"box\" role=\"group\" tabindex=\"0\" "
	          "aria-label=\"");
	cx_markup_attribute(page->out, name);
	add(page, "\">\n");
}

static void html_picture(
    struct cx_page *page, struct cx_str name, const struct cx_buf *svg)
{
	open_box(page, name);
	cx_buf_adds(page->out, cx_buf_str(svg));
	add(page, "</div>\n");
}

static void html_table(struct cx_page *page, struct cx_str caption)
{
	open_box(page, caption);
	element(
	    page, "<table>\n<caption>", caption, "</caption>\n<thead>\n<tr>\n");
}

static void html_column(
    struct cx_page *page, struct cx_str name, enum cx_page_side side)
{
	add(page, side == CX_PAGE_RIGHT ? "<th scope=\"col\" class=\"r\">"
	                                : "<th scope=\"col\">");
	cx_markup_clipped(page->out, name, CX_PAGE_CELL_MOST);
	add(page, "</th>\n");
}

static void html_columns_end(struct cx_page *page, size_t n)
{
	(void)n;
	add(page, "</tr>\n</thead>\n<tbody>\n");
}

/* What is longer than this, in em, may take several lines. */
static const double ONE_LINE = 18;

static void html_cell(
    struct cx_page *page, struct cx_str text, enum cx_page_side side)
{
	/* A header must have a text. */
	bool names = page->column == 0 && text.n > 0;
	const char *class = "";

	if (side == CX_PAGE_RIGHT)
		class = " class=\"r\"";
	else if ((double)text.n > ONE_LINE && cx_text_width(text) > ONE_LINE)
		class = " class=\"w\"";
	cx_buf_addf(page->out, "%s<%s%s>", page->column ? "" : "<tr>",
	    names ? "th scope=\"row\"" : "td", class);
	cx_markup_clipped(page->out, text, CX_PAGE_CELL_MOST);
	add(page, names ? "</th>" : "</td>");
}

static void html_row_end(struct cx_page *page)
{
	add(page, "</tr>\n");
}

static void html_table_end(struct cx_page *page)
{
	add(page, "</tbody>\n</table>\n</div>\n");
}

const struct cx_page_kind cx_page_html = {
	.open = html_open,
	.section = html_section,
	.section_end = html_section_end,
	.heading = html_heading,
	.text = html_text,
	.note = html_note,
	.facts = html_facts,
	.fact = html_fact,
	.tiles = html_tiles,
	.tile = html_tile,
	.cards = html_cards,
	.card = html_card,
	.card_end = html_card_end,
	.picture = html_picture,
	.table = html_table,
	.column = html_column,
	.columns_end = html_columns_end,
	.cell = html_cell,
	.row_end = html_row_end,
	.table_end = html_table_end,
	.close = html_close,
};
