/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/each.h"
#include "libcx/base/mem.h"
#include "libcx/model/mixture-impl.h"
#include "libcx/model/sum.h"

#include <math.h>
#include <stdlib.h>

/* Gains below which a start, and the best of them, has converged. */
static const double START_TOLERANCE = 1e-10, POLISHED = 1e-14;

/* Starts this near to the best one, relative to it, reached the same. */
static const double SAME = 1e-7;

/* ---- starts ---- */

struct start {
	double *theta;
	double loglik;
	bool degenerate;
};

struct search {
	const struct cx_mixture_data *data;
	struct cx_mixture_shape shape;
	const struct cx_mixture_rule *rule;
	struct start *starts; /* rule->n_starts */
};

struct place {
	struct cx_mixture_work work;
	bool ready;
};

static bool at_floor(const struct search *s, const double *theta, size_t c)
{
	const struct cx_mixture_data *d = s->data;

	for (size_t j = d->n_codes; j < d->n_columns; j++)
		if (theta[s->shape.at[j] + s->shape.stride + c] <= d->floor[j])
			return true;
	return false;
}

static bool is_degenerate(const struct search *s, const struct start *start)
{
	if (!isfinite(start->loglik))
		return true;
	for (size_t c = 0; c < s->shape.k; c++) {
		double rows = start->theta[c] * (double)s->data->n_rows;

		/* What rounding takes off one row is still one row. */
		if (rows < 1 - 1e-6 ||
		    (rows < CX_MIXTURE_SOLID && at_floor(s, start->theta, c)))
			return true;
	}
	return false;
}

static void run_start(void *context, void *scratch, size_t number)
{
	struct search *s = context;
	struct place *place = scratch;
	struct start *start = &s->starts[number];
	struct cx_random random =
	    cx_random_stream(s->rule->seed, s->shape.k, number);

	if (!place->ready)
		cx_mixture_work_init(&place->work, s->data, &s->shape);
	place->ready = true;
	start->theta = cx_malloc(cx_mul(s->shape.size, sizeof(*start->theta)));
	start->loglik = cx_mixture_start(
	    &place->work, &random, START_TOLERANCE, start->theta)
	                    .loglik;
	start->degenerate = is_degenerate(s, start);
}

static void leave_place(void *scratch)
{
	struct place *place = scratch;

	if (place->ready)
		cx_mixture_work_release(&place->work);
}

/* The best start that is not degenerate; NULL when there is none. */
static struct start *best_start(const struct search *s)
{
	struct start *best = NULL;

	for (size_t i = 0; i < s->rule->n_starts; i++) {
		struct start *start = &s->starts[i];

		if (!start->degenerate &&
		    (!best || start->loglik > best->loglik))
			best = start;
	}
	return best;
}

static void count_starts(
    const struct search *s, double best, struct cx_mixture_fit *fit)
{
	fit->n_starts = s->rule->n_starts;
	for (size_t i = 0; i < fit->n_starts; i++) {
		const struct start *start = &s->starts[i];

		fit->n_degenerate += start->degenerate;
		fit->n_reached += !start->degenerate &&
		                  start->loglik >= best - SAME * fabs(best);
	}
}

/* ---- the order of classes ---- */

/* Parameters that differ by less than this are the same but for rounding. */
static const double GRAIN = 1e-8;

struct entry {
	const struct search *search;
	const double *theta;
	size_t class;
};

static int by_size(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	const struct cx_mixture_shape *s = &x->search->shape;

	for (size_t i = 0; i < s->size; i += s->stride) {
		double p = round(x->theta[i + x->class] / GRAIN);
		double q = round(y->theta[i + y->class] / GRAIN);

		if (p != q)
			return p > q ? -1 : 1;
	}
	return 0;
}

static void order_classes(const struct search *s, double *theta)
{
	const struct cx_mixture_shape *shape = &s->shape;
	struct entry entries[CX_MIXTURE_MOST_CLASSES];
	double row[CX_MIXTURE_MOST_CLASSES];

	for (size_t c = 0; c < shape->k; c++)
		entries[c] = (struct entry){ s, theta, c };
	/* cppcheck-suppress uninitvar ; the k there are, are set */
	qsort(entries, shape->k, sizeof(*entries), by_size);
	for (size_t i = 0; i < shape->size; i += shape->stride) {
		memcpy(row, theta + i, shape->k * sizeof(*row));
		for (size_t c = 0; c < shape->k; c++)
			theta[i + c] = row[entries[c].class];
	}
}

/* ---- what is told of a fit ---- */

