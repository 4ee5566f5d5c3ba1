/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CSV, well-formed, with bad records and with faults that end the reading; and
 * what is said of them.
 */
#include "tests/lib/replay.h"

#define E_ACUTE  "\xC3\xA9"
#define HIRAGANA "\xE3\x81\x82"

static const struct expected csv_cases[] = {
	{ READS("plain", "a,b\n1,2\n3,4\n", "[a][b]\n2 [1][2]\n3 [3][4]\n") },
	{ READS(
	    "quoted", "\"a\",\"b\"\n\"1\",\"x,y\"\n", "[a][b]\n2 [1][x,y]\n") },
	{ READS("doubled quotes",
	    "a\n\"say \"\"hi\"\"\"\n\"\"\"\"\n\"\"\"\"\"\"\n",
	    "[a]\n2 [say \"hi\"]\n3 [\"]\n4 [\"\"]\n") },
	{ READS("doubled quotes in several cells",
	    "a,b,c\n\"\"\"1\"\"\",\"\"\"2\"\"\",\"3\"\"\"\n",
	    "[a][b][c]\n2 [\"1\"][\"2\"][3\"]\n") },
	{ READS("quoted empty cells", "a,b\n\"\",\n,\"\"\n",
	    "[a][b]\n2 [][]\n3 [][]\n") },
	{ READS("newlines in cells",
	    "a,b\n\"1\n2\",3\n4,\"5\r\n\n6\"\n7,\"\n\"\n8,9\n",
	    "[a][b]\n2 [1\\n2][3]\n4 [4][5\\r\\n\\n6]\n7 [7][\\n]\n"
	    "9 [8][9]\n") },
	{ READS("newline in the header", "\"a\nb\",c\n1,2\n",
	    "[a\\nb][c]\n3 [1][2]\n") },
	{ READS("CR in a quoted cell", "a,b\n\"1\r2\",\"\r\"\n",
	    "[a][b]\n2 [1\\r2][\\r]\n") },
	{ READS(
	    "CRLF", "a,b\r\n1,2\r\n3,\r\n", "[a][b]\n2 [1][2]\n3 [3][]\n") },
	{ READS("CRLF behind a quote", "a,\"b\"\r\n1,\"2\"\r\n\"3\",\"\"\r\n",
	    "[a][b]\n2 [1][2]\n3 [3][]\n") },
	{ READS("CRLF here, LF there", "a,b\n1,2\r\n3,4\n",
	    "[a][b]\n2 [1][2]\n3 [3][4]\n") },
	{ READS("BOM", BOM "a,b\n1,2\n", "[a][b]\n2 [1][2]\n") },
	{ READS(
	    "BOM before a quote", BOM "\"a\",b\n1,2\n", "[a][b]\n2 [1][2]\n") },
	{ READS("BOM in the middle stays", "a\n" BOM "x\n" BOM "\n",
	    "[a]\n2 [" BOM "x]\n3 [" BOM "]\n") },
	{ READS("no newline at the end", "a,b\n1,2", "[a][b]\n2 [1][2]\n") },
	{ READS("no newline behind a quote", "a,b\n1,\"2\"",
	    "[a][b]\n2 [1][2]\n") },
	{ READS("no newline behind a comma", "a,b\n1,", "[a][b]\n2 [1][]\n") },
	{ READS("no newline, one column", "a\n1", "[a]\n2 [1]\n") },
	{ READS("empty cells", "a,b,c\n,,\n,1,\n",
	    "[a][b][c]\n2 [][][]\n3 [][1][]\n") },
	{ READS("blanks stay", "a , b\n 1,2 \n\t,  \n",
	    "[a ][ b]\n2 [ 1][2 ]\n3 [\\t][  ]\n") },
	{ READS("backslashes stay", "a,b\n\\,\\n\n1\\,\"\\\"\n",
	    "[a][b]\n2 [\\\\][\\\\n]\n3 [1\\\\][\\\\]\n") },
	{ READS("blank lines, one column", "a\n\n1\n\n\n2\n\n",
	    "[a]\n2 []\n3 [1]\n4 []\n5 []\n6 [2]\n7 []\n") },
	{ READS("blank CRLF lines, one column", "a\r\n\r\n1\r\n\r\n",
	    "[a]\n2 []\n3 [1]\n4 []\n") },
	{ READS("header only", "a,b\n", "[a][b]\n") },
	{ READS("header only, quoted", "\"a\",\"b\"", "[a][b]\n") },
	{ READS("header only, CRLF", "a,b\r\n", "[a][b]\n") },
	{ READS("header only, no newline", "a,b", "[a][b]\n") },
	{ READS("one letter", "a", "[a]\n") },
	{ READS("UTF-8",
	    E_ACUTE "," HIRAGANA "\n\xF0\x9F\x98\x80,\xF4\x8F\xBF\xBF\n",
	    "[" E_ACUTE "][" HIRAGANA
	    "]\n2 [\xF0\x9F\x98\x80][\xF4\x8F\xBF\xBF]\n") },
	{ READS("many columns",
	    "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,1,2,3,4,5,"
	    "6,7,8,9,10\n,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n",
	    "[a][b][c][d][e][f][g][h][i][j][k][l][m][n][o][p][q][r][s][t][u][v]"
	    "[w][x][y][z][1][2][3][4][5][6][7][8][9][10]\n2 [][][][][][][][][]"
	    "[][][][][][][][][][][][][][][][][][][][][][][][][][][]\n") },
	{ READS("many short lines",
	    "a\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n"
	    "18\n19\n20\n21\n22\n23\n24\n25\n26\n27\n28\n29\n30\n31\n32\n33\n"
	    "34\n35\n36\n",
	    "[a]\n2 [1]\n3 [2]\n4 [3]\n5 [4]\n6 [5]\n7 [6]\n8 [7]\n9 [8]\n"
	    "10 [9]\n11 [10]\n12 [11]\n13 [12]\n14 [13]\n15 [14]\n16 [15]\n"
	    "17 [16]\n18 [17]\n19 [18]\n20 [19]\n21 [20]\n22 [21]\n23 [22]\n"
	    "24 [23]\n25 [24]\n26 [25]\n27 [26]\n28 [27]\n29 [28]\n30 [29]\n"
	    "31 [30]\n32 [31]\n33 [32]\n34 [33]\n35 [34]\n36 [35]\n37 [36]\n") },
	{ READS("a long quoted cell",
	    "a,b\n1,\"0123456789,0123456789\n0123456789,0123456789\n"
	    "0123456789,0123456789\n0123456789,0123456789\n\"\n2,3\n",
	    "[a][b]\n2 [1][0123456789,0123456789\\n0123456789,0123456789\\n"
	    "0123456789,0123456789\\n0123456789,0123456789\\n]\n7 [2][3]\n") },
};

