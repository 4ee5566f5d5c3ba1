/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records in each format, numbers in them, and how writing ends. */
#include "tests/lib/table.h"
#include "tests/lib/transcript.h"

/* ---- escapes ---- */

static const struct table nasty = {
	.n_columns = 2,
	.n_rows = 8,
	.names = { STR("a name"), STR("b|;\t\"") },
	.cells = { { STR("x"), STR("") },
	    { STR("tab\tnewline\nreturn\r"), STR("back\\slash") },
	    { STR("say \"hi\""), STR("a,b;c") }, { STR("\\!x"), STR("x\\!") },
	    { STR("<b>&amp;|*_`[]"), STR("\b\f\x01\x1F\x7F") },
	    { STR("\xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80"), STR(" a ") },
	    { STR("sixteen bytes or more, and a tab\t"),
	        STR("0123456789abcdef\\0123456789abcdef") },
	    { STR(""), STR("") } },
};

static void test_escapes(void)
{
	check_table(CX_TSV, &nasty,
	    "a name\tb|;\\t\"\n"
	    "x\t\n"
	    "tab\\tnewline\\nreturn\\r\tback\\\\slash\n"
	    "say \"hi\"\ta,b;c\n"
	    "\\\\!x\tx\\\\!\n"
	    "<b>&amp;|*_`[]\t\b\f\x01\x1F\x7F\n"
	    "\xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80\t a \n"
	    "sixteen bytes or more, and a tab\\t\t"
	    "0123456789abcdef\\\\0123456789abcdef\n"
	    "\t\n",
	    "TSV");
	check_table(CX_CSV, &nasty,
	    "a name,\"b|;\t\"\"\"\n"
	    "x,\n"
	    "\"tab\tnewline\nreturn\r\",back\\slash\n"
	    "\"say \"\"hi\"\"\",\"a,b;c\"\n"
	    "\"\\!x\",x\\!\n"
	    "<b>&amp;|*_`[],\b\f\x01\x1F\x7F\n"
	    "\xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80, a \n"
	    "\"sixteen bytes or more, and a tab\t\","
	    "0123456789abcdef\\0123456789abcdef\n"
	    ",\n",
	    "CSV");
	check_table(CX_JSON, &nasty,
	    "{\"a name\":\"x\",\"b|;\\t\\\"\":null}\n"
	    "{\"a name\":\"tab\\tnewline\\nreturn\\r\","
	    "\"b|;\\t\\\"\":\"back\\\\slash\"}\n"
	    "{\"a name\":\"say \\\"hi\\\"\",\"b|;\\t\\\"\":\"a,b;c\"}\n"
	    "{\"a name\":\"\\\\!x\",\"b|;\\t\\\"\":\"x\\\\!\"}\n"
	    "{\"a name\":\"<b>&amp;|*_`[]\","
	    "\"b|;\\t\\\"\":\"\\b\\f\\u0001\\u001f\x7F\"}\n"
	    "{\"a name\":\"\xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80\","
	    "\"b|;\\t\\\"\":\" a \"}\n"
	    "{\"a name\":\"sixteen bytes or more, and a tab\\t\","
	    "\"b|;\\t\\\"\":\"0123456789abcdef\\\\0123456789abcdef\"}\n"
	    "{\"a name\":null,\"b|;\\t\\\"\":null}\n",
	    "JSON");
	check_table(CX_MD, &nasty,
	    "| a name | b\\|;\t\" |\n"
	    "|---|---|\n"
	    "| x |  |\n"
	    "| tab\tnewline return  | back\\\\slash |\n"
	    "| say \"hi\" | a,b;c |\n"
	    "| \\\\!x | x\\\\! |\n"
	    "| &lt;b>&amp;amp;\\|\\*\\_\\`\\[\\] | \b\f\x01\x1F\x7F |\n"
	    "| \xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80 |  a  |\n"
	    "| sixteen bytes or more, and a tab\t | "
	    "0123456789abcdef\\\\0123456789abcdef |\n"
	    "|  |  |\n",
	    "Markdown");
}

/* What stands between tildes is struck out: GFM 0.29, section 6.5. */
static void test_tildes(void)
{
	static const struct table t = { .n_columns = 2,
		.n_rows = 1,
		.names = { STR("a"), STR("b") },
		.cells = { { STR("~5 min~"), STR("~~no~~") } } };

	check_table(CX_MD, &t,
	    "| a | b |\n"
	    "|---|---|\n"
	    "| \\~5 min\\~ | \\~\\~no\\~\\~ |\n",
	    "tildes in Markdown");
}

