/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/driver.h"

#include "libcx/base/mem.h"
#include "libcx/model/importance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- variables ---- */

enum { OUTCOME, SCORE };

static size_t score_at(const struct cx_driver_model *m)
{
	return m->has_score ? SCORE : OUTCOME;
}

static size_t upper_at(const struct cx_driver_model *m, size_t k)
{
	return cx_driver_variable(m, m->n) + k;
}

struct cx_cross cx_driver_shape(const struct cx_driver_model *m)
{
	return (struct cx_cross){ cx_driver_variable(m, m->n), m->n };
}

void cx_driver_values(const struct cx_driver_model *m, int64_t outcome,
    int64_t score, const int64_t *ratings, int64_t *values)
{
	values[OUTCOME] = outcome;
	values[score_at(m)] = m->has_score ? score : outcome;
	for (size_t k = 0; k < m->n; k++) {
		const struct cx_scale *s = &m->scales[k];
		int64_t middle =
		    ((int64_t)s->low + s->high) * (CX_CROSS_ONE / 2);
		int64_t above = ratings[k] > middle ? ratings[k] - middle : 0;

		values[cx_driver_variable(m, k)] = ratings[k];
		values[upper_at(m, k)] =
		    ratings[k] == CX_CROSS_ABSENT ? ratings[k] : above;
	}
}

/* ---- matrices ---- */

/*
 * A column of a regression: a variable, 0 instead of its distance from the
 * mean where it is absent; or whether it is there.
 */
struct column {
	size_t variable;
	bool met;
};

struct system {
	const struct cx_driver_model *model;
	struct cx_cross shape;
	const __int128 *sums;
	double weight;
	struct column *columns;
	size_t n;
	size_t *width; /* columns of each player */
	size_t *used;  /* the driver that each player is */
	size_t n_players;
	double *r;  /* correlations of the columns and, last, the outcome */
	double *sd; /* n + 1 */
};

static double mean_of(const struct system *s, size_t variable)
{
	return cx_cross_pair(&s->shape, s->sums, variable, variable).mean_i;
}

static double reach_of(const struct system *s, size_t variable)
{
	return cx_cross_pair(&s->shape, s->sums, variable, variable).w /
	       s->weight;
}

/* Covariance of two columns over all records. */
static double filled_covariance(
    const struct system *s, struct column a, struct column b)
{
	struct cx_cross_pair pair =
	    cx_cross_pair(&s->shape, s->sums, a.variable, b.variable);
	double met = pair.w / s->weight;

	if (a.met && b.met)
		return met - reach_of(s, a.variable) * reach_of(s, b.variable);
	if (pair.w <= 0)
		return 0;
	if (a.met)
		return met * (pair.mean_j - mean_of(s, b.variable));
	if (b.met)
		return met * (pair.mean_i - mean_of(s, a.variable));
	return cx_cross_product(&s->shape, s->sums, a.variable,
	           mean_of(s, a.variable), b.variable, mean_of(s, b.variable)) /
	       s->weight;
}

static double pair_covariance(
    const struct system *s, struct column a, struct column b)
{
	return cx_cross_pair(&s->shape, s->sums, a.variable, b.variable).cov;
}

/* A variance below this, or what a share is short of 1, is rounding. */
static const double NOTHING = 1e-12;

/* A column without spread correlates with nothing. */
static void set_correlations(struct system *s, size_t outcome, bool filled)
{
	double (*covariance)(const struct system *, struct column,
	    struct column) = filled ? filled_covariance : pair_covariance;
	size_t n = s->n + 1;

	s->columns[s->n] = (struct column){ outcome, false };
	for (size_t i = 0; i < n; i++) {
		double v = covariance(s, s->columns[i], s->columns[i]);

		s->sd[i] = v > NOTHING ? sqrt(v) : 0;
		for (size_t j = 0; j < i; j++) {
			double scale = s->sd[i] * s->sd[j];
			double c = covariance(s, s->columns[i], s->columns[j]);

			s->r[i * n + j] = s->r[j * n + i] =
			    scale > 0 && !isnan(c) ? c / scale : 0;
		}
		s->r[i * n + i] = 1;
	}
}

static void add_column(struct system *s, size_t variable, bool met)
{
	s->columns[s->n++] = (struct column){ variable, met };
}

/* Room for twice as many columns as there are drivers, and two more. */
static void system_init(
    struct system *s, const struct cx_driver_model *m, const __int128 *sums)
{
	size_t most = 2 * m->n + 2;

	*s = (struct system){
		.model = m, .shape = cx_driver_shape(m), .sums = sums
	};
	s->weight = cx_cross_weight(sums);
	s->columns = cx_calloc(most, sizeof(*s->columns));
	s->width = cx_calloc(m->n + 1, sizeof(*s->width));
	s->used = cx_calloc(m->n + 1, sizeof(*s->used));
	s->r = cx_calloc(cx_mul(most, most), sizeof(*s->r));
	s->sd = cx_calloc(most, sizeof(*s->sd));
}

