/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libFuzzer target of the reader (make fuzz-targets).
 *
 * Byte 0 is how to read (see struct setting), the rest the input. What is
 * read must be the same by every scanner, in blocks of any size and in parts;
 * and where the reader takes the whole input for well-formed CSV, libcsv must
 * see the same cells in it.
 */
#include "tests/fuzz/file.h"

#include "libcx/base/compose.h"
#include "libcx/table/scan.h"
#include "libcx/table/sniff.h"
#include "tests/lib/transcript.h"

#include <csv.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct setting {
	struct cx_reader_options options;
	size_t block;
	uint64_t piece;
};

static struct setting setting_of(uint8_t byte)
{
	static const char delimiters[] = { '\0', '\0', ',', ';', '\t', '|',
		'\0', '\0' };
	static const size_t blocks[] = { 3, 7, 16, 63, 64, 65, 128, 192 };

	return (struct setting){
		.options = { .delimiter = delimiters[byte & 7],
		    .foreign = (byte & 7) == 6,
		    .lenient = (byte & 7) == 7 },
		.block = blocks[byte >> 3 & 7],
		.piece = (uint64_t)1 << (byte >> 6) * 2,
	};
}

/* ---- all ways of reading ---- */

static void read_once(struct reading *r, const char *path,
    const struct setting *s, const char *scanner)
{
	if (cx_scan_choose(cx_str(scanner)) < 0)
		cx_scan_choose(cx_str("portable"));
	cx_reader_set_block(s->block);
	r->code = transcribe(path, &s->options, s->piece, &r->text, &r->err);
	if (r->code < 0 && !r->err.what[0] && !r->err.poison)
		abort(); /* failed, and does not say why */
}

static void differ(const struct reading *a, const struct reading *b)
{
	fprintf(stderr, "one way:\n%.*s%s %lu\nanother:\n%.*s%s %lu\n",
	    (int)a->text.len, a->text.data, a->err.what, a->err.line,
	    (int)b->text.len, b->text.data, b->err.what, b->err.line);
	abort();
}

static void read_all_ways(
    struct reading *first, const char *path, const struct setting *s)
{
	static const char *const scanners[] = { "avx2", "sse2", "portable" };
	static struct reading again;
	struct setting other = *s;

	other.block = 0;
	other.piece = 0;
	read_once(first, path, &other, "avx2");
	/* An error of libcsv comes before the records of its block. */
	if (s->options.lenient && first->code < 0)
		return;
	other.block = s->block;
	for (int i = 0; i < 3; i++) {
		read_once(&again, path, &other, scanners[i]);
		if (!same_reading(first, &again))
			differ(first, &again);
	}
	other.block = 0;
	other.piece = s->piece;
	read_once(&again, path, &other, scanners[first->text.len % 3]);
	if (!same_reading(first, &again))
		differ(first, &again);
}

/* ---- libcsv ---- */

struct peer {
	struct cx_buf text;
	size_t n_rows, n_cells;
};

static int no_blank(unsigned char c)
{
	(void)c;
	return 0;
}

/* A nameless column gets a name from our reader. */
static void peer_cell(void *cell, size_t n, void *arg)
{
	struct peer *peer = arg;
	struct cx_str text = { cell, n };
	char name[32];

	peer->n_cells++;
	if (peer->n_rows == 0 && cx_str_trim(text).n == 0) {
		snprintf(name, sizeof(name), "col_%zu", peer->n_cells);
		transcribe_cell(cx_str(name), &peer->text);
		return;
	}
	transcribe_cell(text, &peer->text);
}

static void peer_row(int end, void *arg)
{
	struct peer *peer = arg;

	(void)end;
	cx_buf_addc(&peer->text, '\n');
	peer->n_rows++;
	peer->n_cells = 0;
}

static bool peer_read(struct peer *peer, struct cx_str input, char delimiter)
{
	struct csv_parser parser;
	bool ok;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		abort();
	csv_set_delim(&parser, (unsigned char)delimiter);
	csv_set_space_func(&parser, no_blank);
	ok = csv_parse(&parser, input.p, input.n, peer_cell, peer_row, peer) ==
	         input.n &&
	     csv_fini(&parser, peer_cell, peer_row, peer) == 0;
	csv_free(&parser);
	return ok;
}

/*
 * Rows without their lines. libcsv drops blank lines, which in one column are
 * empty cells to us (in several they are bad records). As "" is an empty cell
 * to both, rows of one empty cell are left out on both sides.
 */
