/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/map.h"

#include "libcx/base/mem.h"
#include "libcx/model/adjust.h"

#include <math.h>
#include <stdlib.h>

/*
 * What of the map compares rows of a group with one another. Those that are
 * masked have no part in it: of all rows and of all but one, told apart, the
 * one would follow.
 */

static bool is_told(const struct journey_row *r, enum journey_hides what)
{
	return r->mark == CX_MASK_SHOWN && !(r->hidden & what);
}

static void add(struct cx_mean *to, const struct cx_mean *m, int sign)
{
	to->n += (uint64_t)sign * m->n;
	to->sum += sign * m->sum;
	to->squares += (uint64_t)sign * m->squares;
}

/*
 * Few ratings, or such as are all alike, have too small an error by chance,
 * or none: any difference would pass for certain.
 */
static bool can_tell(const struct journey_row *r)
{
	return is_told(r, JOURNEY_HIDES_EMOTION) &&
	       r->feelings.n >= CX_COMPARE_FEWEST &&
	       cx_mean_estimate(&r->feelings, journey_settings.level).sd > 0;
}

/* A row against all others whose emotion is of the same source. */
static void compare(struct journey_row *rows, size_t n)
{
	struct cx_mean all[2] = { { 0 } };

	for (size_t i = 0; i < n; i++)
		if (is_told(&rows[i], JOURNEY_HIDES_EMOTION))
			add(&all[rows[i].from_score], &rows[i].feelings, 1);
	for (size_t i = 0; i < n; i++) {
		struct journey_row *r = &rows[i];
		struct cx_mean rest = all[r->from_score];
		struct cx_comparison c;

		r->p = r->outcome_p = NAN;
		if (is_told(r, JOURNEY_HIDES_OUTCOME))
			r->outcome_p = r->outcome.p;
		if (!can_tell(r))
			continue;
		add(&rest, &r->feelings, -1);
		c = cx_compare_means(
		    &r->feelings, &rest, journey_settings.level);
		r->p = c.p;
		r->below = c.difference < 0;
	}
}

static void adjust(struct journey_row *rows, size_t n)
{
	double *p = cx_malloc(cx_mul(n, sizeof(*p)));

	for (size_t i = 0; i < n; i++)
		p[i] = rows[i].p;
	cx_adjust_bh(p, n, p);
	for (size_t i = 0; i < n; i++) {
		rows[i].p = p[i];
		p[i] = rows[i].outcome_p;
	}
	cx_adjust_bh(p, n, p);
	for (size_t i = 0; i < n; i++)
		rows[i].outcome_p = p[i];
	free(p);
}

/* Rows are in the order of the curve; of a tie the first is the peak. */
static void mark_curve(struct journey_row *rows, size_t n)
{
	struct journey_row *peak = NULL, *end = NULL;

	for (size_t i = 0; i < n; i++) {
		if (rows[i].feelings.n < CX_COMPARE_FEWEST ||
		    !is_told(&rows[i], JOURNEY_HIDES_EMOTION))
			continue;
		end = &rows[i];
		if (!peak || fabs(rows[i].emotion) > fabs(peak->emotion))
			peak = &rows[i];
	}
	if (!peak)
		return;
	peak->marks |= JOURNEY_PEAK;
	end->marks |= JOURNEY_END;
}

static void mark_tests(struct journey_row *rows, size_t n)
{
	double alpha = 1 - journey_settings.level;
	struct journey_row *truth = NULL;

	for (size_t i = 0; i < n; i++) {
		struct journey_row *r = &rows[i];

		if (r->p < alpha)
			r->marks |= r->below ? JOURNEY_PAIN : JOURNEY_DELIGHT;
		if (r->outcome_p < alpha && r->outcome.difference > 0 &&
		    (!truth ||
		        r->outcome.difference > truth->outcome.difference))
			truth = r;
	}
	if (truth)
		truth->marks |= JOURNEY_TRUTH;
}

void journey_map_mark(struct journey_row *rows, size_t n)
{
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n; end++)
			if (!cx_str_eq(rows[end].group, rows[i].group))
				break;
		compare(rows + i, end - i);
		adjust(rows + i, end - i);
		mark_tests(rows + i, end - i);
		mark_curve(rows + i, end - i);
	}
}
