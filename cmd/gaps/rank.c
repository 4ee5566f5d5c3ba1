/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/interval.h"

#include "libcx/base/mem.h"
#include "libcx/model/resample.h"

#include <math.h>
#include <stdlib.h>

static const struct gaps_result *ranking;

static double change_of(const struct gaps_result *r, size_t k)
{
	return r->stats[CX_DRIVER_CHANGE * gaps_plan.drivers.n + k];
}

/* The largest change first, then the largest importance, then by name. */
static int by_change(const void *x, const void *y)
{
	size_t a = *(const size_t *)x, b = *(const size_t *)y;
	double p = change_of(ranking, a), q = change_of(ranking, b);

	if (isnan(p) != isnan(q))
		return isnan(p) ? 1 : -1;
	if (p > q || p < q)
		return p > q ? -1 : 1;
	p = ranking->stats[a];
	q = ranking->stats[b];
	if (p > q || p < q)
		return p > q ? -1 : 1;
	return a < b ? -1 : a > b;
}

static void set_order(struct gaps_result *r)
{
	size_t n = gaps_plan.drivers.n;

	r->n_ranked = 0;
	for (size_t k = 0; k < n; k++) {
		r->order[k] = k;
		r->n_ranked += !isnan(change_of(r, k));
	}
	ranking = r;
	qsort(r->order, n, sizeof(*r->order), by_change);
}

/* Of the normal distribution that the covariances tell of. */
static void draw_normal(const struct gaps_result *r,
    const struct gaps_draws *from, size_t n_draws, double *draws)
{
	size_t n = r->n_ranked, m = from->m;
	size_t first = CX_DRIVER_CHANGE * gaps_plan.drivers.n;
	double *mean = cx_calloc(n + 1, sizeof(*mean));
	double *cov = cx_calloc(n * n + 1, sizeof(*cov));

	for (size_t a = 0; a < n; a++) {
		mean[a] = change_of(r, r->order[a]);
		for (size_t b = 0; b < n; b++)
			cov[a * n + b] = from->cov[(first + r->order[a]) * m +
			                           first + r->order[b]];
	}
	cx_resample_normal(
	    mean, cov, n, (uint64_t)gaps_settings.seed, n_draws, draws);
	free(mean);
	free(cov);
}

/* Changes of the ranked drivers, best first, n_draws times. */
static double *draw_changes(
    const struct gaps_result *r, const struct gaps_draws *from, size_t n_draws)
{
	size_t n = r->n_ranked;
	size_t first = CX_DRIVER_CHANGE * gaps_plan.drivers.n;
	double *draws = cx_calloc(n_draws * n + 1, sizeof(*draws));

	if (!from->are_draws)
		draw_normal(r, from, n_draws, draws);
	for (size_t i = 0; i < n_draws * n; i++) {
		size_t k = r->order[i % n];

		if (from->are_draws)
			draws[i] = from->draws[i / n * from->m + first + k];
		/* NaN: a sample whose outcomes are all alike shows none. */
		if (gaps_is_at_target(r, k) || isnan(draws[i]))
			draws[i] = 0;
	}
	return draws;
}

/* The rank of place a in a draw; of equals the one that is best overall. */
static size_t rank_in(const double *draw, size_t n, size_t a)
{
	size_t rank = 1;

	for (size_t b = 0; b < n; b++)
		rank += draw[b] > draw[a] || (b < a && draw[b] >= draw[a]);
	return rank;
}

static void set_rank(
    struct gaps_result *r, size_t k, const size_t *counts, size_t n_draws)
{
	double tail = (1 - gaps_settings.level) / 2 * (double)n_draws;
	double below = 0;

	for (size_t rank = 1; rank <= r->n_ranked; rank++) {
		double before = below;

		below += (double)counts[rank];
		if (before <= tail && below > tail)
			r->rank_lo[k] = (double)rank;
		if (before < (double)n_draws - tail &&
		    below >= (double)n_draws - tail)
			r->rank_hi[k] = (double)rank;
	}
}

void gaps_rank(struct gaps_result *r, const struct gaps_draws *from)
{
	size_t n_drivers = gaps_plan.drivers.n, n, n_draws;
	double *draws;
	size_t *counts;

	set_order(r);
	n = r->n_ranked;
	n_draws = from->n_draws ? (size_t)gaps_settings.reps : 0;
	draws = draw_changes(r, from, n_draws);
	counts = cx_malloc(cx_mul(n + 1, sizeof(*counts)));
	for (size_t k = 0; k < n_drivers; k++)
		r->rank_lo[k] = r->rank_hi[k] = r->top_three[k] = NAN;
	for (size_t a = 0; a < n && n_draws; a++) {
		size_t k = r->order[a], top = 0;

		memset(counts, 0, (n + 1) * sizeof(*counts));
		for (size_t i = 0; i < n_draws; i++) {
			size_t rank = rank_in(draws + i * n, n, a);

			counts[rank]++;
			/* Where there is nothing to gain there is no top. */
			top += rank <= GAPS_TOP && draws[i * n + a] > 0;
		}
		set_rank(r, k, counts, n_draws);
		r->top_three[k] = (double)top / (double)n_draws;
	}
	free(counts);
	free(draws);
}
