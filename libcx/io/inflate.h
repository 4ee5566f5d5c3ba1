/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_INFLATE_H
#define CX_IO_INFLATE_H

#include "libcx/base/err.h"

#include <sys/types.h>

/*
 * Inflates a gzip file of one or more members in a thread of its own, a few
 * buffers ahead of the reader. The source is to begin with one.
 */
struct cx_inflate;

/* Where the compressed bytes come from; as cx_input_read. */
typedef ssize_t cx_inflate_source(
    void *from, char *to, size_t size, struct cx_err *err);

struct cx_inflate *cx_inflate_new(cx_inflate_source *source, void *from);
void cx_inflate_free(struct cx_inflate *z);

/* As cx_input_read; an error comes after all bytes before it. */
ssize_t cx_inflate_read(
    struct cx_inflate *z, char *to, size_t size, struct cx_err *err);

#endif
