/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/returns.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

enum { BLOCK = 1 << 16 };

struct cx_returns {
	cx_returns_source *source;
	void *from;
	struct cx_buf bytes; /* [used, ready) are to be handed out */
	size_t used, ready;  /* behind ready a CR may wait for what follows */
	bool ended;
};

struct cx_returns *cx_returns_new(
    cx_returns_source *source, void *from, const char *p, size_t n)
{
	struct cx_returns *r = cx_calloc(1, sizeof(*r));

	r->source = source;
	r->from = from;
	cx_buf_add(&r->bytes, p, n);
	return r;
}

void cx_returns_free(struct cx_returns *r)
{
	if (!r)
		return;
	cx_buf_release(&r->bytes);
	free(r);
}

/* The last byte is not decided as long as it is a CR and more may come. */
static void turn(struct cx_returns *r)
{
	char *p = r->bytes.data;
	size_t n = r->bytes.len;

	for (; r->ready < n; r->ready++) {
		bool last = r->ready + 1 == n;

		if (p[r->ready] != '\r')
			continue;
		if (last && !r->ended)
			return;
		if (last || p[r->ready + 1] != '\n')
			p[r->ready] = '\n';
	}
}

/* More bytes behind the one that may be waiting. */
static int refill(struct cx_returns *r, struct cx_err *err)
{
	size_t left = r->bytes.len - r->used;
	ssize_t n;

	if (r->used)
		memmove(r->bytes.data, r->bytes.data + r->used, left);
	r->bytes.len = left;
	r->ready -= r->used;
	r->used = 0;
	n = r->source(r->from, cx_buf_reserve(&r->bytes, BLOCK), BLOCK, err);
	if (n < 0)
		return -1;
	r->ended = n == 0;
	r->bytes.len += (size_t)n;
	return 0;
}

ssize_t cx_returns_read(
    struct cx_returns *r, char *to, size_t size, struct cx_err *err)
{
	turn(r);
	while (r->used == r->ready && !r->ended) {
		if (refill(r, err) < 0)
			return -1;
		turn(r);
	}
	if (size > r->ready - r->used)
		size = r->ready - r->used;
	if (size)
		memcpy(to, r->bytes.data + r->used, size);
	r->used += size;
	return (ssize_t)size;
}
