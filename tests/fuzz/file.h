/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes as a file: in memory, and always the same one. Include it first, for
 * memfd_create.
 */
#ifndef CX_TESTS_FUZZ_FILE_H
#define CX_TESTS_FUZZ_FILE_H

#define _GNU_SOURCE /* memfd_create */
#include "libcx/base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Only its owner may read it, as a key demands. */
static inline int fuzz_fd(void)
{
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("input", 0);
	if (fd < 0 || fchmod(fd, 0600) < 0)
		abort();
	return fd;
}

static inline const char *fuzz_path(void)
{
	static char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fuzz_fd());
	return path;
}

/* Its path, now that it has these bytes. */
static inline const char *fuzz_file(struct cx_str bytes)
{
	if (ftruncate(fuzz_fd(), 0) < 0 ||
	    pwrite(fuzz_fd(), bytes.p, bytes.n, 0) != (ssize_t)bytes.n)
		abort();
	return fuzz_path();
}

#endif
