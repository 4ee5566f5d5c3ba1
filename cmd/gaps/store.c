/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/store.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

size_t gaps_record_length(void)
{
	size_t lists =
	    1 + (size_t)gaps_plan.has_expected + (size_t)gaps_plan.has_stated;

	return GAPS_RATINGS + lists * gaps_plan.drivers.n;
}

size_t gaps_n_facts(void)
{
	return GAPS_FACTS + GAPS_D_FACTS * gaps_plan.drivers.n;
}

/* With the group's number in front. */
static size_t stride(void)
{
	return 1 + gaps_record_length();
}

static bool keeps_all(void)
{
	return strcmp(gaps_settings.intervals, "bootstrap") == 0;
}

void gaps_store_init(struct gaps_store *s)
{
	*s = (struct gaps_store){ .keeps = true };
	s->groups.state_size = sizeof(struct gaps_group);
}

/* A group that may be new gets its room; its number. */
static size_t ready(struct gaps_store *s, struct gaps_group *group)
{
	if (!group->facts) {
		group->facts = cx_calloc(gaps_n_facts(), sizeof(__int128));
		group->blocks = cx_calloc(GAPS_BLOCKS, sizeof(__int128 *));
	}
	return (size_t)((char *)group - s->groups.states) / sizeof(*group);
}

size_t gaps_store_group(struct gaps_store *s, struct cx_str key)
{
	return ready(s, cx_groups_put(&s->groups, key));
}

int gaps_store_find(struct gaps_store *s, const struct cx_row *row,
    size_t *group, struct cx_err *err)
{
	void *state;

	if (cx_groups_find(&s->groups, &gaps_plan.by, row, &state, err) < 0)
		return -1;
	*group = ready(s, state);
	/* Each has a hundred blocks: better now than when memory is gone. */
	return *group < GAPS_MOST_GROUPS ? 0 : gaps_store_check(s, err);
}

/* ---- facts ---- */

static int64_t rating_of(const int64_t *record, size_t list, size_t k)
{
	return record[GAPS_RATINGS + list * gaps_plan.drivers.n + k];
}

/* A mean of ratings that lies between a box and the next point is in no box. */
static void count_boxes(
    __int128 *d, const int64_t *record, int64_t x, const struct cx_scale *scale)
{
	int64_t from_low = x - (int64_t)scale->low * CX_CROSS_ONE;
	int64_t from_high = (int64_t)scale->high * CX_CROSS_ONE - x;
	int64_t from_good = scale->high_is_good ? from_high : from_low;
	int64_t from_bad = scale->high_is_good ? from_low : from_high;

	if (from_good <= (int64_t)(scale->top - 1) * CX_CROSS_ONE)
		d[GAPS_D_TOP] += record[GAPS_WEIGHT];
	if (from_bad > (int64_t)(scale->bottom - 1) * CX_CROSS_ONE)
		return;
	d[GAPS_D_BOTTOM] += record[GAPS_WEIGHT];
	d[GAPS_D_CASES]++;
	d[GAPS_D_AMOUNT] += (__int128)record[GAPS_WEIGHT] * record[GAPS_AMOUNT];
}

static void count_gap(__int128 *d, __int128 w, int64_t x, int64_t expected)
{
	__int128 gap = x - expected;

	d[GAPS_D_GAP_N]++;
	d[GAPS_D_GAP_W] += w;
	d[GAPS_D_GAP_WW] += w * w;
	d[GAPS_D_GAP] += w * gap;
	d[GAPS_D_GAP_SQUARE] += w * gap * gap;
	d[GAPS_D_EXPECTED] += w * expected;
}

static void count_driver(__int128 *d, const int64_t *record, size_t k)
{
	size_t list = 0;
	int64_t x = rating_of(record, list++, k), other;
	__int128 w = record[GAPS_WEIGHT];

	if (x != CX_CROSS_ABSENT) {
		d[GAPS_D_N]++;
		d[GAPS_D_W] += w;
		d[GAPS_D_WW] += w * w;
		count_boxes(d, record, x, &gaps_plan.drivers.scales[k]);
	}
	if (gaps_plan.has_expected) {
		other = rating_of(record, list++, k);
		if (x != CX_CROSS_ABSENT && other != CX_CROSS_ABSENT)
			count_gap(d, w, x, other);
	}
	if (gaps_plan.has_stated) {
		other = rating_of(record, list, k);
		if (other != CX_CROSS_ABSENT) {
			d[GAPS_D_STATED_W] += w;
			d[GAPS_D_STATED] += w * other;
		}
	}
}

