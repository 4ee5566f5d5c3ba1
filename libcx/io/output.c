/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/output.h"

#include "libcx/base/mem.h"
#include "libcx/io/unfinished.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { CHUNK = 1 << 16, GZIP = 15 + 16, MEMORY = 8 };

struct cx_output {
	int fd;          /* -1: settled */
	char *name;      /* for messages */
	char *target;    /* the name the file is to have; NULL: direct */
	char *temporary; /* the name it has until then */
	bool failed;
	bool is_pipe;
	z_stream *deflate; /* NULL when written plain */
	struct cx_buf pending;
};

static int failed(struct cx_output *out, struct cx_err *err)
{
	out->failed = true;
	cx_err_set(err, CX_DATA, "cannot write: %s", strerror(errno));
	cx_err_file(err, out->name);
	return -1;
}

/*
 * How many of n bytes to write at once. A program that is killed may leave
 * part of a write in a pipe, but never of one of PIPE_BUF bytes or less
 * (POSIX, write); and if none of these ends a line but the last one, a reader
 * sees from the lacking line end that the stream was cut off.
 */
static size_t at_once(const struct cx_output *out, const char *p, size_t n)
{
	size_t most = n;

	if (!out->is_pipe || n <= PIPE_BUF)
		return n;
	for (most = PIPE_BUF; most > 1 && p[most - 1] == '\n'; most--)
		continue;
	return most;
}

static int write_all(
    struct cx_output *out, const char *p, size_t n, struct cx_err *err)
{
	while (n) {
		ssize_t done = write(out->fd, p, at_once(out, p, n));

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return failed(out, err);
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

static int compress_all(struct cx_output *out, const char *p, size_t n,
    int flush, struct cx_err *err)
{
	char bytes[CHUNK];

	out->deflate->next_in = (Bytef *)(uintptr_t)p;
	out->deflate->avail_in = (uInt)n;
	do {
		out->deflate->next_out = (Bytef *)bytes;
		out->deflate->avail_out = CHUNK;
		deflate(out->deflate, flush);
		if (write_all(
		        out, bytes, CHUNK - out->deflate->avail_out, err) < 0)
			return -1;
	} while (out->deflate->avail_out == 0);
	return 0;
}

/* Passes on what was collected. */
static int drain(struct cx_output *out, int flush, struct cx_err *err)
{
	size_t n = out->pending.len;

	cx_buf_clear(&out->pending);
	if (out->deflate)
		return compress_all(out, out->pending.data, n, flush, err);
	return write_all(out, out->pending.data, n, err);
}

static void set_mode(int fd, const struct stat *old)
{
	mode_t mask = umask(0);

	umask(mask);
	/* A mode that cannot be set is no reason to lose the data. */
	if (fchmod(fd, old ? old->st_mode & 07777 : 0666 & ~mask) < 0)
		return;
}

static int open_temporary(
    struct cx_output *out, const struct stat *old, struct cx_err *err)
{
	struct cx_buf path = { 0 };

	cx_buf_addf(&path, "%s.XXXXXX%c", out->target, '\0');
	out->temporary = path.data;
	out->fd = mkstemp(out->temporary);
	if (out->fd < 0) {
		free(out->temporary);
		out->temporary = NULL;
		return failed(out, err);
	}
	fcntl(out->fd, F_SETFD, FD_CLOEXEC);
	cx_unfinished_add(out->temporary);
	set_mode(out->fd, old);
	return 0;
}

static int open_file(
    struct cx_output *out, const char *name, struct cx_err *err)
{
	struct stat st;
	bool exists = stat(name, &st) == 0;

	if (exists && !S_ISREG(st.st_mode)) {
		out->is_pipe = S_ISFIFO(st.st_mode);
		out->fd = open(name, O_WRONLY | O_CLOEXEC);
		return out->fd < 0 ? failed(out, err) : 0;
	}
	/* Through a link, so that the link stays one. */
	out->target = exists ? realpath(name, NULL) : cx_strdup(name);
	if (!out->target)
		return failed(out, err);
	return open_temporary(out, exists ? &st : NULL, err);
}

static void start_deflate(struct cx_output *out)
{
	out->deflate = cx_calloc(1, sizeof(*out->deflate));
	if (deflateInit2(out->deflate, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP,
	        MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		cx_mul((size_t)-1, 2); /* only memory can be lacking */
}

int cx_output_open(struct cx_output **out, const char *name, struct cx_err *err)
{
	struct cx_output *made = cx_calloc(1, sizeof(*made));
	size_t n = name ? strlen(name) : 0;
	struct stat st;

	made->fd = STDOUT_FILENO;
	if (!name || strcmp(name, "-") == 0) {
		made->is_pipe =
		    fstat(STDOUT_FILENO, &st) == 0 && S_ISFIFO(st.st_mode);
		made->name = cx_strdup("standard output");
		*out = made;
		return 0;
	}
	made->name = cx_strdup(name);
	if (open_file(made, name, err) < 0) {
		made->fd = -1;
		cx_output_discard(made);
		return -1;
	}
	if (n > 3 && strcmp(name + n - 3, ".gz") == 0)
		start_deflate(made);
	*out = made;
	return 0;
}

int cx_output_write(
    struct cx_output *out, const char *p, size_t n, struct cx_err *err)
{
	if (out->failed)
		return cx_err_set(
		    err, CX_DATA, "%s: an earlier write failed", out->name);
	if (n < CHUNK || out->deflate) {
		cx_buf_add(&out->pending, p, n);
		return out->pending.len < CHUNK ? 0
		                                : drain(out, Z_NO_FLUSH, err);
	}
	/* So much at once goes straight on. */
	return drain(out, Z_NO_FLUSH, err) < 0 ? -1 : write_all(out, p, n, err);
}

int cx_output_flush(struct cx_output *out, struct cx_err *err)
{
	return out->deflate ? 0 : drain(out, Z_NO_FLUSH, err);
}

static void release(struct cx_output *out)
{
	if (out->deflate)
		deflateEnd(out->deflate);
	free(out->deflate);
	free(out->temporary);
	free(out->target);
	free(out->name);
	cx_buf_release(&out->pending);
	free(out);
}

/* Standard output too is closed: a full disk may show only then. */
int cx_output_settle(struct cx_output *out, struct cx_err *err)
{
	int fd = out->fd;

	if (out->failed)
		return cx_err_set(
		    err, CX_DATA, "%s: an earlier write failed", out->name);
	if (fd < 0)
		return 0;
	if (drain(out, Z_FINISH, err) < 0)
		return -1;
	if (out->temporary && fsync(fd) < 0)
		return failed(out, err);
	out->fd = -1;
	return close(fd) < 0 ? failed(out, err) : 0;
}

static int appear(struct cx_output *out, struct cx_err *err)
{
	if (!out->temporary)
		return 0;
	if (rename(out->temporary, out->target) < 0)
		return failed(out, err);
	cx_unfinished_remove(out->temporary);
	return 0;
}

int cx_output_close(struct cx_output *out, struct cx_err *err)
{
	if (cx_output_settle(out, err) < 0 || appear(out, err) < 0) {
		cx_output_discard(out);
		return -1;
	}
	release(out);
	return 0;
}

void cx_output_discard(struct cx_output *out)
{
	if (!out)
		return;
	if (out->fd > STDOUT_FILENO)
		close(out->fd);
	if (out->temporary) {
		unlink(out->temporary);
		cx_unfinished_remove(out->temporary);
	}
	release(out);
}

bool cx_output_is_terminal(const struct cx_output *out)
{
	return isatty(out->fd);
}
