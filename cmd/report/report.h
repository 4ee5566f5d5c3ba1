/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_REPORT_H
#define CX_CMD_REPORT_H

#include "cmd/report/manifest.h"
#include "cmd/report/table.h"
#include "libcx/report/page.h"

/*
 * What the files in cmd/report share: a page is made of tables, part by
 * part, each part of the tables of its kind.
 */
struct report_settings {
	const char *lang, *title, *period, *zone, *as_of;
	double min_n;
	struct cx_list names; /* NAME=FILE */
	struct cx_list manifests;
};
extern struct report_settings report_settings;

struct report {
	struct cx_page page;
	struct report_table *tables;
	size_t n;
	struct report_manifest manifest;
};

/* The parts; each writes its section, or nothing where there is no table. */
void report_head(struct report *report);
void report_tiles(struct report *report);
void report_trends(struct report *report);
void report_groups(struct report *report);
void report_personas(struct report *report);
void report_maps(struct report *report);
void report_paths(struct report *report);
void report_gaps(struct report *report);
void report_definitions(struct report *report);

/* Rows of a table that a page shows, and groups that a picture does. */
enum {
	REPORT_ROWS_MOST = 200,
	REPORT_DRAWN_MOST = 40,
	REPORT_PANELS_MOST = 12
};

/* What a p-value must be below to be called a difference. */
#define REPORT_ALPHA .05

/* The table itself, below its picture. */
void report_show_table(struct report *report, const struct report_table *table);

/* Whether the value of a row of cards is masked: a number, or a path. */
bool report_cards_mask_value(const struct report_table *table, size_t row);

/* Adds an item to a list as the language writes one. */
void report_put_item(struct cx_buf *list, struct cx_str item);

/* "NPS by segment" of a table; the words of its groups. */
void report_put_name(struct cx_buf *out, const struct report_table *table);

/* The groups of a row in one text: "premium, web". */
void report_put_groups(
    struct cx_buf *out, const struct report_table *table, size_t row);

/* What a row was compared with: a period, a group, or the rest. */
void report_put_versus(struct cx_buf *out, struct cx_str vs);

/* Words of programs with , or ; between them, in the page's language. */
void report_put_words(struct cx_buf *out, struct cx_str cell);

#endif
