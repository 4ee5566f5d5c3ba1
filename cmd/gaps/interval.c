/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/interval.h"

#include "libcx/base/mem.h"
#include "libcx/model/normal.h"
#include "libcx/model/random.h"
#include "libcx/model/regress.h"
#include "libcx/model/resample.h"
#include "libcx/model/student.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

static struct gaps_settings *const set = &gaps_settings;

/* More drivers take too long to be found anew a thousand times. */
enum { BOOTSTRAP_DRIVERS = 10 };

/* One group on its way to a result. */
struct job {
	const struct gaps_store *store;
	struct gaps_result *result;
	struct cx_driver_model model;
	size_t n, m;             /* drivers; numbers that are estimated */
	const int64_t **records; /* NULL: none are kept */
	size_t n_records;
	__int128 *sums; /* of the whole group */
	size_t length;
	double *draws; /* n_draws x m */
	size_t n_draws;
	double *centre, *cov;
	double half; /* of an interval, in standard errors */
};

static double *new_numbers(size_t n)
{
	return cx_calloc(n + 1, sizeof(double));
}

/* ---- the whole group ---- */

static void add_up(struct job *j)
{
	const struct gaps_group *g =
	    cx_groups_state(&j->store->groups, j->result->group);

	for (size_t b = 0; b < GAPS_BLOCKS; b++)
		if (g->blocks[b])
			cx_cross_merge(j->sums, g->blocks[b], j->length);
	for (size_t i = 0; i < j->n_records; i++)
		gaps_add_to_sums(j->sums, j->records[i], 1);
}

static void job_init(
    struct job *j, const struct gaps_store *store, struct gaps_result *result)
{
	*j = (struct job){ .store = store, .result = result };
	j->n = gaps_plan.drivers.n;
	j->m = CX_DRIVER_STATS * j->n;
	j->model = gaps_plan.model;
	j->length = cx_cross_length(&gaps_plan.shape);
	j->sums = cx_calloc(j->length, sizeof(*j->sums));
	j->records = gaps_store_records(store, result->group, &j->n_records);
	j->centre = new_numbers(j->m);
	j->cov = new_numbers(j->m * j->m);
	add_up(j);
}

static void job_release(struct job *j)
{
	free(j->sums);
	free(j->records);
	free(j->draws);
	free(j->centre);
	free(j->cov);
}

/* ---- bootstrap ---- */

/* Where each respondent's records start, and one place more; how many. */
static size_t find_units(const struct job *j, size_t *start)
{
	size_t n = 0;

	for (size_t i = 0; i < j->n_records; i++)
		if (i == 0 || !gaps_plan.has_keys ||
		    j->records[i][GAPS_KEY] != j->records[i - 1][GAPS_KEY])
			start[n++] = i;
	start[n] = j->n_records;
	return n;
}

/* The sums of as many respondents as there are, drawn with replacement. */
static void draw_sums(const struct job *j, const size_t *start, size_t n_units,
    struct cx_random *random, uint32_t *times, __int128 *sums)
{
	memset(sums, 0, j->length * sizeof(*sums));
	memset(times, 0, n_units * sizeof(*times));
	for (size_t u = 0; u < n_units; u++)
		times[cx_random_below(random, n_units)]++;
	for (size_t u = 0; u < n_units; u++)
		for (size_t i = start[u]; times[u] && i < start[u + 1]; i++)
			gaps_add_to_sums(sums, j->records[i], times[u]);
}

