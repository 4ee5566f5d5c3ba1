/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_RETURNS_H
#define CX_IO_RETURNS_H

#include "libcx/base/err.h"

#include <sys/types.h>

/*
 * Makes a line feed of every carriage return that none follows, for files
 * whose lines end in one, as those of old Macintoshes do. No byte is added or
 * taken away.
 */
struct cx_returns;

/* Where the bytes come from; as cx_input_read. */
typedef ssize_t cx_returns_source(
    void *from, char *to, size_t size, struct cx_err *err);

/* The n bytes at p were read already, and come first. */
struct cx_returns *cx_returns_new(
    cx_returns_source *source, void *from, const char *p, size_t n);
void cx_returns_free(struct cx_returns *r);

/* As cx_input_read. */
ssize_t cx_returns_read(
    struct cx_returns *r, char *to, size_t size, struct cx_err *err);

#endif
