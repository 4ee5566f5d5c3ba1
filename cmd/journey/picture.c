/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/picture.h"

#include "cmd/journey/map.h"
#include "cmd/journey/stages.h"
#include "cmd/picture-words.h"
#include "libcx/base/mem.h"
#include "libcx/base/part.h"

#include <math.h>
#include <stdlib.h>

/* A name of a group, which no other has: its cells, with strokes between. */
static struct cx_str name_group(struct cx_map *names, struct cx_str group)
{
	const struct cx_str sign = cx_str(" / ");
	struct cx_buf name = { 0 };
	size_t number;

	while (group.p) {
		struct cx_str cell = cx_str_next(&group, '\0');

		if (!group.p) {
			cx_buf_adds(&name, cell);
			break;
		}
		cx_part_add_front(&name, cell, sign);
		cx_buf_adds(&name, sign);
	}
	number = cx_map_put(names, cx_buf_str(&name));
	cx_buf_release(&name);
	return cx_map_key(names, number);
}

/* Names stay where they are once all are known: so first all are named. */
static void name_groups(
    const struct journey_counts *counts, struct cx_map *names)
{
	for (size_t i = 0; i < counts->keys.n; i++)
		(void)name_group(names, journey_counts_thing(counts, i).group);
}

/* ---- the map ---- */

static unsigned marks_of(const struct journey_row *r)
{
	static const struct {
		unsigned mark, picture;
	} marks[] = { { JOURNEY_PAIN, CX_JOURNEY_PAIN },
		{ JOURNEY_DELIGHT, CX_JOURNEY_DELIGHT },
		{ JOURNEY_TRUTH, CX_JOURNEY_TRUTH },
		{ JOURNEY_PEAK, CX_JOURNEY_PEAK },
		{ JOURNEY_END, CX_JOURNEY_END } };
	unsigned all = 0;

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (r->marks & marks[i].mark)
			all |= marks[i].picture;
	return all;
}

/* x, unless it is not to be told. */
static double told(
    const struct journey_row *r, enum journey_hides what, double x)
{
	return r->hidden & what ? NAN : x;
}

static struct cx_journey_step step_of(
    const struct journey_row *r, struct cx_map *names)
{
	return (struct cx_journey_step){
		.masked = r->mark != CX_MASK_SHOWN,
		.persona = name_group(names, r->group),
		.stage = journey_stages_label(r->stage),
		.touchpoint = r->touchpoint,
		.channel = r->channel,
		.customers =
		    r->mark == CX_MASK_SHOWN ? (double)r->customers : NAN,
		.reach = (double)r->customers / (double)r->of,
		.emotion = told(r, JOURNEY_HIDES_EMOTION, r->emotion),
		.emotion_lo = r->emotion_lo,
		.emotion_hi = r->emotion_hi,
		.drop_off = r->drop_off.share,
		.drop_off_lo = r->drop_off.lo,
		.drop_off_hi = r->drop_off.hi,
		.wait = told(r, JOURNEY_HIDES_NEXT, cx_spread_median(&r->wait)),
		.marks = marks_of(r),
	};
}

/* --top, all with 0; without it what there is room for. */
static size_t most_drawn(size_t room)
{
	return isnan(journey_settings.top) ? room
	                                   : (size_t)journey_settings.top;
}

int journey_picture_svg(
    struct journey_counts *counts, struct cx_buf *out, struct cx_err *err)
{
	struct cx_journey_words words = journey_settings.lang
	                                    ? picture_words_map(NULL, NULL)
	                                    : cx_journey_words;
	struct cx_map names = { 0 };
	struct cx_journey_step *steps;
	struct journey_row *rows;
	size_t n;

	if (journey_map_rows(counts, &rows, &n, err) < 0) {
		free(rows);
		return -1;
	}
	name_groups(counts, &names);
	steps = cx_malloc(cx_mul(n, sizeof(*steps)));
	for (size_t i = 0; i < n; i++)
		steps[i] = step_of(&rows[i], &names);
	cx_journey_map_draw(out, &(struct cx_journey_map){ .steps = steps,
	                             .n = n,
	                             .most = most_drawn(CX_JOURNEY_MOST),
	                             .words = &words,
	                             .alone = true });
	free(steps);
	free(rows);
	cx_map_release(&names);
	return 0;
}

/* ---- the graph ---- */

static struct cx_dot_edge edge_of(const struct journey_counts *counts,
    const struct journey_edge *e, struct cx_map *names)
{
	return (struct cx_dot_edge){
		.group = name_group(names, e->group),
		.from = e->from,
		.to = e->to,
		.starts = e->starts,
		.ends = e->ends,
		.from_n = journey_edges_at(counts, e->group, e->from),
		.to_n = journey_edges_at(counts, e->group, e->to),
		.n = e->n,
		.share = e->share,
		.median = cx_spread_median(&e->times),
	};
}

int journey_picture_dot(
    struct journey_counts *counts, struct cx_buf *out, struct cx_err *err)
{
	struct cx_dot_words words =
	    journey_settings.lang ? picture_words_graph() : cx_dot_words;
	struct cx_map names = { 0 };
	struct cx_dot_edge *edges;
	size_t *sorted, n = 0;
	int code = 0;

	journey_edges_sum(counts);
	name_groups(counts, &names);
	sorted = journey_counts_sorted(counts);
	edges = cx_malloc(cx_mul(counts->keys.n, sizeof(*edges)));
	for (size_t i = 0; i < counts->keys.n && code >= 0; i++) {
		struct journey_edge edge;

		code = journey_edges_row(counts, sorted[i], &edge, err);
		if (code > 0)
			edges[n++] = edge_of(counts, &edge, &names);
	}
	if (code >= 0)
		cx_dot_draw(out, &(struct cx_dot_graph){ .edges = edges,
		                     .n = n,
		                     .most = most_drawn(CX_DOT_MOST),
		                     .words = &words });
	free(edges);
	free(sorted);
	cx_map_release(&names);
	return code < 0 ? -1 : 0;
}
