/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/spool.h"

#include "libcx/io/retry.h"
#include "libcx/io/temporary.h"

#include <unistd.h>

enum { BLOCK = 1 << 16 };

void cx_spool_init(struct cx_spool *spool)
{
	*spool = (struct cx_spool){ .keeps = true };
	pthread_mutex_init(&spool->lock, NULL);
}

void cx_spool_release(struct cx_spool *spool)
{
	pthread_mutex_destroy(&spool->lock);
	cx_buf_release(&spool->kept);
}

void cx_spool_add(struct cx_spool *spool, const char *p, size_t n)
{
	pthread_mutex_lock(&spool->lock);
	if (spool->keeps)
		cx_buf_add(&spool->kept, p, n);
	pthread_mutex_unlock(&spool->lock);
}

void cx_spool_stop(struct cx_spool *spool)
{
	pthread_mutex_lock(&spool->lock);
	spool->keeps = false;
	cx_buf_release(&spool->kept);
	spool->kept = (struct cx_buf){ 0 };
	pthread_mutex_unlock(&spool->lock);
}

static int failed(struct cx_err *err)
{
	return cx_err_set(err, CX_DATA,
	    "it is to be read twice, and cannot be kept in %s: %s (TMPDIR "
	    "names another folder)",
	    cx_temporary_folder(), strerror(errno));
}

/* The number of bytes, 0 at the end, -1 and err. */
static ssize_t copy_block(int from, int to, char *block, struct cx_err *err)
{
	ssize_t n;

	CX_RETRY(n, read(from, block, BLOCK));
	if (n < 0)
		return cx_err_set(
		    err, CX_DATA, "cannot read: %s", strerror(errno));
	return cx_temporary_write(to, block, (size_t)n) < 0 ? failed(err) : n;
}

int cx_spool_file(
    struct cx_spool *spool, int from, uint64_t *size, struct cx_err *err)
{
	int fd = cx_temporary_open();
	char block[BLOCK];
	ssize_t n = 0;
	off_t end = -1;

	if (fd < 0)
		return failed(err);
	if (cx_temporary_write(fd, spool->kept.data, spool->kept.len) < 0)
		n = failed(err);
	else
		do
			n = copy_block(from, fd, block, err);
		while (n > 0);
	if (n == 0) {
		CX_RETRY(end, lseek(fd, 0, SEEK_CUR));
		if (end >= 0)
			CX_RETRY(n, lseek(fd, 0, SEEK_SET));
		if (end < 0 || n < 0)
			n = failed(err);
	}
	if (n < 0) {
		close(fd);
		return -1;
	}
	*size = (uint64_t)end;
	cx_spool_stop(spool);
	return fd;
}
