/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Character sets: what bytes become, whatever pieces they come and go in, and
 * where those are that are no characters. The bytes are from the tables of
 * the Unicode Consortium (CP932.TXT, JIS0208.TXT, CP1252.TXT, ROMAN.TXT) and
 * the Unicode Standard 15, chapter 3.9.
 */
#include "libcx/base/mem.h"
#include "libcx/io/decode.h"
#include "libcx/io/guess.h"
#include "tests/lib/check.h"
#include "tests/lib/pieces.h"
#include "tests/lib/random.h"
#include "tests/lib/str.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

struct expected {
	const char *name, *encoding;
	struct cx_str input, output;
	const char *faults; /* "offset:bytes" of each, with blanks between */
	const char *error;  /* at the end; NULL: none */
};

static const struct expected cases[] = {
	{ "nothing", "cp932", STR(""), STR(""), "", NULL },
	{ "plain", "windows-1252", STR("a,b\n"), STR("a,b\n"), "", NULL },
	{ "trail bytes 5C and 7C", "cp932",
	    STR("\x95\x5C,\x83\x5C,\x83\x7C,\\|\n"),
	    STR("\xE8\xA1\xA8,\xE3\x82\xBD,\xE3\x83\x9D,\\|\n"), "", NULL },
	{ "what cp932 adds to JIS", "cp932", STR("\x87\x40\x87\x8A\xFB\xFC"),
	    STR("\xE2\x91\xA0\xE3\x88\xB1\xE9\xAB\x99"), "", NULL },
	{ "wave dash and half-width kana", "cp932", STR("\x81\x60\xB1"),
	    STR("\xEF\xBD\x9E\xEF\xBD\xB1"), "", NULL },
	{ "what is called shift_jis", "Shift_JIS", STR("\x87\x40~\\"),
	    STR("\xE2\x91\xA0~\\"), "", NULL },
	{ "euc-jp", "euc-jp", STR("\xC9\xBD,\xA4\xA2\x8E\xB1"),
	    STR("\xE8\xA1\xA8,\xE3\x81\x82\xEF\xBD\xB1"), "", NULL },
	{ "iso-2022-jp", "iso-2022-jp",
	    STR("a\x1B$B$\"$$\x1B(B,b\n\x1B$B\x49\x3D\x1B(B\n"),
	    STR("a\xE3\x81\x82\xE3\x81\x84,b\n\xE8\xA1\xA8\n"), "", NULL },
	{ "utf-16le", "utf-16le", STR("a\0,\0B0\x3D\xD8\x00\xDE\n\0"),
	    STR("a,\xE3\x81\x82\xF0\x9F\x98\x80\n"), "", NULL },
	{ "utf-16be", "UTF-16BE", STR("\0a\0,0B\xD8\x3D\xDE\x00\0\n"),
	    STR("a,\xE3\x81\x82\xF0\x9F\x98\x80\n"), "", NULL },
	{ "utf-32le", "utf-32le", STR("a\0\0\0\x00\xF6\x01\0"),
	    STR("a\xF0\x9F\x98\x80"), "", NULL },
	{ "windows-1252", "windows-1252", STR("\x80\x93\x97\xE9"),
	    STR("\xE2\x82\xAC\xE2\x80\x9C\xE2\x80\x94\xC3\xA9"), "", NULL },
	{ "macintosh", "MacRoman", STR("\x8C\xE6\xCA\x8E"),
	    STR("\xC3\xA5\xC3\x8A\xC2\xA0\xC3\xA9"), "", NULL },
	{ "a lead byte before a comma", "cp932", STR("a\x82,b\n"),
	    STR("a\xFF,b\n"), "1:82", NULL },
	{ "two faults", "euc-jp", STR("\xFF,a\n\xA4\n"), STR("\xFF,a\n\xFF\n"),
	    "0:FF 4:A4", NULL },
	{ "not in windows-1252", "windows-1252", STR("a\x81z\n"),
	    STR("a\xFFz\n"), "1:81", NULL },
	{ "half a pair", "utf-16le", STR("\x00\xD8,\0a\0\x00\xDC"),
	    STR("\xFF,a\xFF"), "0:00D8 6:00DC", NULL },
	{ "beyond Unicode", "utf-32be", STR("\0\x11\0\0\0\0\0a"),
	    STR("\xFF"
	        "a"),
	    "0:00110000", NULL },
	{ "ends in a character", "cp932", STR("a\nb\n\x82"), STR("a\nb\n"), "",
	    "ends within a character of cp932, at offset 4" },
	{ "ends in a pair", "utf-16be", STR("\0a\xD8\x3D"), STR("a"), "",
	    "at offset 2" },
	{ "ends in half a unit", "utf-16le", STR("a\0b"), STR("a"), "",
	    "at offset 2" },
	/* The last character waits for one that it could join. */
	{ "a character kept back", "shift_jisx0213", STR("\x82\xA0\x82\xA9"),
	    STR("\xE3\x81\x82\xE3\x81\x8B"), "", NULL },
};

