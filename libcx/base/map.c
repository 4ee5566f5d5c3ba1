/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/map.h"

#include "libcx/base/hash.h"
#include "libcx/base/mem.h"

#include <stdlib.h>

struct cx_map_slot {
	uint32_t hash;
	uint32_t number_plus_1; /* 0 is free */
};

struct cx_map_key {
	size_t start;
	uint32_t length, hash;
};

enum { FIRST_SLOTS = 16 };

void cx_map_release(struct cx_map *map)
{
	free(map->slots);
	free(map->keys);
	cx_buf_release(&map->bytes);
	*map = (struct cx_map){ 0 };
}

void cx_map_clear(struct cx_map *map)
{
	if (map->n_slots)
		memset(map->slots, 0, map->n_slots * sizeof(*map->slots));
	map->n = 0;
	cx_buf_clear(&map->bytes);
}

/* memcmp(3) without the call, as keys are short; n > 0. */
static inline bool same_bytes(const char *a, const char *b, size_t n)
{
	size_t at = 0;

	if (n < 8)
		return cx_load_short(a, n) == cx_load_short(b, n);
	for (; at + 8 < n; at += 8)
		if (cx_load8(a + at) != cx_load8(b + at))
			return false;
	return cx_load8(a + n - 8) == cx_load8(b + n - 8);
}

static inline bool same(
    const struct cx_map *map, size_t number, struct cx_str key)
{
	struct cx_map_key k = map->keys[number];

	/* There may be no bytes at all when the one key is empty. */
	return k.length == key.n &&
	       (key.n == 0 ||
	           same_bytes(map->bytes.data + k.start, key.p, key.n));
}

/* The slot that holds key, or the free one where it belongs. */
static struct cx_map_slot *find(
    const struct cx_map *map, struct cx_str key, uint32_t h)
{
	size_t mask = map->n_slots - 1;

	for (size_t i = h & mask;; i = (i + 1) & mask) {
		struct cx_map_slot *slot = &map->slots[i];

		if (slot->number_plus_1 == 0)
			return slot;
		if (slot->hash == h && same(map, slot->number_plus_1 - 1, key))
			return slot;
	}
}

static void grow(struct cx_map *map)
{
	size_t n_slots = map->n_slots ? cx_mul(map->n_slots, 2) : FIRST_SLOTS;

	free(map->slots);
	map->slots = cx_calloc(n_slots, sizeof(*map->slots));
	map->n_slots = n_slots;
	for (size_t number = 0; number < map->n; number++) {
		size_t i = map->keys[number].hash & (n_slots - 1);

		while (map->slots[i].number_plus_1)
			i = (i + 1) & (n_slots - 1);
		map->slots[i].hash = map->keys[number].hash;
		map->slots[i].number_plus_1 = (uint32_t)number + 1;
	}
}

static void append(struct cx_map *map, struct cx_str key, uint32_t h)
{
	if (map->n == map->cap) {
		map->cap = map->cap ? cx_mul(map->cap, 2) : FIRST_SLOTS;
		map->keys =
		    cx_realloc(map->keys, cx_mul(map->cap, sizeof(*map->keys)));
	}
	map->keys[map->n++] =
	    (struct cx_map_key){ map->bytes.len, (uint32_t)key.n, h };
	cx_buf_adds(&map->bytes, key);
}

size_t cx_map_put(struct cx_map *map, struct cx_str key)
{
	uint32_t h = (uint32_t)cx_hash(key);
	struct cx_map_slot *slot;

	/* At most 2/3 full. */
	if (map->n_slots * 2 <= map->n * 3)
		grow(map);
	slot = find(map, key, h);
	if (slot->number_plus_1 == 0) {
		append(map, key, h);
		slot->hash = h;
		slot->number_plus_1 = (uint32_t)map->n;
	}
	return slot->number_plus_1 - 1;
}

void cx_map_expect(const struct cx_map *map, struct cx_str key)
{
	if (map->n_slots)
		__builtin_prefetch(
		    &map->slots[(uint32_t)cx_hash(key) & (map->n_slots - 1)]);
}

ptrdiff_t cx_map_get(const struct cx_map *map, struct cx_str key)
{
	if (map->n == 0)
		return -1;
	return (ptrdiff_t)find(map, key, (uint32_t)cx_hash(key))
	           ->number_plus_1 -
	       1;
}

uint32_t *cx_map_join(struct cx_map *map, const struct cx_map *from)
{
	uint32_t *numbers = cx_malloc(cx_mul(from->n + 1, sizeof(*numbers)));

	numbers[0] = 0;
	for (size_t i = 0; i < from->n; i++)
		numbers[i] = (uint32_t)cx_map_put(map, cx_map_key(from, i));
	return numbers;
}

struct cx_str cx_map_key(const struct cx_map *map, size_t number)
{
	struct cx_map_key k = map->keys[number];

	/* There is no text while the empty key is the only one. */
	return (struct cx_str){ k.length ? map->bytes.data + k.start : "",
		k.length };
}

struct entry {
	struct cx_str key;
	size_t number;
};

static int by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return cx_str_order(x->key, y->key);
}

size_t *cx_map_sorted(const struct cx_map *map)
{
	struct entry *entries = cx_malloc(cx_mul(map->n, sizeof(*entries)));
	size_t *numbers = cx_malloc(cx_mul(map->n, sizeof(*numbers)));

	for (size_t i = 0; i < map->n; i++)
		entries[i] = (struct entry){ cx_map_key(map, i), i };
	qsort(entries, map->n, sizeof(*entries), by_key);
	for (size_t i = 0; i < map->n; i++)
		numbers[i] = entries[i].number;
	free(entries);
	return numbers;
}
