/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as the answers of a column, with NUL between them: which set of
 * labels they are in does not depend on their order, and a set that is found
 * has each of them. A leading code is a part of its answer.
 *
 * The sets are those of CX_LABELS, or of share/labels.
 */
#include "libcx/base/normal.h"
#include "libcx/table/code.h"
#include "libcx/table/labels.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct cx_label_sets sets;

static void read_sets(void)
{
	const char *folder = getenv("CX_LABELS");
	struct cx_err err;

	if (sets.n == 0 &&
	    cx_labels_read(&sets, folder ? folder : "share/labels", &err) < 0) {
		fprintf(stderr, "%s: %s\n", err.file, err.what);
		abort();
	}
}

static void look_at_code(struct cx_str cell)
{
	struct cx_str trimmed = cx_str_trim(cell);
	struct cx_str code = cx_code_of(trimmed);

	if (code.n &&
	    (code.p < trimmed.p || code.p + code.n > trimmed.p + trimmed.n))
		abort();
}

static void check_cell(const struct cx_labels *set, struct cx_str cell)
{
	struct cx_buf normal = { 0 };
	struct cx_str value;

	cx_normal(&normal, cx_str_trim(cell));
	if (normal.len && cx_map_get(&set->absent, cx_buf_str(&normal)) < 0 &&
	    !cx_lookup_find(&set->points, cx_buf_str(&normal), &value))
		abort();
	cx_buf_release(&normal);
}

enum { CELLS = 256 };

static size_t cut(struct cx_str text, struct cx_str cells[CELLS])
{
	size_t n = 0;

	while (text.p && n < CELLS)
		cells[n++] = cx_str_next(&text, '\0');
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cx_seen there = { .too_many = false }, back = there;
	const struct cx_labels *found = NULL, *again = NULL, *other;
	struct cx_str cells[CELLS];
	size_t n = cut((struct cx_str){ (const char *)data, size }, cells);
	enum cx_fit fit;

	read_sets();
	for (size_t i = 0; i < n; i++) {
		look_at_code(cells[i]);
		cx_seen_add(&there, cells[i]);
		cx_seen_add(&back, cells[n - 1 - i]);
	}
	fit = cx_labels_fit(&sets, &there, &found, &other);
	if (fit != cx_labels_fit(&sets, &back, &again, &other) ||
	    found != again)
		abort();
	for (size_t i = 0; fit == CX_FIT_ONE && i < n; i++)
		check_cell(found, cells[i]);
	cx_seen_release(&there);
	cx_seen_release(&back);
	return 0;
}
