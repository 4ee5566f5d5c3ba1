/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/page.h"

void cx_page_open(struct cx_page *page, const struct cx_page_head *head)
{
	page->kind->open(page, head);
}

static void end_section(struct cx_page *page)
{
	if (page->in_section)
		page->kind->section_end(page);
	page->in_section = false;
}

void cx_page_close(struct cx_page *page)
{
	end_section(page);
	page->kind->close(page);
}

void cx_page_section(struct cx_page *page, struct cx_str name)
{
	end_section(page);
	page->sections++;
	page->in_section = true;
	page->kind->section(page, name);
}

void cx_page_column(
    struct cx_page *page, struct cx_str name, enum cx_page_side side)
{
	page->kind->column(page, name, side);
	page->column++;
}

void cx_page_columns_end(struct cx_page *page)
{
	page->kind->columns_end(page, page->column);
	page->column = 0;
}

void cx_page_cell(
    struct cx_page *page, struct cx_str text, enum cx_page_side side)
{
	page->kind->cell(page, text, side);
	page->column++;
}

void cx_page_row_end(struct cx_page *page)
{
	page->kind->row_end(page);
	page->column = 0;
}
