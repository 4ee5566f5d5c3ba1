/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A condition of any bytes, up to the first NUL, against a table of any
 * bytes: no crash, the place of an error lies in the text, and what holds for
 * a row holds again.
 */
#include "tests/fuzz/file.h"

#include "libcx/table/predicate.h"
#include "libcx/table/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void test_rows(
    const struct cx_predicate *predicate, struct cx_reader *reader)
{
	struct cx_err err;
	struct cx_test *test =
	    cx_test_new(predicate, cx_reader_header(reader), &err);
	const struct cx_row *row;

	while (test && cx_reader_next(reader, &row, &err) > 0) {
		int first, again;

		cx_test_row(test, row);
		first = cx_test_holds(test, 0, &err);
		again = cx_test_holds(test, 0, &err);
		if (first != again || (first < 0 && !err.reason))
			abort();
	}
	cx_test_free(test);
}

static void read_table(
    const struct cx_predicate *predicate, struct cx_str bytes)
{
	struct cx_reader_options options = { .foreign = true };
	struct cx_reader *reader;
	struct cx_input *in;
	struct cx_err err;

	if (cx_input_open(&in, fuzz_file(bytes), &err) < 0)
		return;
	if (cx_reader_open(&reader, in, &options, &err) == 0) {
		test_rows(predicate, reader);
		cx_reader_close(reader);
	}
	cx_input_close(in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cx_str table = { (const char *)data, size };
	struct cx_str text = cx_str_next(&table, '\0');
	struct cx_predicate *predicate = cx_predicate_new();
	struct cx_err err = { .status = CX_DONE };

	if (cx_predicate_add(predicate, text, "here", 1, 1, &err) < 0) {
		/* Both from 1; the end of the text is a place, too. */
		unsigned long line, character;

		if (err.status != CX_USAGE || !strchr(err.below, '^') ||
		    /* NOLINTNEXTLINE(cert-err34-c): our own small numbers */
		    sscanf(err.file, "here:%lu:%lu", &line, &character) != 2 ||
		    line + character > text.n + 3)
			abort();
	} else if (table.n) {
		read_table(predicate, table);
	}
	cx_predicate_free(predicate);
	return 0;
}
