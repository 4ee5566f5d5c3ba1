/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is wrong with conditions, and where; the logic of three values against
 * the tables of Kleene 1938; many threads. Which rows conditions hold for is
 * compared with SQLite in tests/cmd/where.t.
 */
#include "libcx/table/predicate.h"
#include "libcx/table/reader.h"
#include "tests/lib/check.h"
#include "tests/lib/scratch.h"

#include <pthread.h>

/* ---- errors ---- */

struct fault {
	const char *text;
	const char *at;   /* line:character */
	const char *what; /* part of the message */
};

static const struct fault faults[] = {
	{ "", "1:1", "ends where a column or a value is wanted" },
	{ "n <", "1:4", "ends where" },
	{ "n = 1", "1:3", "did you mean ==?" },
	{ "n <> 1", "1:3", "did you mean !=?" },
	{ "n == 1 && m == 2", "1:8", "did you mean and?" },
	{ "n == 1 || m == 2", "1:8", "did you mean or?" },
	{ "!(n == 1)", "1:1", "did you mean not?" },
	{ "n == 1 AND m == 2", "1:8", "did you mean \"and\"?" },
	{ "n == 1 m", "1:8", "an operator or the end" },
	{ "(n == 1", "1:8", "\")\"" },
	{ "n == 1)", "1:7", "an operator or the end" },
	{ "n in 1", "1:6", "\"(\" and a list" },
	{ "n in ()", "1:7", "a number, a \"string\" or a time" },
	{ "n in (m)", "1:7", "a number, a \"string\" or a time" },
	{ "n in (1 2)", "1:9", "\",\" or \")\"" },
	{ "n in (-\"a\")", "1:8", "a number" },
	{ "n is 1", "1:6", "\"missing\" or \"not missing\"" },
	{ "n not 1", "1:7", "\"in\"" },
	{ "1 < n < 2", "1:7", "join two with \"and\"" },
	{ "s == 'a", "1:6", "never closed" },
	{ "`s == 'a'", "1:1", "never closed" },
	{ "`` == 'a'", "1:1", "without a name" },
	{ "s == 'a' and '' == s", "1:14", "is missing" },
	{ "s ~ 'a('", "1:8", "not a regular expression" },
	{ "s ~ '\\C'", "1:8", "not a regular expression" },
	{ "s ~ m", "1:5", "regular expression" },
	{ "s ~ 1", "1:5", "regular expression" },
	{ "n + 1 ~ 'a'", "1:7", "a column is wanted" },
	{ "n", "1:1", "this is a column, no condition" },
	{ "n + 1", "1:3", "this is a number, no condition" },
	{ "n - s", "1:3", "this is a difference, no condition" },
	{ "not n", "1:5", "no condition" },
	{ "n == 1 and 'a'", "1:12", "this is a text, no condition" },
	{ "(n == 1) == (m == 2)", "1:10", "a condition cannot be compared" },
	{ "(n == 1) is missing", "1:10", "never missing" },
	{ "(n == 1) + 1 > 0", "1:10", "do not go together" },
	{ "s == ''", "1:6", "is missing" },
	{ "s in ('a', '')", "1:12", "is missing" },
	{ "s < '10'", "1:5", "a number has no quotes" },
	{ "nps == 'high'", "1:8", "this text is not a number" },
	{ "time > 'soon'", "1:8", "this text is not a time" },
	{ "time > 5", "1:6", "a time and a number" },
	{ "5 < time", "1:3", "a number and a time" },
	{ "nps > 2026-01-01", "1:5", "a number and a time" },
	{ "n > 30d", "1:1", "no column holds a length of time" },
	{ "30d > n", "1:7", "no column holds a length of time" },
	{ "time + time > 2026-01-01", "1:6", "a time and a time" },
	{ "time * 2 > 5", "1:6", "a time and a number" },
	{ "-time > 5", "1:1", "a time has no negative" },
	{ "n - m > 'a'", "1:3", "a difference is not a text" },
	{ "n - m > 2026-01-01", "1:3", "a difference is not a time" },
	{ "'a' + 1 > n", "1:5", "a text and a number" },
	{ "n in (1, 2026-01-01)", "1:3", "a number and a time" },
	{ "n in (1, 'a')", "1:10", "this text is not a number" },
	{ "n == 5x", "1:7", "not a unit of time" },
	{ "time - n > 5m", "1:13", "not a unit of time" },
	{ "time > 2026-02-30", "1:8", "not a time" },
	{ "time > 2026-01-01x", "1:8", "not a time" },
	{ "time > 2026-01-01T25:00", "1:8", "not a time" },
	{ "n > 1e999", "1:5", "too large" },
	{ "n > ;", "1:5", "\";\" is not known here" },
	{ "n > \xFF", "1:5", "\"\\xFF\" is not known here" },
	/* lines and characters, not bytes */
	{ "n > 1 and\n  m = 2", "2:5", "did you mean ==?" },
	{ "満足 == '高' and 満足 = 1", "1:18", "did you mean ==?" },
};

