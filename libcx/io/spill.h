/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_SPILL_H
#define CX_IO_SPILL_H

#include "libcx/base/err.h"

/*
 * A temporary file (libcx/io/temporary.h) that is written once from end to
 * end, then read in parts.
 */
struct cx_spill;

/* Returns 0 with *spill, or -1 and err. */
int cx_spill_open(struct cx_spill **spill, struct cx_err *err);
void cx_spill_free(struct cx_spill *spill); /* NULL is fine */

int cx_spill_write(
    struct cx_spill *spill, const void *p, size_t n, struct cx_err *err);

/* Everything is written: now any number of threads may read. */
int cx_spill_finish(struct cx_spill *spill, struct cx_err *err);

/* Bytes written. */
uint64_t cx_spill_size(const struct cx_spill *spill);

/* Bytes from at to end, on their way in. All zero but these is a new one. */
struct cx_spill_part {
	uint64_t at, end;
	char *buffer;
	size_t used, filled;
};

/*
 * The next n bytes of a part, n being at most CX_SPILL_BUFFER: 1; 0 at its
 * end, which n divides; -1 and err.
 */
enum { CX_SPILL_BUFFER = 1 << 15 };
int cx_spill_read(struct cx_spill *spill, struct cx_spill_part *part, void *to,
    size_t n, struct cx_err *err);
void cx_spill_part_release(struct cx_spill_part *part);

#endif