static const struct expected record_cases[] = {
	{ READS("ragged rows", "a,b,c\n1,2\n1,2,3\n1,2,3,4\n\"1\n2\"\n1,2,3\n",
	    "[a][b][c]\n2 (ragged row) 1,2\n3 [1][2][3]\n"
	    "4 (ragged row) 1,2,3,4\n5 (ragged row) \"1\\n2\"\n"
	    "7 [1][2][3]\n") },
	{ READS("ragged last row", "a,b\n1,2\n1",
	    "[a][b]\n2 [1][2]\n3 (ragged row) 1\n") },
	{ READS("blank line in several columns", "a,b\n\n1,2\n\r\n\n",
	    "[a][b]\n2 (empty line) \n3 [1][2]\n4 (empty line) \n"
	    "5 (empty line) \n") },
	{ READS("bytes that are not UTF-8",
	    "a,b\n\xFF,1\n2,\x80\n" E_ACUTE "," HIRAGANA "\n\"\n\xC3\",4\n",
	    "[a][b]\n2 (a: invalid UTF-8) \xFF,1\n"
	    "3 (b: invalid UTF-8) 2,\x80\n4 [" E_ACUTE "][" HIRAGANA "]\n"
	    "6 (a: invalid UTF-8) \"\\n\xC3\",4\n") },
	{ READS("overlong, surrogate, too large",
	    "a\n\xC0\x80\n\xC1\xBF\n\xE0\x9F\xBF\n\xED\xA0\x80\n"
	    "\xF0\x8F\xBF\xBF\n\xF4\x90\x80\x80\n\xF5\x80\x80\x80\nx\n",
	    "[a]\n2 (a: invalid UTF-8) \xC0\x80\n3 (a: invalid UTF-8) \xC1\xBF\n"
	    "4 (a: invalid UTF-8) \xE0\x9F\xBF\n"
	    "5 (a: invalid UTF-8) \xED\xA0\x80\n"
	    "6 (a: invalid UTF-8) \xF0\x8F\xBF\xBF\n"
	    "7 (a: invalid UTF-8) \xF4\x90\x80\x80\n"
	    "8 (a: invalid UTF-8) \xF5\x80\x80\x80\n9 [x]\n") },
	{ READS("characters cut by a line end",
	    "a\n\xE3\n\x81\n\xE3\x81\n\x82\n\xF0\x9F\x98\n\x80\n\xC3\n\xA9\nx\n",
	    "[a]\n2 (a: invalid UTF-8) \xE3\n3 (a: invalid UTF-8) \x81\n"
	    "4 (a: invalid UTF-8) \xE3\x81\n5 (a: invalid UTF-8) \x82\n"
	    "6 (a: invalid UTF-8) \xF0\x9F\x98\n7 (a: invalid UTF-8) \x80\n"
	    "8 (a: invalid UTF-8) \xC3\n9 (a: invalid UTF-8) \xA9\n10 [x]\n") },
	{ READS("character cut by the end", "a,b\n1,2\n3,\xE3\x81",
	    "[a][b]\n2 [1][2]\n3 (b: invalid UTF-8) 3,\xE3\x81\n") },
	{ READS("NUL", "a,b\n1,2\n\0,3\n4,5\n6,\"\n\0\"\n7,8\n",
	    "[a][b]\n2 [1][2]\n3 (a: NUL byte) \\0,3\n4 [4][5]\n"
	    "6 (b: NUL byte) 6,\"\\n\\0\"\n7 [7][8]\n") },
	{ READS("lone CR", "a,b\n1\r,2\n3,4\r\r\n\r5,6\n7,8\n",
	    "[a][b]\n2 (a: lone carriage return) 1\\r,2\n"
	    "3 (b: lone carriage return) 3,4\\r\n"
	    "4 (a: lone carriage return) \\r5,6\n5 [7][8]\n") },
	{ READS("lone CR behind a quote", "a,b\n\"1\"\r,2\n3,4\n",
	    "[a][b]\n2 (a: lone carriage return) \"1\"\\r,2\n3 [3][4]\n") },
	{ READS("lone CR at the end", "a,b\n1,2\r",
	    "[a][b]\n2 (b: lone carriage return) 1,2\n") },
	{ READS("lone CR at the end of one column", "a\n\"1\"\r",
	    "[a]\n2 (a: lone carriage return) \"1\"\n") },
	{ READS("invalid escapes in TSV",
	    "a\tb\n\\x\t1\n2\t\\\n\\\t3\n4\t\\\"\n\\N\t\\\\\\\n5\t\\r\n",
	    "[a][b]\n2 (a: invalid escape) \\\\x\\t1\n"
	    "3 (b: invalid escape) 2\\t\\\\\n4 (a: invalid escape) \\\\\\t3\n"
	    "5 (b: invalid escape) 4\\t\\\\\"\n"
	    "6 (a: invalid escape) \\\\N\\t\\\\\\\\\\\\\n7 [5][\\r]\n") },
	{ READS("a backslash before CRLF", "a\tb\r\n1\t2\\\r\n3\t4\r\n",
	    "[a][b]\n2 (b: invalid escape) 1\\t2\\\\\n3 [3][4]\n") },
	{ READS("ragged rows in TSV", "a\tb\n1\n\n1\t2\n1\t2\t3\n",
	    "[a][b]\n2 (ragged row) 1\n3 (empty line) \n4 [1][2]\n"
	    "5 (ragged row) 1\\t2\\t3\n") },
	{ READS("the first fault of a record counts", "a,b\n\0,\xFF,3\n1,2\n",
	    "[a][b]\n2 (a: NUL byte) \\0,\xFF,3\n3 [1][2]\n") },
};

