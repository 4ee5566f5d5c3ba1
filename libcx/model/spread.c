/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/spread.h"

#include <math.h>

static const double P90 = 0.9;

static struct cx_spread_point point(uint64_t n, double p)
{
	return (struct cx_spread_point){ n ? (double)(n - 1) * p : 0, 0, 0 };
}

void cx_spread_start(struct cx_spread *s, uint64_t n)
{
	*s = (struct cx_spread){
		.n = n, .median = point(n, 0.5), .p90 = point(n, P90)
	};
}

/* Notes value when it stands at a place that the point lies between. */
static void note(
    struct cx_spread_point *point, uint64_t from, uint64_t to, int64_t value)
{
	uint64_t below = (uint64_t)floor(point->place);
	uint64_t above = (uint64_t)ceil(point->place);

	if (below >= from && below < to)
		point->below = value;
	if (above >= from && above < to)
		point->above = value;
}

void cx_spread_add(struct cx_spread *s, int64_t value, uint64_t count)
{
	note(&s->median, s->at, s->at + count, value);
	note(&s->p90, s->at, s->at + count, value);
	s->sum += (__int128)value * (__int128)count;
	s->at += count;
}

double cx_spread_mean(const struct cx_spread *s)
{
	return s->n ? (double)s->sum / (double)s->n : NAN;
}

static double at(const struct cx_spread *s, const struct cx_spread_point *p)
{
	double share = p->place - floor(p->place);

	if (s->n == 0)
		return NAN;
	return (double)p->below + share * (double)(p->above - p->below);
}

double cx_spread_median(const struct cx_spread *s)
{
	return at(s, &s->median);
}

double cx_spread_p90(const struct cx_spread *s)
{
	return at(s, &s->p90);
}