static double entropy(const double *p, size_t k)
{
	double sum = 0;

	for (size_t c = 0; c < k; c++)
		if (p[c] > 0)
			sum -= p[c] * log(p[c]);
	return sum;
}

/* Of the posterior probabilities, summed over rows. */
static double posterior_entropy(
    struct cx_mixture_work *work, const double *theta)
{
	struct cx_mixture_walk walk = { .work = work, .theta = theta };
	double posterior[CX_MIXTURE_MOST_CLASSES];
	struct cx_sum sum = { 0 };

	for (size_t i = 0; i < work->data->n_patterns; i++) {
		cx_mixture_walk_next(&walk, posterior);
		cx_sum_add(&sum,
		    work->data->weight[i] * entropy(posterior, work->shape->k));
	}
	return cx_sum_value(&sum);
}

static size_t count_parameters(const struct cx_mixture_data *d, size_t k)
{
	size_t n = k - 1;

	for (size_t j = 0; j < d->n_columns; j++)
		n += k * (d->n_levels[j] ? d->n_levels[j] - 1 : 2);
	return n;
}

static void judge(
    struct cx_mixture_work *w, const double *theta, struct cx_mixture_fit *fit)
{
	double n = (double)w->data->n_rows;
	double e = posterior_entropy(w, theta);
	double p = (double)count_parameters(w->data, w->shape->k);

	fit->loglik = fit->loglik_z - w->data->log_sd;
	fit->n_parameters = (size_t)p;
	fit->aic = -2 * fit->loglik + 2 * p;
	fit->bic = -2 * fit->loglik + p * log(n);
	fit->icl = fit->bic + 2 * e;
	fit->entropy_r2 = NAN;
	if (w->shape->k > 1)
		fit->entropy_r2 = 1 - e / (n * entropy(theta, w->shape->k));
}

/* ---- the whole ---- */

/* The table's columns have other numbers than the places in the walk. */
static void init_model(
    const struct cx_mixture_data *d, size_t k, struct cx_mixture *m)
{
	size_t *n_levels = cx_malloc(cx_mul(d->n_columns, sizeof(*n_levels)));

	for (size_t j = 0; j < d->n_columns; j++)
		n_levels[d->order[j]] = d->n_levels[j];
	cx_mixture_init(m, k, d->n_columns, n_levels);
	free(n_levels);
}

static void finish(
    const struct search *s, struct start *best, struct cx_mixture_fit *fit)
{
	size_t asked = s->rule->most_steps;
	struct cx_mixture_work work;
	struct cx_mixture_end end;

	cx_mixture_work_init(&work, s->data, &s->shape);
	end = cx_mixture_run(
	    &work, best->theta, POLISHED, asked ? asked : CX_MIXTURE_STEPS);
	fit->loglik_z = end.loglik;
	fit->converged = end.converged;
	order_classes(s, best->theta);
	fit->smallest = best->theta[s->shape.k - 1];
	judge(&work, best->theta, fit);
	init_model(s->data, s->shape.k, &fit->model);
	cx_mixture_export(s->data, &s->shape, best->theta, &fit->model);
	cx_mixture_work_release(&work);
}

static void run_starts(struct search *s)
{
	struct cx_each each = { .job = run_start,
		.release = leave_place,
		.context = s,
		.scratch_size = sizeof(struct place) };

	cx_each_run(&each, s->rule->n_starts, s->rule->threads);
}

int cx_mixture_fit(struct cx_mixture_fit *fit,
    const struct cx_mixture_data *data, size_t k,
    const struct cx_mixture_rule *rule, struct cx_err *err)
{
	struct search s = { .data = data, .rule = rule };
	struct start *best;

	if (k > data->n_patterns)
		return cx_err_set(err, CX_DATA,
		    "%zu classes of rows that are of only %zu kinds", k,
		    data->n_patterns);
	*fit = (struct cx_mixture_fit){ 0 };
	cx_mixture_shape_init(&s.shape, data, k);
	s.starts = cx_calloc(rule->n_starts, sizeof(*s.starts));
	run_starts(&s);
	best = best_start(&s);
	if (best) {
		count_starts(&s, best->loglik, fit);
		finish(&s, best, fit);
	}
	for (size_t i = 0; i < rule->n_starts; i++)
		free(s.starts[i].theta);
	free(s.starts);
	cx_mixture_shape_release(&s.shape);
	if (best)
		return 0;
	return cx_err_set(err, CX_DATA,
	    "%zu classes: every start ended with one that is empty or a "
	    "single point; ask for fewer",
	    k);
}

void cx_mixture_fit_release(struct cx_mixture_fit *fit)
{
	cx_mixture_release(&fit->model);
}
