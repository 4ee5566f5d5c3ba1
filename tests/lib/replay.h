/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inputs and what the reader makes of them; each is read again in blocks and
 * with reads of many sizes, by every scanner, compressed, and in parts, with
 * the same result.
 */
#ifndef CX_TESTS_REPLAY_H
#define CX_TESTS_REPLAY_H

#include "libcx/table/scan.h"
#include "tests/lib/check.h"
#include "tests/lib/scratch.h"
#include "tests/lib/str.h"
#include "tests/lib/transcript.h"

#define BOM "\xEF\xBB\xBF"

#define READS(title, bytes, text)                                              \
	.name = title, .input = STR(bytes), .rows = text
#define FAILS(message, at, in) .error = message, .line = at, .column = in

enum source { A_FILE, A_PIPE };

struct expected {
	const char *name;
	struct cx_str input;
	const char *rows;   /* as in transcript.h */
	const char *error;  /* part of its text; NULL: none */
	unsigned long line; /* of the error */
	const char *column;
	struct cx_reader_options options;
	enum source source;
};

/* ---- one reading ---- */

static inline struct reading read_file(
    const char *path, const struct expected *c, uint64_t piece)
{
	struct reading r = { .code = 0 };

	r.code = transcribe(path, &c->options, piece, &r.text, &r.err);
	return r;
}

static inline struct reading read_case(const struct expected *c)
{
	const char *path = scratch_path("input");
	struct reading r;
	int fd;

	if (c->source == A_FILE) {
		scratch_write(path, c->input);
		return read_file(path, c, 0);
	}
	fd = scratch_pipe(c->input, &path);
	r = read_file(path, c, 0);
	close(fd);
	return r;
}

static inline void show(const char *what, struct reading *r)
{
	cx_buf_addc(&r->text, '\0');
	check_show(what, r->text.data);
	r->text.len--;
	if (r->code < 0)
		check_note("%s error, line %lu, column \"%s\": %s", what,
		    r->err.line, r->err.column, r->err.what);
}

static inline bool same_text(const struct reading *r, const char *want)
{
	return cx_str_eq(cx_buf_str(&r->text), cx_str(want));
}

/* All of the message of a poison record, and part of another one. */
static inline bool same_message(const struct cx_err *err, const char *want)
{
	if (err->poison)
		return strcmp(err->what, want) == 0;
	return strncmp(want, "cx-x", 4) != 0 && strstr(err->what, want);
}

static inline bool as_expected(
    const struct reading *r, const struct expected *c)
{
	const struct cx_err *err = &r->err;

	if (c->rows && !same_text(r, c->rows))
		return false;
	if (!c->error || r->code == 0)
		return !c->error && r->code == 0;
	return same_message(err, c->error) && err->line == c->line &&
	       strcmp(err->column, c->column) == 0 && !err->reason &&
	       err->status == CX_DATA && err->file[0];
}

/* ---- the same in other ways ---- */

static const size_t blocks[] = { 0, 1, 2, 3, 7, 63, 64, 65, 128, 1000 };
static const size_t largest_reads[] = { 0, 1, 2, 5 };
static const char *const scanners[] = { "avx2", "sse2", "portable" };

enum {
	BLOCKS = sizeof(blocks) / sizeof(*blocks),
	READS = sizeof(largest_reads) / sizeof(*largest_reads),
	SCANNERS = sizeof(scanners) / sizeof(*scanners),
};

/* What differs is told once. */
struct replay {
	const struct expected *expected;
	struct reading *first;
	const char *path;
	uint64_t piece;
	int n, bad;
};

static inline void replay_once(struct replay *re, const char *how)
{
	struct reading again = read_file(re->path, re->expected, re->piece);

	re->n++;
	if (!same_reading(re->first, &again) && re->bad++ == 0) {
		check_note("%s differs", how);
		show("first", re->first);
		show("again", &again);
	}
	cx_buf_release(&again.text);
}

static inline void set_sizes(size_t block, size_t largest_read)
{
	cx_reader_set_block(block);
	cx_input_set_largest_read(largest_read);
}

static inline void replay_blocks(struct replay *re, const char *scanner)
{
	char how[80];

	for (int i = 0; i < BLOCKS * READS; i++) {
		size_t block = blocks[i % BLOCKS],
		       most = largest_reads[i / BLOCKS];

		set_sizes(block, most);
		snprintf(how, sizeof(how), "%s, blocks of %zu, reads of %zu",
		    scanner, block, most);
		replay_once(re, how);
	}
	set_sizes(0, 0);
}

/* A cut at every offset, and pieces of every size. */
static inline void replay_parts(struct replay *re, const char *scanner)
{
	char how[80];

	for (int i = 0; i < 4; i++) {
		size_t block = blocks[i * 2];

		set_sizes(block, 0);
		for (re->piece = 1; re->piece <= re->expected->input.n;
		     re->piece++) {
			snprintf(how, sizeof(how), "%s, pieces of %d, block %d",
			    scanner, (int)re->piece, (int)block);
			replay_once(re, how);
		}
	}
	set_sizes(0, 0);
	re->piece = 0;
}

static inline void replay_gzip(struct replay *re, size_t first_member)
{
	struct cx_str whole = re->expected->input,
	              head = { whole.p, first_member };
	struct cx_buf bytes = { 0 };

	re->path = scratch_path("input.x");
	scratch_gzip(head, &bytes);
	if (first_member < whole.n)
		scratch_gzip((struct cx_str){ whole.p + first_member,
		                 whole.n - first_member },
		    &bytes);
	scratch_write(re->path, cx_buf_str(&bytes));
	cx_buf_release(&bytes);
	for (int i = 0; i < 6; i++) {
		set_sizes(blocks[i], largest_reads[i % READS]);
		replay_once(
		    re, first_member < whole.n ? "two gzip members" : "gzip");
	}
	set_sizes(0, 0);
}

/* Pipes hand out what fits, too. */
static inline void replay_pipe(struct replay *re)
{
	for (int i = 0; i < BLOCKS; i++) {
		int fd = scratch_pipe(re->expected->input, &re->path);

		set_sizes(blocks[i], 0);
		replay_once(re, "the pipe");
		close(fd);
	}
	set_sizes(0, 0);
}

static inline void replay_file(struct replay *re)
{
	for (int i = 0; i < SCANNERS; i++) {
		if (cx_scan_choose(cx_str(scanners[i])) < 0)
			continue;
		replay_blocks(re, scanners[i]);
		replay_parts(re, scanners[i]);
	}
	cx_scan_choose(cx_str(scanners[0]));
	replay_gzip(re, re->expected->input.n);
	replay_gzip(re, re->expected->input.n / 2);
}

static inline void test_case(const char *kind, const struct expected *c)
{
	struct reading first = read_case(c);
	struct replay re = { c, &first, scratch_path("input"), 0, 0, 0 };

	if (!check(as_expected(&first, c), "%s: %s", kind, c->name)) {
		show("got", &first);
		check_show("want", c->rows ? c->rows : "anything");
		check_note("line %lu: %s", c->line, c->error ? c->error : "");
	}
	if (c->source == A_PIPE)
		replay_pipe(&re);
	else
		replay_file(&re);
	check(re.bad == 0, "%s: %s: the same in %d other ways", kind, c->name,
	    re.n);
	cx_buf_release(&first.text);
}

#define TEST_CASES(kind, cases)                                                \
	do {                                                                   \
		for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)    \
			test_case(kind, &cases[i]);                            \
	} while (0)

#endif
