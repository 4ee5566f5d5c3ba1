/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/mem.h"
#include "libcx/table/layout.h"
#include "libcx/table/writer.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"
#include "tests/lib/scratch.h"
#include "tests/lib/transcript.h"

#include <fcntl.h>

#define STR(literal)                                                           \
	{                                                                      \
		literal, sizeof(literal) - 1                                   \
	}

/* ---- tables ---- */

enum { MOST_COLUMNS = 6, MOST_ROWS = 12 };

struct table {
	size_t n_columns, n_rows;
	struct cx_str names[MOST_COLUMNS];
	struct cx_str cells[MOST_ROWS][MOST_COLUMNS];
};

static struct cx_writer *start(
    const char *path, enum cx_format format, const struct table *t)
{
	struct cx_output *out;
	struct cx_writer *writer;
	struct cx_err err;

	if (cx_output_open(&out, path, &err) < 0)
		scratch_fail(path);
	writer = cx_writer_new(out, format, false);
	for (size_t i = 0; i < t->n_columns; i++)
		cx_writer_column(writer, t->names[i], CX_TEXT);
	return writer;
}

/* The records go to the writer some at a time. */
static int write_table(
    const char *path, enum cx_format format, const struct table *t)
{
	struct cx_writer *writer = start(path, format, t);
	struct cx_lines lines = { .writer = writer };
	struct cx_err err;
	int bad = 0;

	for (size_t row = 0; row < t->n_rows; row++) {
		for (size_t i = 0; i < t->n_columns; i++)
			cx_lines_text(&lines, t->cells[row][i]);
		cx_lines_end(&lines);
		if (random_below(3) == 0)
			bad += cx_writer_put(writer, &lines, &err);
	}
	bad += cx_writer_put(writer, &lines, &err);
	cx_lines_release(&lines);
	return bad + cx_writer_close(writer, &err);
}

static void check_file(const char *path, const char *want, const char *name)
{
	struct cx_buf got = { 0 };

	scratch_read(path, &got);
	cx_buf_addc(&got, '\0');
	check_str(got.data, want, "%s", name);
	cx_buf_release(&got);
}

static void check_table(enum cx_format format, const struct table *t,
    const char *want, const char *name)
{
	const char *path = scratch_path("table");

	if (write_table(path, format, t) < 0)
		check(false, "%s is written", name);
	check_file(path, want, name);
}

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

/* ---- there and back ---- */

static const char *const pieces[] = { "", "", "a", "b", "7", " ", "\t", "\n",
	"\r", "\r\n", "\"", "\"\"", "\\", "\\!", "\\t", "\\n", ",", ";", "|",
	"'", "#", "-", "\xC3\xA9", "\xE3\x81\x82", "\xF0\x9F\x98\x80", "\x01",
	"\x7F", "0123456789abcdefg", "\xEF\xBB\xBF" };

enum { PIECES = sizeof(pieces) / sizeof(*pieces), LONGEST = 200 };

static struct cx_str random_cell(struct cx_buf *memory)
{
	size_t start = memory->len;

	for (size_t n = random_below(7); n > 0; n--)
		cx_buf_addz(memory, pieces[random_below(PIECES)]);
	return (struct cx_str){ memory->data + start, memory->len - start };
}

