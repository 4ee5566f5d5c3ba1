/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/temporary.h"

#include "libcx/base/buf.h"
#include "libcx/io/unfinished.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

const char *cx_temporary_folder(void)
{
	const char *named = getenv("TMPDIR");

	return named && *named ? named : "/tmp";
}

int cx_temporary_open(void)
{
	struct cx_buf path = { 0 };
	int fd, why;

	cx_buf_addf(&path, "%s/cx-XXXXXX%c", cx_temporary_folder(), '\0');
	fd = mkstemp(path.data);
	why = errno;
	if (fd >= 0) {
		/* A signal may come in between. */
		cx_unfinished_add(path.data);
		unlink(path.data);
		cx_unfinished_remove(path.data);
	}
	cx_buf_release(&path);
	errno = why;
	return fd;
}

int cx_temporary_write(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno != EINTR)
			return -1;
		if (done > 0) {
			p += done;
			n -= (size_t)done;
		}
	}
	return 0;
}