static void count(__int128 *facts, const int64_t *record)
{
	__int128 w = record[GAPS_WEIGHT];
	bool complete = true;

	for (size_t k = 0; k < gaps_plan.drivers.n; k++) {
		count_driver(facts + GAPS_FACTS + k * GAPS_D_FACTS, record, k);
		complete &= rating_of(record, 0, k) != CX_CROSS_ABSENT;
	}
	facts[GAPS_N]++;
	facts[GAPS_COMPLETE] += complete;
	facts[GAPS_W] += w;
	facts[GAPS_WW] += w * w;
}

/* ---- sums ---- */

size_t gaps_block_of(int64_t key)
{
	return (size_t)((uint64_t)key % GAPS_BLOCKS);
}

bool gaps_add_to_sums(__int128 *sums, const int64_t *record, int64_t times)
{
	int64_t values[CX_CROSS_VARIABLES];

	cx_driver_values(&gaps_plan.model, record[GAPS_OUTCOME],
	    record[GAPS_SCORE], record + GAPS_RATINGS, values);
	return cx_cross_add(
	    &gaps_plan.shape, sums, values, times * record[GAPS_WEIGHT]);
}

static __int128 *block_at(struct gaps_group *group, size_t block)
{
	if (!group->blocks[block])
		group->blocks[block] = cx_calloc(
		    cx_cross_length(&gaps_plan.shape), sizeof(__int128));
	return group->blocks[block];
}

static void add_to_block(
    struct gaps_store *s, size_t group, const int64_t *record)
{
	struct gaps_group *g = cx_groups_state(&s->groups, group);

	if (!gaps_add_to_sums(
	        block_at(g, gaps_block_of(record[GAPS_KEY])), record, 1))
		s->over = true;
}

/* Too many to keep: records become sums. */
static void stop_keeping(struct gaps_store *s)
{
	if (!s->keeps)
		return;
	s->keeps = false;
	for (size_t i = 0; i < s->n; i++) {
		const int64_t *at = s->records + i * stride();

		add_to_block(s, (size_t)at[0], at + 1);
	}
	free(s->records);
	s->records = NULL;
	s->n = s->cap = 0;
}

static void keep(struct gaps_store *s, size_t group, const int64_t *record)
{
	int64_t *to;

	if (s->n == s->cap) {
		s->cap = s->cap ? cx_mul(s->cap, 2) : 256;
		s->records = cx_realloc(
		    s->records, cx_mul(s->cap, stride() * sizeof(*s->records)));
	}
	to = s->records + s->n++ * stride();
	to[0] = (int64_t)group;
	memcpy(to + 1, record, gaps_record_length() * sizeof(*record));
	if (s->n > GAPS_KEPT && !keeps_all())
		stop_keeping(s);
}

/* ---- respondents ---- */

void gaps_store_keep(struct gaps_store *s, size_t group, const int64_t *record)
{
	if (s->keeps)
		keep(s, group, record);
	else
		add_to_block(s, group, record);
}

void gaps_store_add(struct gaps_store *s, size_t group, const int64_t *record)
{
	struct gaps_group *g = cx_groups_state(&s->groups, group);

	/* Of weight 0 nothing would be left but the count. */
	if (record[GAPS_WEIGHT] == 0)
		return;
	count(g->facts, record);
	gaps_store_keep(s, group, record);
}

void gaps_store_add_none(struct gaps_store *s, size_t group)
{
	struct gaps_group *g = cx_groups_state(&s->groups, group);

	g->facts[GAPS_NONE]++;
}

void gaps_store_add_facts(
    struct gaps_store *s, size_t group, const __int128 *facts)
{
	struct gaps_group *g = cx_groups_state(&s->groups, group);

	if (!cx_cross_merge(g->facts, facts, gaps_n_facts()))
		s->over = true;
}

void gaps_store_add_block(
    struct gaps_store *s, size_t group, size_t block, const __int128 *sums)
{
	struct gaps_group *g = cx_groups_state(&s->groups, group);

	stop_keeping(s);
	if (!cx_cross_merge(
	        block_at(g, block), sums, cx_cross_length(&gaps_plan.shape)))
		s->over = true;
}

