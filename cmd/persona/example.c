/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/example.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

/* FNV-1a: Fowler, Noll, Vo, RFC 9923. */
static uint64_t hash_on(uint64_t hash, struct cx_str s)
{
	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001B3);
	return hash;
}

static bool is_less(const struct card_example *a, const struct card_example *b)
{
	if (a->hash != b->hash)
		return a->hash < b->hash;
	return cx_str_order((struct cx_str){ a->cells, a->n },
	           (struct cx_str){ b->cells, b->n }) < 0;
}

static void find_last(struct card_examples *e)
{
	e->last = 0;
	for (size_t i = 1; i < e->n; i++)
		if (is_less(&e->items[e->last], &e->items[i]))
			e->last = i;
}

/* Takes the cells over; true when they are kept. */
static bool put(struct card_examples *e, struct card_example example)
{
	if (!e->items)
		e->items = cx_calloc(CARD_EXAMPLES, sizeof(*e->items));
	if (e->n < CARD_EXAMPLES) {
		e->items[e->n++] = example;
		if (e->n == CARD_EXAMPLES)
			find_last(e);
		return true;
	}
	if (!is_less(&example, &e->items[e->last]))
		return false;
	free(e->items[e->last].cells);
	e->items[e->last] = example;
	find_last(e);
	return true;
}

void card_examples_add(
    struct card_examples *e, struct cx_str cells, struct cx_str id)
{
	uint64_t hash = hash_on(UINT64_C(0xCBF29CE484222325), id);
	struct card_example example = { hash_on(hash, cells), NULL, cells.n };

	if (cells.n == 0)
		return;
	/* Most are known not to be kept before they are copied. */
	if (e->n == CARD_EXAMPLES && example.hash > e->items[e->last].hash)
		return;
	example.cells = cx_memdup(cells.p, cells.n);
	if (!put(e, example))
		free(example.cells);
}

void card_examples_merge(struct card_examples *into, struct card_examples *from)
{
	for (size_t i = 0; i < from->n; i++) {
		if (!put(into, from->items[i]))
			free(from->items[i].cells);
		from->items[i].cells = NULL;
	}
	from->n = 0;
	card_examples_release(from);
}

void card_examples_release(struct card_examples *e)
{
	for (size_t i = 0; i < e->n; i++)
		free(e->items[i].cells);
	free(e->items);
	*e = (struct card_examples){ 0 };
}
