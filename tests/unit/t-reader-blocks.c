/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reader where blocks, windows and parts end: faults on both sides of a
 * boundary, a file of many blocks, records of many sizes.
 */
#include "libcx/table/reader.h"
#include "libcx/table/scan.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"
#include "tests/lib/scratch.h"
#include "tests/lib/str.h"
#include "tests/lib/transcript.h"

static const char *const scanners[] = { "avx2", "sse2", "portable" };

enum { SCANNERS = sizeof(scanners) / sizeof(*scanners) };

static const struct cx_reader_options plain = { .delimiter = '\0' };

/* ---- faults next to the ends of blocks ---- */

struct fault {
	struct cx_str bytes;
	const char *reason;
};

static const struct fault csv_faults[] = {
	{ STR(""), NULL },
	{ STR("\xE3\x81\x82"), NULL },
	{ STR("\xF0\x9F\x98\x80"), NULL },
	{ STR("\x80"), "invalid UTF-8" },
	{ STR("\x80\x80\x80"), "invalid UTF-8" },
	{ STR("\xC3"), "invalid UTF-8" },
	{ STR("\xE3"), "invalid UTF-8" },
	{ STR("\xE3\x81"), "invalid UTF-8" },
	{ STR("\xF0\x9F"), "invalid UTF-8" },
	{ STR("\xF0\x9F\x98"), "invalid UTF-8" },
	{ STR("\xE0\x80\x80"), "invalid UTF-8" },
	{ STR("\xFF"), "invalid UTF-8" },
	{ STR("\0"), "NUL byte" },
	{ STR("\rx"), "lone carriage return" },
	{ STR("x\r"), NULL },
};

static const struct fault tsv_faults[] = {
	{ STR(""), NULL },
	{ STR("\\\\"), NULL },
	{ STR("\\t"), NULL },
	{ STR("\\"), "invalid escape" },
	{ STR("\\\\\\"), "invalid escape" },
	{ STR("\\x"), "invalid escape" },
	{ STR("\\\\\\x"), "invalid escape" },
	{ STR("\xE3\x81"), "invalid UTF-8" },
	{ STR("\x82"), "invalid UTF-8" },
};

/* The end of the first record, the whole second one, then a good one. */
static void write_faults(const char *path, size_t shift,
    const struct fault *first, const struct fault *second, const char *header)
{
	struct cx_buf text = { 0 };

	cx_buf_addf(&text, "%s%0*d", header, (int)shift, 0);
	cx_buf_adds(&text, first->bytes);
	cx_buf_addc(&text, '\n');
	cx_buf_adds(&text, second->bytes);
	cx_buf_addz(&text, "\nend\n");
	scratch_write(path, cx_buf_str(&text));
	cx_buf_release(&text);
}

/* Whether a line of a transcript tells of the fault, or of a row. */
static bool tells(const char *line, const struct fault *fault)
{
	if (!fault->reason)
		return strncmp(line + 1, " [", 2) == 0;
	return strncmp(line + 1, " (", 2) == 0 && strstr(line, fault->reason);
}

static bool finds_faults(const char *path, const struct fault *first,
    const struct fault *second, bool tsv)
{
	struct cx_reader_options options = { .delimiter = tsv ? '\t' : ',' };
	struct cx_buf out = { 0 };
	struct cx_err err;
	const char *line;
	bool ok = transcribe(path, &options, 0, &out, &err) == 0;

	cx_buf_addc(&out, '\0');
	line = strchr(out.data, '\n') + 1;
	ok = ok && tells(line, first);
	line = strchr(line, '\n') + 1;
	ok = ok && tells(line, second);
	line = strchr(line, '\n') + 1;
	ok = ok && strcmp(line, "4 [end]\n") == 0;
	cx_buf_release(&out);
	return ok;
}

static void test_faults(const char *scanner, const char *header,
    const struct fault *faults, size_t n)
{
	/* so that the record ends before, at or behind the first block's end */
	enum { FIRST = 52, SHIFTS = 12 };
	const char *path = scratch_path("faults");
	int bad = 0;

	cx_reader_set_block(CX_SCAN_STEP);
	for (size_t i = 0; i < n * n * SHIFTS; i++) {
		const struct fault *first = &faults[i % n],
		                   *second = &faults[i / n % n];
		size_t shift = FIRST + i / n / n;

		write_faults(path, shift, first, second, header);
		if (!finds_faults(path, first, second, header[0] == 't') &&
		    bad++ == 0)
			check_note("at %zu: %s, then %s", shift,
			    cx_quote(first->bytes), cx_quote(second->bytes));
	}
	cx_reader_set_block(0);
	check_int(bad, 0, "%s: faults round block ends, %.3s", scanner, header);
}

