/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver: whatever the number of threads and the size of the pieces, the
 * rows come in the order of the input, and so do rejects and errors.
 */
#include "libcx/base/mem.h"
#include "libcx/table/fold.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"
#include "tests/lib/scratch.h"

static const uint64_t pieces[] = { 0, 5, 16, 64, 1000 };
static const unsigned threads[] = { 1, 2, 4 };

enum {
	PIECES = sizeof(pieces) / sizeof(*pieces),
	WAYS = PIECES * sizeof(threads) / sizeof(*threads),
};

static void choose_way(struct cx_job *job, int way)
{
	cx_fold_set_piece(pieces[way % PIECES]);
	job->threads = threads[way / PIECES];
}

/* ---- a fold that remembers the rows, and one that counts them ---- */

struct memory {
	size_t column;
	struct cx_buf text;
	uint64_t n, sum;
};

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct memory *m = state;

	(void)total;
	return cx_header_find(header, cx_str("a"), &m->column, err);
}

/* The cell "bad" is for the rejects, "stop" is an error for good. */
static int row(void *state, const struct cx_row *cells, struct cx_err *err)
{
	struct memory *m = state;
	struct cx_str cell = cx_row_cell(cells, m->column);

	if (cx_str_eq(cell, cx_str("bad")))
		return cx_err_record(err, "bad cell", "it is bad");
	if (cx_str_eq(cell, cx_str("stop")))
		return cx_err_set(err, CX_DATA, "it stops here");
	cx_buf_adds(&m->text, cell);
	cx_buf_addc(&m->text, ';');
	m->n++;
	m->sum += cell.n;
	return 0;
}

static int merge(void *total, void *piece, struct cx_err *err)
{
	struct memory *into = total, *from = piece;

	(void)err;
	cx_buf_adds(&into->text, cx_buf_str(&from->text));
	into->n += from->n;
	into->sum += from->sum;
	cx_buf_clear(&from->text);
	from->n = from->sum = 0;
	return 0;
}

static void release(void *state)
{
	struct memory *m = state;

	cx_buf_release(&m->text);
}

static const struct cx_fold in_order = { .size = sizeof(struct memory),
	.bind = bind,
	.row = row,
	.merge = merge,
	.release = release };
static const struct cx_fold in_any_order = { .size = sizeof(struct memory),
	.exact = true,
	.bind = bind,
	.row = row,
	.merge = merge,
	.release = release };

/* ---- inputs ---- */

static const char *const cells[] = { "", "7", "plain", "\"with, comma\"",
	"\"two\nlines\"", "\"\"\"\"", "\"\r\n\r\n\"", "\xE3\x81\x82" };
static const char *const texts[] = { "", "7", "plain", "with, comma",
	"two\nlines", "\"", "\r\n\r\n", "\xE3\x81\x82" };

enum { CELLS = sizeof(cells) / sizeof(*cells) };

/* n rows more, and what the fold is to remember of them. */
static void make_rows(size_t n, struct cx_buf *csv, struct cx_buf *want)
{
	while (n--) {
		size_t i = random_below(CELLS);

		cx_buf_addf(
		    csv, "%s,%s\n", cells[i], cells[random_below(CELLS)]);
		cx_buf_addf(want, "%s;", texts[i]);
	}
}

static struct cx_job job_of(const char *const *files, size_t n)
{
	return (struct cx_job){ .files = files, .n_files = n, .threads = 1 };
}

/* ---- tests ---- */

static void test_rows(void)
{
	enum { ROWS = 1000 };
	const char *path = scratch_path("rows");
	struct cx_buf csv = { 0 }, want = { 0 };
	int bad = 0, bad_counts = 0;

	cx_buf_addz(&csv, "a,b\n");
	make_rows(ROWS, &csv, &want);
	scratch_write(path, cx_buf_str(&csv));
	for (int way = 0; way < WAYS; way++) {
		struct cx_job job = job_of(&path, 1), again = job;
		struct memory m = { 0 }, counted = { 0 };
		struct cx_err err;

		choose_way(&job, way);
		again.threads = job.threads;
		bad += cx_fold_run(&in_order, &job, &m, &err) < 0 ||
		       job.n_read != ROWS ||
		       !cx_str_eq(cx_buf_str(&m.text), cx_buf_str(&want));
		bad_counts +=
		    cx_fold_run(&in_any_order, &again, &counted, &err) < 0 ||
		    again.n_read != ROWS || counted.n != m.n ||
		    counted.sum != m.sum || counted.text.len != m.text.len;
		release(&m);
		release(&counted);
	}
	check_int(bad, 0, "rows come in order");
	check_int(bad_counts, 0, "rows are counted once");
	cx_buf_release(&csv);
	cx_buf_release(&want);
}

/* Columns are found in each file anew; a file without rows is told of. */
static void test_files(void)
{
	const char *files[] = { scratch_path("one"), scratch_path("none"),
		scratch_path("two") };
	struct cx_job job = job_of(files, 3);
	struct memory m = { 0 };
	struct cx_err err;

	scratch_write(files[0], cx_str("a,b\n1,2\n3,4\n"));
	scratch_write(files[1], cx_str("b,a\n"));
	scratch_write(files[2], cx_str("b;a\n5;6\n"));
	cx_fold_set_piece(0);
	check(cx_fold_run(&in_order, &job, &m, &err) == 0 &&
	          cx_str_eq(cx_buf_str(&m.text), cx_str("1;3;6;")) &&
	          job.n_read == 3,
	    "several files");
	check(job.n_empty_files == 1 && strcmp(job.empty_file, files[1]) == 0,
	    "a file without rows");
	release(&m);
}

