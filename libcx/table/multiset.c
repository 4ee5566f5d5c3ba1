/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/multiset.h"

#include "libcx/base/each.h"
#include "libcx/base/mem.h"
#include "libcx/io/spill.h"

#include <stdlib.h>

/*
 * A number with its key is one word: the key above, the value below, moved so
 * that words sort as keys and values do.
 */
enum { VALUE_BITS = 40, RADIX_BITS = 8, RADIX = 1 << RADIX_BITS };

/* A word that stands for n. */
struct pair {
	uint64_t word, n;
};

/* Pairs by ascending word, from somewhere. */
struct source {
	const uint64_t *words, *words_end; /* alike ones stand together */
	const struct pair *pairs, *pairs_end;
	struct cx_spill_part part;
	struct pair top; /* n is 0 at the end */
};

struct cx_multiset {
	uint64_t memory;
	unsigned threads;
	uint64_t *words;
	struct pair *pairs;
	size_t n_words, words_cap, n_pairs, pairs_cap;
	struct cx_spill *spill; /* with sorted runs of pairs */
	struct source *runs;
	size_t n_runs;
	/* with all of them in one run, and where its keys start */
	struct cx_spill *whole;
	uint64_t *starts;
	size_t n_starts;
	struct source at[2]; /* what is being handed out */
	uint64_t end;        /* its first word not */
};

static uint64_t word_of(uint32_t key, int64_t value)
{
	return (uint64_t)key << VALUE_BITS |
	       (uint64_t)(value + CX_MULTISET_MOST + 1);
}

static int64_t value_of(uint64_t word)
{
	return (int64_t)(word & ((UINT64_C(1) << VALUE_BITS) - 1)) -
	       CX_MULTISET_MOST - 1;
}

struct cx_multiset *cx_multiset_new(uint64_t memory, unsigned threads)
{
	struct cx_multiset *t = cx_calloc(1, sizeof(*t));

	t->memory = memory;
	t->threads = threads;
	t->words = cx_malloc(0);
	t->pairs = cx_malloc(0);
	return t;
}

void cx_multiset_free(struct cx_multiset *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->n_runs; i++)
		cx_spill_part_release(&t->runs[i].part);
	cx_spill_part_release(&t->at[0].part);
	cx_spill_free(t->spill);
	cx_spill_free(t->whole);
	free(t->runs);
	free(t->starts);
	free(t->words);
	free(t->pairs);
	free(t);
}

/* ---- sorting ---- */

/* One pass of a stable sort; false when all have the same digit. */
static bool radix_pass(
    const uint64_t *from, uint64_t *to, size_t n, unsigned shift)
{
	size_t next[RADIX + 1] = { 0 };

	for (size_t i = 0; i < n; i++)
		next[(from[i] >> shift) % RADIX + 1]++;
	if (next[(from[0] >> shift) % RADIX + 1] == n)
		return false;
	for (size_t d = 1; d < RADIX; d++)
		next[d] += next[d - 1];
	for (size_t i = 0; i < n; i++)
		to[next[(from[i] >> shift) % RADIX]++] = from[i];
	return true;
}

/* Few are sorted where they are. */
enum { FEW = 32 };

static void insertion_sort(uint64_t *words, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t word = words[i];
		size_t j = i;

		for (; j && words[j - 1] > word; j--)
			words[j] = words[j - 1];
		words[j] = word;
	}
}

/* The words of one key, with room for as many. */
static void sort_key(uint64_t *words, uint64_t *room, size_t n)
{
	uint64_t *from = words, *to = room;

	if (n <= FEW) {
		insertion_sort(words, n);
		return;
	}
	for (unsigned shift = 0; shift < VALUE_BITS; shift += RADIX_BITS) {
		uint64_t *swap = from;

		if (!radix_pass(from, to, n, shift))
			continue;
		from = to;
		to = swap;
	}
	if (from != words)
		memcpy(words, from, n * sizeof(*words));
}

/* The words by key, and where those of each key end. */
struct keyed {
	uint64_t *words, *room;
	size_t *ends, n_keys;
};

/* So many jobs are made of the keys. */
enum { JOBS = 256 };

static void sort_some(void *context, void *scratch, size_t number)
{
	struct keyed *k = context;
	size_t first = k->n_keys * number / JOBS;
	size_t last = k->n_keys * (number + 1) / JOBS;

	(void)scratch;
	for (size_t key = first; key < last; key++) {
		size_t start = key ? k->ends[key - 1] : 0;

		sort_key(
		    k->words + start, k->room + start, k->ends[key] - start);
	}
}

static size_t key_of(uint64_t word)
{
	return word >> VALUE_BITS;
}

/* A counting sort by key; starts become ends. */
static void part_keys(
    struct keyed *k, const struct cx_multiset *t, size_t n_keys)
{
	size_t *next = cx_calloc(n_keys + 1, sizeof(*next));

	for (size_t i = 0; i < t->n_words; i++)
		next[key_of(t->words[i]) + 1]++;
	for (size_t key = 1; key < n_keys; key++)
		next[key] += next[key - 1];
	for (size_t i = 0; i < t->n_words; i++)
		k->words[next[key_of(t->words[i])]++] = t->words[i];
	k->ends = next;
	k->n_keys = n_keys;
}

