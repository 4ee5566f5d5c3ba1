/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/spill.h"

#include "libcx/base/mem.h"
#include "libcx/io/retry.h"
#include "libcx/io/temporary.h"

#include <stdlib.h>
#include <unistd.h>

struct cx_spill {
	int fd;
	uint64_t size; /* in the file */
	char *buffer;  /* behind it */
	size_t used;
};

static int fail(const char *what, struct cx_err *err)
{
	return cx_err_set(err, CX_DATA,
	    "temporary file in %s: %s: %s (TMPDIR names another folder)",
	    cx_temporary_folder(), what, strerror(errno));
}

int cx_spill_open(struct cx_spill **out, struct cx_err *err)
{
	int fd = cx_temporary_open();

	if (fd < 0)
		return fail("cannot create", err);
	*out = cx_calloc(1, sizeof(**out));
	(*out)->fd = fd;
	(*out)->buffer = cx_malloc(CX_SPILL_BUFFER);
	return 0;
}

void cx_spill_free(struct cx_spill *s)
{
	if (!s)
		return;
	close(s->fd);
	free(s->buffer);
	free(s);
}

uint64_t cx_spill_size(const struct cx_spill *s)
{
	return s->size + s->used;
}

static int flush(struct cx_spill *s, struct cx_err *err)
{
	if (cx_temporary_write(s->fd, s->buffer, s->used) < 0)
		return fail("cannot write", err);
	s->size += s->used;
	s->used = 0;
	return 0;
}

int cx_spill_write(
    struct cx_spill *s, const void *p, size_t n, struct cx_err *err)
{
	const char *from = p;

	while (n) {
		size_t room = CX_SPILL_BUFFER - s->used;
		size_t some = n < room ? n : room;

		memcpy(s->buffer + s->used, from, some);
		s->used += some;
		from += some;
		n -= some;
		if (s->used == CX_SPILL_BUFFER && flush(s, err) < 0)
			return -1;
	}
	return 0;
}

int cx_spill_finish(struct cx_spill *s, struct cx_err *err)
{
	return s->used ? flush(s, err) : 0;
}

/* Moves what is left to the front and fills up behind it. */
static int fill(
    struct cx_spill *s, struct cx_spill_part *part, struct cx_err *err)
{
	size_t left = part->filled - part->used;

	if (!part->buffer)
		part->buffer = cx_malloc(CX_SPILL_BUFFER);
	memmove(part->buffer, part->buffer + part->used, left);
	part->used = 0;
	part->filled = left;
	while (part->filled < CX_SPILL_BUFFER && part->at < part->end) {
		size_t room = CX_SPILL_BUFFER - part->filled;
		size_t most =
		    part->end - part->at < room ? part->end - part->at : room;
		ssize_t n;

		CX_RETRY(n, pread(s->fd, part->buffer + part->filled, most,
		                (off_t)part->at));
		if (n == 0)
			errno = EIO;
		if (n <= 0)
			return fail("cannot read", err);
		part->filled += (size_t)n;
		part->at += (uint64_t)n;
	}
	return 0;
}

int cx_spill_read(struct cx_spill *s, struct cx_spill_part *part, void *to,
    size_t n, struct cx_err *err)
{
	if (part->filled - part->used < n) {
		if (cx_spill_finish(s, err) < 0)
			return -1;
		if (fill(s, part, err) < 0)
			return -1;
		if (part->filled < n)
			return 0;
	}
	memcpy(to, part->buffer + part->used, n);
	part->used += n;
	return 1;
}

void cx_spill_part_release(struct cx_spill_part *part)
{
	free(part->buffer);
	*part = (struct cx_spill_part){ 0 };
}
