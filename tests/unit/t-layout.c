/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for people: widths, sides, colours, and nothing that moves the cursor.
 */
#include "libcx/table/layout.h"
#include "tests/lib/table.h"

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

int main(void)
{
	test_layout();
	test_layout_right();
	test_layout_masks();
	test_styles();
	test_width();
	return check_done();
}