/* What the reader would take for something else when it comes first. */
static size_t misleading(struct cx_str name)
{
	if (name.p[0] == '"')
		return 1;
	return name.n > 3 && memcmp(name.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* Unlike all others before it, and not empty. */
static struct cx_str random_name(struct cx_buf *memory, size_t column)
{
	struct cx_str name = random_cell(memory);
	size_t n;

	cx_buf_addf(memory, "%zu", column);
	name.n++;
	while ((n = misleading(name)) > 0)
		name = (struct cx_str){ name.p + n, name.n - n };
	return name;
}

static void random_table(
    struct table *t, struct cx_buf *memory, bool one_column)
{
	cx_buf_clear(memory);
	cx_buf_reserve(
	    memory, (size_t)LONGEST * MOST_COLUMNS * (MOST_ROWS + 1));
	t->n_columns = one_column ? 1 : 2 + random_below(MOST_COLUMNS - 1);
	t->n_rows = random_below(MOST_ROWS + 1);
	for (size_t i = 0; i < t->n_columns; i++)
		t->names[i] = random_name(memory, i);
	for (size_t row = 0; row < t->n_rows; row++)
		for (size_t i = 0; i < t->n_columns; i++)
			t->cells[row][i] = random_cell(memory);
}

/* As transcript.h has it, without the lines. */
static void show_table(const struct table *t, struct cx_buf *out)
{
	cx_buf_clear(out);
	for (size_t i = 0; i < t->n_columns; i++)
		transcribe_cell(t->names[i], out);
	cx_buf_addc(out, '\n');
	for (size_t row = 0; row < t->n_rows; row++) {
		for (size_t i = 0; i < t->n_columns; i++)
			transcribe_cell(t->cells[row][i], out);
		cx_buf_addc(out, '\n');
	}
}

/* Takes the numbers of lines off a transcript. */
static void drop_lines(struct cx_buf *text)
{
	size_t to = 0;
	bool at_start = true;

	for (size_t i = 0; i < text->len; i++) {
		char c = text->data[i];

		if (at_start && ((c >= '0' && c <= '9') || c == ' '))
			continue;
		at_start = c == '\n';
		text->data[to++] = c;
	}
	text->len = to;
}

static bool comes_back(const char *path, const struct table *t)
{
	static const struct cx_reader_options options = { .delimiter = '\0' };
	struct cx_buf want = { 0 }, got = { 0 };
	struct cx_err err;
	bool ok = transcribe(path, &options, 0, &got, &err) == 0;

	show_table(t, &want);
	drop_lines(&got);
	if (!ok || !cx_str_eq(cx_buf_str(&got), cx_buf_str(&want))) {
		cx_buf_addc(&want, '\0');
		cx_buf_addc(&got, '\0');
		check_show("got", got.data);
		check_show("want", want.data);
		ok = false;
	}
	cx_buf_release(&want);
	cx_buf_release(&got);
	return ok;
}

/* In TSV a name with a quote may be refused. */
static bool may_be_refused(const struct table *t, enum cx_format format)
{
	for (size_t i = 0; i < t->n_columns && format == CX_TSV; i++)
		if (memchr(t->names[i].p, '"', t->names[i].n))
			return true;
	return false;
}

static void test_round_trip(enum cx_format format, bool one_column)
{
	const char *path = scratch_path("back");
	struct cx_buf memory = { 0 };
	struct table t;
	int bad = 0;

	for (int round = 0; round < 3000 && bad < 3; round++) {
		random_table(&t, &memory, one_column);
		if (write_table(path, format, &t) == 0)
			bad += !comes_back(path, &t);
		else
			bad += !may_be_refused(&t, format);
	}
	check_int(bad, 0, "random %s comes back, %s",
	    format == CX_TSV ? "TSV" : "CSV",
	    one_column ? "one column" : "several columns");
	cx_buf_release(&memory);
}

/* Two names that together look like one quoted cell of CSV. */
static void test_quoted_names(void)
{
	static const struct table t = { .n_columns = 2,
		.n_rows = 1,
		.names = { STR("\"a"), STR("b\"") },
		.cells = { { STR("1"), STR("2") } } };
	const char *path = scratch_path("back");

	check(write_table(path, CX_CSV, &t) == 0 && comes_back(path, &t),
	    "names with quotes come back from CSV");
	check(write_table(path, CX_TSV, &t) < 0 || comes_back(path, &t),
	    "names with quotes come back from TSV, or are refused");
}

/* A quote that only a record closes. */
static void test_open_quote(void)
{
	static const struct table t = { .n_columns = 2,
		.n_rows = 1,
		.names = { STR("\"a"), STR("b") },
		.cells = { { STR("1"), STR(",\"") } } };
	const char *path = scratch_path("back");

	check(write_table(path, CX_CSV, &t) == 0 && comes_back(path, &t),
	    "a name with one quote comes back from CSV");
	check(write_table(path, CX_TSV, &t) < 0 || comes_back(path, &t),
	    "a name with one quote comes back from TSV, or is refused");
}

/* What a reader would drop as a byte order mark is a part of the name. */
static void test_marked_name(void)
{
	static const struct table t = { .n_columns = 2,
		.n_rows = 1,
		.names = { STR("\xEF\xBB\xBF"
		               "a"),
		    STR("b") },
		.cells = { { STR("1"), STR("2") } } };
	const char *path = scratch_path("back");

	check(write_table(path, CX_CSV, &t) == 0 && comes_back(path, &t),
	    "a name that starts with U+FEFF comes back from CSV");
	check(write_table(path, CX_TSV, &t) < 0,
	    "a name that starts with U+FEFF is refused in TSV");
}

/* ---- JSON: a reader of what the writer may write ---- */

static unsigned hex(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
}

/* Moves *p behind a string; false when it is none. */
static bool json_string(const char **p, struct cx_buf *out)
{
	static const char from[] = "bfnrt\"\\/", to[] = "\b\f\n\r\t\"\\/";
	const char *s = *p;

	if (*s++ != '"')
		return false;
	for (; *s != '"'; s++) {
		const char *named;

		if ((unsigned char)*s < 0x20)
			return false;
		if (*s != '\\') {
			cx_buf_addc(out, *s);
			continue;
		}
		s++;
		named = *s ? strchr(from, *s) : NULL;
		if (named) {
			cx_buf_addc(out, to[named - from]);
		} else if (strncmp(s, "u00", 3) == 0) {
			cx_buf_addc(out, (char)(hex(s[3]) << 4 | hex(s[4])));
			s += 4;
		} else {
			return false;
		}
	}
	*p = s + 1;
	return true;
}

static bool json_next(const char **p, char c)
{
	return *(*p)++ == c;
}

/* "name":"cell", and null for an empty one. */
static bool json_pair(const char **p, struct cx_str name, struct cx_str cell)
{
	struct cx_buf text = { 0 };
	bool ok = json_string(p, &text) && cx_str_eq(cx_buf_str(&text), name) &&
	          json_next(p, ':');

	cx_buf_clear(&text);
	if (ok && cell.n == 0) {
		ok = strncmp(*p, "null", 4) == 0;
		*p += 4;
	} else if (ok) {
		ok =
		    json_string(p, &text) && cx_str_eq(cx_buf_str(&text), cell);
	}
	cx_buf_release(&text);
	return ok;
}

static bool json_table(const char *p, const struct table *t)
{
	for (size_t row = 0; row < t->n_rows; row++) {
		for (size_t i = 0; i < t->n_columns; i++)
			if (!json_next(&p, i ? ',' : '{') ||
			    !json_pair(&p, t->names[i], t->cells[row][i]))
				return false;
		if (!json_next(&p, '}') || !json_next(&p, '\n'))
			return false;
	}
	return *p == '\0';
}

static void test_json(void)
{
	const char *path = scratch_path("json");
	struct cx_buf memory = { 0 }, text = { 0 };
	struct table t;
	int bad = 0;

	for (int round = 0; round < 2000; round++) {
		random_table(&t, &memory, round % 4 == 0);
		cx_buf_clear(&text);
		bad += write_table(path, CX_JSON, &t) < 0 ||
		       !scratch_read(path, &text);
		cx_buf_addc(&text, '\0');
		bad += !json_table(text.data, &t);
	}
	check_int(bad, 0, "random JSON says what was written");
	cx_buf_release(&memory);
	cx_buf_release(&text);
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

/* ---- tables for people ---- */

static void test_layout(void)
{
	static const struct table t = { .n_columns = 3,
		.n_rows = 4,
		.names = { STR("touchpoint"), STR("\xE5\x9B\xBD"), STR("n") },
		.cells = { { STR("\xE5\xBA\x97\xE8\x88\x97"),
		               STR("\xE6\x97\xA5\xE6\x9C\xAC"), STR("5") },
		    { STR("caf\xC3\xA9"), STR("FR"), STR("120") },
		    { STR("e\xCC\x81t\xC3\xA9"), STR(""), STR("") },
		    { STR("\xEF\xBE\x83\xEF\xBD\xBD\xEF\xBE\x84"), STR("JP"),
		        STR("7") } } };

	check_table(CX_TABLE, &t,
	    "touchpoint  \xE5\x9B\xBD    n\n"
	    "\xE5\xBA\x97\xE8\x88\x97        "
	    "\xE6\x97\xA5\xE6\x9C\xAC  5\n"
	    "caf\xC3\xA9        FR    120\n"
	    "e\xCC\x81t\xC3\xA9               \n"
	    "\xEF\xBE\x83\xEF\xBD\xBD\xEF\xBE\x84         JP    7\n",
	    "a table of Japanese and accents");
}

static void test_layout_right(void)
{
	static const bool right[] = { false, true, true };
	struct cx_buf out = { 0 };

	cx_layout(cx_str("name\tnps\tn\nx\t-1.5\t10\nlong name\t100.0\t\n"),
	    right, 3, false, &out);
	cx_buf_addc(&out, '\0');
	check_str(out.data,
	    "name         nps   n\n"
	    "x           -1.5  10\n"
	    "long name  100.0    \n",
	    "numbers stand at the right");
	cx_buf_clear(&out);
	cx_layout(cx_str("a\tb\n1\t2\n"), right, 2, true, &out);
	cx_buf_addc(&out, '\0');
	check_str(out.data, "\x1B[1ma  b\x1B[0m\n1  2\n",
	    "a header in bold, and nothing else");
	cx_buf_release(&out);
}

/* Nothing that is in the data moves the cursor. */
static void test_layout_masks(void)
{
	static const struct table t = { .n_columns = 2,
		.n_rows = 5,
		.names = { STR("a"), STR("b") },
		.cells = { { STR("\x1B[2J"), STR("x") },
		    { STR("\x01x"), STR("\x02x") },
		    { STR("\x7F\xC2\x9B"), STR("x") },
		    { STR("\xE2\x80\xAE"), STR("x") },
		    { STR("a\nb\tc\\"), STR("x") } } };

	check_table(CX_TABLE, &t,
	    "a          b\n"
	    "\\x1B[2J    x\n"
	    "\\x01x      \\x02x\n"
	    "\\x7F\\x9B   x\n"
	    "\\x202E     x\n"
	    "a\\nb\\tc\\\\  x\n",
	    "controls in a table are masked");
}

/* On a terminal, to a table of one column of text and one of numbers. */
static void test_styles(void)
{
	static const char green[] = "\x1B[32m", red[] = "\x1B[31m",
	                  dim[] = "\x1B[2m", bold[] = "\x1B[1m";
	const char *path = scratch_path("styles");
	struct cx_output *out;
	struct cx_writer *writer;
	struct cx_lines lines;
	struct cx_err err;
	char want[200];

	if (cx_output_open(&out, path, &err) < 0)
		scratch_fail(path);
	writer = cx_writer_new(out, CX_TABLE, true);
	lines = (struct cx_lines){ .writer = writer };
	cx_writer_column(writer, cx_str("name"), CX_TEXT);
	cx_writer_column(writer, cx_str("n"), CX_NUMBER);
	for (int style = CX_PLAIN; style <= CX_DIM; style++) {
		lines.style = (enum cx_style)style;
		if (style == CX_BAD)
			cx_lines_plain(&lines, cx_str("x"));
		else
			cx_lines_text(&lines, cx_str("x"));
		cx_lines_whole(&lines, style - 10);
		cx_lines_end(&lines);
	}
	check(cx_writer_is_table(writer) && lines.style == CX_PLAIN,
	    "a style is for one record");
	cx_writer_put(writer, &lines, &err);
	cx_lines_release(&lines);
	cx_writer_footer(writer, cx_str("below\n"));
	cx_writer_close(writer, &err);
	snprintf(want, sizeof(want),
	    "%sname    n\x1B[0m\nx     -10\n%sx      -9\x1B[0m\n"
	    "%sx      -8\x1B[0m\n%sx      -7\x1B[0m\nbelow\n",
	    bold, green, red, dim);
	check_file(path, want, "a table in colour");
}

static void test_width(void)
{
	check_int((intmax_t)cx_layout_width(cx_str("abc")), 3, "ASCII");
	check_int((intmax_t)cx_layout_width(cx_str("\xE3\x81\x82")), 2,
	    "hiragana is wide");
	check_int((intmax_t)cx_layout_width(cx_str("\xEF\xBC\xA1")), 2,
	    "full-width Latin is wide");
	check_int((intmax_t)cx_layout_width(cx_str("\xEF\xBD\xB1")), 1,
	    "half-width katakana is not");
	check_int((intmax_t)cx_layout_width(cx_str("e\xCC\x81")), 1,
	    "an accent takes no room");
	check_int((intmax_t)cx_layout_width(cx_str("\xF0\x9F\x98\x80")), 2,
	    "an emoji is wide");
	check_int((intmax_t)cx_layout_width(cx_str("")), 0, "nothing");
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
	test_round_trip(CX_TSV, false);
	test_round_trip(CX_TSV, true);
	test_round_trip(CX_CSV, false);
	test_round_trip(CX_CSV, true);
	test_quoted_names();
	test_open_quote();
	test_marked_name();
	test_json();
	test_reals();
	test_long_real();
	test_counts();
	test_layout();
	test_layout_right();
	test_layout_masks();
	test_styles();
	test_width();
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
