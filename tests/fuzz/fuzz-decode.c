/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes in any of some encodings: what comes out is UTF-8 but for the
 * bytes 0xFF, of which there are as many as faults; it is the same in pieces
 * of any size; and what it is guessed to be in is an encoding there is.
 */
#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"
#include "libcx/io/decode.h"
#include "libcx/io/guess.h"
#include "tests/lib/pieces.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The number of faults; what is decoded goes to out. */
static size_t decode(
    const char *encoding, struct cx_str input, size_t piece, struct cx_buf *out)
{
	struct pieces pieces = { input, piece };
	char name[CX_ENCODING_SIZE];
	struct cx_decode_fault fault;
	struct cx_decode *d;
	struct cx_err err;
	size_t faults = 0;
	ssize_t n;

	if (cx_decode_name(encoding, name, &err) < 0)
		abort();
	d = cx_decode_new(name, next_piece, &pieces);
	while ((n = cx_decode_read(
	            d, cx_buf_reserve(out, piece), piece, &err)) > 0)
		out->len += (size_t)n;
	while (cx_decode_fault(d, &fault))
		faults++;
	cx_buf_addc(out, n < 0 ? '-' : '.');
	cx_decode_free(d);
	return faults;
}

static size_t count_bad(struct cx_str s)
{
	size_t bad = 0;

	while (s.n) {
		size_t n = cx_utf8_valid(s);

		if (n < s.n && (unsigned char)s.p[n++] != 0xFF)
			abort();
		else if (n && (unsigned char)s.p[n - 1] == 0xFF)
			bad++;
		s.p += n;
		s.n -= n;
	}
	return bad;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const encodings[] = { "cp932", "euc-jp",
		"iso-2022-jp", "utf-16le", "utf-16be", "utf-32le",
		"windows-1252", "macintosh", "gb18030", "utf-7" };
	struct cx_buf whole = { 0 }, again = { 0 };
	char name[CX_ENCODING_SIZE];
	struct cx_guess guess;
	struct cx_str input;
	const char *encoding;
	struct cx_err err;

	if (size < 2)
		return 0;
	encoding =
	    encodings[data[0] % (sizeof(encodings) / sizeof(*encodings))];
	input = (struct cx_str){ (const char *)data + 2, size - 2 };
	if (decode(encoding, input, 1 << 16, &whole) !=
	    count_bad(cx_buf_str(&whole)))
		abort();
	(void)decode(encoding, input, 1 + data[1], &again);
	if (!cx_str_eq(cx_buf_str(&whole), cx_buf_str(&again)))
		abort();
	guess = cx_guess_encoding(input);
	if ((guess.name && cx_decode_name(guess.name, name, &err) < 0) ||
	    (guess.other && cx_decode_name(guess.other, name, &err) < 0))
		abort();
	(void)cx_decode_start(NULL, input, name, &err);
	cx_buf_release(&whole);
	cx_buf_release(&again);
	return 0;
}