static void test_all_faults(void)
{
	for (int i = 0; i < SCANNERS; i++) {
		if (cx_scan_choose(cx_str(scanners[i])) < 0)
			continue;
		test_faults(scanners[i], "csv\n", csv_faults,
		    sizeof(csv_faults) / sizeof(*csv_faults));
		test_faults(scanners[i], "tsv\n", tsv_faults,
		    sizeof(tsv_faults) / sizeof(*tsv_faults));
	}
}

/* ---- a file of many blocks ---- */

/* A cell as it is written, and as it reads. */
struct sample {
	const char *csv, *tsv, *shown;
};

static const struct sample samples[] = {
	{ "", "", "[]" },
	{ "\"\"", "", "[]" },
	{ "7", "7", "[7]" },
	{ "plain text", "plain text", "[plain text]" },
	{ "\"quoted, with commas\"", "quoted, with commas",
	    "[quoted, with commas]" },
	{ "\"two\nlines\"", "two\\nlines", "[two\\nlines]" },
	{ "\"say \"\"hi\"\"\"", "say \"hi\"", "[say \"hi\"]" },
	{ "\"\"\"\"", "\"", "[\"]" },
	{ "\"\r\n\r\n\"", "\\r\\n\\r\\n", "[\\r\\n\\r\\n]" },
	{ "\\", "\\\\", "[\\\\]" },
	{ "\xE3\x81\x82\xE3\x81\x84", "\xE3\x81\x82\xE3\x81\x84",
	    "[\xE3\x81\x82\xE3\x81\x84]" },
	{ "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", "[\xF0\x9F\x98\x80]" },
};

enum { SAMPLES = sizeof(samples) / sizeof(*samples), COLUMNS = 3 };

static unsigned count_lines(const char *s)
{
	unsigned n = 0;

	for (; *s; s++)
		n += *s == '\n';
	return n;
}

/* About size bytes, and their transcript. */
static void make_table(
    size_t size, bool tsv, struct cx_buf *text, struct cx_buf *shown)
{
	unsigned long line = 2;

	cx_buf_addz(text, tsv ? "a\tb\tc\n" : "a,b,c\n");
	cx_buf_addz(shown, "[a][b][c]\n");
	while (text->len < size) {
		unsigned more = 1;

		cx_buf_addf(shown, "%lu ", line);
		for (int i = 0; i < COLUMNS; i++) {
			const struct sample *s =
			    &samples[random_below(SAMPLES)];

			if (i)
				cx_buf_addc(text, tsv ? '\t' : ',');
			cx_buf_addz(text, tsv ? s->tsv : s->csv);
			cx_buf_addz(shown, s->shown);
			more += tsv ? 0 : count_lines(s->csv);
		}
		cx_buf_addz(text, random_below(5) ? "\n" : "\r\n");
		cx_buf_addc(shown, '\n');
		line += more;
	}
}

static void check_table(const char *path, const struct cx_buf *want,
    uint64_t piece, const char *name)
{
	struct cx_buf got = { 0 };
	struct cx_err err;

	check(transcribe(path, &plain, piece, &got, &err) == 0 &&
	          cx_str_eq(cx_buf_str(&got), cx_buf_str(want)),
	    "%s, pieces of %" PRIu64, name, piece);
	cx_buf_release(&got);
}

static void test_table(bool tsv)
{
	static const uint64_t pieces[] = { 0, 1 << 16, 65537, 100003, 1 << 19 };
	const char *path = scratch_path("table");
	struct cx_buf text = { 0 }, shown = { 0 };
	char name[40];

	make_table(700000, tsv, &text, &shown);
	scratch_write(path, cx_buf_str(&text));
	for (int i = 0; i < SCANNERS; i++) {
		if (cx_scan_choose(cx_str(scanners[i])) < 0)
			continue;
		snprintf(name, sizeof(name), "%s: large %s", scanners[i],
		    tsv ? "tsv" : "csv");
		for (int j = 0; j < 5; j++)
			check_table(path, &shown, pieces[j], name);
	}
	cx_buf_release(&text);
	cx_buf_release(&shown);
}

