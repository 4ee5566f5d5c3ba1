/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inputs, gzip above all: whole ones are read as they were, and no damaged
 * one ever passes for a whole one.
 */
#include "libcx/base/mem.h"
#include "libcx/io/input.h"
#include "libcx/io/meter.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"
#include "tests/lib/scratch.h"

enum { SMALL = 600, MAGIC = 2 };

struct outcome {
	struct cx_buf bytes;
	struct cx_err err;
	int code;
};

static int read_all(struct cx_input *in, size_t size, struct outcome *out)
{
	for (;;) {
		char *room = cx_buf_reserve(&out->bytes, size);
		ssize_t n = cx_input_read(in, room, size, &out->err);

		if (n <= 0)
			return (int)n;
		out->bytes.len += (size_t)n;
	}
}

static struct outcome read_file(const char *path, size_t size)
{
	struct outcome out = { .code = 0 };
	struct cx_input *in;

	out.code = cx_input_open(&in, path, &out.err);
	if (out.code < 0)
		return out;
	out.code = read_all(in, size, &out);
	/* What is over stays over. */
	if (read_all(in, size, &out) != out.code)
		out.code = -2;
	cx_input_close(in);
	return out;
}

static struct outcome read_bytes(struct cx_str bytes)
{
	const char *path = scratch_path("input");

	scratch_write(path, bytes);
	return read_file(path, 1000);
}

static bool is(const struct outcome *out, struct cx_str want)
{
	return out->code == 0 && cx_str_eq(cx_buf_str(&out->bytes), want);
}

/* An error, after nothing but true bytes. */
static bool fails(
    const struct outcome *out, struct cx_str whole, const char *what)
{
	return out->code == -1 && out->err.status == CX_DATA &&
	       !out->err.reason && out->err.file[0] &&
	       strstr(out->err.what, what) && out->bytes.len <= whole.n &&
	       (out->bytes.len == 0 ||
	           memcmp(out->bytes.data, whole.p, out->bytes.len) == 0);
}

static void check_is(struct cx_str bytes, struct cx_str want, const char *name)
{
	struct outcome out = read_bytes(bytes);

	if (!check(is(&out, want), "%s", name))
		check_note("code %d, %zu bytes: %s", out.code, out.bytes.len,
		    out.code ? out.err.what : "");
	cx_buf_release(&out.bytes);
}

static void check_fails(
    struct cx_str bytes, struct cx_str want, const char *what, const char *name)
{
	struct outcome out = read_bytes(bytes);

	if (!check(fails(&out, want, what), "%s", name))
		check_note("code %d, %zu bytes: %s", out.code, out.bytes.len,
		    out.code ? out.err.what : "");
	cx_buf_release(&out.bytes);
}

/* Text that shrinks, but not to nothing. */
static struct cx_str make_text(size_t n)
{
	char *p = cx_malloc(n);

	for (size_t i = 0; i < n; i++)
		p[i] = "0123456789,\n\"abcdef"[random_below(i % 3 ? 19 : 4)];
	return (struct cx_str){ p, n };
}

static void release_text(struct cx_str text)
{
	free((void *)(uintptr_t)text.p);
}

/* ---- damage ---- */

static void test_truncated(
    struct cx_str text, struct cx_str gz, size_t first, const char *name)
{
	int bad = 0;

	for (size_t n = MAGIC; n < gz.n; n++) {
		struct outcome out = read_bytes((struct cx_str){ gz.p, n });

		/* What ends with its first member is whole. */
		if (n == first)
			bad += out.code != 0;
		else
			bad += !fails(&out, text, "the gzip data is cut off");
		cx_buf_release(&out.bytes);
	}
	check_int(bad, 0, "%s, cut off at any byte", name);
}

/*
 * All but the magic number, without which it is no gzip data. Of the header
 * seven bytes (flags, time, system) may change without harm.
 */
static void test_corrupt(
    struct cx_str text, struct cx_str gz, int members, const char *name)
{
	enum { HARMLESS = 7, FLIPS = 4 };
	static const char flips[FLIPS] = { 0x01, 0x10, (char)0x80, (char)0xFF };
	char *copy = cx_memdup(gz.p, gz.n);
	int bad = 0, errors = 0;

	for (size_t i = MAGIC * FLIPS; i < gz.n * FLIPS; i++) {
		struct outcome out;

		copy[i / FLIPS] ^= flips[i % FLIPS];
		out = read_bytes((struct cx_str){ copy, gz.n });
		errors += out.code == -1;
		bad += out.code == -1 ? !strstr(out.err.what, "gzip")
		                      : !is(&out, text);
		cx_buf_release(&out.bytes);
		copy[i / FLIPS] ^= flips[i % FLIPS];
	}
	check_int(
	    bad, 0, "%s, any byte changed: never silently other data", name);
	check(errors >= ((int)gz.n - MAGIC - members * HARMLESS) * FLIPS,
	    "%s, any byte changed: %d errors", name, errors);
	free(copy);
}

