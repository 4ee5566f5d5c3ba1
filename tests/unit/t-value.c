/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/value.h"
#include "tests/lib/check.h"
#include "tests/lib/str.h"

#define N_BLANK           "\xC2\xA0"
#define IDEOGRAPHIC_SPACE "\xE3\x80\x80"

/* ---- scores ---- */

struct score {
	struct cx_str cell;
	int want;
};

static const struct score scores[] = {
	{ STR("0"), 0 },
	{ STR("7"), 7 },
	{ STR("10"), 10 },
	{ STR("00"), 0 },
	{ STR("07"), 7 },
	{ STR("007"), 7 },
	{ STR("000000010"), 10 },
	{ STR(" 7"), 7 },
	{ STR("7 "), 7 },
	{ STR("\t7\n"), 7 },
	{ STR(N_BLANK "7" IDEOGRAPHIC_SPACE), 7 },
	{ STR("7."), 7 },
	{ STR("7.0"), 7 },
	{ STR("10.000"), 10 },
	{ STR(" 8.0 "), 8 },
	{ STR("-0"), 0 },
	{ STR("-0.0"), 0 },
};

static const struct cx_str no_scores[] = {
	STR("11"),
	STR("99"),
	STR("-1"),
	STR("-7"),
	STR("100"),
	STR("4294967296"),
	STR("18446744073709551617"),
	STR("99999999999999999999999999"),
	STR("7.5"),
	STR("7.01"),
	STR("7,0"),
	STR(".7"),
	STR("."),
	STR("-"),
	STR("+7"),
	STR("--7"),
	STR("- 7"),
	STR("7 8"),
	STR("7x"),
	STR("x7"),
	STR("x"),
	STR("eleven"),
	STR("7\0"),
	STR("\0"),
	STR("7e0"),
	STR("0x7"),
	STR(""),
	STR(" "),
	STR("7/10"),
	STR("7."
	    "0."),
	STR("\xEF\xBC\x97"), /* full-width seven */
	STR("\xD9\xA7"),     /* Arabic-Indic seven */
	STR("10 - extremely likely"),
};

static void test_scores(void)
{
	for (size_t i = 0; i < sizeof(scores) / sizeof(*scores); i++) {
		const struct score *s = &scores[i];
		struct cx_err err = { .status = CX_DONE };
		int got = -99;

		check(cx_value_score(s->cell, 0, 10, &got, &err) == 0 &&
		          got == s->want,
		    "score %s is %d", cx_quote(s->cell), s->want);
	}
}

static void test_no_scores(void)
{
	for (size_t i = 0; i < sizeof(no_scores) / sizeof(*no_scores); i++) {
		struct cx_str cell = no_scores[i];
		struct cx_err err = { .status = CX_DONE };
		int got = -99;

		check(cx_value_score(cell, 0, 10, &got, &err) == -1 &&
		          got == -99 && err.status == CX_DATA && err.reason &&
		          strstr(err.what, cx_quote(cell)),
		    "%s is no score", cx_quote(cell));
	}
}

static void test_scales(void)
{
	struct cx_err err;
	int got, bad = 0;

	check(cx_value_score(cx_str("-2"), -2, 2, &got, &err) == 0 && got == -2,
	    "a scale that starts below 0");
	check(cx_value_score(cx_str("-3"), -2, 2, &got, &err) == -1,
	    "below a scale that starts below 0");
	check(cx_value_score(cx_str("0"), 1, 5, &got, &err) == -1 &&
	          strstr(err.what, "from 1 to 5"),
	    "below a scale that starts at 1");
	check(cx_value_score(cx_str("123456789"), 0, 999999999, &got, &err) ==
	              0 &&
	          got == 123456789,
	    "a long scale");
	for (int i = -120; i <= 120; i++) {
		char text[16];
		bool in = i >= -100 && i <= 100;

		snprintf(text, sizeof(text), "%d", i);
		bad += (cx_value_score(cx_str(text), -100, 100, &got, &err) ==
		           0) != in;
		bad += in && got != i;
	}
	check_int(bad, 0, "all of -100 to 100, and nothing else");
}

/* ---- numbers ---- */

struct number {
	struct cx_str cell;
	double want;
};

static const struct number numbers[] = {
	{ STR("0"), 0 },
	{ STR("-0"), 0 },
	{ STR("1"), 1 },
	{ STR("+1"), 1 },
	{ STR("-1"), -1 },
	{ STR("007"), 7 },
	{ STR("1.5"), 1.5 },
	{ STR("-0.25"), -0.25 },
	{ STR("0.1"), 0.1 },
	{ STR("1e3"), 1000 },
	{ STR("1E3"), 1000 },
	{ STR("1e+3"), 1000 },
	{ STR("25e-2"), 0.25 },
	{ STR("1.5e1"), 15 },
	{ STR(" 42 "), 42 },
	{ STR(N_BLANK "42" IDEOGRAPHIC_SPACE), 42 },
	{ STR("9007199254740993"), 9007199254740992.0 },
	{ STR("1.7976931348623157e308"), 1.7976931348623157e308 },
	{ STR("4.9406564584124654e-324"), 4.9406564584124654e-324 },
	{ STR("1e-999"), 0 },
	{ STR("0.3000000000000000444089209850062616169452667236328125"),
	    0.3000000000000000444 },
};