static void bootstrap(struct job *j)
{
	size_t *start = cx_malloc(cx_mul(j->n_records + 1, sizeof(*start)));
	size_t n_units = find_units(j, start);
	uint32_t *times = cx_malloc(cx_mul(n_units + 1, sizeof(*times)));
	__int128 *sums = cx_malloc(cx_mul(j->length, sizeof(*sums)));

	j->n_draws = n_units > 1 ? (size_t)set->reps : 0;
	j->draws = new_numbers(j->n_draws * j->m);
	for (size_t r = 0; r < j->n_draws; r++) {
		struct cx_random random =
		    cx_random_stream((uint64_t)set->seed, r, n_units);

		draw_sums(j, start, n_units, &random, times, sums);
		cx_driver_estimate(&j->model, sums, j->draws + r * j->m);
	}
	cx_resample_bootstrap(
	    j->result->stats, j->draws, j->n_draws, j->m, j->centre, j->cov);
	j->half = cx_normal_half_width(set->level);
	free(start);
	free(times);
	free(sums);
}

/* ---- jackknife ---- */

/* Blocks of the records that are kept: dealt out where nobody has a key. */
static __int128 **deal_blocks(const struct job *j)
{
	__int128 **blocks = cx_calloc(GAPS_BLOCKS, sizeof(*blocks));

	for (size_t i = 0; i < j->n_records; i++) {
		size_t b = gaps_plan.has_keys
		               ? gaps_block_of(j->records[i][GAPS_KEY])
		               : i % GAPS_BLOCKS;

		if (!blocks[b])
			blocks[b] = cx_calloc(j->length, sizeof(**blocks));
		gaps_add_to_sums(blocks[b], j->records[i], 1);
	}
	return blocks;
}

static void jackknife_blocks(struct job *j, __int128 *const *blocks)
{
	__int128 *rest = cx_malloc(cx_mul(j->length, sizeof(*rest)));
	double share[GAPS_BLOCKS];
	double all = cx_cross_weight(j->sums);

	j->draws = new_numbers(GAPS_BLOCKS * j->m);
	for (size_t b = 0; b < GAPS_BLOCKS; b++) {
		if (!blocks[b])
			continue;
		memcpy(rest, j->sums, j->length * sizeof(*rest));
		cx_cross_remove(rest, blocks[b], j->length);
		share[j->n_draws] = cx_cross_weight(blocks[b]) / all;
		cx_driver_estimate(
		    &j->model, rest, j->draws + j->n_draws++ * j->m);
	}
	/* One block is the whole sample. */
	if (j->n_draws < 2)
		j->n_draws = 0;
	cx_resample_jackknife(j->result->stats, j->draws, share, j->n_draws,
	    j->m, j->centre, j->cov);
	j->half = cx_student_half_width(set->level, (double)j->n_draws - 1);
	free(rest);
}

static void jackknife(struct job *j)
{
	const struct gaps_group *g =
	    cx_groups_state(&j->store->groups, j->result->group);
	__int128 **own = j->records ? deal_blocks(j) : NULL;

	jackknife_blocks(j, own ? own : g->blocks);
	for (size_t b = 0; own && b < GAPS_BLOCKS; b++)
		free(own[b]);
	free(own);
}

static bool uses_bootstrap(const struct job *j)
{
	if (!j->records)
		return false;
	if (strcmp(set->intervals, "auto") == 0)
		return j->n <= BOOTSTRAP_DRIVERS;
	return strcmp(set->intervals, "bootstrap") == 0;
}

/* ---- intervals ---- */

static void cut(double *x, double low, double high)
{
	if (!isnan(*x))
		*x = fmin(fmax(*x, low), high);
}

/*
 * A share of variance is much like a square: its root is nearer to normal, and
 * has no bias to speak of.
 */
static void set_root_interval(struct gaps_result *r, size_t k, double half)
{
	double x = r->stats[k], root = sqrt(x);

	half /= 2 * root;
	r->above_zero[k] = root > half;
	r->lo[k] = root > half ? (root - half) * (root - half) : 0;
	r->hi[k] = fmin((root + half) * (root + half), 1);
	if (isnan(half) || x <= 0)
		r->lo[k] = r->hi[k] = NAN;
}

static bool is_share(void)
{
	return gaps_plan.method == CX_DRIVER_LMG ||
	       gaps_plan.method == CX_DRIVER_JOHNSON;
}