static void system_release(struct system *s)
{
	free(s->columns);
	free(s->width);
	free(s->used);
	free(s->r);
	free(s->sd);
}

/* A player for each driver of the model; met: with who met it, or not. */
static void add_drivers(struct system *s, bool met)
{
	const struct cx_driver_model *m = s->model;

	s->n = s->n_players = 0;
	for (size_t k = 0; k < m->n; k++) {
		size_t variable = cx_driver_variable(m, k), before = s->n;

		if (m->used && !m->used[k])
			continue;
		add_column(s, variable, false);
		if (met && reach_of(s, variable) < 1 - NOTHING)
			add_column(s, variable, true);
		s->used[s->n_players] = k;
		s->width[s->n_players++] = s->n - before;
	}
}

/* ---- importance ---- */

/* Of each player, what his first column has. */
static void spread_first(
    const struct system *s, const double *of_column, double *out)
{
	size_t at = 0;

	for (size_t i = 0; i < s->n_players; i++) {
		out[s->used[i]] = of_column[at];
		at += s->width[i];
	}
}

/* Of each player, the sum over his columns. */
static void spread_sum(
    const struct system *s, const double *of_column, double *out)
{
	size_t at = 0;

	for (size_t i = 0; i < s->n_players; i++) {
		double sum = 0;

		for (size_t j = 0; j < s->width[i]; j++)
			sum += of_column[at++];
		out[s->used[i]] = sum;
	}
}

static void find_lmg(const struct system *s, double *room, double *out)
{
	if (s->n_players > CX_IMPORTANCE_EXACT)
		return;
	cx_importance_lmg(s->r, s->n, s->width, s->n_players, room);
	for (size_t i = 0; i < s->n_players; i++)
		out[s->used[i]] = room[i];
}

static void find_johnson(const struct system *s, double *room, double *out)
{
	cx_importance_johnson(s->r, s->n, room);
	spread_sum(s, room, out);
}

static void find_correlation(const struct system *s, double *room, double *out)
{
	for (size_t i = 0; i < s->n; i++)
		room[i] = s->r[i * (s->n + 1) + s->n];
	spread_first(s, room, out);
}

/* The regression, in room for three rows of columns. */
static struct cx_importance_fit fit_in(const struct system *s, double *room)
{
	size_t row = 2 * s->model->n + 2;
	struct cx_importance_fit fit = { 0, room, room + row, room + 2 * row };

	cx_importance_regress(s->r, s->n, &fit);
	return fit;
}

static double *new_room(const struct cx_driver_model *m)
{
	return cx_calloc(2 * m->n + 2, 3 * sizeof(double));
}

static void find_importance(const struct system *s, double *out)
{
	double *room = new_room(s->model);

	switch (s->model->method) {
	case CX_DRIVER_LMG:
		find_lmg(s, room, out);
		break;
	case CX_DRIVER_JOHNSON:
		find_johnson(s, room, out);
		break;
	case CX_DRIVER_CORRELATION:
		find_correlation(s, room, out);
		break;
	case CX_DRIVER_PARTIAL:
		spread_first(s, fit_in(s, room).partial, out);
		break;
	case CX_DRIVER_BETA:
		spread_first(s, fit_in(s, room).beta, out);
		break;
	}
	free(room);
}

/* The columns and correlations that importance is found from. */
static bool set_importance(struct system *s)
{
	bool met = s->model->missing == CX_DRIVER_MET;

	add_drivers(s, met);
	set_correlations(s, OUTCOME, met);
	return cx_importance_repair(s->r, s->n + 1);
}

/* ---- performance ---- */

static double sign_of(const struct cx_scale *scale)
{
	return scale->high_is_good ? 1 : -1;
}

static double width_of(const struct cx_scale *scale)
{
	return (double)scale->high - scale->low;
}

static const double PERCENT = 100, STEP = 10;

static void set_performance(const struct system *s, double *out)
{
	for (size_t k = 0; k < s->model->n; k++) {
		const struct cx_scale *scale = &s->model->scales[k];
		double mean = mean_of(s, cx_driver_variable(s->model, k));
		double from = scale->high_is_good ? scale->low : scale->high;

		out[k] =
		    PERCENT * sign_of(scale) * (mean - from) / width_of(scale);
	}
}

double cx_driver_mean(const double *performance, size_t n)
{
	double sum = 0;
	size_t with = 0;

	for (size_t k = 0; k < n; k++) {
		if (isnan(performance[k]))
			continue;
		sum += performance[k];
		with++;
	}
	return with ? sum / (double)with : NAN;
}

/* ---- what goes with a better one ---- */