enum { N_CASES = sizeof(cases) / sizeof(*cases) };

/* ---- one way ---- */

struct outcome {
	struct cx_buf bytes, faults;
	struct cx_err err;
	int code;
};

static void add_fault(struct cx_buf *out, const struct cx_decode_fault *fault)
{
	cx_buf_addf(out, "%s%" PRIu64 ":", out->len ? " " : "", fault->offset);
	for (size_t i = 0; i < fault->n; i++)
		cx_buf_addf(out, "%02X", fault->bytes[i]);
}

static struct outcome decode(
    const char *encoding, struct cx_str input, size_t in, size_t out)
{
	struct pieces pieces = { input, in };
	struct outcome o = { .code = 0 };
	char name[CX_ENCODING_SIZE];
	struct cx_decode_fault fault;
	struct cx_decode *d;
	ssize_t n;

	o.code = cx_decode_name(encoding, name, &o.err);
	if (o.code < 0)
		return o;
	d = cx_decode_new(name, next_piece, &pieces);
	do {
		n = cx_decode_read(
		    d, cx_buf_reserve(&o.bytes, out), out, &o.err);
		o.bytes.len += n > 0 ? (size_t)n : 0;
		while (cx_decode_fault(d, &fault))
			add_fault(&o.faults, &fault);
	} while (n > 0);
	o.code = (int)n;
	/* What is over stays over. */
	if (cx_decode_read(d, cx_buf_reserve(&o.bytes, 1), 1, &o.err) != n)
		o.code = -2;
	cx_decode_free(d);
	return o;
}

static bool is(const struct outcome *o, const struct expected *c)
{
	if (o->code != (c->error ? -1 : 0) ||
	    (c->error && !strstr(o->err.what, c->error)))
		return false;
	return cx_str_eq(cx_buf_str(&o->bytes), c->output) &&
	       cx_str_eq(cx_buf_str(&o->faults), cx_str(c->faults));
}

static void forget(struct outcome *o)
{
	cx_buf_release(&o->bytes);
	cx_buf_release(&o->faults);
}

static void check_case(const struct expected *c)
{
	static const size_t sizes[] = { 1, 2, 3, 5, 7, 64, 100000 };
	enum { N = sizeof(sizes) / sizeof(*sizes) };
	int bad = 0;

	for (size_t i = 0; i < N * N; i++) {
		struct outcome o =
		    decode(c->encoding, c->input, sizes[i / N], sizes[i % N]);

		if (!is(&o, c) && bad++ == 0)
			check_note("code %d %s: \"%.*s\", faults %.*s", o.code,
			    o.code < 0 ? o.err.what : "", (int)o.bytes.len,
			    o.bytes.data, (int)o.faults.len, o.faults.data);
		forget(&o);
	}
	check_int(bad, 0, "%s, in pieces of any size", c->name);
}

static void test_line_of_the_end(void)
{
	struct outcome o = decode("cp932", STR("a\nb\nc\n\x82"), 2, 100);

	check_int((intmax_t)o.err.line, 4, "the line on which it was cut off");
	forget(&o);
}

