/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the map is about too few to be told (--min-n). */
#include "cmd/journey/map.h"

#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

/* What all groups have in common: NUL is in no name. */
static size_t number_place(struct cx_map *places, const struct journey_row *r)
{
	struct cx_buf key = { 0 };
	size_t number;

	cx_buf_adds(&key, r->stage);
	cx_buf_addc(&key, '\0');
	cx_buf_adds(&key, r->touchpoint);
	cx_buf_addc(&key, '\0');
	cx_buf_adds(&key, r->channel);
	number = cx_map_put(places, cx_buf_str(&key));
	cx_buf_release(&key);
	return number;
}

/*
 * The map of all groups together has the total of each touchpoint, and
 * anybody can print that who has the data. Customers of several touchpoints
 * do not add up.
 */
static void hide_rows(struct journey_row *rows, size_t n)
{
	struct cx_mask_cell *cells = cx_malloc(cx_mul(n, sizeof(*cells)));
	enum cx_mask_mark *marks = cx_calloc(cx_mul(n, 2), sizeof(*marks));
	struct cx_map places = { 0 }, groups = { 0 };
	struct cx_mask mask = { .cells = marks, .cols = marks + n };
	struct cx_mask_table table = { .n_cells = n,
		.cells = cells,
		.min_n = (uint64_t)journey_settings.min_n };

	for (size_t i = 0; i < n; i++)
		cells[i] = (struct cx_mask_cell){ cx_map_put(
			                              &groups, rows[i].group),
			number_place(&places, &rows[i]), rows[i].customers };
	table.n_rows = groups.n;
	table.n_cols = places.n;
	table.totals = groups.n > 1 ? CX_MASK_COLS : 0;
	if (n)
		cx_mask_decide(&table, &mask);
	for (size_t i = 0; i < n; i++)
		rows[i].mark = marks[i];
	cx_map_release(&places);
	cx_map_release(&groups);
	free(cells);
	free(marks);
}

static bool is_small(uint64_t n)
{
	return n > 0 && (double)n < journey_settings.min_n;
}

/* What rests on fewer than the row does. */
static void hide_cells(struct journey_row *r)
{
	if (is_small(r->scores.n))
		r->hidden |= JOURNEY_HIDES_SCORE;
	if (is_small(r->feelings.n))
		r->hidden |= JOURNEY_HIDES_EMOTION;
	if (is_small(cx_nps_n(&r->nps)))
		r->hidden |= JOURNEY_HIDES_NPS;
	if (is_small(r->followed))
		r->hidden |= JOURNEY_HIDES_NEXT;
	if (is_small(r->well) || is_small(r->badly))
		r->hidden |= JOURNEY_HIDES_OUTCOME;
}

void journey_map_hide(struct journey_row *rows, size_t n)
{
	if (journey_settings.min_n < 2)
		return;
	hide_rows(rows, n);
	for (size_t i = 0; i < n; i++)
		hide_cells(&rows[i]);
}
