/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that appear whole or not at all, and what else is written to. */
#include "libcx/base/mem.h"
#include "tests/lib/outputs.h"
#include "tests/lib/random.h"

#include <sys/stat.h>

enum { CHUNK = 1 << 16 };

static bool exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static mode_t mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_mode & 07777 : 0;
}

/* ---- files that appear whole or not at all ---- */

static void test_new(void)
{
	const char *path = scratch_path("new");
	struct cx_output *out = open_output(path);

	check(put(out, "one") == 0 && !exists(path), "nothing before close");
	check_int(scratch_files(false), 1, "but a file of another name");
	check(!cx_output_is_terminal(out), "a file is no terminal");
	check(finish(out) == 0 && holds_text(path, "one"),
	    "everything after close");
	check_int(scratch_files(true), 1, "and no other file");
}

static void test_replace(void)
{
	const char *path = scratch_path("old");
	struct cx_output *out;
	struct cx_err err;

	scratch_write(path, cx_str("old"));
	out = open_output(path);
	put(out, "new");
	check(cx_output_flush(out, &err) == 0 && holds_text(path, "old"),
	    "the old file is there until close");
	check(finish(out) == 0 && holds_text(path, "new"),
	    "the new file is there after close");
	check_int(scratch_files(true), 1, "and no other file");
}

static void test_settle(void)
{
	const char *path = scratch_path("settled");
	struct cx_output *out = open_output(path);
	struct cx_err err;

	put(out, "one");
	check(cx_output_settle(out, &err) == 0 && !exists(path),
	    "settled, it does not appear");
	check(cx_output_settle(out, &err) == 0, "twice is fine");
	check(finish(out) == 0 && holds_text(path, "one"), "closed, it does");
	out = open_output(path);
	put(out, "two");
	check(cx_output_settle(out, &err) == 0, "another");
	cx_output_discard(out);
	check(holds_text(path, "one"), "settled and discarded, it does not");
	check_int(scratch_files(true), 1, "and no other file");
	out = open_output("/dev/full");
	put(out, "one");
	check(cx_output_settle(out, &err) < 0, "a full disk shows");
	check(finish(out) < 0, "and at close");
}

static void test_discard(void)
{
	const char *path = scratch_path("kept");
	struct cx_output *out;
	struct cx_err err;

	scratch_write(path, cx_str("old"));
	out = open_output(path);
	put(out, "new");
	cx_output_flush(out, &err);
	cx_output_discard(out);
	check(holds_text(path, "old"), "what is discarded replaces nothing");
	check_int(scratch_files(true), 1, "and leaves nothing");
	out = open_output(path);
	put(out, "new");
	cx_output_discard(out);
	check_int(scratch_files(true), 0, "nor does a new file");
	cx_output_discard(NULL);
}

static void test_empty(void)
{
	const char *path = scratch_path("empty");

	check(write_file(path, "") && holds_text(path, ""), "an empty file");
	scratch_files(true);
}

static void test_large(void)
{
	const char *path = scratch_path("large");
	struct cx_output *out = open_output(path);
	struct cx_buf want = { 0 };
	struct cx_err err;
	int bad = 0;

	while (want.len < 40 * CHUNK) {
		size_t n = random_below(random_below(9) ? 999 : 3 * CHUNK);
		char *room = cx_buf_reserve(&want, n);

		memset(room, 'a' + (int)(n % 26), n);
		want.len += n;
		bad += cx_output_write(out, room, n, &err) < 0;
	}
	bad += cx_output_close(out, &err) < 0;
	check(bad == 0 && holds(path, cx_buf_str(&want)),
	    "pieces of all sizes, in order");
	cx_buf_release(&want);
	scratch_files(true);
}

/* ---- what a file keeps ---- */

static void test_mode(void)
{
	const char *path = scratch_path("mode");
	mode_t mask = umask(027);

	write_file(path, "x");
	check_int(mode_of(path), 0640, "a new file's mode is by umask");
	chmod(path, 0604);
	write_file(path, "y");
	check_int(mode_of(path), 0604, "a replaced file's mode is kept");
	check(umask(mask) == 027, "umask is kept");
	scratch_files(true);
}

static void test_link(void)
{
	const char *path = scratch_path("target"), *link = scratch_path("link");
	struct stat st;

	scratch_write(path, cx_str("old"));
	if (symlink("target", link) < 0)
		scratch_fail("symlink");
	check(write_file(link, "new") && holds_text(path, "new"),
	    "through a link");
	check(lstat(link, &st) == 0 && S_ISLNK(st.st_mode), "which stays one");
	check_int(scratch_files(true), 2, "and no other file");
}

/* ---- gzip ---- */

/* What the file inflates to. */
static bool inflates_to(const char *path, struct cx_str want)
{
	gzFile gz = gzopen(path, "rb");
	char *got = cx_malloc(want.n + 1);
	bool ok = gz && !gzdirect(gz) &&
	          gzread(gz, got, (unsigned)want.n + 1) == (int)want.n &&
	          memcmp(got, want.p, want.n) == 0;

	if (gz && gzclose(gz) != Z_OK)
		ok = false;
	free(got);
	return ok;
}

static void test_gzip(void)
{
	static const unsigned char start[] = { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0 };
	const char *first = scratch_path("a.gz"),
	           *second = scratch_path("b.gz");
	struct cx_buf a = { 0 }, b = { 0 };

	check(write_file(first, "some text, some text") &&
	          inflates_to(first, cx_str("some text, some text")),
	    "a name in .gz is gzip");
	scratch_read(first, &a);
	check(a.len > 8 && memcmp(a.data, start, 8) == 0,
	    "without name and time");
	write_file(second, "some text, some text");
	scratch_read(second, &b);
	check(cx_str_eq(cx_buf_str(&a), cx_buf_str(&b)),
	    "two of the same are the same");
	check(write_file(first, "") && inflates_to(first, cx_str("")),
	    "nothing, as gzip");
	check(write_file(scratch_path("gz"), "x") &&
	          holds_text(scratch_path("gz"), "x"),
	    "another name is not gzip");
	cx_buf_release(&a);
	cx_buf_release(&b);
	scratch_files(true);
}

