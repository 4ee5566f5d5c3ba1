/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_RETRY_H
#define CX_IO_RETRY_H

#include <errno.h>

/*
 * result = call, made again as long as a signal interrupts it:
 *
 *	CX_RETRY(fd, open(path, O_RDONLY));
 *
 * Not for close, which closes the descriptor on Linux even then, nor for
 * mkstemp, whose template is used up: see libcx/io/temporary.h.
 */
#define CX_RETRY(result, call)                                                 \
	do                                                                     \
		(result) = (call);                                             \
	while ((result) < 0 && errno == EINTR)

#endif
