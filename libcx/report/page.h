/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_PAGE_H
#define CX_REPORT_PAGE_H

#include "libcx/base/buf.h"

#include <stdint.h>

/*
 * A page of a report: its parts are added in order, in HTML or in Markdown.
 * Every text is plain and may come from data; the page escapes it for where
 * it stands. What has no place in Markdown (pictures) is left out there.
 *
 *	cx_page_open(&page, &head);
 *	cx_page_section(&page, name);
 *	page.kind->text(&page, text);
 *	cx_page_close(&page);
 */
struct cx_page {
	const struct cx_page_kind *kind;
	struct cx_buf *out; /* borrowed */
	size_t sections;    /* so far */
	size_t column;      /* of the row at hand */
	bool in_section;
	uint64_t right; /* of the table at hand, columns at the right */
};

struct cx_page_head {
	const char *lang; /* of the page: "en"; a literal or checked */
	struct cx_str title;
	const char *generator;  /* what made the page; a literal */
	const char *to_content; /* the words of the link past the head */
};

/* A number that stands out. Texts may be empty. */
struct cx_page_tile {
	struct cx_str name, value, interval, base, change;
	int sign; /* of the change: -1 worse, 1 better, 0 neither */
};

enum cx_page_side { CX_PAGE_LEFT, CX_PAGE_RIGHT };

struct cx_page_kind {
	void (*open)(struct cx_page *page, const struct cx_page_head *head);
	void (*section)(struct cx_page *page, struct cx_str name);
	void (*section_end)(struct cx_page *page);
	void (*heading)(struct cx_page *page, struct cx_str text);
	void (*text)(struct cx_page *page, struct cx_str text);
	void (*note)(struct cx_page *page, struct cx_str text);
	void (*facts)(struct cx_page *page, bool begin);
	void (*fact)(
	    struct cx_page *page, struct cx_str name, struct cx_str text);
	void (*tiles)(struct cx_page *page, bool begin);
	void (*tile)(struct cx_page *page, const struct cx_page_tile *tile);
	void (*cards)(struct cx_page *page, bool begin);
	void (*card)(struct cx_page *page, struct cx_str name);
	void (*card_end)(struct cx_page *page);
	void (*picture)(
	    struct cx_page *page, struct cx_str name, const struct cx_buf *svg);
	void (*table)(struct cx_page *page, struct cx_str caption);
	void (*column)(
	    struct cx_page *page, struct cx_str name, enum cx_page_side side);
	void (*columns_end)(struct cx_page *page, size_t n);
	void (*cell)(
	    struct cx_page *page, struct cx_str text, enum cx_page_side side);
	void (*row_end)(struct cx_page *page);
	void (*table_end)(struct cx_page *page);
	void (*close)(struct cx_page *page);
};
extern const struct cx_page_kind cx_page_html, cx_page_markdown;

void cx_page_open(struct cx_page *page, const struct cx_page_head *head);
void cx_page_close(struct cx_page *page);

/* A part of the page with its heading; ends the one before. */
void cx_page_section(struct cx_page *page, struct cx_str name);

/*
 * A table: columns, columns_end, then cells row by row, each row with a cell
 * for every column and row_end behind it. The first cell names its row.
 */
void cx_page_column(
    struct cx_page *page, struct cx_str name, enum cx_page_side side);
void cx_page_columns_end(struct cx_page *page);
void cx_page_cell(
    struct cx_page *page, struct cx_str text, enum cx_page_side side);
void cx_page_row_end(struct cx_page *page);

/* Characters of a cell that are shown. */
enum { CX_PAGE_CELL_MOST = 300 };

#endif