/* ---- offsets ---- */

/* Where a record starts, it stands. */
static int misplaced(struct cx_reader *reader, const struct cx_buf *text)
{
	const struct cx_row *row;
	struct cx_err err;
	int bad = 0;

	for (;;) {
		uint64_t at = cx_reader_offset(reader);
		struct cx_str raw;

		if (cx_reader_next(reader, &row, &err) <= 0)
			return bad + (at != text->len);
		raw = cx_row_raw(row);
		bad += at + raw.n > text->len ||
		       memcmp(text->data + at, raw.p, raw.n) != 0;
		bad += !strchr("\r\n", text->data[at + raw.n]);
		bad += text->data[cx_reader_offset(reader) - 1] != '\n';
	}
}

static void test_offsets(void)
{
	static const size_t blocks[] = { 0, 1, 64, 1000 };
	const char *path = scratch_path("offsets");
	struct cx_buf text = { 0 }, shown = { 0 };
	struct cx_err err;

	cx_buf_addz(&text, "\xEF\xBB\xBF");
	make_table(20000, false, &text, &shown);
	scratch_write(path, cx_buf_str(&text));
	for (int i = 0; i < 4; i++) {
		struct cx_input *in;
		struct cx_reader *reader;

		cx_reader_set_block(blocks[i]);
		cx_input_open(&in, path, &err);
		cx_reader_open(&reader, in, &plain, &err);
		check_int(misplaced(reader, &text), 0,
		    "offsets of records, blocks of %zu", blocks[i]);
		cx_reader_close(reader);
		cx_input_close(in);
	}
	cx_reader_set_block(0);
	cx_buf_release(&text);
	cx_buf_release(&shown);
}

/* The last part reads on to the end of the file, wherever that is. */
static void test_last_part(void)
{
	const char *path = scratch_path("grown");
	struct cx_buf out = { 0 };
	struct cx_input *in;
	struct cx_reader *whole, *part;
	struct cx_reader_place place;
	struct cx_err err;

	scratch_write(path, cx_str("a,b\n1,2\n3,4\n5,6\n"));
	cx_input_open(&in, path, &err);
	cx_reader_open(&whole, in, &plain, &err);
	part = cx_reader_part(whole);
	place = cx_reader_begin(whole);
	check(cx_reader_load(part, cx_reader_offset(whole),
	          cx_reader_offset(whole) + 2, true, &err) == 0,
	    "the last part is loaded");
	cx_reader_start(part, &place);
	check(transcribe_rows(part, &out, &err) == 0 &&
	          cx_str_eq(cx_buf_str(&out),
	              cx_str("2 [1][2]\n3 [3][4]\n4 [5][6]\n")),
	    "and reads on behind its end");
	check(cx_reader_load(part, 100, 200, false, &err) == -1 &&
	          strstr(err.what, "became shorter"),
	    "a part that is no longer there");
	cx_reader_close(part);
	cx_reader_close(whole);
	cx_input_close(in);
	cx_buf_release(&out);
}

/*
 * Whether a quote in the header closes is not looked for without end: by the
 * first MiB alone this one is text, and the tab makes it TSV.
 */
static void test_far_quote(void)
{
	const char *path = scratch_path("quote");
	struct cx_buf text = { 0 }, out = { 0 };
	struct cx_err err;

	cx_buf_addz(&text, "\"a\tb\n");
	while (text.len < (5 << 18))
		cx_buf_addz(&text, "1\t2\n");
	cx_buf_addz(&text, "3\tc\"\n");
	scratch_write(path, cx_buf_str(&text));
	for (int i = 0; i < 2; i++) {
		cx_reader_set_block(i ? 3 << 20 : 0);
		check(transcribe(path, &plain, 0, &out, &err) == 0 &&
		          strncmp(out.data, "[\"a][b]\n2 [1][2]\n", 17) == 0,
		    "a quote that closes far away, %d", i);
	}
	cx_reader_set_block(0);
	cx_buf_release(&text);
	cx_buf_release(&out);
}

