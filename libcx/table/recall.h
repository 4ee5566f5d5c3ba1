/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_RECALL_H
#define CX_TABLE_RECALL_H

#include "libcx/base/hash.h"
#include "libcx/table/row.h"

/*
 * Group numbers by the short cells that make up their keys. What is forgotten
 * or too long takes the long way through the map of the groups; so it changes
 * the speed and nothing else.
 *
 * Each cell is known by a number of a few bits, those of a key are one word of
 * 32, and a set of eight such words with their groups is one cache line.
 */
enum {
	CX_RECALL_CELLS = 4,    /* of a key */
	CX_RECALL_LONGEST = 15, /* bytes of a cell */
	CX_RECALL_NAMES = 256,  /* places for the cells of a column, 8 bits */
	CX_RECALL_SETS = 1024,  /* 10 bits */
	CX_RECALL_WAYS = 8
};

/* A cell: its bytes, zeros, and its length in the last byte. */
struct cx_recall_name {
	uint64_t words[2];
	uint32_t id; /* of no other cell; 0: none is known here */
};

struct cx_recall_set {
	uint32_t keys[CX_RECALL_WAYS]; /* 0: none */
	uint32_t numbers[CX_RECALL_WAYS];
};

/* All zero remembers nothing. */
struct cx_recall {
	struct cx_recall_set sets[CX_RECALL_SETS];
	struct cx_recall_name names[CX_RECALL_CELLS][CX_RECALL_NAMES];
	uint32_t n_ids[CX_RECALL_CELLS];
	/* of a cell's number: 32 over the cells of a key, or 16 for one cell */
	unsigned bits;
	unsigned oldest;
};

/* Adds a number, which is not 0, to a key; false when it has too many bits. */
static inline bool cx_recall_number(
    const struct cx_recall *recall, uint32_t number, uint32_t *key)
{
	*key = *key << recall->bits | number;
	return number >> recall->bits == 0;
}

/*
 * Adds the number of cell i to the key, which starts as 0; the cell is of a
 * row, which has CX_ROW_SLACK bytes behind it. False when it is too long, or
 * the column has too many cells to number.
 */
static inline bool cx_recall_cell(
    struct cx_recall *recall, size_t i, struct cx_str cell, uint32_t *key)
{
	/* Ones, then zeros: keeps the first n of 16 bytes, without a branch. */
	static const uint64_t masks[4] = { UINT64_MAX, UINT64_MAX, 0, 0 };
	struct cx_recall_name *name;
	const char *keep;
	uint64_t words[2], h;

	if (cell.n > CX_RECALL_LONGEST)
		return false;
	keep = (const char *)masks + 16 - cell.n;
	words[0] = cx_load8(cell.p) & cx_load8(keep);
	/* The last byte is not the cell's, so its length has room there. */
	words[1] = (cx_load8(cell.p + 8) & cx_load8(keep + 8)) |
	           (uint64_t)cell.n << 56;
	/* Odd numbers from the digits of pi. */
	h = words[0] * 0x243F6A8885A308D3u +
	    (words[0] >> 32 ^ words[1]) * 0x13198A2E03707345u;
	name = &recall->names[i][h >> 56];
	if (name->words[0] != words[0] || name->words[1] != words[1] ||
	    !name->id) {
		/* A number is of one cell for ever: keys keep their meaning. */
		if ((recall->n_ids[i] + 1) >> recall->bits)
			return false;
		memcpy(name->words, words, sizeof(words));
		name->id = ++recall->n_ids[i];
	}
	return cx_recall_number(recall, name->id, key);
}

static inline struct cx_recall_set *cx_recall_set_of(
    struct cx_recall *recall, uint32_t key)
{
	uint64_t h = key * 0xA4093822299F31D1u;

	return &recall->sets[h >> 54];
}

/* A bit for each way that has the key; which it is must cost no branch. */
static inline unsigned cx_recall_hits(
    const struct cx_recall_set *set, uint32_t key)
{
#ifdef __SSE2__
	const __m128i *keys = (const __m128i *)(const void *)set->keys;
	__m128i k = _mm_set1_epi32((int)key);
	__m128i a = _mm_cmpeq_epi32(_mm_loadu_si128(keys), k);
	__m128i b = _mm_cmpeq_epi32(_mm_loadu_si128(keys + 1), k);

	return (unsigned)_mm_movemask_ps(_mm_castsi128_ps(a)) |
	       (unsigned)_mm_movemask_ps(_mm_castsi128_ps(b)) << 4;
#else
	unsigned hits = 0;

	for (unsigned i = 0; i < CX_RECALL_WAYS; i++)
		hits |= (unsigned)(set->keys[i] == key) << i;
	return hits;
#endif
}

/* The number of the group of a whole key, or -1. */
static inline ptrdiff_t cx_recall_get(struct cx_recall *recall, uint32_t key)
{
	const struct cx_recall_set *set = cx_recall_set_of(recall, key);
	unsigned hits = cx_recall_hits(set, key);

	return hits ? (ptrdiff_t)set->numbers[__builtin_ctz(hits)] : -1;
}

static inline void cx_recall_put(
    struct cx_recall *recall, uint32_t key, size_t number)
{
	struct cx_recall_set *set = cx_recall_set_of(recall, key);
	size_t i = recall->oldest++ % CX_RECALL_WAYS;

	set->keys[i] = key;
	set->numbers[i] = (uint32_t)number;
}

#endif
