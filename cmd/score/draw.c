/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/draw.h"

#include "libcx/base/mem.h"
#include "libcx/report/draw.h"

#include <math.h>
#include <stdlib.h>

enum { BAR_CELLS = 25 };

const char *score_draw_axis(bool net)
{
	return net ? "-100        0        100" : "0           50        100";
}

void score_draw_bar(
    struct cx_buf *out, bool net, double score, double lo, double hi)
{
	cx_draw_interval(out, score, lo, hi, net ? -100 : 0, 100, BAR_CELLS);
}

/* The key without its period. */
static struct cx_str group_part(struct cx_str key)
{
	while (key.n && key.p[key.n - 1] != '\0')
		key.n--;
	key.n -= key.n > 0;
	return key;
}

static void add_line(struct cx_writer *writer, struct cx_str group,
    const double *scores, size_t n, double low, double high)
{
	struct cx_buf line = { 0 };

	/* What has no score at an end has no place there. */
	while (n && isnan(scores[0])) {
		scores++;
		n--;
	}
	while (n && isnan(scores[n - 1]))
		n--;
	if (n < 2)
		return;
	for (size_t i = 0; i < group.n; i++)
		cx_buf_addc(&line, group.p[i] ? group.p[i] : ',');
	cx_buf_addz(&line, group.n ? "  " : "");
	cx_draw_spark(&line, scores, n, low, high);
	cx_buf_addf(&line, "  %.1f to %.1f\n", scores[0], scores[n - 1]);
	cx_writer_footer(writer, cx_buf_str(&line));
	cx_buf_release(&line);
}

void score_draw_sparklines(const struct cx_map *groups, const size_t *order,
    const double *scores, struct cx_writer *writer)
{
	double *sorted = cx_malloc(cx_mul(groups->n + 1, sizeof(*sorted)));
	double low = INFINITY, high = -INFINITY;
	size_t start = 0;

	for (size_t i = 0; i < groups->n; i++) {
		sorted[i] = scores[order[i]];
		low = fmin(low, sorted[i]);
		high = fmax(high, sorted[i]);
	}
	if (groups->n > 1)
		cx_writer_footer(writer, cx_str("\n"));
	for (size_t i = 1; i <= groups->n; i++) {
		struct cx_str group =
		    group_part(cx_map_key(groups, order[start]));

		if (i < groups->n &&
		    cx_str_eq(group, group_part(cx_map_key(groups, order[i]))))
			continue;
		if (i - start > 1)
			add_line(writer, group, sorted + start, i - start, low,
			    high);
		start = i;
	}
	free(sorted);
}
