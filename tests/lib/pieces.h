/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes that come in pieces, for cx_decode_new. */
#ifndef CX_TESTS_PIECES_H
#define CX_TESTS_PIECES_H

#include "libcx/base/err.h"

#include <string.h>
#include <sys/types.h>

struct pieces {
	struct cx_str left;
	size_t size;
};

/* At most p->size of them. */
static inline ssize_t next_piece(
    void *from, char *to, size_t size, struct cx_err *err)
{
	struct pieces *p = from;
	size_t n = p->left.n < size ? p->left.n : size;

	(void)err;
	n = n < p->size ? n : p->size;
	if (n)
		memcpy(to, p->left.p, n);
	p->left.p += n;
	p->left.n -= n;
	return (ssize_t)n;
}

#endif