/* More than the buffers hold, with a fault here and there. */
static void test_long(void)
{
	struct cx_buf in = { 0 }, want = { 0 }, faults = { 0 };
	struct outcome o;

	for (size_t i = 0; i < 300000; i++) {
		size_t kind = random_below(1000);
		size_t at = in.len;

		if (kind == 0) {
			struct cx_decode_fault f = { at, { 0xFF }, 1 };

			cx_buf_addz(&in, "\xFF");
			cx_buf_addz(&want, "\xFF");
			add_fault(&faults, &f);
		} else if (kind < 600) {
			cx_buf_addz(&in, "\x83\x7C");
			cx_buf_addz(&want, "\xE3\x83\x9D");
		} else {
			cx_buf_addz(&in, "x\n");
			cx_buf_addz(&want, "x\n");
		}
	}
	o = decode("cp932", cx_buf_str(&in), 9999, 7777);
	check(o.code == 0 && cx_str_eq(cx_buf_str(&o.bytes), cx_buf_str(&want)),
	    "600 kB");
	check(cx_str_eq(cx_buf_str(&o.faults), cx_buf_str(&faults)),
	    "600 kB: its faults");
	forget(&o);
	cx_buf_release(&in);
	cx_buf_release(&want);
	cx_buf_release(&faults);
}

/* ---- names and marks ---- */

static void check_name(const char *given, const char *want)
{
	char name[CX_ENCODING_SIZE];
	struct cx_err err = { .status = CX_DONE };

	if (cx_decode_name(given, name, &err) == 0)
		check_str(name, want, "%s is %s", given, want);
	else
		check(err.status == CX_USAGE && strstr(err.what, want),
		    "%s: %s", given, err.what);
}

static void test_names(void)
{
	check_name("UTF8", "utf-8");
	check_name("utf-8-sig", "utf-8");
	check_name("sjis", "cp932");
	check_name("SHIFT-JIS", "cp932");
	check_name("UCS-2LE", "utf-16le");
	check_name("ISO-8859-15", "ISO-8859-15");
	check_name("cp9322", "did you mean cp932?");
	check_name("windows1253x", "there are: utf-8, ");
	check_name("", "\"\" is no encoding");
	check_name("cp932//IGNORE", "is no encoding");
}

static void check_start(const char *encoding, struct cx_str head,
    const char *want, const char *what)
{
	char name[CX_ENCODING_SIZE];
	struct cx_err err = { .status = CX_DONE };

	if (cx_decode_start(encoding, head, name, &err) == 0)
		check_str(name, want, "%s", what);
	else
		check(strstr(err.what, want), "%s: %s", what, err.what);
}

static void test_starts(void)
{
	static const struct cx_str none = STR("a,b\n"), empty = STR(""),
	                           utf8 = STR("\xEF\xBB\xBF"),
	                           le = STR("\xFF\xFE"),
	                           le_a = STR("\xFF\xFE\x61\x00"),
	                           be = STR("\xFE\xFF\x00\x61"),
	                           le32 = STR("\xFF\xFE\x00\x00"),
	                           be32 = STR("\x00\x00\xFE\xFF");

	check_start(NULL, none, "utf-8", "no mark");
	check_start(NULL, empty, "utf-8", "nothing");
	check_start(NULL, utf8, "utf-8", "mark of UTF-8");
	check_start(NULL, le, "utf-16le", "a mark and nothing else");
	check_start(NULL, le_a, "utf-16le", "mark of UTF-16LE");
	check_start(NULL, be, "utf-16be", "mark of UTF-16BE");
	check_start(NULL, le32, "utf-32le", "mark of UTF-32LE");
	check_start(NULL, be32, "utf-32be", "mark of UTF-32BE");
	check_start("utf-16", be, "utf-16be", "utf-16 and a mark");
	check_start("utf-16", none, "name the order, as utf-16le or utf-16be",
	    "utf-16 without a mark");
	check_start("utf-16le", none, "utf-16le", "utf-16le without a mark");
	check_start("utf-16le", le_a, "utf-16le", "utf-16le with its mark");
	check_start("utf-16le", be,
	    "starts with the byte order mark of "
	    "utf-16be, so it is not utf-16le",
	    "utf-16le with the other mark");
	check_start("cp932", utf8, "mark of utf-8, so it is not cp932",
	    "cp932 with the mark of UTF-8");
	check_start("utf-32", le32, "utf-32le", "utf-32 and a mark");
}

/* ---- guesses ---- */

static void check_guess(struct cx_str sample, const char *want)
{
	struct cx_guess guess = cx_guess_encoding(sample);

	check_str(guess.name ? guess.name : "", want, "guess: %s", want);
}

