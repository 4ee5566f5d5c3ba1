/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/mem.h"
#include "libcx/table/multiset.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

#include <stdlib.h>

/* Random numbers against a plain table of counts, in memory and on disk. */

enum { KEYS = 12, VALUES = 200 };

struct table {
	uint64_t n[KEYS][VALUES];
};

static int64_t value_at(size_t i)
{
	if (i == 0)
		return -CX_MULTISET_MOST;
	if (i == VALUES - 1)
		return CX_MULTISET_MOST;
	return ((int64_t)i - VALUES / 2) * 1000003;
}

static int add_some(
    struct cx_multiset *set, struct table *table, size_t n, struct cx_err *err)
{
	for (size_t i = 0; i < n; i++) {
		/* Never 0 or 7. */
		size_t key = random_below(KEYS), v = random_below(VALUES);
		uint64_t times = random_below(4) ? 1 : random_below(1000);

		key += key % 7 == 0;
		table->n[key][v] += times;
		if (cx_multiset_add(
		        set, (uint32_t)key, value_at(v), times, err) < 0)
			return -1;
	}
	return 0;
}

/* A third of them by way of another, whose keys are other numbers. */
static int fill(struct cx_multiset *set, struct table *table, size_t n,
    uint64_t memory, struct cx_err *err)
{
	struct cx_multiset *from = cx_multiset_new(memory / 2, 1);
	struct table *other = cx_calloc(1, sizeof(*other));
	uint32_t keys[KEYS];
	int code = add_some(from, other, n / 3, err);

	for (size_t key = 0; key < KEYS; key++) {
		keys[key] = (uint32_t)(key ? key % (KEYS - 1) + 1 : 0);
		for (size_t v = 0; v < VALUES; v++)
			table->n[keys[key]][v] += other->n[key][v];
	}
	if (code == 0)
		code = add_some(set, table, n - n / 3, err);
	if (code == 0)
		code = cx_multiset_join(set, from, keys, KEYS, err);
	cx_multiset_free(from);
	free(other);
	return code < 0 ? -1 : cx_multiset_finish(set, err);
}

static bool has_key(
    struct cx_multiset *set, const struct table *table, size_t key)
{
	struct cx_err err;
	int64_t value;
	uint64_t n;

	cx_multiset_open(set, (uint32_t)key);
	for (size_t v = 0; v < VALUES; v++) {
		if (table->n[key][v] == 0)
			continue;
		if (cx_multiset_next(set, &value, &n, &err) != 1 ||
		    value != value_at(v) || n != table->n[key][v])
			return false;
	}
	return cx_multiset_next(set, &value, &n, &err) == 0;
}

static void test_one(size_t n, uint64_t memory)
{
	struct cx_multiset *set = cx_multiset_new(memory, 2);
	struct table *table = cx_calloc(1, sizeof(*table));
	struct cx_err err;
	int64_t value;
	uint64_t times;
	bool good = fill(set, table, n, memory, &err) == 0;

	/* Keys in any order, and more than once. */
	for (size_t i = 0; i < 3 * KEYS && good; i++)
		good = has_key(set, table, i * 5 % KEYS);
	cx_multiset_open(set, CX_MULTISET_KEYS);
	good = good && cx_multiset_next(set, &value, &times, &err) == 0;
	check(good, "%zu numbers, memory of %" PRIu64, n, memory);
	cx_multiset_free(set);
	free(table);
}

int main(void)
{
	static const size_t sizes[] = { 0, 1, 100, 30000 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		test_one(sizes[i], 1 << 30);
		test_one(sizes[i], 100000);
		test_one(sizes[i], 4000);
	}
	test_one(300, 1);
	return check_done();
}
