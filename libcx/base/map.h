/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_MAP_H
#define CX_BASE_MAP_H

#include "libcx/base/buf.h"

#include <stdint.h>

/*
 * A set of byte strings, numbered 0, 1, 2, … in the order they came in; the
 * caller keeps what belongs to each number in an array of its own. All zero
 * is empty and valid. Keys are copied into the map and stay until release.
 */
struct cx_map {
	struct cx_map_slot *slots; /* open addressing, a power of two */
	size_t n_slots;
	struct cx_map_key *keys; /* by number */
	size_t n, cap;
	struct cx_buf bytes; /* the keys' text, end to end */
};

void cx_map_release(struct cx_map *map);

/* Forgets the keys, keeps the memory. */
void cx_map_clear(struct cx_map *map);

/* The number of key, which is map->n - 1 when it was new. */
size_t cx_map_put(struct cx_map *map, struct cx_str key);

/* Fetches what a put or get of key soon after will look at first. */
void cx_map_expect(const struct cx_map *map, struct cx_str key);

/*
 * Puts the keys of from into map: the number there of each number of from.
 * Caller frees.
 */
uint32_t *cx_map_join(struct cx_map *map, const struct cx_map *from);

/* The number of key, or -1. */
ptrdiff_t cx_map_get(const struct cx_map *map, struct cx_str key);

/* The key of a number; borrowed, valid until the next put. */
struct cx_str cx_map_key(const struct cx_map *map, size_t number);

/* The numbers 0 … n-1 in the byte order of their keys; caller frees. */
size_t *cx_map_sorted(const struct cx_map *map);

#endif