static void sort_words(struct cx_multiset *t)
{
	struct keyed k = { .room = t->words };
	struct cx_each each = { .job = sort_some, .context = &k };
	size_t most = 0;

	if (t->n_words == 0)
		return;
	for (size_t i = 0; i < t->n_words; i++)
		most = key_of(t->words[i]) > most ? key_of(t->words[i]) : most;
	k.words = cx_malloc(cx_mul(t->n_words, sizeof(*k.words)));
	part_keys(&k, t, most + 1);
	cx_each_run(&each, JOBS, t->threads);
	free(t->words);
	t->words = k.words;
	t->words_cap = t->n_words;
	free(k.ends);
}

static int by_word(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	return (x->word > y->word) - (x->word < y->word);
}

static void sort_pairs(struct cx_multiset *t)
{
	if (t->n_pairs)
		qsort(t->pairs, t->n_pairs, sizeof(*t->pairs), by_word);
}

/* ---- sources ---- */

/* The next pair to the top. */
static int pull(struct cx_spill *spill, struct source *s, struct cx_err *err)
{
	s->top.n = 0;
	if (s->words < s->words_end) {
		s->top.word = *s->words;
		while (s->words < s->words_end && *s->words == s->top.word) {
			s->top.n++;
			s->words++;
		}
	} else if (s->pairs < s->pairs_end) {
		s->top = *s->pairs++;
	} else if (s->part.end && cx_spill_read(spill, &s->part, &s->top,
	                              sizeof(s->top), err) < 0) {
		return -1;
	}
	return 0;
}

static void source_memory(const struct cx_multiset *t, struct source two[2])
{
	two[0] = two[1] = (struct source){ .words = NULL };
	if (t->n_words) {
		two[0].words = t->words;
		two[0].words_end = t->words + t->n_words;
	}
	if (t->n_pairs) {
		two[1].pairs = t->pairs;
		two[1].pairs_end = t->pairs + t->n_pairs;
	}
}

/*
 * The least word of all sources, and how often it is in them: 1, 0 at the
 * end, -1. There are few sources.
 */
static int pull_least(struct cx_spill *spill, struct source *sources, size_t n,
    struct pair *least, struct cx_err *err)
{
	*least = (struct pair){ UINT64_MAX, 0 };
	for (size_t i = 0; i < n; i++)
		if (sources[i].top.n && sources[i].top.word <= least->word)
			least->word = sources[i].top.word;
	for (size_t i = 0; i < n; i++) {
		while (sources[i].top.n && sources[i].top.word == least->word) {
			least->n += sources[i].top.n;
			if (pull(spill, &sources[i], err) < 0)
				return -1;
		}
	}
	return least->n > 0;
}

static int start_sources(struct cx_spill *spill, struct source *sources,
    size_t n, struct cx_err *err)
{
	for (size_t i = 0; i < n; i++)
		if (pull(spill, &sources[i], err) < 0)
			return -1;
	return 0;
}

/* ---- runs on disk ---- */

/* What is in memory becomes a run. */
static int spill(struct cx_multiset *t, struct cx_err *err)
{
	struct source two[2], run = { 0 };
	struct pair least;
	int more;

	if (!t->spill && cx_spill_open(&t->spill, err) < 0)
		return -1;
	sort_words(t);
	sort_pairs(t);
	source_memory(t, two);
	run.part.at = cx_spill_size(t->spill);
	if (start_sources(NULL, two, 2, err) < 0)
		return -1;
	while ((more = pull_least(NULL, two, 2, &least, err)) > 0)
		if (cx_spill_write(t->spill, &least, sizeof(least), err) < 0)
			return -1;
	run.part.end = cx_spill_size(t->spill);
	t->runs = cx_realloc(t->runs, cx_mul(t->n_runs + 1, sizeof(run)));
	t->runs[t->n_runs++] = run;
	t->n_words = t->n_pairs = 0;
	return more;
}

/* Sorting needs the words twice. */
static bool is_full(const struct cx_multiset *t)
{
	return 2 * sizeof(*t->words) * (uint64_t)t->n_words +
	           sizeof(*t->pairs) * (uint64_t)t->n_pairs >=
	       t->memory;
}

static void add_word(struct cx_multiset *t, uint64_t word)
{
	if (t->n_words == t->words_cap) {
		t->words_cap = t->words_cap ? cx_mul(t->words_cap, 2) : 1024;
		t->words = cx_realloc(
		    t->words, cx_mul(t->words_cap, sizeof(*t->words)));
	}
	t->words[t->n_words++] = word;
}

static void add_pair(struct cx_multiset *t, struct pair pair)
{
	if (t->n_pairs == t->pairs_cap) {
		t->pairs_cap = t->pairs_cap ? cx_mul(t->pairs_cap, 2) : 256;
		t->pairs = cx_realloc(
		    t->pairs, cx_mul(t->pairs_cap, sizeof(*t->pairs)));
	}
	t->pairs[t->n_pairs++] = pair;
}

