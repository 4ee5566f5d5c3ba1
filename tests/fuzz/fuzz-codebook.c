/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A codebook of any bytes, then a record converted by what was read of it.
 * What stands in front of the first NUL is the codebook, the rest cells.
 */
#include "tests/fuzz/file.h"

#include "libcx/table/convert.h"

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
	struct cx_str cells = { (const char *)data, size };
	struct cx_str text = cx_str_next(&cells, '\0');
	struct cx_codebook book = { 0 };
	struct cx_err err;

	if (cx_codebook_read(&book, fuzz_file(text), &err) == 0 &&
	    cx_codebook_defaults(&book, "UTC", &err) == 0)
		convert_all(&book, cells);
	cx_codebook_release(&book);
	return 0;
}
