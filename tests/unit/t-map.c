/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hash maps, and the counts by name that are made of one. */
#include "libcx/base/map.h"
#include "libcx/base/mem.h"
#include "libcx/base/tally.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"
#include "tests/lib/str.h"

#include <stdlib.h>

/* ---- map ---- */

enum { KEYS = 200000, LONGEST_KEY = 40 };

struct entry {
	char bytes[LONGEST_KEY];
	size_t n, index;
};

static int by_bytes(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = memcmp(x->bytes, y->bytes, x->n < y->n ? x->n : y->n);

	if (order)
		return order;
	return (x->n > y->n) - (x->n < y->n);
}

static int by_bytes_and_index(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = by_bytes(a, b);

	return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Half of the keys are short, and so come more than once. */
static struct entry random_entry(size_t index)
{
	struct entry e = { .index = index };

	e.n = random_below(random_below(2) ? 5 : LONGEST_KEY + 1);
	for (size_t i = 0; i < e.n; i++)
		e.bytes[i] = (char)(random_below(16) * 17);
	return e;
}

static struct cx_str key_of(const struct entry *e)
{
	return (struct cx_str){ e->bytes, e->n };
}

/* Keeps the first of each run of equals; how many are left. */
static size_t unique(struct entry *sorted, size_t n)
{
	size_t kept = 1;

	for (size_t i = 1; i < n; i++)
		if (by_bytes(&sorted[i], &sorted[kept - 1]) != 0)
			sorted[kept++] = sorted[i];
	return kept;
}

/* New keys are numbered in the order they come. */
static int put_all(struct cx_map *map, const struct entry *entries,
    const struct entry *sorted, size_t n_sorted)
{
	size_t *number = cx_malloc(n_sorted * sizeof(*number)), n = 0;
	int bad = 0;

	for (size_t i = 0; i < KEYS; i++) {
		const struct entry *found = bsearch(
		    &entries[i], sorted, n_sorted, sizeof(*sorted), by_bytes);
		bool new = found->index == i;
		ptrdiff_t got = cx_map_get(map, key_of(&entries[i]));

		if (new)
			number[found - sorted] = n++;
		bad +=
		    new ? got != -1 : got != (ptrdiff_t)number[found - sorted];
		bad += cx_map_put(map, key_of(&entries[i])) !=
		       number[found - sorted];
	}
	free(number);
	return bad + (map->n != n_sorted);
}

static void check_sorted(
    const struct cx_map *map, const struct entry *sorted, size_t n)
{
	size_t *numbers = cx_map_sorted(map);
	int bad = 0;

	for (size_t i = 0; i < n; i++)
		bad +=
		    !cx_str_eq(cx_map_key(map, numbers[i]), key_of(&sorted[i]));
	check_int(bad, 0, "sorted keys");
	free(numbers);
}

static void check_absent(
    const struct cx_map *map, const struct entry *sorted, size_t n)
{
	int bad = 0;

	for (size_t i = 0; i < KEYS; i++) {
		struct entry e = random_entry(0);
		bool there =
		    bsearch(&e, sorted, n, sizeof(*sorted), by_bytes) != NULL;

		bad += there != (cx_map_get(map, key_of(&e)) >= 0);
	}
	check_int(bad, 0, "other keys are there or not");
}

/* So many that some of them have one hash in common. */
static void test_map_random(void)
{
	struct entry *entries = cx_malloc(KEYS * sizeof(*entries));
	struct entry *sorted = cx_malloc(KEYS * sizeof(*sorted));
	struct cx_map map = { 0 };
	size_t n;

	for (size_t i = 0; i < KEYS; i++)
		entries[i] = random_entry(i);
	memcpy(sorted, entries, KEYS * sizeof(*sorted));
	qsort(sorted, KEYS, sizeof(*sorted), by_bytes_and_index);
	n = unique(sorted, KEYS);
	check_int(put_all(&map, entries, sorted, n), 0, "%zu random keys", n);
	check_sorted(&map, sorted, n);
	check_absent(&map, sorted, n);
	cx_map_clear(&map);
	check(map.n == 0 && cx_map_get(&map, key_of(&entries[0])) == -1,
	    "a cleared map is empty");
	check_int(put_all(&map, entries, sorted, n), 0, "and used again");
	cx_map_release(&map);
	check(map.n == 0 && !map.slots && !map.keys, "released");
	free(entries);
	free(sorted);
}

/* Keys in memory of their own length: nothing is read behind them. */
static void test_map_lengths(void)
{
	struct cx_map map = { 0 };
	int bad = 0;

	for (size_t n = 0; n <= LONGEST_KEY; n++) {
		char *key = cx_malloc(n);

		memset(key, 'k', n);
		bad += cx_map_get(&map, (struct cx_str){ key, n }) != -1;
		bad += cx_map_put(&map, (struct cx_str){ key, n }) != n;
		bad +=
		    cx_map_get(&map, (struct cx_str){ key, n }) != (ptrdiff_t)n;
		free(key);
	}
	check_int(bad, 0, "keys of all lengths from 0");
	bad = 0;
	for (size_t n = 0; n <= LONGEST_KEY; n++)
		bad += cx_map_key(&map, n).n != n;
	check_int(bad, 0, "and each is there");
	cx_map_release(&map);
}

/* Every byte of a key counts. */
static void test_map_bytes(void)
{
	struct cx_map map = { 0 };
	char key[LONGEST_KEY] = { 0 };
	size_t n_keys = 0;
	int bad = 0;

	for (size_t n = 1; n <= LONGEST_KEY; n++) {
		bad += cx_map_put(&map, (struct cx_str){ key, n }) != n_keys++;
		for (size_t i = 0; i < n; i++) {
			key[i] = 1;
			bad += cx_map_put(&map, (struct cx_str){ key, n }) !=
			       n_keys++;
			key[i] = 0;
		}
	}
	check_int(bad, 0, "keys that differ in one byte");
	cx_map_release(&map);
}

static void test_map_empty(void)
{
	struct cx_map map = { 0 };
	size_t *none = cx_map_sorted(&map);

	check_int(cx_map_get(&map, STR("a")), -1, "nothing in an empty map");
	cx_map_clear(&map);
	check_int((intmax_t)cx_map_put(&map, STR("")), 0, "the empty key");
	check_int(cx_map_get(&map, (struct cx_str){ NULL, 0 }), 0,
	    "the empty key again");
	check_int(cx_map_get(&map, STR("\0")), -1, "a NUL is another key");
	cx_map_release(&map);
	free(none);
}

static void test_map_join(void)
{
	struct cx_map map = { 0 }, from = { 0 };
	uint32_t *numbers;

	cx_map_put(&map, cx_str("a"));
	cx_map_put(&map, cx_str("b"));
	cx_map_put(&from, cx_str("c"));
	cx_map_put(&from, cx_str("b"));
	cx_map_put(&from, cx_str(""));
	numbers = cx_map_join(&map, &from);
	check(
	    numbers[0] == 2 && numbers[1] == 1 && numbers[2] == 3 && map.n == 4,
	    "a map joins another");
	free(numbers);
	cx_map_clear(&from);
	numbers = cx_map_join(&map, &from);
	check(numbers && map.n == 4, "a map joins an empty one");
	free(numbers);
	cx_map_release(&map);
	cx_map_release(&from);
}

/* ---- tally ---- */

static void test_tally(void)
{
	struct cx_tally a = { 0 }, b = { 0 };
	struct cx_buf text = { 0 };

	cx_tally_describe(&a, "dropped", &text);
	check(cx_str_eq(cx_buf_str(&text), STR(", dropped 0")), "no counts");
	cx_buf_clear(&text);
	cx_tally_add(&a, STR("test"), 2);
	cx_tally_add(&a, STR("preview"), 1);
	cx_tally_add(&b, STR("spam"), 40);
	cx_tally_add(&b, STR("test"), 3);
	cx_tally_merge(&a, &b);
	check(b.n == 0 && b.names.n == 0, "what was merged is empty");
	check(a.n == 46 && cx_tally_get(&a, STR("test")) == 5 &&
	          cx_tally_get(&a, STR("other")) == 0,
	    "counts add up");
	cx_tally_describe(&a, "dropped", &text);
	check(cx_str_eq(cx_buf_str(&text),
	          STR(", dropped 46: preview 1, spam 40, test 5")),
	    "described in the order of names");
	cx_tally_release(&a);
	for (unsigned i = 0; i < 1000; i++) {
		char name[16];

		snprintf(name, sizeof(name), "%u", i % 37);
		cx_tally_add(&a, cx_str(name), i);
	}
	check(a.n == 499500 && a.names.n == 37, "many names");
	cx_tally_release(&a);
	cx_buf_release(&text);
}

int main(void)
{
	test_map_random();
	test_map_lengths();
	test_map_bytes();
	test_map_empty();
	test_map_join();
	test_tally();
	return check_done();
}
