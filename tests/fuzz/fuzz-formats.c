/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as an export: a format may be recognised, a header is made of its
 * first records, and its records are screened, joined and converted. The
 * header must be the same for bytes that come in pieces, its names must
 * differ, and no record may have other cells than it.
 *
 * The formats are those of CX_FORMATS, or of share/formats.
 */
#include "tests/fuzz/file.h"

#include "libcx/table/convert.h"
#include "libcx/table/export.h"
#include "libcx/table/multi.h"
#include "libcx/table/recipe.h"
#include "libcx/table/screen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct cx_exports exports;

static void read_formats(void)
{
	const char *folder = getenv("CX_FORMATS");
	struct cx_err err;

	if (exports.n == 0 &&
	    cx_exports_read(&exports, folder ? folder : "share/formats", &err) <
	        0) {
		fprintf(stderr, "%s: %s\n", err.file, err.what);
		abort();
	}
}

static void use_row(const struct cx_recipe *recipe, const struct cx_row *row)
{
	struct cx_convert_counts counts = { 0 };
	char room[CX_CONVERTED_SIZE];
	struct cx_buf list = { 0 };
	struct cx_str out;
	struct cx_err err;

	for (size_t i = 0; i < recipe->n; i++) {
		const struct cx_step *step = &recipe->steps[i];

		if (step->sources)
			(void)cx_multi_join(step->entry, row, step->sources,
			    step->options, step->n_sources, &list, &err);
		else if (step->entry && step->source != CX_ABSENT)
			(void)cx_convert(step->entry,
			    cx_row_cell(row, step->source), room, &out, &counts,
			    &err);
	}
	cx_buf_release(&list);
}

static void use_rows(struct cx_reader *reader)
{
	const struct cx_header *header = cx_reader_header(reader);
	struct cx_codebook none = { 0 };
	struct cx_recipe recipe;
	struct cx_screen screen;
	const struct cx_row *row;
	struct cx_err err;
	int more = cx_recipe_make(&recipe, &none, header, &err);

	cx_screen_make(&screen, &none, NULL, header);
	for (err.reason = NULL; more >= 0 || err.reason;) {
		err.reason = NULL;
		more = cx_reader_next(reader, &row, &err);
		if (more == 0)
			break;
		if (more < 0)
			continue;
		if (row->n != cx_header_n(header))
			abort();
		if (!cx_screen_drop(&screen, row))
			use_row(&recipe, row);
		(void)cx_screen_wrong_groups(&screen, row);
	}
	cx_screen_release(&screen);
	cx_recipe_release(&recipe);
}

/* The names, in one text; NULL when there is no header. */
static void names_of(
    const char *path, size_t block, bool rows, struct cx_buf *names)
{
	struct cx_export_head head = cx_export_head(&exports, NULL, "UTC");
	struct cx_reader_options options = { .foreign = true,
		.head = &head.head };
	struct cx_reader *reader;
	struct cx_input *in;
	struct cx_err err;

	cx_reader_set_block(block);
	if (cx_input_open(&in, path, &err) < 0)
		abort();
	if (cx_reader_open(&reader, in, &options, &err) == 0) {
		const struct cx_header *header = cx_reader_header(reader);

		for (size_t i = 0; i < cx_header_n(header); i++) {
			cx_buf_adds(names, cx_header_name(header, i));
			cx_buf_addc(names, '\n');
		}
		if (rows)
			use_rows(reader);
		cx_reader_close(reader);
	}
	cx_input_close(in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path =
	    fuzz_file((struct cx_str){ (const char *)data, size });
	struct cx_buf whole = { 0 }, pieces = { 0 };

	read_formats();
	names_of(path, 0, true, &whole);
	names_of(path, 7, false, &pieces);
	if (!cx_str_eq(cx_buf_str(&whole), cx_buf_str(&pieces)))
		abort();
	cx_buf_release(&whole);
	cx_buf_release(&pieces);
	return 0;
}