static void test_damage(void)
{
	struct cx_str text = make_text(SMALL);
	struct cx_buf gz = { 0 };
	size_t first;

	scratch_gzip(text, &gz);
	test_truncated(text, cx_buf_str(&gz), 0, "one member");
	test_corrupt(text, cx_buf_str(&gz), 1, "one member");
	cx_buf_clear(&gz);
	scratch_gzip((struct cx_str){ text.p, SMALL / 2 }, &gz);
	first = gz.len;
	scratch_gzip((struct cx_str){ text.p + SMALL / 2, SMALL / 2 }, &gz);
	test_truncated(text, cx_buf_str(&gz), first, "two members");
	test_corrupt(text, cx_buf_str(&gz), 2, "two members");
	cx_buf_release(&gz);
	release_text(text);
}

/* ---- what may follow ---- */

static void test_behind(void)
{
	struct cx_str text = make_text(SMALL);
	struct cx_buf gz = { 0 };
	char zeros[70000] = { 0 };
	size_t n;

	scratch_gzip(text, &gz);
	n = gz.len;
	check_is(cx_buf_str(&gz), text, "nothing behind");
	cx_buf_addc(&gz, '\0');
	check_is(cx_buf_str(&gz), text, "a zero behind");
	cx_buf_add(&gz, zeros, sizeof(zeros));
	check_is(cx_buf_str(&gz), text, "many zeros behind");
	cx_buf_addc(&gz, 'x');
	check_fails(cx_buf_str(&gz), text, "garbage", "garbage behind zeros");
	gz.len = n;
	cx_buf_addc(&gz, 'x');
	check_fails(cx_buf_str(&gz), text, "garbage", "garbage behind");
	gz.len = n;
	cx_buf_addc(&gz, '\x1F');
	check_fails(cx_buf_str(&gz), text, "cut off", "half a magic number");
	cx_buf_addz(&gz, "garbage");
	check_fails(cx_buf_str(&gz), text, "damaged", "a wrong magic number");
	cx_buf_release(&gz);
	release_text(text);
}

static void test_members(void)
{
	struct cx_str text = make_text(SMALL);
	struct cx_buf gz = { 0 };

	scratch_gzip((struct cx_str){ text.p, 0 }, &gz);
	check_is(
	    cx_buf_str(&gz), (struct cx_str){ NULL, 0 }, "an empty member");
	for (size_t i = 0; i < SMALL; i += 100) {
		scratch_gzip((struct cx_str){ text.p + i, 100 }, &gz);
		scratch_gzip((struct cx_str){ text.p, 0 }, &gz);
		cx_buf_add(&gz, "\0\0\0", i % 3);
	}
	check_is(cx_buf_str(&gz), text, "many members, empty ones and zeros");
	cx_buf_release(&gz);
	release_text(text);
}

/* ---- kinds of gzip data ---- */

static void deflate_as(
    struct cx_str text, int level, gz_header *header, struct cx_buf *out)
{
	z_stream z = { 0 };

	if (deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, 0) != Z_OK)
		scratch_fail("deflateInit2");
	if (header)
		deflateSetHeader(&z, header);
	z.next_in = (Bytef *)(uintptr_t)text.p;
	z.avail_in = (uInt)text.n;
	z.next_out = (Bytef *)cx_buf_reserve(out, text.n * 2 + 1000);
	z.avail_out = (uInt)(text.n * 2 + 1000);
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		scratch_fail("deflate");
	out->len += z.total_out;
	deflateEnd(&z);
}

static void test_kinds(void)
{
	struct cx_str text = make_text(SMALL);
	gz_header header = { .time = 1,
		.name = (Bytef[]){ "export.csv" },
		.comment = (Bytef[]){ "a comment" },
		.extra = (Bytef[]){ "extra" },
		.extra_len = 5,
		.hcrc = 1 };
	struct cx_buf gz = { 0 };

	for (int level = 0; level <= 9; level += 3) {
		cx_buf_clear(&gz);
		deflate_as(text, level, NULL, &gz);
		check_is(cx_buf_str(&gz), text, "a level of compression");
	}
	cx_buf_clear(&gz);
	deflate_as(text, 6, &header, &gz);
	check_is(cx_buf_str(&gz), text, "a header with all it can hold");
	test_truncated(text, cx_buf_str(&gz), 0, "a long header");
	test_corrupt(text, cx_buf_str(&gz), 1, "a long header");
	cx_buf_release(&gz);
	release_text(text);
}