int cx_multiset_add(struct cx_multiset *t, uint32_t key, int64_t value,
    uint64_t n, struct cx_err *err)
{
	if (is_full(t) && t->n_words + t->n_pairs && spill(t, err) < 0)
		return -1;
	if (n == 1)
		add_word(t, word_of(key, value));
	else if (n)
		add_pair(t, (struct pair){ word_of(key, value), n });
	return 0;
}

/* ---- the whole ---- */

/* Where key and all before it start, now that a pair of it comes. */
static void note_start(struct cx_multiset *t, uint32_t key)
{
	if (t->n_starts > key)
		return;
	t->starts =
	    cx_realloc(t->starts, cx_mul(key + (size_t)1, sizeof(*t->starts)));
	while (t->n_starts <= key)
		t->starts[t->n_starts++] = cx_spill_size(t->whole);
}

static int merge_runs(struct cx_multiset *t, struct cx_err *err)
{
	struct pair least;
	int more;

	if (cx_spill_open(&t->whole, err) < 0 ||
	    start_sources(t->spill, t->runs, t->n_runs, err) < 0)
		return -1;
	while ((more = pull_least(t->spill, t->runs, t->n_runs, &least, err)) >
	       0) {
		note_start(t, (uint32_t)key_of(least.word));
		if (cx_spill_write(t->whole, &least, sizeof(least), err) < 0)
			return -1;
	}
	return more;
}

int cx_multiset_finish(struct cx_multiset *t, struct cx_err *err)
{
	if (!t->spill) {
		sort_words(t);
		sort_pairs(t);
		return 0;
	}
	if (t->n_words + t->n_pairs && spill(t, err) < 0)
		return -1;
	free(t->words);
	free(t->pairs);
	t->words = NULL;
	t->pairs = NULL;
	return merge_runs(t, err);
}

static int join_sorted(struct cx_multiset *into, struct cx_multiset *from,
    const uint32_t *keys, size_t n_keys, struct cx_err *err)
{
	int64_t value;
	uint64_t n;
	int more = cx_multiset_finish(from, err);

	for (size_t key = 0; key < n_keys && more >= 0; key++) {
		cx_multiset_open(from, (uint32_t)key);
		while ((more = cx_multiset_next(from, &value, &n, err)) > 0)
			if (cx_multiset_add(into, keys[key], value, n, err) < 0)
				return -1;
	}
	return more;
}

int cx_multiset_join(struct cx_multiset *into, struct cx_multiset *from,
    const uint32_t *keys, size_t n_keys, struct cx_err *err)
{
	if (from->spill)
		return join_sorted(into, from, keys, n_keys, err);
	for (size_t i = 0; i < from->n_words; i++)
		if (cx_multiset_add(into, keys[key_of(from->words[i])],
		        value_of(from->words[i]), 1, err) < 0)
			return -1;
	for (size_t i = 0; i < from->n_pairs; i++)
		if (cx_multiset_add(into, keys[key_of(from->pairs[i].word)],
		        value_of(from->pairs[i].word), from->pairs[i].n,
		        err) < 0)
			return -1;
	return 0;
}

/* The first place in n words, stride bytes apart, that is not below word. */
static size_t lower_bound(
    const void *words, size_t n, size_t stride, uint64_t word)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint64_t at;

		memcpy(&at, (const char *)words + middle * stride, sizeof(at));
		if (at < word)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void open_spilled(struct cx_multiset *t, uint32_t key)
{
	struct cx_spill_part *part = &t->at[0].part;

	part->used = part->filled = 0;
	part->at = part->end = cx_spill_size(t->whole);
	if (key < t->n_starts)
		part->at = t->starts[key];
}

void cx_multiset_open(struct cx_multiset *t, uint32_t key)
{
	uint64_t first = (uint64_t)key << VALUE_BITS;

	/* A key that cannot be has no values; its words would be others'. */
	t->end =
	    key < CX_MULTISET_KEYS ? first + (UINT64_C(1) << VALUE_BITS) : 0;
	if (t->whole) {
		open_spilled(t, key);
	} else {
		source_memory(t, t->at);
		if (t->n_words)
			t->at[0].words += lower_bound(
			    t->words, t->n_words, sizeof(*t->words), first);
		if (t->n_pairs)
			t->at[1].pairs += lower_bound(
			    t->pairs, t->n_pairs, sizeof(*t->pairs), first);
	}
	t->at[0].top.n = t->at[1].top.n = 0;
}

int cx_multiset_next(
    struct cx_multiset *t, int64_t *value, uint64_t *n, struct cx_err *err)
{
	struct pair least;
	int more;

	for (size_t i = 0; i < 2; i++)
		if (t->at[i].top.n == 0 && pull(t->whole, &t->at[i], err) < 0)
			return -1;
	more = pull_least(t->whole, t->at, 2, &least, err);
	if (more <= 0 || least.word >= t->end)
		return more < 0 ? -1 : 0;
	*value = value_of(least.word);
	*n = least.n;
	return 1;
}
