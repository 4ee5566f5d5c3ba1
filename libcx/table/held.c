/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/held.h"

#include "libcx/base/mem.h"

#include <stdint.h>
#include <stdlib.h>

/* Less is not worth moving the others for. */
enum { WASTE = 1 << 20 };

struct cx_held_text {
	size_t start;
	size_t n; /* DROPPED: it is no more */
};

#define DROPPED SIZE_MAX

/* Texts stand in the order of their numbers, so each moves to the front. */
static void compact(struct cx_held *held)
{
	size_t to = 0;

	for (size_t i = 0; i < held->n; i++) {
		struct cx_held_text *t = &held->texts[i];

		if (t->n == DROPPED)
			continue;
		memmove(
		    held->bytes.data + to, held->bytes.data + t->start, t->n);
		t->start = to;
		to += t->n;
	}
	held->bytes.len = to;
	held->wasted = 0;
}

size_t cx_held_add(struct cx_held *held, struct cx_str text)
{
	if (held->wasted > WASTE && held->wasted > held->bytes.len / 2)
		compact(held);
	if (held->n == held->cap) {
		held->cap = held->cap ? cx_mul(held->cap, 2) : 256;
		held->texts = cx_realloc(
		    held->texts, cx_mul(held->cap, sizeof(*held->texts)));
	}
	held->texts[held->n] = (struct cx_held_text){ held->bytes.len, text.n };
	cx_buf_adds(&held->bytes, text);
	return held->n++;
}

void cx_held_drop(struct cx_held *held, size_t number)
{
	struct cx_held_text *t = &held->texts[number];

	if (t->n == DROPPED)
		return;
	held->wasted += t->n;
	t->n = DROPPED;
}

bool cx_held_get(const struct cx_held *held, size_t number, struct cx_str *text)
{
	const struct cx_held_text *t = &held->texts[number];

	if (t->n == DROPPED)
		return false;
	*text = (struct cx_str){ held->bytes.data + t->start, t->n };
	return true;
}

void cx_held_release(struct cx_held *held)
{
	cx_buf_release(&held->bytes);
	free(held->texts);
	*held = (struct cx_held){ 0 };
}