/* Correlations end at 1, and performance at 100. */
static void cut_interval(struct gaps_result *r, size_t n, size_t i)
{
	double end = gaps_plan.method == CX_DRIVER_BETA ? INFINITY : 1;

	if (i < n) {
		r->above_zero[i] = r->lo[i] > 0;
		cut(&r->lo[i], -end, end);
		cut(&r->hi[i], -end, end);
	} else if (i < 2 * n) {
		cut(&r->lo[i], 0, 100);
		cut(&r->hi[i], 0, 100);
	}
}

static void set_intervals(struct job *j)
{
	struct gaps_result *r = j->result;

	for (size_t i = 0; i < j->m; i++) {
		double half = j->half * sqrt(j->cov[i * j->m + i]);

		if (j->n_draws == 0)
			half = NAN;
		r->lo[i] = j->centre[i] - half;
		r->hi[i] = j->centre[i] + half;
		if (i < j->n && is_share())
			set_root_interval(r, i, half);
		else
			cut_interval(r, j->n, i);
	}
	/* Who is at the target already gains nothing by reaching it. */
	for (size_t k = 0; k < j->n; k++) {
		size_t i = CX_DRIVER_CHANGE * j->n + k;

		if (isnan(r->stats[i]) || !gaps_is_at_target(r, k))
			continue;
		r->stats[i] = 0;
		r->lo[i] = r->hi[i] = NAN;
	}
}

/* ---- a group ---- */

static void count_ratings(const struct gaps_result *r, uint64_t *n)
{
	for (size_t k = 0; k < gaps_plan.drivers.n; k++)
		n[k] = (uint64_t)(gaps_plan.missing == CX_DRIVER_LISTWISE
		                      ? r->facts[GAPS_COMPLETE]
		                      : r->facts[GAPS_FACTS + k * GAPS_D_FACTS +
		                                 GAPS_D_N]);
}

/* Where records are kept and whole, R-square is found from themselves. */
static void refine(const struct job *j, const bool *used)
{
	double *x = new_numbers(j->n_records * j->n);
	double *y = new_numbers(j->n_records);
	size_t p = 0, at = 0;

	for (size_t k = 0; k < j->n; k++)
		p += used[k];
	for (size_t i = 0; i < j->n_records; i++) {
		y[i] = (double)j->records[i][GAPS_OUTCOME];
		for (size_t k = 0; k < j->n; k++)
			if (used[k])
				x[at++] =
				    (double)j->records[i][GAPS_RATINGS + k];
	}
	j->result->detail.r2 = cx_regress_qr(x, y, j->n_records, p);
	free(x);
	free(y);
}

static bool is_plain(const struct job *j)
{
	const __int128 *facts = j->result->facts;

	return j->n_records && !gaps_plan.is_weighted &&
	       facts[GAPS_COMPLETE] == facts[GAPS_N];
}

/* Means of the used drivers, or what --cross gives. */
static void set_lines(struct gaps_result *r, const bool *used)
{
	size_t n = gaps_plan.drivers.n, in = 0;
	double importance = 0, performance = 0;
	struct cx_err err;

	for (size_t k = 0; k < n; k++) {
		if (!used[k])
			continue;
		importance += r->stats[k];
		performance += r->stats[CX_DRIVER_PERFORMANCE * n + k];
		in++;
	}
	r->line_importance = in ? importance / (double)in : NAN;
	r->line_performance = in ? performance / (double)in : NAN;
	if (set->cross) {
		struct cx_str rest = cx_str(set->cross);
		struct cx_str first = cx_str_next(&rest, ',');

		(void)cx_value_number(first, &r->line_importance, &err);
		(void)cx_value_number(rest, &r->line_performance, &err);
	}
}