static void test_large_gzip(void)
{
	enum { PIECES = 3000 };
	const char *path = scratch_path("large.gz");
	struct cx_output *out = open_output(path);
	struct cx_buf want = { 0 };
	struct cx_err err;
	int bad = 0;

	for (int i = 0; i < PIECES; i++) {
		size_t n = random_below(500), start = want.len;

		for (size_t j = 0; j < n; j++)
			cx_buf_addc(&want, (char)random_below(256));
		if (n)
			bad += cx_output_write(
			           out, want.data + start, n, &err) < 0;
		if (i % 100 == 0)
			bad += cx_output_flush(out, &err) < 0;
	}
	bad += cx_output_close(out, &err) < 0;
	check(bad == 0 && inflates_to(path, cx_buf_str(&want)),
	    "bytes that do not shrink");
	cx_buf_release(&want);
	scratch_files(true);
}

/* ---- what is no regular file ---- */

static void test_direct(void)
{
	struct stat st;

	check(write_file("/dev/null", "x") && stat("/dev/null", &st) == 0 &&
	          S_ISCHR(st.st_mode),
	    "/dev/null stays what it is");
}

static void test_pipe(void)
{
	enum { LINES = 6000 };
	struct cx_buf want = { 0 };
	struct cx_output *out;
	char name[32], *got;
	int ends[2];

	if (pipe(ends) < 0)
		scratch_fail("pipe");
	snprintf(name, sizeof(name), "/dev/fd/%d", ends[1]);
	out = open_output(name);
	close(ends[1]);
	for (int i = 0; i < LINES; i++)
		cx_buf_addz(&want, i % 7 ? "a line\n" : "\n\n");
	cx_buf_addc(&want, '\0');
	check(
	    put(out, want.data) == 0 && finish(out) == 0, "written to a pipe");
	got = cx_malloc(want.len);
	for (size_t n = 0; n < want.len - 1;) {
		ssize_t more = read(ends[0], got + n, want.len - n);

		if (more <= 0)
			break;
		n += (size_t)more;
	}
	check(memcmp(got, want.data, want.len - 1) == 0 &&
	          read(ends[0], got, 1) == 0,
	    "and read from it");
	close(ends[0]);
	free(got);
	cx_buf_release(&want);
}

/* ---- what goes wrong ---- */

static void test_full(void)
{
	struct cx_output *out = open_output("/dev/full");
	char *much = cx_calloc(2, CHUNK);
	struct cx_err err;

	check(put(out, "x") == 0 && cx_output_close(out, &err) == -1 &&
	          strstr(err.what, "cannot write") &&
	          strcmp(err.file, "/dev/full") == 0 && err.status == CX_DATA,
	    "a full disk shows at close");
	out = open_output("/dev/full");
	put(out, "x");
	check_int(cx_output_flush(out, &err), -1, "or at flush");
	check_int(finish(out), -1, "and again at close");
	out = open_output("/dev/full");
	check_int(cx_output_write(out, much, 2 * CHUNK, &err), -1,
	    "or when much is written");
	check_int(put(out, "x"), -1, "and at the next write");
	check_int(finish(out), -1, "and again at close, too");
	free(much);
}

/* A name in .gz that leads to the full disk. */
static void test_full_gzip(void)
{
	const char *path = scratch_path("full.gz");
	struct cx_output *out;
	char much[CHUNK];
	int bad = 0;

	if (symlink("/dev/full", path) < 0)
		scratch_fail("symlink");
	out = open_output(path);
	put(out, "x");
	check_int(finish(out), -1, "a full disk, gzip");
	out = open_output(path);
	for (int i = 0; i < 20; i++) {
		struct cx_err err;

		for (size_t j = 0; j < sizeof(much); j++)
			much[j] = (char)random_below(256);
		bad += cx_output_write(out, much, sizeof(much), &err) < 0;
	}
	check(bad > 10, "a full disk, much gzip");
	check_int(finish(out), -1, "and again at its close");
	scratch_files(true);
}

static void test_cannot_open(void)
{
	struct cx_output *out = NULL;
	struct cx_err err;

	check(cx_output_open(&out, "/nowhere/at-all", &err) == -1 &&
	          strcmp(err.file, "/nowhere/at-all") == 0 &&
	          err.status == CX_DATA,
	    "no such directory");
	check(cx_output_open(&out, "/tmp", &err) == -1, "a directory");
	check_int(scratch_files(false), 0, "nothing is left of it");
}

/* A directory takes the name while the file is written. */
static void test_cannot_close(void)
{
	const char *path = scratch_path("name");
	struct cx_output *out = open_output(path);
	struct cx_err err;

	put(out, "x");
	mkdir(path, 0777);
	check(cx_output_close(out, &err) == -1 && strcmp(err.file, path) == 0,
	    "a file that cannot have its name at close");
	rmdir(path);
	check_int(scratch_files(true), 0, "leaves nothing");
}

int main(void)
{
	test_new();
	test_replace();
	test_settle();
	test_discard();
	test_empty();
	test_large();
	test_mode();
	test_link();
	test_gzip();
	test_large_gzip();
	test_direct();
	test_pipe();
	test_full();
	test_full_gzip();
	test_cannot_open();
	test_cannot_close();
	return check_done();
}
