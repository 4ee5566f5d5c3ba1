/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A codebook of any bytes, then a record converted by what was read of it.
 * What stands in front of the first NUL is the codebook, the rest cells.
 */
#define _GNU_SOURCE /* memfd_create */
#include "libcx/table/convert.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void convert_all(const struct cx_codebook *book, struct cx_str cells)
{
	struct cx_convert_counts counts = { 0 };
	char room[CX_CONVERTED_SIZE];
	struct cx_str out;
	struct cx_err err;

	for (size_t i = 0; i < book->n && cells.p; i++)
		(void)cx_convert(&book->entries[i], cx_str_next(&cells, '\0'),
		    room, &out, &counts, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	struct cx_str cells = { (const char *)data, size };
	struct cx_str text = cx_str_next(&cells, '\0');
	struct cx_codebook book = { 0 };
	struct cx_err err;
	char path[64];

	if (fd < 0)
		fd = memfd_create("codebook", 0);
	if (fd < 0 || ftruncate(fd, 0) < 0 ||
	    pwrite(fd, text.p, text.n, 0) != (ssize_t)text.n)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (cx_codebook_read(&book, path, &err) == 0 &&
	    cx_codebook_defaults(&book, "UTC", &err) == 0)
		convert_all(&book, cells);
	cx_codebook_release(&book);
	return 0;
}