/* The slope of the score on column i, in the units of both. */
static double slope(const struct system *s, const double *beta, size_t i)
{
	return s->sd[i] > 0 ? beta[i] * s->sd[s->n] / s->sd[i] : 0;
}

static void set_changes(struct system *s, const double *reach,
    const double *performance, double *change)
{
	const struct cx_driver_model *m = s->model;
	double mean = cx_driver_mean(performance, m->n);
	double *room = new_room(m);

	add_drivers(s, false);
	set_correlations(s, score_at(m), true);
	fit_in(s, room);
	for (size_t i = 0; i < s->n_players; i++) {
		size_t k = s->used[i];
		double target = m->target ? m->target[k] : NAN;
		double up = isnan(target) ? mean : target;

		up = (up - performance[k]) / PERCENT * width_of(&m->scales[k]) *
		     sign_of(&m->scales[k]);
		change[k] = reach[k] * slope(s, room, i) * up;
	}
	free(room);
}

/* One driver has a slope below the middle and another one above it. */
static void set_halves(
    struct system *s, size_t i, double *penalty, double *reward)
{
	const struct cx_driver_model *m = s->model;
	size_t k = s->used[i], last = s->n_players;
	const struct cx_scale *scale = &m->scales[k];
	double unit = sign_of(scale) * width_of(scale) * STEP / PERCENT;
	double *room = new_room(m), below, above;

	s->n = last;
	add_column(s, upper_at(m, k), false);
	set_correlations(s, score_at(m), true);
	fit_in(s, room);
	below = slope(s, room, i) * unit;
	above = below + slope(s, room, last) * unit;
	/* All on one side: there is one slope, and no telling of the other. */
	if (s->sd[last] == 0)
		above = NAN;
	penalty[k] = scale->high_is_good ? below : above;
	reward[k] = scale->high_is_good ? above : below;
	free(room);
}

/* ---- all of it ---- */

__int128 *cx_driver_sums(const struct cx_driver_model *m, const __int128 *sums)
{
	struct cx_cross shape = cx_driver_shape(m);
	size_t n = cx_cross_length(&shape);
	__int128 *out = cx_malloc(cx_mul(n, sizeof(*out)));

	if (m->missing == CX_DRIVER_LISTWISE)
		cx_cross_whole(&shape, sums, out);
	else
		memcpy(out, sums, n * sizeof(*out));
	return out;
}

void cx_driver_estimate(
    const struct cx_driver_model *m, const __int128 *sums, double *stats)
{
	__int128 *own = cx_driver_sums(m, sums);
	double *reach = cx_calloc(m->n + 1, sizeof(*reach));
	struct system all, s;

	for (size_t i = 0; i < CX_DRIVER_STATS * m->n; i++)
		stats[i] = NAN;
	system_init(&all, m, sums);
	set_performance(&all, stats + CX_DRIVER_PERFORMANCE * m->n);
	for (size_t k = 0; k < m->n; k++)
		reach[k] = reach_of(&all, cx_driver_variable(m, k));
	system_release(&all);
	system_init(&s, m, own);
	set_importance(&s);
	if (s.sd[s.n] > 0) {
		find_importance(&s, stats + CX_DRIVER_IMPORTANCE * m->n);
		set_changes(&s, reach, stats + CX_DRIVER_PERFORMANCE * m->n,
		    stats + CX_DRIVER_CHANGE * m->n);
		for (size_t i = 0; i < s.n_players; i++)
			set_halves(&s, i, stats + CX_DRIVER_PENALTY * m->n,
			    stats + CX_DRIVER_REWARD * m->n);
	}
	system_release(&s);
	free(reach);
	free(own);
}

static void describe_all(struct system *s, struct cx_driver_detail *d)
{
	double *room = new_room(s->model);
	struct cx_importance_fit fit;

	find_lmg(s, room, d->lmg);
	find_johnson(s, room, d->johnson);
	find_correlation(s, room, d->correlation);
	fit = fit_in(s, room);
	spread_first(s, fit.beta, d->beta);
	spread_first(s, fit.partial, d->partial);
	spread_first(s, fit.vif, d->vif);
	d->r2 = fit.r2;
	free(room);
}

void cx_driver_describe(const struct cx_driver_model *m, const __int128 *sums,
    struct cx_driver_detail *d)
{
	__int128 *own = cx_driver_sums(m, sums);
	struct system s;

	system_init(&s, m, sums);
	for (size_t k = 0; k < m->n; k++) {
		d->lmg[k] = d->johnson[k] = d->correlation[k] = NAN;
		d->partial[k] = d->beta[k] = d->vif[k] = NAN;
		d->reach[k] = reach_of(&s, cx_driver_variable(m, k));
	}
	system_release(&s);
	system_init(&s, m, own);
	d->r2 = NAN;
	d->repaired = set_importance(&s);
	if (s.sd[s.n] > 0 && s.n_players > 0)
		describe_all(&s, d);
	system_release(&s);
	free(own);
}
