/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Compressed input. An even byte 0: the rest is a file as it is, and what is
 * read of it is the same in pieces. An odd one: the rest is compressed here, in
 * members of so many bytes, byte 1 says where a bit is flipped and byte 2
 * how much is cut off; then what is read is the text, or an error.
 */
#include "tests/fuzz/file.h"

#include "libcx/base/buf.h"
#include "libcx/io/input.h"

#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { GZIP = 15 + 16 };

struct reading {
	struct cx_buf bytes;
	struct cx_err err;
	int code;
};

static void read_in(const char *path, struct reading *r, size_t piece)
{
	struct cx_input *in;
	ssize_t n;

	cx_buf_clear(&r->bytes);
	r->err = (struct cx_err){ .status = CX_DONE };
	if (cx_input_open(&in, path, &r->err) < 0)
		abort();
	while ((n = cx_input_read(
	            in, cx_buf_reserve(&r->bytes, piece), piece, &r->err)) > 0)
		r->bytes.len += (size_t)n;
	r->code = (int)n;
	cx_input_close(in);
	if (r->code < 0 && !r->err.what[0])
		abort();
}

static void check_pieces(const char *path, const struct reading *whole)
{
	static struct reading again;

	cx_input_set_largest_read(3);
	read_in(path, &again, 7);
	cx_input_set_largest_read(0);
	if (again.code != whole->code ||
	    !cx_str_eq(cx_buf_str(&again.bytes), cx_buf_str(&whole->bytes)) ||
	    strcmp(again.err.what, whole->err.what) != 0)
		abort();
}

static void compress_member(struct cx_buf *out, struct cx_str text)
{
	z_stream z = { 0 };
	size_t room;

	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP, 8,
	        Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	room = deflateBound(&z, text.n);
	z.next_in = (Bytef *)(uintptr_t)text.p;
	z.avail_in = (uInt)text.n;
	z.next_out = (Bytef *)cx_buf_reserve(out, room);
	z.avail_out = (uInt)room;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		abort();
	out->len += room - z.avail_out;
	deflateEnd(&z);
}

/*
 * Bytes 4 to 9 of a member are its time, flags and system: of no matter, so in
 * the first member they are left alone.
 */
static void check_compressed(struct cx_str text, const uint8_t *how)
{
	static struct cx_buf file;
	static struct reading r;
	size_t piece = 1 + how[0] / 2, at = 0, cut = how[2] % 16;
	const char *path;
	struct cx_str rest = text;

	cx_buf_clear(&file);
	do {
		size_t n = rest.n < piece ? rest.n : piece;

		compress_member(&file, (struct cx_str){ rest.p, n });
		rest = cx_str_skip(rest, n);
	} while (rest.n);
	if (how[1]) {
		at = 10 + (size_t)how[1] * 31 % (file.len - 10);
		file.data[at] ^= (char)(1 << how[1] % 8);
	}
	file.len -= cut;
	path = fuzz_file(cx_buf_str(&file));
	read_in(path, &r, 4096);
	check_pieces(path, &r);
	if (r.code < 0 && !how[1] && !cut)
		abort();
	if (r.code == 0 && (cut || !cx_str_eq(cx_buf_str(&r.bytes), text)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct reading r;
	struct cx_str rest = { (const char *)data, size };
	const char *path;

	if (size < 4)
		return 0;
	if (data[0] % 2) {
		check_compressed(cx_str_skip(rest, 3), data);
		return 0;
	}
	path = fuzz_file(cx_str_skip(rest, 1));
	read_in(path, &r, 4096);
	check_pieces(path, &r);
	return 0;
}