/* file:LINE:CHARACTER of an error, without the file. */
static const char *place(const struct cx_err *err)
{
	return strncmp(err->file, "here:", 5) == 0 ? err->file + 5 : "nowhere";
}

static void check_faults(void)
{
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		struct cx_predicate *p = cx_predicate_new();
		struct cx_err err = { .status = CX_DONE };
		int code = cx_predicate_add(
		    p, cx_str(faults[i].text), "here", 1, 1, &err);

		check(code < 0 && err.status == CX_USAGE, "%s: refused",
		    faults[i].text);
		check_str(place(&err), faults[i].at, "where");
		if (!check(strstr(err.what, faults[i].what) != NULL, "why"))
			check_show("got", err.what);
		cx_predicate_free(p);
	}
}

static void check_caret(void)
{
	struct cx_predicate *p = cx_predicate_new();
	struct cx_buf text = { 0 };
	struct cx_err err;

	cx_predicate_add(
	    p, cx_str("都市 == \"東京\" or \x01 n"), "f", 7, 9, &err);
	check_str(err.file, "f:7:23", "place in a line that goes on");
	check_str(err.below, "  都市 == \"東京\" or   n\n                    ^",
	    "caret under wide characters, control characters masked");
	for (int i = 0; i < 30; i++)
		cx_buf_addz(&text, "n == 1 or ");
	cx_buf_addz(&text, "n = 2 or n == 3 or n == 4 or n == 5");
	cx_predicate_add(p, cx_buf_str(&text), "f", 1, 1, &err);
	check_str(err.below,
	    "  == 1 or n == 1 or n == 1 or n == 1 or n == 1 or n = 2 or n == 3 "
	    "or n == 4 o\n"
	    "                                                    ^",
	    "a part of a long line");
	cx_buf_release(&text);
	cx_predicate_free(p);
}

static void repeat(struct cx_buf *text, const char *what, int n)
{
	for (int i = 0; i < n; i++)
		cx_buf_addz(text, what);
}

static void check_depth(void)
{
	static const struct {
		const char *before, *core, *after;
		int most;
	} deep[] = { { "(", "n == 1", ")", 199 }, { "not ", "n == 1", "", 197 },
		{ "- ", "n == 1", "", 198 }, { "1 + ", "n == 1", "", 198 },
		{ "n == 1 or ", "n == 1", "", 100000 } };

	for (size_t i = 0; i < sizeof(deep) / sizeof(*deep); i++)
		for (int over = 0; over <= 1; over++) {
			struct cx_predicate *p = cx_predicate_new();
			struct cx_buf text = { 0 };
			struct cx_err err;
			int code;

			repeat(&text, deep[i].before,
			    over ? 100000 : deep[i].most);
			cx_buf_addz(&text, deep[i].core);
			repeat(
			    &text, deep[i].after, over ? 100000 : deep[i].most);
			code = cx_predicate_add(
			    p, cx_buf_str(&text), "here", 1, 1, &err);
			check(code == (over && deep[i].most < 1000 ? -1 : 0),
			    "\"%s\" %s times", deep[i].before,
			    over ? "too many" : "many");
			if (code < 0)
				check(strstr(err.what, "200 levels") != NULL,
				    "says so: %s", err.what);
			cx_buf_release(&text);
			cx_predicate_free(p);
		}
}

/* ---- truth ---- */

/* The conditions of a predicate, joined, for the one row of a file. */
static struct cx_predicate *add_all(const char *const *texts, size_t n)
{
	struct cx_predicate *p = cx_predicate_new();
	struct cx_err err;