/* ---- more than the buffers hold ---- */

static void test_large(void)
{
	enum { LARGE = 3000000 };
	static const size_t sizes[] = { 1 << 17, 1 << 20, 4097 };
	struct cx_str text = make_text(LARGE);
	const char *path = scratch_path("large");
	struct cx_buf gz = { 0 };

	scratch_gzip(text, &gz);
	scratch_write(path, cx_buf_str(&gz));
	for (int i = 0; i < 3; i++) {
		struct outcome out = read_file(path, sizes[i]);

		check(is(&out, text), "3 MB, read by %zu", sizes[i]);
		cx_buf_release(&out.bytes);
	}
	gz.data[gz.len - 6] ^= 1; /* in the check sum */
	check_fails(cx_buf_str(&gz), text, "damaged", "3 MB, wrong check sum");
	gz.len -= 7;
	check_fails(cx_buf_str(&gz), text, "cut off", "3 MB, cut off");
	cx_buf_release(&gz);
	release_text(text);
}

/* Small reads at both ends. */
static void test_small_reads(void)
{
	static const size_t reads[] = { 1, 2, 5, 0 };
	struct cx_str text = make_text(SMALL);
	struct cx_buf gz = { 0 };

	scratch_gzip((struct cx_str){ text.p, SMALL - 1 }, &gz);
	scratch_gzip((struct cx_str){ text.p + SMALL - 1, 1 }, &gz);
	for (int i = 0; i < 4; i++) {
		cx_input_set_largest_read(reads[i]);
		check_is(cx_buf_str(&gz), text, "gzip by small reads");
		check_is(text, text, "plain bytes by small reads");
	}
	cx_buf_release(&gz);
	release_text(text);
}

/* Data that inflates much faster than it is read. */
static void test_slow_reader(void)
{
	enum { LARGE = 4000000, RUN = 50000 };
	char *p = cx_malloc(LARGE);
	struct cx_str text = { p, LARGE };
	const char *path = scratch_path("slow");
	struct cx_buf gz = { 0 };
	struct outcome out;

	for (int i = 0; i < LARGE; i++)
		p[i] = (char)('a' + i / RUN % 26);
	scratch_gzip(text, &gz);
	scratch_write(path, cx_buf_str(&gz));
	out = read_file(path, 50);
	check(is(&out, text), "a slow reader gets all in order");
	cx_buf_release(&out.bytes);
	cx_buf_release(&gz);
	free(p);
}

/* No read hands out more than the bound. */
static void test_largest_read(void)
{
	const char *path = scratch_path("bound");
	struct cx_input *in;
	struct cx_err err;
	char some[10];

	scratch_write(path, cx_str("0123456789"));
	cx_input_set_largest_read(3);
	cx_input_open(&in, path, &err);
	check(cx_input_read_at(in, 0, some, 10, &err) == 3, "a bounded read");
	cx_input_close(in);
	cx_input_set_largest_read(0);
	cx_input_open(&in, path, &err);
	check(cx_input_read_at(in, 0, some, 10, &err) == 10,
	    "a read without a bound");
	cx_input_close(in);
}

/* The reader may lose interest at any time. */
static void test_left_alone(void)
{
	struct cx_str text = make_text(1000000);
	const char *path = scratch_path("left");
	struct cx_buf gz = { 0 };
	struct cx_input *in;
	struct cx_err err;
	char some[100];
	int bad = 0;

	scratch_gzip(text, &gz);
	scratch_write(path, cx_buf_str(&gz));
	for (int i = 0; i < 50; i++) {
		bad += cx_input_open(&in, path, &err) < 0;
		for (int j = 0; j < i % 3; j++)
			bad += cx_input_read(in, some, 100, &err) <= 0;
		cx_input_close(in);
	}
	check_int(bad, 0, "closed before the end");
	cx_buf_release(&gz);
	release_text(text);
}

static void test_pipe(void)
{
	struct cx_str text = make_text(SMALL);
	struct cx_buf gz = { 0 };
	const char *name;
	struct outcome out;
	struct cx_input *in;
	struct cx_err err;
	int fd;

	scratch_gzip(text, &gz);
	fd = scratch_pipe(cx_buf_str(&gz), &name);
	out = read_file(name, 1000);
	check(is(&out, text), "gzip from a pipe");
	close(fd);
	cx_buf_release(&out.bytes);
	fd = scratch_pipe(cx_buf_str(&gz), &name);
	check(cx_input_open(&in, name, &err) == 0 && cx_input_is_pipe(in) &&
	          cx_input_size(in) == 0,
	    "a pipe is a pipe");
	cx_input_close(in);
	close(fd);
	cx_buf_release(&gz);
	release_text(text);
}