static void keep_rows(struct cx_str text, struct cx_buf *out, bool lines)
{
	cx_buf_clear(out);
	while (text.n) {
		struct cx_str row = cx_str_next(&text, '\n');

		if (lines && row.n && row.p[0] != '[') {
			struct cx_str rest = row;

			cx_str_next(&rest, ' ');
			row = rest;
		}
		if (cx_str_eq(row, cx_str("[]")))
			continue;
		cx_buf_adds(out, row);
		cx_buf_addc(out, '\n');
	}
}

static struct cx_str without_bom(struct cx_str s)
{
	if (s.n >= 3 && memcmp(s.p, "\xEF\xBB\xBF", 3) == 0)
		return (struct cx_str){ s.p + 3, s.n - 3 };
	return s;
}

static bool starts_blank(struct cx_str s)
{
	return s.n && (s.p[0] == '\n' || s.p[0] == '\r');
}

/* libcsv goes on where a single record is bad for us. */
static bool has_bad_record(struct cx_str text)
{
	while (text.n) {
		struct cx_str line = cx_str_next(&text, '\n');

		while (line.n && line.p[0] >= '0' && line.p[0] <= '9') {
			line.p++;
			line.n--;
		}
		if (line.n > 1 && memcmp(line.p, " (", 2) == 0)
			return true;
	}
	return false;
}

/*
 * The name col_N of a nameless column is lengthened by a _ where it is taken;
 * names that end so are left to the unit tests.
 */
static bool has_lengthened_name(struct cx_str text)
{
	struct cx_str header = cx_str_next(&text, '\n');

	for (size_t i = 0; i + 1 < header.n; i++)
		if (memcmp(header.p + i, "_]", 2) == 0)
			return true;
	return false;
}

/* input is without BOM, of which libcsv would make a part of the header. */
static bool comparable(
    struct cx_str input, const struct reading *ours, const struct setting *s)
{
	struct cx_str text = cx_buf_str(&ours->text);

	/* TSV is not for libcsv, and a lenient reading was by libcsv. */
	if (s->options.delimiter == '\t' || s->options.lenient)
		return false;
	/* To libcsv the header is the first line that is not blank. */
	if (starts_blank(input))
		return false;
	return !has_bad_record(text) && !has_lengthened_name(text);
}

/* libcsv knows no encodings, no CR that becomes LF, and no form of a text. */
static bool is_turned(struct cx_str input, const struct setting *s)
{
	bool known;

	if (!s->options.foreign)
		return false;
	return cx_compose_may(input) ||
	       (cx_decode_mark(input) &&
	           strcmp(cx_decode_mark(input), CX_UTF8) != 0) ||
	       cx_sniff_returns(input, true, &known);
}

static void compare_with_libcsv(
    struct cx_str input, const struct reading *ours, const struct setting *s)
{
	static struct cx_buf a, b;
	static struct peer peer;
	struct cx_dialect dialect = { .delimiter = s->options.delimiter };

	if (is_turned(input, s) || is_turned(without_bom(input), s))
		return;
	input = without_bom(input);
	if (!comparable(input, ours, s))
		return;
	if (!dialect.delimiter)
		cx_sniff(input, true, &dialect);
	if (dialect.tsv)
		return;
	cx_buf_clear(&peer.text);
	peer.n_rows = peer.n_cells = 0;
	if (!peer_read(&peer, input, dialect.delimiter)) {
		fprintf(stderr, "libcsv refuses what we accept\n");
		abort();
	}
	keep_rows(cx_buf_str(&ours->text), &a, true);
	keep_rows(cx_buf_str(&peer.text), &b, false);
	if (cx_str_eq(cx_buf_str(&a), cx_buf_str(&b)))
		return;
	fprintf(stderr, "ours:\n%.*slibcsv:\n%.*s", (int)a.len, a.data,
	    (int)b.len, b.data);
	abort();
}

static bool is_gzip(struct cx_str s)
{
	return s.n >= 2 && memcmp(s.p, "\x1F\x8B", 2) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct reading first;
	struct cx_str input;
	struct setting setting;

	if (size == 0)
		return 0;
	input = (struct cx_str){ (const char *)data + 1, size - 1 };
	if (is_gzip(input))
		return 0;
	setting = setting_of(data[0]);
	read_all_ways(&first, fuzz_file(input), &setting);
	if (first.code == 0)
		compare_with_libcsv(input, &first, &setting);
	return 0;
}
