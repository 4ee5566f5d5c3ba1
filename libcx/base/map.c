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

/* memcmp(3) without the call, as keys are short. */
static inline bool same_bytes(const char *a, const char *b, size_t n)
{
	size_t at = 0;

	if (n < 8)
		return n == 0 || cx_load_short(a, n) == cx_load_short(b, n);
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

static size_t put_hashed(struct cx_map *map, struct cx_str key, uint32_t h)
{
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

size_t cx_map_put(struct cx_map *map, struct cx_str key)
{
	return put_hashed(map, key, (uint32_t)cx_hash(key));
}

/*
 * What a later put will look at, in three steps that each need the one before
 * to have arrived: the slot, the key, its bytes. These are only hints: a key
 * of the same hash, or a slot too far from its place, do no harm.
 */
enum { SLOT_AHEAD = 72, KEY_AHEAD = 48, BYTES_AHEAD = 24, PROBES = 8 };

static inline const struct cx_map_key *likely_key(
    const struct cx_map *map, uint32_t h)
{
	size_t mask = map->n_slots - 1;

	for (size_t i = h; i < (size_t)h + PROBES; i++) {
		const struct cx_map_slot *slot = &map->slots[i & mask];

		if (slot->number_plus_1 == 0)
			break;
		if (slot->hash == h)
			return &map->keys[slot->number_plus_1 - 1];
	}
	return NULL;
}

static inline void look_ahead(
    const struct cx_map *map, const struct cx_keys *list, size_t i)
{
	const struct cx_map_key *keys = list->keys, *key;

	if (i + SLOT_AHEAD < list->n)
		__builtin_prefetch(&map->slots[keys[i + SLOT_AHEAD].hash &
		                               (map->n_slots - 1)]);
	if (i + KEY_AHEAD < list->n)
		__builtin_prefetch(likely_key(map, keys[i + KEY_AHEAD].hash));
	if (i + BYTES_AHEAD >= list->n)
		return;
	key = likely_key(map, keys[i + BYTES_AHEAD].hash);
	if (key)
		__builtin_prefetch(map->bytes.data + key->start);
}

void cx_map_put_all(
    struct cx_map *map, const struct cx_keys *keys, uint32_t *numbers)
{
	for (size_t i = 0; i < keys->n; i++) {
		if (map->n_slots)
			look_ahead(map, keys, i);
		numbers[i] = (uint32_t)put_hashed(
		    map, cx_keys_get(keys, i), keys->keys[i].hash);
	}
}

void cx_keys_release(struct cx_keys *keys)
{
	free(keys->keys);
	cx_buf_release(&keys->bytes);
	*keys = (struct cx_keys){ 0 };
}

void cx_keys_clear(struct cx_keys *keys)
{
	keys->n = 0;
	cx_buf_clear(&keys->bytes);
}

struct cx_str cx_keys_get(const struct cx_keys *keys, size_t number)
{
	struct cx_map_key k = keys->keys[number];

	return (struct cx_str){ keys->bytes.data + k.start, k.length };
}

size_t cx_keys_add(struct cx_keys *keys, struct cx_str key)
{
	if (keys->n && cx_str_eq(key, cx_keys_get(keys, keys->n - 1)))
		return keys->n - 1;
	if (keys->n == keys->cap) {
		keys->cap = keys->cap ? cx_mul(keys->cap, 2) : 64;
		keys->keys = cx_realloc(
		    keys->keys, cx_mul(keys->cap, sizeof(*keys->keys)));
	}
	keys->keys[keys->n] = (struct cx_map_key){ keys->bytes.len,
		(uint32_t)key.n, (uint32_t)cx_hash(key) };
	cx_buf_adds(&keys->bytes, key);
	return keys->n++;
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