/* ---- long records ---- */

enum { LINE = 1 << 10 };

/* A record with a quoted cell of n bytes, and one behind it. */
static void write_long(const char *path, size_t n)
{
	struct cx_buf text = { 0 };
	char *cell;

	cx_buf_addz(&text, "a,b\n1,2\n3,\"");
	cell = cx_buf_reserve(&text, n);
	for (size_t i = 0; i < n; i++)
		cell[i] = i % LINE ? 'x' : '\n';
	text.len += n;
	cx_buf_addz(&text, "\"\n5,6\n");
	scratch_write(path, cx_buf_str(&text));
	cx_buf_release(&text);
}

/* What the record behind it looks like. */
static bool ends_well(struct cx_buf *out, size_t n)
{
	char last[40];

	snprintf(last, sizeof(last), "]\n%zu [5][6]\n", 4 + n / LINE);
	return out->len > n && strncmp(out->data + out->len - strlen(last),
	                           last, strlen(last)) == 0;
}

static void test_long(void)
{
	const size_t slack = 1 << 20;
	const char *path = scratch_path("long");
	struct cx_buf out = { 0 };
	struct cx_err err;

	write_long(path, CX_RECORD_MOST - slack);
	check(transcribe(path, &plain, 0, &out, &err) == 0 &&
	          ends_well(&out, CX_RECORD_MOST - slack),
	    "a record of 15 MiB");
	check(transcribe(path, &plain, 1 << 20, &out, &err) == 0 &&
	          ends_well(&out, CX_RECORD_MOST - slack),
	    "a record of 15 MiB in parts");
	write_long(path, CX_RECORD_MOST + slack);
	check(transcribe(path, &plain, 0, &out, &err) < 0 && err.line == 3 &&
	          !err.reason && strstr(err.what, "longer than 16 MiB"),
	    "a record of 17 MiB");
	check(cx_str_eq(cx_buf_str(&out), cx_str("[a][b]\n2 [1][2]\n")),
	    "the record before it is read");
	check(transcribe(path, &plain, 1 << 20, &out, &err) < 0 &&
	          err.line == 3 && strstr(err.what, "longer than 16 MiB"),
	    "a record of 17 MiB in parts");
	cx_buf_release(&out);
}

/* A record of n empty cells. */
static void write_wide(const char *path, size_t n)
{
	struct cx_buf text = { 0 };

	cx_buf_addz(&text, "a,b\n");
	memset(cx_buf_reserve(&text, n), ',', n);
	text.len += n - 1;
	cx_buf_addz(&text, "\n1,2\n");
	scratch_write(path, cx_buf_str(&text));
	cx_buf_release(&text);
}

static void test_wide(void)
{
	const size_t slack = 1 << 17;
	const char *path = scratch_path("wide");
	struct cx_buf out = { 0 };
	struct cx_err err;

	write_wide(path, CX_CELLS_MOST - slack);
	check(transcribe(path, &plain, 0, &out, &err) == 0 &&
	          strncmp(out.data, "[a][b]\n2 (ragged row) ", 22) == 0,
	    "a record of many cells");
	write_wide(path, CX_CELLS_MOST + slack);
	check(transcribe(path, &plain, 0, &out, &err) < 0 && err.line == 2 &&
	          strstr(err.what, "more than 1048576 cells"),
	    "a record of too many cells");
	cx_buf_release(&out);
}

static void test_long_header(void)
{
	const char *path = scratch_path("long");
	struct cx_buf text = { 0 }, out = { 0 };
	size_t n = CX_RECORD_MOST + (1 << 20);
	struct cx_err err;

	memset(cx_buf_reserve(&text, n), 'a', n);
	text.len = n;
	scratch_write(path, cx_buf_str(&text));
	check(transcribe(path, &plain, 0, &out, &err) < 0 && err.line == 1 &&
	          strstr(err.what, "longer than 16 MiB"),
	    "a header of 17 MiB");
	cx_buf_release(&text);
	cx_buf_release(&out);
}

int main(void)
{
	test_all_faults();
	test_table(false);
	test_table(true);
	test_offsets();
	test_last_part();
	test_far_quote();
	test_long();
	test_wide();
	test_long_header();
	return check_done();
}
