/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A directory for the files of a test program, gone when the program ends in
 * good order. What fails here ends the program.
 */
#ifndef CX_TESTS_SCRATCH_H
#define CX_TESTS_SCRATCH_H

#include "libcx/base/buf.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>
#include <zlib.h>

static char scratch_dir[64];
static pid_t scratch_owner;

static inline void scratch_fail(const char *what)
{
	perror(what);
	exit(99);
}

/* How many files there are; removes them if asked to. */
static inline int scratch_files(bool and_remove)
{
	DIR *dir = opendir(scratch_dir);
	struct dirent *entry;
	char path[512];
	int n = 0;

	/* cppcheck-suppress readdirCalled ; of this thread only */
	while (dir && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		n++;
		snprintf(
		    path, sizeof(path), "%s/%s", scratch_dir, entry->d_name);
		if (and_remove)
			unlink(path);
	}
	if (dir)
		closedir(dir);
	return n;
}

/* Not in a child, which leaves by _exit or by a signal. */
static inline void scratch_clean(void)
{
	if (getpid() != scratch_owner)
		return;
	scratch_files(true);
	rmdir(scratch_dir);
}

/* The path of a file; valid until the fourth call after it. */
static inline const char *scratch_path(const char *name)
{
	static char ring[4][128];
	static unsigned next;
	char *path = ring[next++ % 4];

	if (!scratch_dir[0]) {
		/* in memory where there is such a place */
		strcpy(scratch_dir, access("/dev/shm", W_OK) == 0
		                        ? "/dev/shm/cx-test-XXXXXX"
		                        : "/tmp/cx-test-XXXXXX");
		if (!mkdtemp(scratch_dir))
			scratch_fail("mkdtemp");
		scratch_owner = getpid();
		if (atexit(scratch_clean) != 0)
			scratch_fail("atexit");
	}
	snprintf(path, sizeof(ring[0]), "%s/%s", scratch_dir, name);
	return path;
}

static inline void scratch_write(const char *path, struct cx_str bytes)
{
	FILE *f = fopen(path, "wb");

	if (!f)
		scratch_fail(path);
	if (bytes.n && fwrite(bytes.p, 1, bytes.n, f) != bytes.n)
		scratch_fail(path);
	if (fclose(f) != 0)
		scratch_fail(path);
}

/* Appends what is in the file; false when there is none. */
static inline bool scratch_read(const char *path, struct cx_buf *out)
{
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		return false;
	do {
		n = fread(cx_buf_reserve(out, 4096), 1, 4096, f);
		out->len += n;
	} while (n);
	(void)fclose(f);
	return true;
}

/* Appends one gzip member. */
static inline void scratch_gzip(struct cx_str bytes, struct cx_buf *out)
{
	z_stream z = { 0 };
	int state;

	if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY))
		scratch_fail("deflateInit2");
	z.next_in = (Bytef *)(uintptr_t)bytes.p;
	z.avail_in = (uInt)bytes.n;
	do {
		z.next_out = (Bytef *)cx_buf_reserve(out, 4096);
		z.avail_out = 4096;
		state = deflate(&z, Z_FINISH);
		out->len += 4096 - z.avail_out;
	} while (state == Z_OK);
	deflateEnd(&z);
}

/*
 * A pipe that holds the bytes, at most 64 KiB, and then ends: a descriptor,
 * and its name for cx_input_open.
 */
static inline int scratch_pipe(struct cx_str bytes, const char **name)
{
	static char path[32];
	int ends[2];

	if (pipe(ends) < 0 ||
	    write(ends[1], bytes.p, bytes.n) != (ssize_t)bytes.n)
		scratch_fail("pipe");
	close(ends[1]);
	snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
	*name = path;
	return ends[0];
}

#endif