static const struct expected fatal_cases[] = {
	{ READS("stray quote", "a,b\n1,2\n3,4\"5\n6,7\n", "[a][b]\n2 [1][2]\n"),
	    FAILS("a quote stands inside a cell that does not start with one",
	        3, "b") },
	{ READS("stray quotes, closed", "a,b\n1,x\"y\"\n", "[a][b]\n"),
	    FAILS("a quote stands inside a cell", 2, "b") },
	{ READS("stray quote at the end of a cell", "a,b\n1\",2\n3,\"4\n",
	      "[a][b]\n"),
	    FAILS("a quote stands inside a cell", 2, "a") },
	{ READS("blank before a quote", "a,b\n1, \"2\"\n", "[a][b]\n"),
	    FAILS("a quote stands inside a cell", 2, "b") },
	{ READS("text behind a closing quote", "a,b\n\"1\"x,2\n", "[a][b]\n"),
	    FAILS("text follows the closing quote", 2, "a") },
	{ READS("blank behind a closing quote", "a,b\n1,\"2\" \n", "[a][b]\n"),
	    FAILS("text follows the closing quote", 2, "b") },
	{ READS("a quote that opens above",
	      "a,b\n1,2\n\"3,4\n5,6\n7,\"8\"\n9,10\n", "[a][b]\n2 [1][2]\n"),
	    FAILS("closes before other text 2 lines below", 3, "a") },
	{ READS("unterminated quote", "a,b\n1,2\n3,\"4\n5,6\n",
	      "[a][b]\n2 [1][2]\n"),
	    FAILS("opens here and never closes", 3, "b") },
	{ READS("unterminated quote below its record",
	      "a,b\n1,2\n\"\n3\n\",\"4\n5,6\n", "[a][b]\n2 [1][2]\n"),
	    FAILS("opens here and never closes", 5, "b") },
	{ READS("unterminated quote as the last byte", "a,b\n1,\"", "[a][b]\n"),
	    FAILS("opens here and never closes", 2, "b") },
	{ READS("unterminated quote in the header", "a,\"b\n1,2\n", ""),
	    FAILS("opens here and never closes", 1, "") },
	{ READS("stray quote in the header", "a\"b,c\n1,2\n", ""),
	    FAILS("a quote stands inside a cell", 1, "") },
	{ READS("NUL in the header", "a,\0\n1,2\n", ""), FAILS("NUL", 1, "") },
	{ READS("header that is not UTF-8", "a,\xE9\n1,2\n", ""),
	    FAILS("byte 0xE9 is not UTF-8", 1, "") },
	{ READS("lone CR in the header", "a\rb\n1\n", ""),
	    FAILS("carriage return", 1, "") },
	{ READS("columns of one name", "a,b,a\n1,2,3\n", ""),
	    FAILS("two columns are called \"a\": #1 and #3", 1, "") },
	{ READS("columns of one name, quoted", "a,\"a\"\n1,2\n", ""),
	    FAILS("two columns are called \"a\": #1 and #2", 1, "") },
	{ READS("a name that a nameless column got", ",col_1\n1,2\n", ""),
	    FAILS("two columns are called \"col_1\": #1 and #2", 1, "") },
	{ READS("empty", "", ""), FAILS("the input is empty", 0, "") },
	{ READS("nothing but a BOM", BOM, ""),
	    FAILS("the input is empty", 0, "") },
	{ READS(
	      "TSV that was cut off", "a\tb\n1\t2\n3\t4", "[a][b]\n2 [1][2]\n"),
	    FAILS("the last line has no line end", 3, "") },
	{ READS("TSV header that was cut off", "a\tb", ""),
	    FAILS("the last line has no line end", 1, "") },
	{ READS("one column of TSV that was cut off", "a\n1", "[a]\n"),
	    FAILS("the last line has no line end", 2, ""),
	    .options = { .delimiter = '\t' } },
	{ READS("poison", "a\tb\n1\t2\n\\!cx-x: no\n", "[a][b]\n2 [1][2]\n"),
	    FAILS("cx-x: no", 0, "") },
	{ READS("poison in CSV", "a,b\n1,2\n\\!cx-x: it, \"no\"\n",
	      "[a][b]\n2 [1][2]\n"),
	    FAILS("cx-x: it, \"no\"", 0, "") },
	{ READS("poison with a single quote", "a,b\n1,2\n\\!cx-x: 5\" no\n",
	      "[a][b]\n2 [1][2]\n"),
	    FAILS("cx-x: 5\" no", 0, "") },
	{ READS("poison first", "\\!cx-x: no\n", ""),
	    FAILS("cx-x: no", 0, "") },
	{ READS("poison of one column", "a\n1\n\\!cx-x: no\n", "[a]\n2 [1]\n"),
	    FAILS("cx-x: no", 0, "") },
	{ READS("poison with escapes", "a\tb\n\\!cx-x: a\\tb\\\\\\n.\n",
	      "[a][b]\n"),
	    FAILS("cx-x: a\tb\\\n.", 0, "") },
	{ READS("poison that ends in a backslash", "a\tb\n\\!cx-x: no\\\n",
	      "[a][b]\n"),
	    FAILS("cx-x: no\\", 0, "") },
	{ READS("poison in the middle of CSV",
	      "a,b\n\\!cx-x: 5\" no\n1,2\n\"3\",4\n", "[a][b]\n"),
	    FAILS("cx-x: 5\" no", 0, "") },
	{ READS("poison without a newline", "a\tb\n\\!cx-x: no", "[a][b]\n"),
	    FAILS("cx-x: no", 0, "") },
	{ READS("poison that is not UTF-8", "a\tb\n\\!cx-x: no\xFF\xFE\n",
	      "[a][b]\n"),
	    FAILS("cx-x: no", 0, "") },
};

