/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/output.h"

#include "libcx/base/mem.h"
#include "libcx/io/retry.h"
#include "libcx/io/temporary.h"
#include "libcx/io/unfinished.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
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
	bool began;        /* something was written or is pending */
	z_stream *deflate; /* NULL when written plain */
	struct cx_buf pending;
	/* of what is pending or being written; nothing is allocated in it */
	pthread_mutex_t lock;
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

static void (*before_terminal)(void);

void cx_output_before_terminal(void (*call)(void))
{
	before_terminal = call;
}

static int write_all(
    struct cx_output *out, const char *p, size_t n, struct cx_err *err)
{
	if (n && before_terminal && isatty(out->fd))
		before_terminal();
	while (n) {
		ssize_t done;

		CX_RETRY(done, write(out->fd, p, at_once(out, p, n)));
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
	mode_t mask = umask(0),
	       mode = old ? old->st_mode & 07777 : 0666 & ~mask;
	int ignored;

	umask(mask);
	/* A mode that cannot be set is no reason to lose the data. */
	CX_RETRY(ignored, fchmod(fd, mode));
}

static int open_temporary(
    struct cx_output *out, const struct stat *old, struct cx_err *err)
{
	struct cx_buf path = { 0 };

	out->fd = cx_temporary_make(out->target, &path);
	if (out->fd < 0) {
		failed(out, err);
		cx_buf_release(&path);
		return -1;
	}
	out->temporary = path.data;
	cx_unfinished_add(out->temporary);
	set_mode(out->fd, old);
	return 0;
}

/* Through a link, so that the link stays one. NULL and errno. */
static char *real_path(const char *name)
{
	char *path;

	do
		path = realpath(name, NULL);
	while (!path && errno == EINTR);
	if (!path && errno == ENOMEM)
		cx_mem_lacking();
	return path;
}

static int open_file(
    struct cx_output *out, const char *name, struct cx_err *err)
{
	struct stat st;
	int code;

	CX_RETRY(code, stat(name, &st));
	if (code < 0 && errno != ENOENT)
		return failed(out, err);
	if (code == 0 && !S_ISREG(st.st_mode)) {
		out->is_pipe = S_ISFIFO(st.st_mode);
		CX_RETRY(out->fd, open(name, O_WRONLY | O_CLOEXEC));
		return out->fd < 0 ? failed(out, err) : 0;
	}
	out->target = code == 0 ? real_path(name) : cx_strdup(name);
	if (!out->target)
		return failed(out, err);
	return open_temporary(out, code == 0 ? &st : NULL, err);
}

static void start_deflate(struct cx_output *out)
{
	out->deflate = cx_calloc(1, sizeof(*out->deflate));
	if (deflateInit2(out->deflate, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP,
	        MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		cx_mem_lacking();
}

/* What is pending is less than one chunk, and less than one is added. */
static struct cx_output *new_output(void)
{
	struct cx_output *out = cx_calloc(1, sizeof(*out));

	pthread_mutex_init(&out->lock, NULL);
	cx_buf_reserve(&out->pending, 2 * CHUNK);
	out->fd = STDOUT_FILENO;
	return out;
}

int cx_output_open(struct cx_output **out, const char *name, struct cx_err *err)
{
	struct cx_output *made = new_output();
	size_t n = name ? strlen(name) : 0;
	struct stat st;

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

static int put(
    struct cx_output *out, const char *p, size_t n, struct cx_err *err)
{
	out->began |= n > 0;
	if (n < CHUNK) {
		cx_buf_add(&out->pending, p, n);
		return out->pending.len < CHUNK ? 0
		                                : drain(out, Z_NO_FLUSH, err);
	}
	/* So much at once goes straight on. */
	if (drain(out, Z_NO_FLUSH, err) < 0)
		return -1;
	return out->deflate ? compress_all(out, p, n, Z_NO_FLUSH, err)
	                    : write_all(out, p, n, err);
}

int cx_output_write(
    struct cx_output *out, const char *p, size_t n, struct cx_err *err)
{
	int code;

	if (out->failed)
		return cx_err_set(
		    err, CX_DATA, "%s: an earlier write failed", out->name);
	pthread_mutex_lock(&out->lock);
	code = put(out, p, n, err);
	pthread_mutex_unlock(&out->lock);
	return code;
}

int cx_output_flush(struct cx_output *out, struct cx_err *err)
{
	return out->deflate ? 0 : drain(out, Z_NO_FLUSH, err);
}

void cx_output_last_words(struct cx_output *out, const char *line)
{
	struct cx_err ignored;

	if (out->target || out->deflate || out->failed ||
	    pthread_mutex_trylock(&out->lock) != 0)
		return;
	if (drain(out, Z_NO_FLUSH, &ignored) == 0 &&
	    (!out->began || write_all(out, "\n", 1, &ignored) == 0))
		(void)write_all(out, line, strlen(line), &ignored);
}

static void release(struct cx_output *out)
{
	if (out->deflate)
		deflateEnd(out->deflate);
	free(out->deflate);
	free(out->temporary);
	free(out->target);
	free(out->name);
	pthread_mutex_destroy(&out->lock);
	cx_buf_release(&out->pending);
	free(out);
}

/* Standard output too is closed: a full disk may show only then. */
int cx_output_settle(struct cx_output *out, struct cx_err *err)
{
	int fd = out->fd, code = 0;

	if (out->failed)
		return cx_err_set(
		    err, CX_DATA, "%s: an earlier write failed", out->name);
	if (fd < 0)
		return 0;
	if (drain(out, Z_FINISH, err) < 0)
		return -1;
	if (out->temporary)
		CX_RETRY(code, fsync(fd));
	if (code < 0)
		return failed(out, err);
	out->fd = -1;
	/* Interrupted, it is closed all the same. */
	return close(fd) < 0 && errno != EINTR ? failed(out, err) : 0;
}

static int appear(struct cx_output *out, struct cx_err *err)
{
	int code;

	if (!out->temporary)
		return 0;
	CX_RETRY(code, rename(out->temporary, out->target));
	if (code < 0)
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
	int code;

	if (!out)
		return;
	if (out->fd > STDOUT_FILENO)
		close(out->fd);
	if (out->temporary) {
		CX_RETRY(code, unlink(out->temporary));
		cx_unfinished_remove(out->temporary);
	}
	release(out);
}

bool cx_output_is_terminal(const struct cx_output *out)
{
	return isatty(out->fd);
}