	for (size_t i = 0; i < n; i++)
		if (cx_predicate_add(p, cx_str(texts[i]), "here", 1, 1, &err))
			check(false, "%s: %s", texts[i], err.what);
	return p;
}

static int holds(const char *file, const char *text, struct cx_err *err)
{
	struct cx_predicate *p = add_all(&text, 1);
	struct cx_reader_options options = { .foreign = true };
	struct cx_reader *reader;
	struct cx_input *in;
	const struct cx_row *row;
	struct cx_test *test;
	int value = -2;

	if (cx_input_open(&in, file, err) < 0)
		scratch_fail(file);
	if (cx_reader_open(&reader, in, &options, err) < 0 ||
	    cx_reader_next(reader, &row, err) <= 0)
		scratch_fail(file);
	test = cx_test_new(p, cx_reader_header(reader), err);
	if (test && cx_predicate_n(p)) {
		cx_test_row(test, row);
		value = cx_test_holds(test, 0, err);
	}
	cx_test_free(test);
	cx_reader_close(reader);
	cx_input_close(in);
	cx_predicate_free(p);
	return value;
}

/* true, false and unknown, as conditions about the row */
static const char *const three[] = { "n == 1", "n == 2", "none == 1" };

static void check_kleene(const char *file)
{
	/* by the order of `three` */
	static const int and_is[3][3] = { { 0, 1, 2 }, { 1, 1, 1 },
		{ 2, 1, 2 } };
	static const int or_is[3][3] = { { 0, 0, 0 }, { 0, 1, 2 },
		{ 0, 2, 2 } };
	static const int not_is[3] = { 1, 0, 2 };
	struct cx_err err;
	char text[200];

	for (int a = 0; a < 3; a++) {
		snprintf(text, sizeof(text), "not %s", three[a]);
		check_int(holds(file, text, &err), not_is[a] == 0, "%s", text);
		for (int b = 0; b < 3; b++) {
			/* not of it tells false from unknown */
			snprintf(text, sizeof(text), "%s and %s", three[a],
			    three[b]);
			check_int(holds(file, text, &err), and_is[a][b] == 0,
			    "%s", text);
			snprintf(text, sizeof(text), "not (%s and %s)",
			    three[a], three[b]);
			check_int(holds(file, text, &err), and_is[a][b] == 1,
			    "%s", text);
			snprintf(
			    text, sizeof(text), "%s or %s", three[a], three[b]);
			check_int(holds(file, text, &err), or_is[a][b] == 0,
			    "%s", text);
			snprintf(text, sizeof(text), "not (%s or %s)", three[a],
			    three[b]);
			check_int(holds(file, text, &err), or_is[a][b] == 1,
			    "%s", text);
		}
	}
}

struct statement {
	const char *text;
	int value;
};

static const struct statement statements[] = {
	{ "none is missing and n is not missing", 1 },
	{ "n / 0 is missing and 0 / 0 is missing", 1 },
	{ "n + none is missing and not (n is missing)", 1 },
	{ "none != 1 or not none in (1) or none !~ '.'", 0 },
	{ "text == 'three' or number > 5", 1 },
	{ "text > 5", -1 },
	{ "n == 2 and text > 5", 0 },
	{ "n == 1 or text > 5", 1 },
	{ "text is missing", 0 },
	{ "long ~ '^(a+)+$'", -1 },
	{ "日本 ~ '^.語$' and 日本 ~ '[本語]'", 1 },
	{ "quote == 'it''s \"so\"' and quote == \"it's \"\"so\"\"\"", 1 },
	{ "`日本` == '日語' and `a ``b` == 7 and #1 == 1", 1 },
	{ "time == 2026-11-21T16:54:29Z", 1 },
	{ "time == '2026-11-21 16:54:29' and time == "
	  "2026-11-22T01:54:29+09:00",
	    1 },
	{ "day == 2026-11-21 and time - day < 17h and time - day > 1014min",
	    1 },
	{ "time > 2026-11-14 + 1w and time < 2026-11-15 + 2w - 7d + 60s", 1 },
	{ "(time - day) / 1h > 16.9 and 2 * (time - day) < 1.5d", 1 },
	{ "n==1 and(number>=7.5 or n==3)", 1 },
	{ "number in (1, 7.50) and number not in (-7.5) and -number == -7.5",
	    1 },
	{ "number - 7.5 in (3, -0) and number - 7.5 in (0) and n - 1 in (-0)",
	    1 },
	{ "number in (7.4, 7.6, 75) or n in (0, 2)", 0 },
	{ "time in ('2026-11-21 16:54:29', 2027-01-01) and time not in "
	  "(2026-11-21)",
	    1 },
	{ "time - day in (2h, 60869s)", 1 },
	{ "2026-11 == 2015 and 2026 - 11 - 21 == 1994", 1 },
	{ "number == 75e-1 and .5 * 2 == 1. ", 1 },
};

