/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/table.h"

#include "cmd/picture-words.h"
#include "libcx/base/mem.h"

#include <math.h>
#include <stdlib.h>

static struct cx_quadrant_point point_of(
    const struct gaps_result *r, size_t place)
{
	size_t k = r->order[place], n = gaps_plan.drivers.n;
	size_t x = CX_DRIVER_PERFORMANCE * n + k;
	size_t y = CX_DRIVER_IMPORTANCE * n + k;

	return (struct cx_quadrant_point){
		.label = cx_str(gaps_plan.drivers.items[k].name),
		.number = place < r->n_ranked ? place + 1 : 0,
		.x = r->stats[x],
		.x_lo = r->lo[x],
		.x_hi = r->hi[x],
		.y = r->stats[y],
		.y_lo = r->lo[y],
		.y_hi = r->hi[y],
		.faint = r->intervals[0] && !r->above_zero[k],
	};
}

/* The cells of the group's key in one text, which the caller releases. */
static struct cx_buf title_of(
    const struct gaps_store *store, const struct gaps_result *r)
{
	struct cx_str rest = cx_map_key(&store->groups.map, r->group);
	struct cx_buf title = { 0 };

	for (size_t i = 0; i < cx_header_n(&gaps_plan.by.columns); i++) {
		struct cx_str cell = cx_str_next(&rest, '\0');

		cx_buf_addz(&title, i ? ", " : "");
		cx_buf_adds(&title, cell.n ? cell : cx_str("(not given)"));
	}
	return title;
}

void gaps_draw(const struct gaps_store *store,
    const struct gaps_result *results, size_t n, struct cx_buf *out)
{
	struct cx_quadrant_words words =
	    gaps_settings.lang ? picture_words_quadrant(NULL, NULL)
	                       : cx_quadrant_words;
	size_t m = gaps_plan.drivers.n;
	struct cx_quadrant_point *points =
	    cx_malloc(cx_mul(cx_mul(n, m), sizeof(*points)));
	struct cx_quadrant_panel *panels =
	    cx_malloc(cx_mul(n, sizeof(*panels)));
	struct cx_buf *titles = cx_malloc(cx_mul(n, sizeof(*titles)));

	for (size_t g = 0; g < n; g++) {
		titles[g] = title_of(store, &results[g]);
		panels[g] = (struct cx_quadrant_panel){
			.title = cx_buf_str(&titles[g]),
			.points = points + g * m,
			.n = m,
			.cross_x = results[g].line_performance,
			.cross_y = results[g].line_importance,
		};
		for (size_t i = 0; i < m; i++)
			points[g * m + i] = point_of(&results[g], i);
	}
	cx_quadrant_draw(out,
	    &(struct cx_quadrant){
	        .panels = panels, .n = n, .words = &words, .alone = true });
	for (size_t g = 0; g < n; g++)
		cx_buf_release(&titles[g]);
	free(titles);
	free(panels);
	free(points);
}