static const struct cx_str no_numbers[] = {
	STR(""),
	STR(" "),
	STR("."),
	STR("-"),
	STR("+"),
	STR("e5"),
	STR("-.e1"),
	STR("1e"),
	STR("1e+"),
	STR("1e5.0"),
	STR("1.2.3"),
	STR("1,5"),
	STR("1,000"),
	STR("1 000"),
	STR("1" N_BLANK "000"),
	STR("--1"),
	STR("+-1"),
	STR("0x10"),
	STR("0x1p3"),
	STR("inf"),
	STR("-inf"),
	STR("Infinity"),
	STR("nan"),
	STR("NaN"),
	STR("NA"),
	STR("1f"),
	STR("1%"),
	STR("$1"),
	STR("1\0"),
	STR("\0"),
	STR("12\0"
	    "34"),
	STR("\xEF\xBC\x97"),
	STR("1e999"), /* more than a double can hold */
	STR("-1e999"),
};

static void test_numbers(void)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		const struct number *n = &numbers[i];
		struct cx_err err = { .status = CX_DONE };
		double got = -99;

		check(
		    cx_value_number(n->cell, &got, &err) == 0 && got == n->want,
		    "number %s", cx_quote(n->cell));
	}
}

static void test_no_numbers(void)
{
	for (size_t i = 0; i < sizeof(no_numbers) / sizeof(*no_numbers); i++) {
		struct cx_str cell = no_numbers[i];
		struct cx_err err = { .status = CX_DONE };
		double got = -99;

		check(cx_value_number(cell, &got, &err) == -1 && got == -99 &&
		          err.status == CX_DATA && err.reason &&
		          strstr(err.what, cx_quote(cell)),
		    "%s is no number", cx_quote(cell));
	}
}

/* As long as the reader's buffer for it, and longer. */
static void test_long_numbers(void)
{
	char text[1000];
	struct cx_err err;
	double got;

	memset(text, '0', sizeof(text));
	text[0] = '1';
	text[1] = '.';
	check(cx_value_number((struct cx_str){ text, 399 }, &got, &err) == 0 &&
	          got == 1,
	    "a long number");
	memset(text, ' ', sizeof(text));
	text[700] = '5';
	check(cx_value_number((struct cx_str){ text, 1000 }, &got, &err) == 0 &&
	          got == 5,
	    "blanks do not count");
}

/* ---- whole numbers ---- */

struct whole {
	struct cx_str cell;
	int64_t want;
};

static const struct whole wholes[] = {
	{ STR("0"), 0 },
	{ STR("-0"), 0 },
	{ STR("7"), 7 },
	{ STR("-7"), -7 },
	{ STR("007"), 7 },
	{ STR("1234567890"), 1234567890 },
	{ STR("999999999999999999"), 999999999999999999 },
	{ STR("-999999999999999999"), -999999999999999999 },
};

static const struct cx_str no_wholes[] = {
	STR(""),
	STR("-"),
	STR(" 7"),
	STR("7 "),
	STR("- 7"),
	STR("+7"),
	STR("--7"),
	STR("7-"),
	STR("7.0"),
	STR("7."),
	STR("1e3"),
	STR("1,000"),
	STR("x"),
	STR("7\0"),
	STR("\0"),
	STR("0x7"),
	STR("9999999999999999999"),
	STR("-9223372036854775809"),
	STR("18446744073709551616"),
};

static void test_wholes(void)
{
	for (size_t i = 0; i < sizeof(wholes) / sizeof(*wholes); i++) {
		const struct whole *n = &wholes[i];
		struct cx_err err = { .status = CX_DONE };
		int64_t got = 99;

		check(
		    cx_value_whole(n->cell, &got, &err) == 0 && got == n->want,
		    "whole number %s", cx_quote(n->cell));
	}
}

static void test_no_wholes(void)
{
	for (size_t i = 0; i < sizeof(no_wholes) / sizeof(*no_wholes); i++) {
		struct cx_str cell = no_wholes[i];
		struct cx_err err = { .status = CX_DONE };
		int64_t got = 99;

		check(cx_value_whole(cell, &got, &err) == -1 && got == 99 &&
		          err.status == CX_DATA && err.reason &&
		          strstr(err.what, cx_quote(cell)),
		    "%s is no whole number", cx_quote(cell));
	}
}

static void test_ends_of_scales(void)
{
	static const struct {
		const char *text;
		int low, high; /* 0 both: it is none */
	} cases[] = { { "1..5", 1, 5 }, { "0..10", 0, 10 }, { "-2..2", -2, 2 },
		{ "-1000..1000", -1000, 1000 }, { "-3..-1", -3, -1 },
		{ "-1001..1", 0, 0 }, { "1..1001", 0, 0 }, { "5..5", 0, 0 },
		{ "5..1", 0, 0 }, { "1..", 0, 0 }, { "..5", 0, 0 },
		{ "..", 0, 0 }, { ".", 0, 0 }, { "", 0, 0 }, { "1.5", 0, 0 },
		{ "1...5", 0, 0 }, { "1..5.0", 0, 0 }, { "1-5", 0, 0 },
		{ "1..5 ", 0, 0 }, { "5", 0, 0 } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int low = 0, high = 0;
		int code = cx_value_scale(cx_str(cases[i].text), &low, &high);

		check(code == (cases[i].high > cases[i].low ? 0 : -1) &&
		          low == cases[i].low && high == cases[i].high,
		    "\"%s\" as a scale", cases[i].text);
	}
}

int main(void)
{
	test_scores();
	test_no_scores();
	test_scales();
	test_ends_of_scales();
	test_numbers();
	test_no_numbers();
	test_long_numbers();
	test_wholes();
	test_no_wholes();
	return check_done();
}
