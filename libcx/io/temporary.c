/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/temporary.h"

#include "libcx/io/retry.h"
#include "libcx/io/unfinished.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

const char *cx_temporary_folder(void)
{
	const char *named = getenv("TMPDIR");

	return named && *named ? named : "/tmp";
}

int cx_temporary_make(const char *stem, struct cx_buf *path)
{
	int fd;

	do {
		cx_buf_clear(path);
		cx_buf_addf(path, "%s.XXXXXX%c", stem, '\0');
		fd = mkstemp(path->data);
	} while (fd < 0 && errno == EINTR);
	if (fd >= 0)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}

/* A signal may come in between. */
static int take_name(const char *path)
{
	int code;

	cx_unfinished_add(path);
	CX_RETRY(code, unlink(path));
	cx_unfinished_remove(path);
	return code;
}

int cx_temporary_open(void)
{
	struct cx_buf stem = { 0 }, path = { 0 };
	int fd, why;

	cx_buf_addf(&stem, "%s/cx%c", cx_temporary_folder(), '\0');
	fd = cx_temporary_make(stem.data, &path);
	why = errno;
	if (fd >= 0 && take_name(path.data) < 0) {
		why = errno;
		close(fd);
		fd = -1;
	}
	cx_buf_release(&stem);
	cx_buf_release(&path);
	errno = why;
	return fd;
}

int cx_temporary_write(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done;

		CX_RETRY(done, write(fd, p, n));
		if (done < 0)
			return -1;
		p += done;
		n -= (size_t)done;
	}
	return 0;
}
