/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/estimates.h"

#include <math.h>
#include <string.h>

enum cx_nps_method score_method = CX_NPS_AUTO;

static const struct score_settings *const set = &score_settings;
static const double PERCENT = 100;

/* With a denominator of all who saw the question, no answer is a passive. */
static uint64_t passives_by_silence(const struct cx_answers *a)
{
	const char *which = score_settings.denominator;

	return which && strcmp(which, "seen") == 0 ? a->missing : 0;
}

struct cx_nps score_classes(const struct cx_answers *a)
{
	return (struct cx_nps){ a->top, a->middle + passives_by_silence(a),
		a->bottom };
}

struct cx_proportion score_top(const struct cx_answers *a)
{
	return (struct cx_proportion){ a->top,
		cx_answers_n(a) + passives_by_silence(a) };
}

struct cx_mean score_mean(const struct cx_answers *a)
{
	return (struct cx_mean){ cx_answers_n(a), a->sum, a->sum_squares };
}

/* ---- a row ---- */

/* A limit is printed where answers can be. */
static double on_scale(double x)
{
	return isnan(x) ? x : fmin(fmax(x, set->scale.low), set->scale.high);
}

const char *score_estimates_method(const struct score_estimates *e)
{
	if (cx_answers_n(e->answers) == 0)
		return "";
	if (e->design)
		return "linearised";
	switch (e->method) {
	case CX_NPS_WALD:
		return "wald";
	case CX_NPS_SCORE:
		return "score";
	default:
		return "adjusted-wald";
	}
}

static double real_of_design(
    const struct score_design *d, enum score_field field)
{
	switch (field) {
	case SCORE_NET:
		return d->net;
	case SCORE_NET_SE:
		return d->net_se;
	case SCORE_NET_LO:
		return d->net_lo;
	case SCORE_NET_HI:
		return d->net_hi;
	case SCORE_SHARE:
		return d->share;
	case SCORE_SHARE_LO:
		return d->share_lo;
	case SCORE_SHARE_HI:
		return d->share_hi;
	case SCORE_MEAN:
		return d->mean;
	case SCORE_MEAN_LO:
		return on_scale(d->mean_lo);
	case SCORE_MEAN_HI:
		return on_scale(d->mean_hi);
	default:
		return NAN;
	}
}

double score_estimates_real(
    const struct score_estimates *e, enum score_field field)
{
	if (e->design)
		return real_of_design(e->design, field);
	switch (field) {
	case SCORE_NET:
		return e->net.nps;
	case SCORE_NET_SE:
		return e->net.se;
	case SCORE_NET_LO:
		return e->net.lo;
	case SCORE_NET_HI:
		return e->net.hi;
	case SCORE_SHARE:
		return PERCENT * e->share.share;
	case SCORE_SHARE_LO:
		return PERCENT * e->share.lo;
	case SCORE_SHARE_HI:
		return PERCENT * e->share.hi;
	case SCORE_MEAN:
		return e->mean.mean;
	case SCORE_MEAN_LO:
		return on_scale(e->mean.lo);
	case SCORE_MEAN_HI:
		return on_scale(e->mean.hi);
	default:
		return NAN;
	}
}

uint64_t score_count(const struct cx_answers *a, enum score_field field)
{
	switch (field) {
	case SCORE_N:
		return cx_answers_n(a);
	case SCORE_TOP:
		return a->top;
	case SCORE_MIDDLE:
		return a->middle;
	case SCORE_BOTTOM:
		return a->bottom;
	case SCORE_SQUARES:
		return a->sum_squares;
	case SCORE_MISSING:
		return a->missing;
	case SCORE_INVALID:
		return a->invalid;
	case SCORE_LOW_BASE:
		return (double)cx_answers_n(a) < score_settings.low_base;
	default:
		return 0;
	}
}

struct score_estimates score_estimates_of(const struct score_program *program,
    const struct cx_answers *a, const struct score_design *design)
{
	struct cx_nps nps = score_classes(a);
	struct cx_proportion top = score_top(a);
	struct cx_mean mean = score_mean(a);
	struct score_estimates e = { .answers = a, .design = design };

	if (design)
		return e;
	if (program->net) {
		e.method = cx_nps_method_for(&nps, score_method);
		e.net = cx_nps_estimate(&nps, set->level, score_method);
	} else {
		e.share = cx_proportion_estimate(&top, set->level);
		e.mean = cx_mean_estimate(&mean, set->level);
	}
	return e;
}