static void test_one_column(void)
{
	static const struct table t = { .n_columns = 1,
		.n_rows = 4,
		.names = { STR("a;b\tc") },
		.cells = { { STR("") }, { STR("a\tb,c") }, { STR("\\!") },
		    { STR("") } } };
	static const char want[] = "\"a;b\tc\"\n\n\"a\tb,c\"\n\"\\!\"\n\n";

	check_table(CX_TSV, &t, want, "one column of TSV is CSV");
	check_table(CX_CSV, &t, want, "one column of CSV");
}

/* What a spreadsheet takes for a formula: OWASP, "CSV Injection". */
static void test_excel(void)
{
	static const struct table t = { .n_columns = 2,
		.n_rows = 8,
		.names = { STR("=a"), STR("b") },
		.cells = { { STR("=1+1"), STR("a=1") },
		    { STR("+5"), STR("-0.5") },
		    { STR("-5e3"), STR("-5+\"x\"") },
		    { STR("@SUM(A1)"), STR("a@b.example") },
		    { STR("\t=1"), STR("\r=1") }, { STR("\n=1"), STR("-") },
		    { STR("＝1"), STR("－1") }, { STR("'=1"), STR("") } } };

	check_table(CX_EXCEL, &t,
	    "\uFEFF\"'=a\",b\n"
	    "\"'=1+1\",a=1\n"
	    "+5,-0.5\n"
	    "-5e3,\"'-5+\"\"x\"\"\"\n"
	    "\"'@SUM(A1)\",a@b.example\n"
	    "\"'\t=1\",\"'\r=1\"\n"
	    "\"'\n=1\",\"'-\"\n"
	    "\"'＝1\",\"'－1\"\n"
	    "'=1,\n",
	    "what a spreadsheet is to open");
}

static void test_no_rows(void)
{
	static const struct table t = { .n_columns = 2,
		.names = { STR("a"), STR("b") } };

	check_table(CX_TSV, &t, "a\tb\n", "no rows, TSV");
	check_table(CX_CSV, &t, "a,b\n", "no rows, CSV");
	check_table(CX_JSON, &t, "", "no rows, JSON");
	check_table(CX_MD, &t, "| a | b |\n|---|---|\n", "no rows, Markdown");
	check_table(CX_TABLE, &t, "a  b\n", "no rows, table");
}

/* ---- numbers ---- */

struct real {
	double x;
	int decimals, brief;
	const char *tsv, *brief_text, *json;
};

static const struct real reals[] = {
	{ 0, 1, 0, "0.0", "0", "0.0" },
	{ -0.0, 1, 0, "0.0", "0", "0.0" },
	{ -0.0, 0, 0, "0", "0", "0" },
	{ -0.04, 1, 0, "0.0", "0", "0.0" },
	{ -0.06, 1, 0, "-0.1", "0", "-0.1" },
	{ -0.5, 2, 1, "-0.50", "-0.5", "-0.50" },
	{ 1.0 / 3, 6, 1, "0.333333", "0.3", "0.333333" },
	{ 100, 4, 1, "100.0000", "100.0", "100.0000" },
	{ 1e15, 1, 1, "1000000000000000.0", "1000000000000000.0",
	    "1000000000000000.0" },
	{ NAN, 2, 1, "", "", "null" },
	{ INFINITY, 2, 1, "", "", "null" },
	{ -INFINITY, 2, 1, "", "", "null" },
};

/* One cell of a number, beside one of text. */
static char *real_in(enum cx_format format, const struct real *r)
{
	const char *path = scratch_path("real");
	static const struct table t = { .n_columns = 2,
		.names = { STR("a"), STR("b") } };
	struct cx_writer *writer = start(path, format, &t);
	struct cx_lines lines = { .writer = writer };
	struct cx_buf text = { 0 };
	struct cx_err err;

	cx_lines_text(&lines, cx_str("x"));
	cx_lines_real(&lines, r->x, r->decimals, r->brief);
	cx_lines_end(&lines);
	cx_writer_put(writer, &lines, &err);
	cx_lines_release(&lines);
	cx_writer_close(writer, &err);
	scratch_read(path, &text);
	cx_buf_addc(&text, '\0');
	return text.data;
}

static void check_real(enum cx_format format, const struct real *r,
    const char *around, const char *number)
{
	char *text = real_in(format, r), want[100];

	snprintf(want, sizeof(want), around, number);
	check_str(text, want, "%g with %d decimals, format %d", r->x,
	    r->decimals, (int)format);
	free(text);
}

static void test_reals(void)
{
	for (size_t i = 0; i < sizeof(reals) / sizeof(*reals); i++) {
		const struct real *r = &reals[i];

		check_real(CX_TSV, r, "a\tb\nx\t%s\n", r->tsv);
		check_real(CX_CSV, r, "a,b\nx,%s\n", r->tsv);
		check_real(CX_JSON, r, "{\"a\":\"x\",\"b\":%s}\n", r->json);
		check_real(CX_MD, r, "| a | b |\n|---|---|\n| x | %s |\n",
		    r->brief_text);
	}
}

