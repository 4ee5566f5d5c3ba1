/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_SPOOL_H
#define CX_IO_SPOOL_H

#include "libcx/base/err.h"

#include <pthread.h>
#include <stdint.h>

/*
 * What was read from a pipe, so that it can be read again: first kept in
 * memory, and, when a second reading is wanted, put with all that is still to
 * come into a temporary file (libcx/io/temporary.h).
 */
struct cx_spool {
	pthread_mutex_t lock; /* bytes may come from a thread of inflate */
	bool keeps;
	struct cx_buf kept;
};

void cx_spool_init(struct cx_spool *spool);
void cx_spool_release(struct cx_spool *spool);

/* Bytes that were just read. */
void cx_spool_add(struct cx_spool *spool, const char *p, size_t n);

/* There will be no second reading: forgets them. */
void cx_spool_stop(struct cx_spool *spool);

/*
 * What was kept and the rest of from, in a file: its descriptor, at its
 * start, or -1 and err. *size is its length.
 */
int cx_spool_file(
    struct cx_spool *spool, int from, uint64_t *size, struct cx_err *err);

#endif