static void check_statements(const char *file)
{
	for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++) {
		struct cx_err err = { .status = CX_DONE };

		if (!check_int(holds(file, statements[i].text, &err),
		        statements[i].value, "%s", statements[i].text))
			check_show("said", err.what);
		if (statements[i].value < 0)
			check(err.reason != NULL, "a fault of this record");
	}
}

/* ---- threads ---- */

struct crew {
	struct cx_predicate *p;
	const char *file;
	long count;
};

static void *count_rows(void *arg)
{
	struct crew *c = arg;
	struct cx_reader_options options = { .foreign = true };
	struct cx_reader *reader = NULL;
	struct cx_input *in;
	const struct cx_row *row;
	struct cx_test *test;
	struct cx_err err;

	if (cx_input_open(&in, c->file, &err) < 0 ||
	    cx_reader_open(&reader, in, &options, &err) < 0)
		scratch_fail(c->file);
	test = cx_test_new(c->p, cx_reader_header(reader), &err);
	while (cx_reader_next(reader, &row, &err) > 0) {
		cx_test_row(test, row);
		for (size_t i = 0; i < cx_predicate_n(c->p); i++)
			c->count += cx_test_holds(test, i, &err) << i;
	}
	cx_test_free(test);
	cx_reader_close(reader);
	cx_input_close(in);
	return NULL;
}

static void check_threads(void)
{
	static const char *const texts[] = { "x in ('a7', 'a8') or n > 500",
		"x ~ '7$'", "n < 100 and x != 'a3'" };
	struct crew crews[4];
	pthread_t threads[4];
	struct cx_buf rows = { 0 };

	cx_buf_addz(&rows, "n,x\n");
	for (int i = 0; i < 5000; i++)
		cx_buf_addf(&rows, "%d,a%d\n", i % 1000, i % 10);
	scratch_write(scratch_path("rows"), cx_buf_str(&rows));
	for (int i = 0; i < 4; i++) {
		crews[i] = (struct crew){ i ? crews[0].p : add_all(texts, 3),
			scratch_path("rows"), 0 };
		pthread_create(&threads[i], NULL, count_rows, &crews[i]);
	}
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	/* Of 1000: 499 + 2/10 of 501 (0 to 500); 1/10; 9/10 of 100. */
	for (int i = 0; i < 4; i++)
		check_int(crews[i].count, 5 * ((499 + 100) + 2 * 100 + 4 * 90),
		    "thread %d", i);
	check_int((intmax_t)cx_predicate_n_columns(crews[0].p), 2,
	    "columns, each once");
	check(cx_str_eq(cx_predicate_column(crews[0].p, 1), cx_str("n")),
	    "in the order they are named");
	cx_predicate_free(crews[0].p);
	cx_buf_release(&rows);
}

int main(void)
{
	struct cx_buf row = { 0 };

	check_faults();
	check_caret();
	check_depth();
	cx_buf_addz(&row, "n\tnone\ttext\tnumber\t日本\tquote\ta `b\ttime\tday"
	                  "\tlong\n1\t\tthree\t7.5\t日語\tit's \"so\"\t7\t"
	                  "2026-11-21T16:54:29Z\t2026-11-21\t");
	repeat(&row, "a", 60);
	cx_buf_addz(&row, "b\n");
	scratch_write(scratch_path("row"), cx_buf_str(&row));
	check_kleene(scratch_path("row"));
	check_statements(scratch_path("row"));
	check_threads();
	cx_buf_release(&row);
	return check_done();
}
