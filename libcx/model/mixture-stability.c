/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/each.h"
#include "libcx/base/mem.h"
#include "libcx/model/mixture-impl.h"

#include <math.h>
#include <stdlib.h>

/* Classes of a sample need not be known to more digits than this. */
static const double TOLERANCE = 1e-8;

enum { MOST_STEPS = 300 };

/* Apart from the streams of the starts, whose place a is k. */
enum { STREAM = 1 << 16 };

struct study {
	const struct cx_mixture_data *data;
	struct cx_mixture_shape shape;
	const struct cx_mixture_rule *rule;
	double *theta;    /* of the fit that is judged */
	uint8_t *classes; /* by pattern, under it */
	double *jaccard;  /* n_samples x k, row-major */
};

/* One thread's memory; sized for the first sample. */
struct sample {
	struct cx_mixture_work work;
	double *weight;   /* by pattern */
	uint32_t *drawn;  /* by pattern: rows drawn at least once */
	uint8_t *seen;    /* by row */
	uint8_t *classes; /* by pattern, under the sample's fit */
	double *theta, *trial;
};

static void open_sample(const struct study *s, struct sample *sample)
{
	size_t n = s->data->n_patterns;

	cx_mixture_work_init(&sample->work, s->data, &s->shape);
	sample->weight = cx_malloc(cx_mul(n, sizeof(*sample->weight)));
	sample->drawn = cx_malloc(cx_mul(n, sizeof(*sample->drawn)));
	sample->classes = cx_malloc(n);
	sample->seen = cx_malloc(s->data->n_rows);
	sample->theta = cx_malloc(cx_mul(s->shape.size, sizeof(double)));
	sample->trial = cx_malloc(cx_mul(s->shape.size, sizeof(double)));
}

static void close_sample(void *scratch)
{
	struct sample *sample = scratch;

	if (!sample->weight)
		return;
	cx_mixture_work_release(&sample->work);
	free(sample->weight);
	free(sample->drawn);
	free(sample->classes);
	free(sample->seen);
	free(sample->theta);
	free(sample->trial);
}

static void draw(const struct cx_mixture_data *d, struct sample *sample,
    struct cx_random *random)
{
	memset(sample->seen, 0, d->n_rows);
	memset(sample->weight, 0, d->n_patterns * sizeof(*sample->weight));
	memset(sample->drawn, 0, d->n_patterns * sizeof(*sample->drawn));
	sample->work.total = 0;
	for (size_t i = 0; i < d->n_rows; i++) {
		size_t row = cx_random_below(random, d->n_rows);
		size_t pattern = d->pattern_of[row];
		double weight = d->row_weight ? d->row_weight[row] : 1;

		sample->weight[pattern] += weight;
		sample->work.total += weight;
		sample->drawn[pattern] += !sample->seen[row];
		sample->seen[row] = 1;
	}
	sample->work.weight = sample->weight;
}

/* The best of the fits from theta and from random starts, in theta. */
static void fit_sample(
    const struct study *s, struct sample *sample, struct cx_random *random)
{
	size_t bytes = s->shape.size * sizeof(double);
	double best;

	memcpy(sample->theta, s->theta, bytes);
	best =
	    cx_mixture_run(&sample->work, sample->theta, TOLERANCE, MOST_STEPS)
	        .loglik;
	for (size_t i = 0; i < s->rule->n_starts; i++) {
		double loglik = cx_mixture_start(
		    &sample->work, random, TOLERANCE, sample->trial)
		                    .loglik;

		if (loglik <= best)
			continue;
		best = loglik;
		memcpy(sample->theta, sample->trial, bytes);
	}
}

static void classify(
    struct cx_mixture_work *work, const double *theta, uint8_t *classes)
{
	struct cx_mixture_walk walk = { .work = work, .theta = theta };
	double posterior[CX_MIXTURE_MOST_CLASSES];

	for (size_t i = 0; i < work->data->n_patterns; i++) {
		cx_mixture_walk_next(&walk, posterior);
		classes[i] =
		    (uint8_t)cx_mixture_choose(posterior, work->shape->k);
	}
}

/* For each class the largest coefficient with one of the sample. */
static void compare(
    const struct study *s, const struct sample *sample, double *jaccard)
{
	size_t k = s->shape.k;
	double *both = cx_calloc(cx_mul(k + 2, k), sizeof(*both));
	double *ours = both + k * k, *theirs = ours + k;

	for (size_t i = 0; i < s->data->n_patterns; i++) {
		double n = sample->drawn[i];

		both[s->classes[i] * k + sample->classes[i]] += n;
		ours[s->classes[i]] += n;
		theirs[sample->classes[i]] += n;
	}
	for (size_t a = 0; a < k; a++) {
		jaccard[a] = 0;
		for (size_t b = 0; b < k; b++) {
			double n = both[a * k + b];

			if (n > 0)
				jaccard[a] = fmax(
				    jaccard[a], n / (ours[a] + theirs[b] - n));
		}
	}
	free(both);
}

static void study_sample(void *context, void *scratch, size_t number)
{
	struct study *s = context;
	struct sample *sample = scratch;
	struct cx_random random =
	    cx_random_stream(s->rule->seed, STREAM + s->shape.k, number);

	if (!sample->weight)
		open_sample(s, sample);
	draw(s->data, sample, &random);
	fit_sample(s, sample, &random);
	classify(&sample->work, sample->theta, sample->classes);
	compare(s, sample, s->jaccard + number * s->shape.k);
}

static void classify_original(struct study *s)
{
	struct cx_mixture_work work;

	cx_mixture_work_init(&work, s->data, &s->shape);
	classify(&work, s->theta, s->classes);
	cx_mixture_work_release(&work);
}

void cx_mixture_stability(const struct cx_mixture_data *data,
    const struct cx_mixture *m, size_t n_samples,
    const struct cx_mixture_rule *rule, double *jaccard)
{
	struct study s = { .data = data, .rule = rule };
	struct cx_each each = { .job = study_sample,
		.release = close_sample,
		.context = &s,
		.scratch_size = sizeof(struct sample) };

	cx_mixture_shape_init(&s.shape, data, m->k);
	s.theta = cx_malloc(cx_mul(s.shape.size, sizeof(*s.theta)));
	s.classes = cx_malloc(data->n_patterns);
	s.jaccard = cx_calloc(cx_mul(n_samples, m->k), sizeof(*s.jaccard));
	cx_mixture_import(data, &s.shape, m, s.theta);
	classify_original(&s);
	cx_each_run(&each, n_samples, rule->threads);
	for (size_t c = 0; c < m->k; c++) {
		jaccard[c] = 0;
		for (size_t i = 0; i < n_samples; i++)
			jaccard[c] +=
			    s.jaccard[i * m->k + c] / (double)n_samples;
	}
	free(s.theta);
	free(s.classes);
	free(s.jaccard);
	cx_mixture_shape_release(&s.shape);
}