static void test_no_column(void)
{
	const char *path = scratch_path("other");
	struct cx_job job = job_of(&path, 1);
	struct memory m = { 0 };
	struct cx_err err;

	scratch_write(path, cx_str("b,c\n1,2\n"));
	for (int way = 0; way < WAYS; way++) {
		choose_way(&job, way);
		check(cx_fold_run(&in_order, &job, &m, &err) == -1 &&
		          err.status == CX_USAGE && strcmp(err.file, path) == 0,
		    "a column that is not there, way %d", way);
	}
	release(&m);
}

/* Rows, one that ends it, rows, and another one. */
static void test_error(const char *fault, const char *what, const char *name)
{
	enum { ROWS = 200 };
	const char *path = scratch_path("error");
	struct cx_buf csv = { 0 }, unused = { 0 };
	unsigned long line = 1;
	int bad = 0;

	cx_buf_addz(&csv, "a,b\n");
	make_rows(ROWS, &csv, &unused);
	for (size_t i = 0; i < csv.len; i++)
		line += csv.data[i] == '\n';
	cx_buf_addz(&csv, fault);
	make_rows(ROWS, &csv, &unused);
	cx_buf_addz(&csv, "stop,1\n");
	scratch_write(path, cx_buf_str(&csv));
	for (int way = 0; way < WAYS; way++) {
		struct cx_job job = job_of(&path, 1);
		struct memory m = { 0 };
		struct cx_err err = { .status = CX_DONE };

		choose_way(&job, way);
		bad += cx_fold_run(&in_order, &job, &m, &err) != -1 ||
		       err.line != line || strcmp(err.file, path) != 0 ||
		       !strstr(err.what, what);
		release(&m);
	}
	check_int(bad, 0, "the first error is the one: %s", name);
	cx_buf_release(&csv);
	cx_buf_release(&unused);
}

/* ---- rejects ---- */

struct rejected {
	struct cx_buf table, text, summary;
	uint64_t n_read, n;
	int code;
};

static struct rejected fold_with_rejects(uint64_t most, int way)
{
	const char *path = scratch_path("bad"),
	           *table = scratch_path("rejects");
	struct cx_job job = job_of(&path, 1);
	struct cx_rejects rejects = { .most = most, .most_percent = 100 };
	struct rejected r = { .code = 0 };
	struct memory m = { 0 };
	struct cx_err err;

	unlink(table);
	choose_way(&job, way);
	if (cx_rejects_open(&rejects, table, &err) < 0)
		scratch_fail(err.what);
	job.rejects = &rejects;
	r.code = cx_fold_run(&in_order, &job, &m, &err);
	if (r.code == 0)
		r.code = cx_rejects_close(&rejects, job.n_read, &err);
	cx_tally_describe(&rejects.reasons, "rejected", &r.summary);
	scratch_read(table, &r.table);
	r.text = m.text;
	r.n_read = job.n_read;
	r.n = rejects.reasons.n;
	cx_rejects_release(&rejects);
	return r;
}

static bool same_rejected(const struct rejected *a, const struct rejected *b)
{
	return a->code == b->code && a->n_read == b->n_read && a->n == b->n &&
	       cx_str_eq(cx_buf_str(&a->table), cx_buf_str(&b->table)) &&
	       cx_str_eq(cx_buf_str(&a->text), cx_buf_str(&b->text)) &&
	       cx_str_eq(cx_buf_str(&a->summary), cx_buf_str(&b->summary));
}

static void release_rejected(struct rejected *r)
{
	cx_buf_release(&r->table);
	cx_buf_release(&r->text);
	cx_buf_release(&r->summary);
}

/* 300 of 600 rows: "bad", ragged, not UTF-8. */
static void write_bad_rows(const char *path)
{
	static const char *const bad[] = { "bad,\"1\n2\"\n", "1\n",
		"1,\xFF\n" };
	struct cx_buf csv = { 0 }, unused = { 0 };

	cx_buf_addz(&csv, "a,b\n");
	for (int i = 0; i < 300; i++) {
		make_rows(1, &csv, &unused);
		cx_buf_addz(&csv, bad[i % 3]);
	}
	scratch_write(path, cx_buf_str(&csv));
	cx_buf_release(&csv);
	cx_buf_release(&unused);
}

static void test_rejects(void)
{
	struct rejected first, again;
	int bad = 0;

	write_bad_rows(scratch_path("bad"));
	first = fold_with_rejects(UINT64_MAX, 0);
	check(first.code == 0 && first.n_read == 600 && first.n == 300,
	    "bad rows are put aside");
	cx_buf_addc(&first.summary, '\0');
	check_str(first.summary.data,
	    ", rejected 300: bad cell 100, "
	    "column \"b\": invalid UTF-8 100, ragged row 100",
	    "and counted");
	first.summary.len--;
	for (int way = 1; way < WAYS; way++) {
		again = fold_with_rejects(UINT64_MAX, way);
		if (!same_rejected(&first, &again) && bad++ == 0) {
			check_note("way %d: code %d, read %d, rejected %d", way,
			    again.code, (int)again.n_read, (int)again.n);
			cx_buf_addc(&again.table, '\0');
			check_show("rejects", again.table.data);
		}
		release_rejected(&again);
	}
	check_int(bad, 0, "in the same order every way");
	release_rejected(&first);
	bad = 0;
	for (int way = 0; way < WAYS; way++) {
		again = fold_with_rejects(299, way);
		bad += again.code != -1;
		release_rejected(&again);
	}
	check_int(bad, 0, "up to so many");
}

int main(void)
{
	test_rows();
	test_files();
	test_no_column();
	test_error("stop,1\n", "it stops here", "of the row");
	test_error("1,2,3\n", "header", "of the record");
	test_error("bad,1\n", "it is bad", "of a bad row");
	test_error("1,2\"3\n", "quote", "of a quote");
	test_rejects();
	return check_done();
}