static void empty(struct gaps_store *s)
{
	for (size_t i = 0; i < s->groups.map.n; i++) {
		struct gaps_group *g = cx_groups_state(&s->groups, i);

		for (size_t b = 0; g->blocks && b < GAPS_BLOCKS; b++)
			free(g->blocks[b]);
		free(g->blocks);
		free(g->facts);
	}
	cx_groups_clear(&s->groups);
	s->n = 0;
	s->keeps = true;
}

void gaps_store_merge(struct gaps_store *into, struct gaps_store *from)
{
	size_t n = from->groups.map.n;
	size_t *number = cx_malloc(cx_mul(n + 1, sizeof(*number)));

	into->over |= from->over;
	if (!from->keeps)
		stop_keeping(into);
	for (size_t i = 0; i < n; i++) {
		struct gaps_group *g = cx_groups_state(&from->groups, i);

		number[i] =
		    gaps_store_group(into, cx_map_key(&from->groups.map, i));
		gaps_store_add_facts(into, number[i], g->facts);
		for (size_t b = 0; b < GAPS_BLOCKS; b++)
			if (g->blocks[b])
				gaps_store_add_block(
				    into, number[i], b, g->blocks[b]);
	}
	for (size_t i = 0; i < from->n; i++) {
		const int64_t *at = from->records + i * stride();

		gaps_store_keep(into, number[at[0]], at + 1);
	}
	free(number);
	empty(from);
}

/* ---- records in a fixed order ---- */

static int by_numbers(const void *x, const void *y)
{
	const int64_t *a = *(const int64_t *const *)x;
	const int64_t *b = *(const int64_t *const *)y;

	for (size_t i = 0; i < gaps_record_length(); i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

const int64_t **gaps_store_records(
    const struct gaps_store *s, size_t group, size_t *n)
{
	const int64_t **out;

	*n = 0;
	if (!s->keeps)
		return NULL;
	out = cx_malloc(cx_mul(s->n + 1, sizeof(*out)));
	for (size_t i = 0; i < s->n; i++) {
		const int64_t *at = s->records + i * stride();

		if ((size_t)at[0] == group)
			out[(*n)++] = at + 1;
	}
	qsort(out, *n, sizeof(*out), by_numbers);
	return out;
}

void gaps_store_count(const struct gaps_store *s, uint64_t *n, uint64_t *none)
{
	*n = *none = 0;
	for (size_t i = 0; i < s->groups.map.n; i++) {
		const struct gaps_group *g = cx_groups_state(&s->groups, i);

		*n += (uint64_t)g->facts[GAPS_N];
		*none += (uint64_t)g->facts[GAPS_NONE];
	}
}

/* The sums of records are not found yet, and those of a sample may be more. */
static bool records_fit(const struct gaps_store *s)
{
	__int128 *sums =
	    cx_calloc(cx_cross_length(&gaps_plan.shape), sizeof(*sums));
	bool fit = true;

	for (size_t i = 0; i < s->n && fit; i++)
		fit = gaps_add_to_sums(sums, s->records + i * stride() + 1, 2);
	free(sums);
	return fit;
}

/* Each block fits; all of a group, which its estimates are from, may not. */
static bool blocks_fit(const struct gaps_store *s)
{
	size_t length = cx_cross_length(&gaps_plan.shape);
	__int128 *sums = cx_malloc(cx_mul(length, sizeof(*sums)));
	bool fit = true;

	for (size_t i = 0; i < s->groups.map.n; i++) {
		const struct gaps_group *g = cx_groups_state(&s->groups, i);

		memset(sums, 0, length * sizeof(*sums));
		for (size_t b = 0; b < GAPS_BLOCKS; b++)
			if (g->blocks[b])
				fit &=
				    cx_cross_merge(sums, g->blocks[b], length);
	}
	free(sums);
	return fit;
}

int gaps_store_check(const struct gaps_store *s, struct cx_err *err)
{
	if (s->groups.map.n > GAPS_MOST_GROUPS)
		return cx_err_set(err, CX_USAGE,
		    "more than %d groups: a ranking needs many respondents",
		    GAPS_MOST_GROUPS);
	if (s->over || !records_fit(s) || !blocks_fit(s))
		return cx_err_set(err, CX_DATA,
		    "the sums are too large: use smaller weights or amounts");
	return 0;
}

void gaps_store_release(struct gaps_store *s)
{
	empty(s);
	cx_groups_release(&s->groups);
	free(s->records);
	s->records = NULL;
}