static int lowest_free_descriptor(void)
{
	int fd = dup(STDIN_FILENO);

	close(fd);
	/* cppcheck-suppress deallocret ; only its number */
	return fd;
}

static bool reads(struct cx_input *in, struct cx_str want)
{
	struct outcome out = { .code = 0 };
	bool all;

	out.code = read_all(in, 100, &out);
	all = is(&out, want);
	cx_buf_release(&out.bytes);
	return all;
}

static void test_pipe_twice(void)
{
	struct cx_str text = make_text(SMALL);
	const char *name;
	struct cx_input *in = NULL;
	struct cx_err err;
	char some[10];
	int fd = scratch_pipe(text, &name), before = lowest_free_descriptor();

	check(cx_input_open_as(&in, name, CX_INPUT_TWICE, &err) == 0 &&
	          cx_input_read(in, some, sizeof(some), &err) > 0 &&
	          cx_input_rewind(in, &err) == 0 && reads(in, text),
	    "a pipe from its start again");
	check(cx_input_size(in) == SMALL, "it has become a file");
	check(cx_input_rewind(in, &err) == 0 && reads(in, text),
	    "and that is read again");
	cx_input_close(in);
	check_int(lowest_free_descriptor(), before, "no descriptor stays open");
	close(fd);
	release_text(text);
}

/* ---- plain inputs ---- */

static void test_plain(void)
{
	struct cx_str text = make_text(SMALL);
	const char *path;
	struct cx_input *in;
	struct cx_err err;
	char some[10];

	check_is(text, text, "plain bytes");
	check_is(
	    (struct cx_str){ NULL, 0 }, (struct cx_str){ NULL, 0 }, "no bytes");
	check_is(cx_str("\x1F"), cx_str("\x1F"), "a first byte like gzip");
	check_is(cx_str("\x1Fx"), cx_str("\x1Fx"), "half the magic number");
	path = scratch_path("plain");
	scratch_write(path, text);
	check(cx_input_open(&in, path, &err) == 0 && !cx_input_is_pipe(in) &&
	          cx_input_size(in) == SMALL &&
	          strcmp(cx_input_name(in), path) == 0,
	    "a plain file knows its size and name");
	check(cx_input_read_at(in, 100, some, 10, &err) == 10 &&
	          memcmp(some, text.p + 100, 10) == 0,
	    "read at a place");
	check(cx_input_read_at(in, SMALL - 3, some, 10, &err) == 3 &&
	          cx_input_read_at(in, SMALL, some, 10, &err) == 0,
	    "read at the end");
	check(cx_input_read(in, some, 1, &err) == 1 && some[0] == text.p[0],
	    "that leaves the order of reading alone");
	cx_input_close(in);
	release_text(text);
}

static void test_meter(void)
{
	struct cx_str text = make_text(SMALL);
	const char *path = scratch_path("metered");
	struct cx_input *in;
	struct cx_err err;
	char some[10];

	scratch_write(path, text);
	cx_meter_start(&path, 1);
	check(cx_meter_now().total == SMALL, "the meter knows the size");
	cx_input_open(&in, path, &err);
	check(cx_meter_now().read == 0, "what is opened does not count");
	cx_input_meter(in);
	check(reads(in, text) && cx_meter_now().read == SMALL,
	    "all bytes count, those before too");
	cx_input_read_at(in, 100, some, sizeof(some), &err);
	check(cx_meter_now().read == SMALL + sizeof(some),
	    "so do those of any place");
	cx_input_rewind(in, &err);
	check(reads(in, text) && cx_meter_now().read == SMALL + sizeof(some),
	    "rewound it does not count");
	cx_input_close(in);
	release_text(text);
}

static void test_cannot_open(void)
{
	struct cx_input *in;
	struct cx_err err;

	check(cx_input_open(&in, "/nowhere/at-all", &err) == -1 &&
	          strcmp(err.file, "/nowhere/at-all") == 0 &&
	          strstr(err.what, "cannot open") && err.status == CX_DATA,
	    "a file that is not there");
	check(cx_input_open(&in, "/tmp", &err) == -1 &&
	          strstr(err.what, "directory"),
	    "a directory");
	cx_input_close(NULL);
}

int main(void)
{
	test_plain();
	test_meter();
	test_cannot_open();
	test_damage();
	test_behind();
	test_members();
	test_kinds();
	test_large();
	test_small_reads();
	test_slow_reader();
	test_largest_read();
	test_left_alone();
	test_pipe();
	test_pipe_twice();
	return check_done();
}