static void estimate_group(
    const struct gaps_store *store, struct gaps_result *r)
{
	struct job j;
	uint64_t *n_ratings;
	bool *used;
	double *target;

	job_init(&j, store, r);
	n_ratings = cx_calloc(j.n + 1, sizeof(*n_ratings));
	used = cx_calloc(j.n + 1, sizeof(*used));
	count_ratings(r, n_ratings);
	cx_driver_sort_out(&j.model, j.sums, n_ratings, r->faults);
	target = new_numbers(j.n);
	for (size_t k = 0; k < j.n; k++) {
		used[k] = r->faults[k] == CX_DRIVER_FINE;
		target[k] = gaps_target_is_mean(k) ? NAN : r->target[k];
	}
	j.model.used = used;
	j.model.target = target;
	cx_driver_estimate(&j.model, j.sums, r->stats);
	cx_driver_describe(&j.model, j.sums, &r->detail);
	if (is_plain(&j) && !isnan(r->detail.r2))
		refine(&j, used);
	if (uses_bootstrap(&j))
		bootstrap(&j);
	else
		jackknife(&j);
	r->intervals = j.n_draws == 0       ? ""
	               : uses_bootstrap(&j) ? "bootstrap"
	                                    : "jackknife";
	set_intervals(&j);
	gaps_rank(r, &(struct gaps_draws){
	                 uses_bootstrap(&j), j.draws, j.cov, j.n_draws, j.m });
	set_lines(r, used);
	free(n_ratings);
	free(used);
	free(target);
	job_release(&j);
}

/* ---- all groups ---- */

static void find_performance(
    const struct gaps_store *store, struct gaps_result *r)
{
	struct job j;
	bool *none;

	job_init(&j, store, r);
	j.model.used = none = cx_calloc(j.n + 1, sizeof(*none));
	cx_driver_estimate(&j.model, j.sums, r->stats);
	free(none);
	job_release(&j);
}

static void result_init(
    struct gaps_result *r, const struct gaps_store *store, size_t group)
{
	const struct gaps_group *g = cx_groups_state(&store->groups, group);
	size_t n = gaps_plan.drivers.n, m = CX_DRIVER_STATS * n;

	*r = (struct gaps_result){ .group = group, .facts = g->facts };
	r->faults = cx_calloc(n + 1, sizeof(*r->faults));
	r->target = new_numbers(n);
	r->stats = new_numbers(m);
	r->lo = new_numbers(m);
	r->hi = new_numbers(m);
	r->above_zero = cx_calloc(n + 1, sizeof(*r->above_zero));
	r->order = cx_calloc(n + 1, sizeof(*r->order));
	r->rank_lo = new_numbers(n);
	r->rank_hi = new_numbers(n);
	r->top_three = new_numbers(n);
	r->detail.lmg = new_numbers(n);
	r->detail.johnson = new_numbers(n);
	r->detail.correlation = new_numbers(n);
	r->detail.partial = new_numbers(n);
	r->detail.beta = new_numbers(n);
	r->detail.vif = new_numbers(n);
	r->detail.reach = new_numbers(n);
}

struct gaps_result *gaps_results_new(const struct gaps_store *store)
{
	size_t n = store->groups.map.n;
	struct gaps_result *results = cx_calloc(n + 1, sizeof(*results));
	size_t *sorted = cx_map_sorted(&store->groups.map);

	for (size_t i = 0; i < n; i++) {
		result_init(&results[i], store, sorted[i]);
		find_performance(store, &results[i]);
	}
	gaps_set_targets(results, n);
	for (size_t i = 0; i < n; i++)
		estimate_group(store, &results[i]);
	free(sorted);
	return results;
}

void gaps_results_free(struct gaps_result *results, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct gaps_result *r = &results[i];

		free(r->faults);
		free(r->target);
		free(r->stats);
		free(r->lo);
		free(r->hi);
		free(r->above_zero);
		free(r->order);
		free(r->rank_lo);
		free(r->rank_hi);
		free(r->top_three);
		free(r->detail.lmg);
		free(r->detail.johnson);
		free(r->detail.correlation);
		free(r->detail.partial);
		free(r->detail.beta);
		free(r->detail.vif);
		free(r->detail.reach);
	}
	free(results);
}