/* The largest double has 309 digits. */
static void test_long_real(void)
{
	struct real r = { 1.7976931348623157e308, 9, 9, "", "", "" };
	char *text = real_in(CX_TSV, &r), *number = strstr(text, "x\t") + 2;

	check(strlen(number) == 309 + 1 + 9 + 1 && strtod(number, NULL) == r.x,
	    "the largest number");
	free(text);
}

static void test_counts(void)
{
	const char *path = scratch_path("counts");
	static const struct table t = { .n_columns = 3,
		.names = { STR("a"), STR("b"), STR("c") } };
	struct cx_writer *writer = start(path, CX_JSON, &t);
	struct cx_lines lines = { .writer = writer };
	struct cx_err err;

	cx_lines_count(&lines, 0);
	cx_lines_count(&lines, UINT64_MAX);
	cx_lines_missing(&lines);
	cx_lines_end(&lines);
	cx_writer_put(writer, &lines, &err);
	cx_lines_release(&lines);
	check(cx_writer_n_columns(writer) == 3 &&
	          cx_str_eq(cx_writer_name(writer, 1), cx_str("b")),
	    "columns and their names");
	cx_writer_close(writer, &err);
	check_file(path, "{\"a\":0,\"b\":18446744073709551615,\"c\":null}\n",
	    "counts and missing cells");
}

static void test_md_kinds(void)
{
	const char *path = scratch_path("md");
	struct cx_output *out;
	struct cx_writer *writer;
	struct cx_err err;

	if (cx_output_open(&out, path, &err) < 0)
		scratch_fail(path);
	writer = cx_writer_new(out, CX_MD, false);
	cx_writer_column(writer, cx_str("a"), CX_TEXT);
	cx_writer_column(writer, cx_str("b"), CX_NUMBER);
	cx_writer_close(writer, &err);
	check_file(path, "| a | b |\n|---|---:|\n",
	    "numbers of Markdown stand at the right");
}

/* ---- records in the making ---- */

static void test_cancel(void)
{
	const char *path = scratch_path("cancel");
	static const struct table t = { .n_columns = 2,
		.names = { STR("a"), STR("b") } };
	struct cx_writer *writer = start(path, CX_TSV, &t);
	struct cx_lines lines = { .writer = writer };
	struct cx_err err;

	cx_lines_text(&lines, cx_str("no"));
	cx_lines_cancel(&lines);
	cx_lines_text(&lines, cx_str("1"));
	cx_lines_plain(&lines, cx_str("2"));
	cx_lines_end(&lines);
	cx_lines_text(&lines, cx_str("no"));
	cx_lines_text(&lines, cx_str("nor"));
	cx_lines_cancel(&lines);
	cx_writer_put(writer, &lines, &err);
	cx_lines_text(&lines, cx_str("no"));
	cx_lines_cancel(&lines);
	cx_lines_plain(&lines, cx_str(""));
	cx_lines_plain(&lines, cx_str("4"));
	cx_lines_end(&lines);
	cx_writer_put(writer, &lines, &err);
	cx_writer_put(writer, &lines, &err);
	cx_lines_release(&lines);
	cx_writer_close(writer, &err);
	check_file(path, "a\tb\n1\t2\n\t4\n", "what is taken back");
}

static void test_plain(void)
{
	static const struct table t = { .n_columns = 1, .names = { STR("a") } };
	const char *path = scratch_path("plain");
	struct cx_writer *writer = start(path, CX_TSV, &t);
	struct cx_lines lines = { .writer = writer };
	struct cx_err err;

	cx_lines_plain(&lines, cx_str("x,y"));
	cx_lines_end(&lines);
	cx_writer_put(writer, &lines, &err);
	cx_lines_release(&lines);
	cx_writer_close(writer, &err);
	check_file(path, "a\n\"x,y\"\n", "plain for TSV is not so for CSV");
}

static void test_same_names(void)
{
	static const struct table t = { .n_columns = 3,
		.names = { STR("a"), STR("b"), STR("a") } };
	const char *path = scratch_path("names");
	struct cx_writer *writer = start(path, CX_TSV, &t);
	struct cx_err err;

	check(cx_writer_close(writer, &err) == -1 && err.status == CX_USAGE &&
	          strstr(err.what, "\"a\"") && access(path, F_OK) < 0,
	    "columns of one name are not written");
}

static void test_full(void)
{
	static const struct table t = { .n_columns = 1, .names = { STR("a") } };
	struct cx_writer *writer = start("/dev/full", CX_CSV, &t);
	struct cx_err err;

	check(cx_writer_close(writer, &err) == -1 &&
	          strstr(err.what, "cannot write"),
	    "a full disk shows at close");
}