/* ---- messages ---- */

/* What is said of the first record below the header. */
static void check_message(const char *input, const char *want)
{
	static const struct cx_reader_options options = { .delimiter = '\0' };
	const char *path = scratch_path("message");
	const struct cx_row *row;
	struct cx_buf got = { 0 };
	struct cx_input *in;
	struct cx_reader *reader = NULL;
	struct cx_err err;

	scratch_write(path, cx_str(input));
	if (cx_input_open(&in, path, &err) < 0 ||
	    cx_reader_open(&reader, in, &options, &err) < 0)
		scratch_fail(err.what);
	if (cx_reader_next(reader, &row, &err) == -1)
		cx_err_format(&err, &got);
	cx_buf_addc(&got, '\0');
	if (strncmp(got.data, path, strlen(path)) == 0)
		check_str(got.data + strlen(path), want, "message%s", want);
	else
		check_str(got.data, want, "message%s", want);
	cx_reader_close(reader);
	cx_input_close(in);
	cx_buf_release(&got);
}

static void test_messages(void)
{
	check_message(
	    "a,b\n1\n", ":2: the record has 1 cell, and the header 2 columns");
	check_message("a,b\n1,2,3\n",
	    ":2: the record has 3 cells, and the header 2 columns");
	check_message(
	    "a\n1,2\n", ":2: the record has 2 cells, and the header 1 column");
	check_message(
	    "a,b\n\n", ":2: the line is empty, and the header has 2 columns");
	check_message("a\tb\n1\t\\x\n",
	    ":2: column \"b\": a backslash is followed by \"x\"; in a TSV "
	    "stream only \\t \\n \\r and \\\\ are escapes");
	check_message("a\tb\n1\t\\\n",
	    ":2: column \"b\": a backslash is followed by nothing; in a TSV "
	    "stream only \\t \\n \\r and \\\\ are escapes");
	check_message("a,b\n\"1\n2\",\xFF\n",
	    ":3: column \"b\": byte 0xFF is not UTF-8, "
	    "at offset 10");
	check_message("a,b\n1,2\r3\n",
	    ":2: column \"b\": a carriage return stands without a line feed");
	check_message("a,b\n\"1\n2\n3\"4,5\n",
	    ":2: column \"a\": a quoted cell opens here and closes before "
	    "other text 2 lines below; is this quote closed?");
}

/* A damaged gzip file is no shorter table, leniently either. */
static void test_cut_gzip(bool lenient)
{
	const struct cx_reader_options options = { .lenient = lenient };
	const char *path = scratch_path("cut");
	struct cx_buf gz = { 0 }, out = { 0 };
	struct cx_err err;

	scratch_gzip(cx_str("a,b\n1,2\n3,4\n5,6\n"), &gz);
	gz.len -= 4;
	scratch_write(path, cx_buf_str(&gz));
	check(transcribe(path, &options, 0, &out, &err) == -1 &&
	          strstr(err.what, "cut off") && err.file[0],
	    "gzip that was cut off%s", lenient ? ", leniently" : "");
	cx_buf_release(&gz);
	cx_buf_release(&out);
}

int main(void)
{
	TEST_CASES("csv", csv_cases);
	TEST_CASES("record", record_cases);
	TEST_CASES("fatal", fatal_cases);
	test_messages();
	test_cut_gzip(false);
	test_cut_gzip(true);
	return check_done();
}
