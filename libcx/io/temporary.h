/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_TEMPORARY_H
#define CX_IO_TEMPORARY_H

#include <stddef.h>

/*
 * A file for what memory is not to hold, in $TMPDIR or /tmp. It has no name:
 * nothing of it stays, however the program ends.
 */

/* Its descriptor, or -1 and errno. */
int cx_temporary_open(void);

/* All n bytes: 0, or -1 and errno. */
int cx_temporary_write(int fd, const char *p, size_t n);

/* The folder, for messages. */
const char *cx_temporary_folder(void);

#endif