/* ---- poison ---- */

/* What arrives at the other end of a pipe. */
static void poison_pipe(enum cx_format format, const struct table *t,
    const char *why, struct cx_buf *got)
{
	struct cx_writer *writer;
	struct cx_lines lines;
	struct cx_err err;
	char name[32];
	int ends[2];

	if (pipe(ends) < 0)
		scratch_fail("pipe");
	snprintf(name, sizeof(name), "/dev/fd/%d", ends[1]);
	writer = start(name, format, t);
	lines = (struct cx_lines){ .writer = writer };
	close(ends[1]);
	for (size_t row = 0; row < t->n_rows; row++) {
		for (size_t i = 0; i < t->n_columns; i++)
			cx_lines_text(&lines, t->cells[row][i]);
		cx_lines_end(&lines);
		cx_writer_put(writer, &lines, &err);
	}
	cx_lines_release(&lines);
	cx_writer_poison(writer, cx_str(why));
	cx_buf_clear(got);
	got->len = (size_t)read(ends[0], cx_buf_reserve(got, 4096), 4096);
	cx_buf_addc(got, '\0');
	close(ends[0]);
}

static void test_poison(void)
{
	static const struct table t = { .n_columns = 2,
		.n_rows = 1,
		.names = { STR("a"), STR("b") },
		.cells = { { STR("1"), STR("2") } } };
	struct table empty = t;
	struct cx_buf got = { 0 };

	empty.n_rows = 0;
	poison_pipe(CX_TSV, &t, "cx-x: no", &got);
	check_str(got.data, "a\tb\n1\t2\n\\!cx-x: no\n", "poison in TSV");
	poison_pipe(CX_CSV, &t, "cx-x: no", &got);
	check_str(got.data, "a,b\n1,2\n\\!cx-x: no\n", "poison in CSV");
	poison_pipe(CX_JSON, &t, "cx-x: no", &got);
	check_str(got.data, "{\"a\":\"1\",\"b\":\"2\"}\n\\!cx-x: no\n",
	    "poison in JSON");
	poison_pipe(CX_TSV, &t, "a\tb\nc\\d", &got);
	check_str(
	    got.data, "a\tb\n1\t2\n\\!a\\tb\\nc\\\\d\n", "poison is escaped");
	poison_pipe(CX_TSV, &empty, "cx-x: no", &got);
	check_str(got.data, "\\!cx-x: no\n", "poison before all records");
	poison_pipe(CX_TABLE, &t, "cx-x: no", &got);
	check_str(got.data, "", "no poison for people");
	poison_pipe(CX_MD, &empty, "cx-x: no", &got);
	check_str(got.data, "", "no poison in Markdown");
	cx_buf_release(&got);
}

/* The reader hears what the writer said. */
static void test_poison_read(void)
{
	static const struct table t = { .n_columns = 1,
		.n_rows = 1,
		.names = { STR("a") },
		.cells = { { STR("1") } } };
	static const char *const whys[] = { "cx-x: f.csv:3: no",
		"cx-x: column \"a\": \"5\" is, well, no", "cx-x: 5\" is \"\"no",
		"tab\tnewline\nback\\slash \xE3\x81\x82", "" };
	static const struct cx_reader_options options = { .delimiter = '\0' };
	struct cx_buf got = { 0 }, out = { 0 };

	for (int i = 0; i < 10; i++) {
		struct cx_err err;
		const char *name;
		int fd;

		poison_pipe(i % 2 ? CX_TSV : CX_CSV, &t, whys[i / 2], &got);
		fd = scratch_pipe(
		    (struct cx_str){ got.data, got.len - 1 }, &name);
		check(transcribe(name, &options, 0, &out, &err) == -1 &&
		          err.poison && strcmp(err.what, whys[i / 2]) == 0,
		    "poison arrives, message %d, format %d", i / 2, i % 2);
		close(fd);
	}
	cx_buf_release(&got);
	cx_buf_release(&out);
}

static void test_poisoned_file(void)
{
	static const struct table t = { .n_columns = 1, .names = { STR("a") } };
	const char *path = scratch_path("poisoned");

	cx_writer_poison(start(path, CX_TSV, &t), cx_str("no"));
	check(access(path, F_OK) < 0, "a poisoned file does not appear");
	scratch_write(path, cx_str("old"));
	cx_writer_poison(start(path, CX_TSV, &t), cx_str("no"));
	check_file(path, "old", "or replace another");
}

int main(void)
{
	test_escapes();
	test_tildes();
	test_one_column();
	test_excel();
	test_no_rows();
	test_reals();
	test_long_real();
	test_counts();
	test_md_kinds();
	test_cancel();
	test_plain();
	test_same_names();
	test_full();
	test_poison();
	test_poison_read();
	test_poisoned_file();
	return check_done();
}
