/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages, and how data is quoted in them. */
#include "libcx/base/err.h"
#include "libcx/base/utf8.h"
#include "tests/lib/check.h"
#include "tests/lib/str.h"

static void check_format(const struct cx_err *err, const char *want)
{
	struct cx_buf out = { 0 };

	cx_err_format(err, &out);
	cx_buf_addc(&out, '\0');
	check_str(out.data, want, "message %s", want);
	cx_buf_release(&out);
}

static void test_err_format(void)
{
	struct cx_err err;

	check_int(cx_err_set(&err, CX_USAGE, "%d is bad", 7), -1, "set is -1");
	check(err.status == CX_USAGE && !err.reason && err.line == 0 &&
	          !err.poison,
	    "what set leaves");
	check_format(&err, "7 is bad");
	err.line = 17; /* of no known file: not told */
	check_format(&err, "7 is bad");
	cx_err_file(&err, "");
	check_format(&err, "7 is bad");
	cx_err_file(&err, "a");
	check_format(&err, "a:17: 7 is bad");
	err.file[0] = '\0';
	cx_err_file(&err, "a.csv");
	check_format(&err, "a.csv:17: 7 is bad");
	cx_err_column(&err, STR("nps"));
	check_format(&err, "a.csv:17: column \"nps\": 7 is bad");
	cx_err_file(&err, "b.csv");
	cx_err_column(&err, STR("ces"));
	check_format(&err, "a.csv:17: column \"nps\": 7 is bad");
	err.line = 0;
	check_format(&err, "a.csv: column \"nps\": 7 is bad");
	/* Neither a file's name nor data can steer a terminal. */
	cx_err_set(&err, CX_DATA, "\xFF is 100 \xE2\x82\xAC\x1B[31m");
	cx_err_file(&err, "a\nb\xC2\x9B\xC3\xA9");
	check_format(&err,
	    "a\\x0Ab\\xC2\\x9B\xC3\xA9: \\xFF is 100 \xE2\x82\xAC\\x1B[31m");
}

static void test_err_record(void)
{
	static const char reason[] = "too bad";
	struct cx_err err;

	check_int(cx_err_record(&err, reason, "%s", "x"), -1, "record is -1");
	check(err.status == CX_DATA && err.reason == reason,
	    "a record has a reason");
	check_format(&err, "x");
	cx_err_hide(&err);
	check_format(
	    &err, "a cell, which is not shown, cannot be used: too bad");
	cx_err_set(&err, CX_DATA, "x");
	cx_err_hide(&err);
	check_format(&err, "a cell, which is not shown, cannot be used");
	cx_err_set(&err, CX_DATA, "x");
	cx_err_set(&err, CX_DATA, "%s again", err.what);
	check_format(&err, "x again");
	check(!err.reason, "set forgets the reason");
}

/* Whatever does not fit is cut between characters. */
static void test_err_long(void)
{
	enum { CHARS = 600 };
	char text[CHARS * 3 + 4] = "x";
	struct cx_err err;

	for (int shift = 0; shift < 3; shift++) {
		for (int i = 0; i < CHARS; i++)
			memcpy(text + shift + i * 3, "\xE3\x81\x82", 4);
		cx_err_set(&err, CX_DATA, "%s", text);
		cx_err_file(&err, text);
		cx_err_column(&err, cx_str(text));
		check(strlen(err.what) > sizeof(err.what) - 5 &&
		          strlen(err.file) > sizeof(err.file) - 5 &&
		          strlen(err.column) > sizeof(err.column) - 5,
		    "long texts fill their room, %d", shift);
		check(!err.what[cx_utf8_valid(cx_str(err.what))] &&
		          !err.file[cx_utf8_valid(cx_str(err.file))] &&
		          !err.column[cx_utf8_valid(cx_str(err.column))],
		    "and end in a whole character, %d", shift);
		memset(text, 'x', 3);
	}
}

/* ---- data in messages ---- */

static void test_quote(void)
{
	static const struct {
		struct cx_str from;
		const char *to;
	} cases[] = {
		{ STR(""), "\"\"" },
		{ STR("abc"), "\"abc\"" },
		{ STR("a\0b"), "\"a\\x00b\"" },
		{ STR("\t\n\x1B[31m\x7F"), "\"\\x09\\x0A\\x1B[31m\\x7F\"" },
		{ STR("\xC2\x85\xC2\x9F"), "\"\\xC2\\x85\\xC2\\x9F\"" },
		{ STR("\xC2\xA0\xC3\xA9"), "\"\xC2\xA0\xC3\xA9\"" },
		{ STR("\xE3\x81\x82"), "\"\xE3\x81\x82\"" },
		{ STR("\xE3\x81"), "\"\\xE3\\x81\"" },
		{ STR("\xFF\xC0\x80"), "\"\\xFF\\xC0\\x80\"" },
		{ STR("\xED\xA0\x80"), "\"\\xED\\xA0\\x80\"" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_str(cx_quote(cases[i].from), cases[i].to, "quote %zu", i);
}

/* Forty characters, not bytes. */
static void test_quote_cut(void)
{
	char text[400], want[400];

	for (int chars = 39; chars <= 42; chars++) {
		size_t n = 0, m = 0;

		want[m++] = '"';
		for (int i = 0; i < chars; i++, n += 4)
			memcpy(text + n, "\xF0\x9F\x98\x80", 4);
		memcpy(want + m, text, chars > 40 ? 160 : n);
		m += chars > 40 ? 160 : n;
		strcpy(want + m, chars > 40 ? "…\"" : "\"");
		check_str(cx_quote((struct cx_str){ text, n }), want,
		    "quote %d characters", chars);
	}
	memset(text, '\1', 100);
	check_int((intmax_t)strlen(cx_quote((struct cx_str){ text, 100 })),
	    1 + 40 * 4 + 4, "quote forty control bytes");
}

static void test_quote_ring(void)
{
	const char *a = cx_quote(STR("a")), *b = cx_quote(STR("b")),
	           *c = cx_quote(STR("c")), *d = cx_quote(STR("d"));

	check(strcmp(a, "\"a\"") == 0 && strcmp(b, "\"b\"") == 0 &&
	          strcmp(c, "\"c\"") == 0 && strcmp(d, "\"d\"") == 0,
	    "four quotes are valid at a time");
}

int main(void)
{
	test_err_format();
	test_err_record();
	test_err_long();
	test_quote();
	test_quote_cut();
	test_quote_ring();
	return check_done();
}
