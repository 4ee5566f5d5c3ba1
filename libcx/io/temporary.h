/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_TEMPORARY_H
#define CX_IO_TEMPORARY_H

#include "libcx/base/buf.h"

/*
 * A file for what memory is not to hold, in $TMPDIR or /tmp. It has no name:
 * nothing of it stays, however the program ends.
 */

/* Its descriptor, or -1 and errno. */
int cx_temporary_open(void);

/* All n bytes: 0, or -1 and errno. */
int cx_temporary_write(int fd, const char *p, size_t n);

/*
 * A file with a name, for its owner alone: stem, a dot and six more
 * characters. Returns its descriptor, and its name (and a NUL) in path, or -1
 * and errno.
 */
int cx_temporary_make(const char *stem, struct cx_buf *path);

/* The folder, for messages. */
const char *cx_temporary_folder(void);

#endif