static void test_guesses(void)
{
	/* "the shop was closed on Sunday" and the like, in each set */
	check_guess(STR("\xFF\xFE"
	                "a\0"),
	    "utf-16le");
	check_guess(STR("i\0d\0,\0B0\n\0"), "utf-16le");
	check_guess(STR("\0i\0d\0,0B\0\n"), "utf-16be");
	check_guess(STR("\x93\x58\x88\xF5\x82\xCC\x91\xCE\x89\x9E\x82\xAA"
	                "\x97\xC7\x82\xA9\x82\xC1\x82\xBD\x82\xC5\x82\xB7"),
	    "cp932");
	check_guess(STR("\xC5\xB9\xB0\xF7\xA4\xCE\xC2\xD0\xB1\xFE\xA4\xAC"
	                "\xCE\xC9\xA4\xAB\xA4\xC3\xA4\xBF\xA4\xC7\xA4\xB9"),
	    "euc-jp");
	check_guess(STR("don\x92t \x96 caf\xE9"), "windows-1252");
	check_guess(STR("don\xD5t \xD0 caf\x8E"), "macintosh");
	check_guess(STR("\x81\x8E"), "macintosh");
	/* e with an acute would be windows-1252, where 81 is no character */
	check_guess(STR("caf\xE9 \x81ngstrom"), "macintosh");
	check_guess(
	    STR("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xFF"), "utf-8");
	/* one byte of eight is damage, of seven it is another encoding */
	check_guess(STR("\xE2\x82\xAC\xC3\xA9\xC3\xA9 \xFF"), "utf-8");
	check_guess(STR("\xC3\xA9\xC3\xA9\xC3\xA9 \xFF"), "windows-1252");
}

/* ---- tables ---- */

/* What iconv alone makes of it, with 0xFF for each byte it refuses. */
static void plainly(const char *encoding, struct cx_str s, struct cx_buf *out)
{
	iconv_t set = iconv_open("UTF-8", encoding);
	char *in = (char *)(uintptr_t)s.p;
	size_t left = s.n;

	while (left) {
		char *to = cx_buf_reserve(out, 4 * s.n + 16);
		size_t room = 4 * s.n + 16;
		size_t code = iconv(set, &in, &left, &to, &room);

		out->len = (size_t)(to - out->data);
		if (code != (size_t)-1 || errno != EILSEQ)
			break;
		cx_buf_addc(out, (char)0xFF);
		in++;
		left--;
	}
	iconv_close(set);
}

/* Mostly letters, and bytes of every kind. */
static struct cx_str random_bytes(char *room, size_t most)
{
	size_t n = random_below(most);

	for (size_t i = 0; i < n; i++) {
		size_t kind = random_below(8);

		room[i] = (char)(kind < 3   ? 'a' + random_below(26)
		                 : kind < 4 ? random_below(256)
		                            : 0x80 + random_below(128));
		/* Pairs that are characters of each of the sets. */
		if (kind > 5 && i + 1 < n) {
			room[i] = (char)(0x82 + random_below(2));
			room[++i] = (char)(0x9F + random_below(64));
		}
	}
	return (struct cx_str){ room, n };
}

static void test_tables(void)
{
	static const char *const sets[] = { "cp932", "euc-jp", "euc-kr",
		"macintosh", "koi8-r", "windows-1250", "windows-1252",
		"iso-8859-1", "iso-8859-15", "gb18030", "big5" };
	enum { TEXTS = 100, MOST = 900 };

	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++) {
		int differ = 0;

		for (int k = 0; k < TEXTS; k++) {
			char room[MOST];
			struct cx_str input = random_bytes(room, MOST);
			struct cx_buf want = { 0 };
			struct outcome o = decode(sets[i], input,
			    1 + random_below(400), 1 + random_below(400));

			plainly(sets[i], input, &want);
			differ +=
			    !cx_str_eq(cx_buf_str(&o.bytes), cx_buf_str(&want));
			forget(&o);
			cx_buf_release(&want);
		}
		check_int(differ, 0, "%s as iconv alone has it", sets[i]);
	}
}

/* As that of musl does. */
static bool iconv_lacks(const char *encoding)
{
	iconv_t set = iconv_open("UTF-8", encoding);

	return set == (iconv_t)-1 || iconv_close(set) < 0;
}

int main(void)
{
	if (iconv_lacks("cp932")) {
		check(true, "decoding # SKIP iconv lacks cp932");
		return check_done();
	}
	test_tables();
	for (size_t i = 0; i < N_CASES; i++)
		check_case(&cases[i]);
	test_line_of_the_end();
	test_long();
	test_names();
	test_starts();
	test_guesses();
	return check_done();
}
