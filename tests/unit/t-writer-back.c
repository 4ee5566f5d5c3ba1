/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the writer wrote, read again: TSV and CSV by our own reader, JSON by a
 * small one here.
 */
#include "tests/lib/table.h"
#include "tests/lib/transcript.h"

/* ---- any cells ---- */

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

/* ---- by our reader ---- */

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

/* ---- names ---- */

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

/* ---- by a reader of the JSON that the writer may write ---- */

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

int main(void)
{
	test_round_trip(CX_TSV, false);
	test_round_trip(CX_TSV, true);
	test_round_trip(CX_CSV, false);
	test_round_trip(CX_CSV, true);
	test_quoted_names();
	test_open_quote();
	test_marked_name();
	test_json();
	return check_done();
}
