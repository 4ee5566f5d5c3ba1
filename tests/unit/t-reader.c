/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table of inputs and of what the reader makes of them; each is read again
 * in blocks and with reads of many sizes, by every scanner, compressed, and
 * in parts, with the same result.
 */
#include "libcx/table/reader.h"
#include "libcx/table/scan.h"
#include "tests/lib/check.h"
#include "tests/lib/scratch.h"
#include "tests/lib/transcript.h"

#define STR(literal)                                                           \
	{                                                                      \
		literal, sizeof(literal) - 1                                   \
	}
#define E_ACUTE  "\xC3\xA9"
#define HIRAGANA "\xE3\x81\x82"
#define BOM      "\xEF\xBB\xBF"

#define SLASHES_16 "\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\"
#define SLASHES_64 SLASHES_16 SLASHES_16 SLASHES_16 SLASHES_16

#define READS(title, bytes, text)                                              \
	.name = title, .input = STR(bytes), .rows = text
#define FAILS(message, at, in) .error = message, .line = at, .column = in

enum source { A_FILE, A_PIPE };

struct expected {
	const char *name;
	struct cx_str input;
	const char *rows;   /* as in transcript.h */
	const char *error;  /* part of its text; NULL: none */
	unsigned long line; /* of the error */
	const char *column;
	struct cx_reader_options options;
	enum source source;
};

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

static const struct expected tsv_cases[] = {
	{ READS("plain", "a\tb\n1\t2\n\t\n", "[a][b]\n2 [1][2]\n3 [][]\n") },
	{ READS("escapes", "a\\tb\tc\n\\t\t\\n\n\\r\\\\\tx\\ty\\\\n\n",
	    "[a\\tb][c]\n2 [\\t][\\n]\n3 [\\r\\\\][x\\ty\\\\n]\n") },
	{ READS("runs of backslashes",
	    "a\tb\n\\\\\\\\\t\\\\\\\\\\\\\\n\n\\\\\t1\n",
	    "[a][b]\n2 [\\\\\\\\][\\\\\\\\\\\\\\n]\n3 [\\\\][1]\n") },
	{ READS("quotes are text", "a\tb\n\"\t\"x\"\n\"1\t2\"\n",
	    "[a][b]\n2 [\"][\"x\"]\n3 [\"1][2\"]\n") },
	{ READS(
	    "commas are text", "a,b\tc\n1,2\t,\n", "[a,b][c]\n2 [1,2][,]\n") },
	{ READS(
	    "CRLF", "a\tb\r\n1\t2\r\n\t\r\n", "[a][b]\n2 [1][2]\n3 [][]\n") },
	{ READS("BOM", BOM "a\tb\n1\t2\n", "[a][b]\n2 [1][2]\n") },
	{ READS("foreign, no newline at the end", "a\tb\n1\t2",
	      "[a][b]\n2 [1][2]\n"),
	    .options = { .foreign = true } },
	{ READS("foreign, a backslash at the end", "a\tb\n1\t\\",
	      "[a][b]\n2 (b: invalid escape) 1\\t\\\\\n"),
	    .options = { .foreign = true } },
	{ READS("asked for", "a\n\"1,2\"\n\n", "[a]\n2 [\"1,2\"]\n3 []\n"),
	    .options = { .delimiter = '\t' } },
	{ READS("a backslash and ! within a row", "a\tb\n1\t\\!x\n2\t3\n",
	    "[a][b]\n2 (b: invalid escape) 1\\t\\\\!x\n3 [2][3]\n") },
	{ READS("a long run of backslashes",
	    "a\tb\n" SLASHES_64 SLASHES_64 SLASHES_64 "\\t\t1\n",
	    "[a][b]\n2 [" SLASHES_64 SLASHES_64 SLASHES_64 "\\t][1]\n") },
	{ READS("a long run of backslashes, one too many",
	    "a\tb\n" SLASHES_64 SLASHES_64 SLASHES_64 "\\\t1\n2\t3\n",
	    "[a][b]\n2 (a: invalid escape) " SLASHES_64 SLASHES_64 SLASHES_64
	        SLASHES_64 SLASHES_64 SLASHES_64 "\\\\\\t1\n3 [2][3]\n") },
};

static const struct expected header_cases[] = {
	{ READS("nameless columns", "a,,c,\n1,2,3,4\n",
	    "[a][col_2][c][col_4]\n2 [1][2][3][4]\n") },
	{ READS("a nameless column whose name is taken", "col_2,\n1,2\n",
	    "[col_2][col_2_]\n2 [1][2]\n") },
	{ READS("names of blanks", " ,\xE3\x80\x80, c\n1,2,3\n",
	    "[col_1][col_2][ c]\n2 [1][2][3]\n") },
	{ READS("an empty header line", "\n1\n", "[col_1]\n2 [1]\n") },
	{ READS(
	    "only nameless columns", ",\n,\n", "[col_1][col_2]\n2 [][]\n") },
	{ READS(
	    "a tab makes TSV", "a,b;c\td\n1\t2\n", "[a,b;c][d]\n2 [1][2]\n") },
	{ READS("a tab below the header does not", "a,b\n1\t2,3\n",
	    "[a][b]\n2 [1\\t2][3]\n") },
	{ READS("a tab within quotes does not", "\"a\tb\",c\n1,2\n",
	    "[a\\tb][c]\n2 [1][2]\n") },
	{ READS("semicolons", "a;b\n1;2,3\n", "[a][b]\n2 [1][2,3]\n") },
	{ READS("more semicolons than commas", "a,b;c;d\n1,2;3;4\n",
	    "[a,b][c][d]\n2 [1,2][3][4]\n") },
	{ READS("as many commas as semicolons", "a;b,c\n1;2,3\n",
	    "[a;b][c]\n2 [1;2][3]\n") },
	{ READS("semicolons within quotes", "\"a;b;c\",d\n1,2\n",
	    "[a;b;c][d]\n2 [1][2]\n") },
	{ READS("commas within quotes", "\"a,b,c\";d\n1;2\n",
	    "[a,b,c][d]\n2 [1][2]\n") },
	{ READS("doubled quotes", "\"a\"\";;;\",b\n1,2\n",
	    "[a\";;;][b]\n2 [1][2]\n") },
	{ READS("a newline within quotes", "\"a\n,,,\";b;c\n1;2;3\n",
	    "[a\\n,,,][b][c]\n3 [1][2][3]\n") },
	{ READS("newlines within quotes", "\"a\n\n\";\"b,,,\n\";c\n1;2;3\n",
	    "[a\\n\\n][b,,,\\n][c]\n5 [1][2][3]\n") },
	{ READS("a quote that is text in TSV", "\"a\tb\n1\t2\n",
	    "[\"a][b]\n2 [1][2]\n") },
	{ READS("quotes that are text in TSV", "\"a\" b\t\"c\"\n1\t2\n",
	    "[\"a\" b][\"c\"]\n2 [1][2]\n") },
	{ READS(
	    "semicolons and CRLF", "a;b\r\n1;2\r\n", "[a][b]\n2 [1][2]\n") },
	{ READS("semicolons, no newline", "a;b", "[a][b]\n") },
	{ READS("a semicolon asked for", "a,b,c;d\n1,2,3;4\n",
	      "[a,b,c][d]\n2 [1,2,3][4]\n"),
	    .options = { .delimiter = ';' } },
	{ READS("a comma asked for", "a\tb,c\n1\t2,3\n",
	      "[a\\tb][c]\n2 [1\\t2][3]\n"),
	    .options = { .delimiter = ',' } },
	{ READS("a bar asked for", "a|b\n\"1|2\"|3\n", "[a][b]\n2 [1|2][3]\n"),
	    .options = { .delimiter = '|' } },
	{ READS("a letter asked for", "axb\n1x2\n\"x\"x3",
	      "[a][b]\n2 [1][2]\n3 [x][3]\n"),
	    .options = { .delimiter = 'x' } },
	{ READS("a tab asked for", "a,b,\"c\n1\n", "[a,b,\"c]\n2 [1]\n"),
	    .options = { .delimiter = '\t' } },
};

#define LENIENT .options = { .lenient = true }

static const struct expected lenient_cases[] = {
	{ READS("well-formed", "a,b\n1,\"2\n3\"\n\"x\"\"y\",\n",
	      "[a][b]\n2 [1][2\\n3]\n4 [x\"y][]\n"),
	    LENIENT },
	{ READS("stray quotes", "a,b\n1\"x\",2\n3,\"4\"\n",
	      "[a][b]\n2 [1\"x\"][2]\n3 [3][4]\n"),
	    LENIENT },
	{ READS("text behind a closing quote", "a,b\n\"1\"x\",2\n3,4\n",
	      "[a][b]\n2 [1\"x][2]\n3 [3][4]\n"),
	    LENIENT },
	{ READS("blanks stay", "a,b\n 1 ,\t\n", "[a][b]\n2 [ 1 ][\\t]\n"),
	    LENIENT },
	{ READS("tabs and backslashes", "a,b\n1\t2,\\n\\\n",
	      "[a][b]\n2 [1\\t2][\\\\n\\\\]\n"),
	    LENIENT },
	{ READS("blank lines in several columns", "a,b\n\n1,2\n\r\n\n3,4\n",
	      "[a][b]\n3 [1][2]\n6 [3][4]\n"),
	    LENIENT },
	{ READS("blank lines in one column", "a\n\n1\n\r\n\n2\n",
	      "[a]\n2 []\n3 [1]\n4 []\n5 []\n6 [2]\n"),
	    LENIENT },
	{ READS("blank lines before the header", "\n\r\na,b\n1,2\n",
	      "[a][b]\n4 [1][2]\n"),
	    LENIENT },
	{ READS("blank lines in a quoted cell", "a\n\"1\n\n2\"\n3\n",
	      "[a]\n2 [1\\n\\n2]\n5 [3]\n"),
	    LENIENT },
	{ READS("CRLF, BOM, semicolons", BOM "a;b\r\n1;2\r\n",
	      "[a][b]\n2 [1][2]\n"),
	    LENIENT },
	{ READS("no newline at the end", "a,b\n1,2", "[a][b]\n2 [1][2]\n"),
	    LENIENT },
	{ READS("no newline at the end of one column", "a\n1", "[a]\n2 [1]\n"),
	    LENIENT },
	{ READS("ragged rows", "a,b\n1\n1,2\n",
	      "[a][b]\n2 (ragged row) 1\n3 [1][2]\n"),
	    LENIENT },
	{ READS("bytes that are not UTF-8", "a,b\n1,2\n\"\n\xFF\",3\n4,5\n",
	      "[a][b]\n2 [1][2]\n3 (a: invalid UTF-8) \\\\n\xFF\\t3\n"
	      "5 [4][5]\n"),
	    LENIENT },
	{ READS("NUL", "a,b\n1\0,2\n4,5\n",
	      "[a][b]\n2 (a: NUL byte) 1\\0\\t2\n3 [4][5]\n"),
	    LENIENT },
	{ READS("a lone NUL in one column", "a\n\0\n1\n",
	      "[a]\n2 (a: NUL byte) \\0\n3 [1]\n"),
	    LENIENT },
	{ READS("a lone CR ends a record", "a,b\n1,2\r3,4\n5,6\n",
	      "[a][b]\n2 [1][2]\n2 [3][4]\n3 [5][6]\n"),
	    LENIENT },
	{ READS("TSV is read as ever", "a\tb\n\"1\t\\n\n",
	      "[a][b]\n2 [\"1][\\n]\n"),
	    LENIENT },
	{ READS("an unterminated quote", "a,b\n1,2\n3,\"4\n5,6\n", NULL),
	    FAILS("never closes", 3, ""), LENIENT },
	{ READS("poison", "a,b\n1,2\n\\!cx-x: 5\" no\n", NULL),
	    FAILS("cx-x: 5\" no", 0, ""), LENIENT },
	{ READS("nothing but blank lines", "\n\r\n\n", ""),
	    FAILS("there is no header", 0, ""), LENIENT },
	{ READS("columns of one name", "a,a\n", ""),
	    FAILS("two columns are called", 1, ""), LENIENT },
};

static const struct expected pipe_cases[] = {
	{ READS("TSV", "a\tb\n1\t2\n", "[a][b]\n2 [1][2]\n"),
	    .source = A_PIPE },
	{ READS("CSV", "a,b\n1,\"2\n3\"\n", "[a][b]\n2 [1][2\\n3]\n"),
	    .source = A_PIPE },
	{ READS("CSV without a newline", "a,b\n1,2", "[a][b]\n2 [1][2]\n"),
	    .source = A_PIPE },
	{ READS("one column", "a\n1\n", "[a]\n2 [1]\n"), .source = A_PIPE },
	{ READS("one column that was cut off", "a\n1", "[a]\n"),
	    FAILS("the last line has no line end", 2, ""), .source = A_PIPE },
	{ READS("TSV that was cut off", "a\tb\n1\t2", "[a][b]\n"),
	    FAILS("the last line has no line end", 2, ""), .source = A_PIPE },
	{ READS("foreign TSV that was cut off", "a\tb\n1\t2", "[a][b]\n"),
	    FAILS("the last line has no line end", 2, ""),
	    .options = { .foreign = true }, .source = A_PIPE },
	{ READS("header that was cut off", "a", ""),
	    FAILS("the last line has no line end", 1, ""), .source = A_PIPE },
	{ READS("nothing", "", ""), FAILS("the input is empty", 0, ""),
	    .source = A_PIPE },
};

/* ---- one reading ---- */

struct reading {
	struct cx_buf text;
	struct cx_err err;
	int code;
};

static struct reading read_file(
    const char *path, const struct expected *c, uint64_t piece)
{
	struct reading r = { .code = 0 };

	r.code = transcribe(path, &c->options, piece, &r.text, &r.err);
	return r;
}

static struct reading read_case(const struct expected *c)
{
	const char *path = scratch_path("input");
	struct reading r;
	int fd;

	if (c->source == A_FILE) {
		scratch_write(path, c->input);
		return read_file(path, c, 0);
	}
	fd = scratch_pipe(c->input, &path);
	r = read_file(path, c, 0);
	close(fd);
	return r;
}

static bool same_reading(const struct reading *a, const struct reading *b)
{
	if (a->code != b->code ||
	    !cx_str_eq(cx_buf_str(&a->text), cx_buf_str(&b->text)))
		return false;
	return a->code == 0 || (strcmp(a->err.what, b->err.what) == 0 &&
	                           strcmp(a->err.column, b->err.column) == 0 &&
	                           a->err.line == b->err.line &&
	                           a->err.reason == b->err.reason &&
	                           a->err.poison == b->err.poison);
}

static void show(const char *what, struct reading *r)
{
	cx_buf_addc(&r->text, '\0');
	check_show(what, r->text.data);
	r->text.len--;
	if (r->code < 0)
		check_note("%s error, line %lu, column \"%s\": %s", what,
		    r->err.line, r->err.column, r->err.what);
}

static bool same_text(const struct reading *r, const char *want)
{
	return cx_str_eq(cx_buf_str(&r->text), cx_str(want));
}

/* All of the message of a poison record, and part of another one. */
static bool same_message(const struct cx_err *err, const char *want)
{
	if (err->poison)
		return strcmp(err->what, want) == 0;
	return strncmp(want, "cx-x", 4) != 0 && strstr(err->what, want);
}

static bool as_expected(const struct reading *r, const struct expected *c)
{
	const struct cx_err *err = &r->err;

	if (c->rows && !same_text(r, c->rows))
		return false;
	if (!c->error || r->code == 0)
		return !c->error && r->code == 0;
	return same_message(err, c->error) && err->line == c->line &&
	       strcmp(err->column, c->column) == 0 && !err->reason &&
	       err->status == CX_DATA && err->file[0];
}

/* ---- the same in other ways ---- */

static const size_t blocks[] = { 0, 1, 2, 3, 7, 63, 64, 65, 128, 1000 };
static const size_t largest_reads[] = { 0, 1, 2, 5 };
static const char *const scanners[] = { "avx2", "sse2", "portable" };

enum {
	BLOCKS = sizeof(blocks) / sizeof(*blocks),
	READS = sizeof(largest_reads) / sizeof(*largest_reads),
	SCANNERS = sizeof(scanners) / sizeof(*scanners),
};

/* What differs is told once. */
struct replay {
	const struct expected *expected;
	struct reading *first;
	const char *path;
	uint64_t piece;
	int n, bad;
};

static void replay_once(struct replay *re, const char *how)
{
	struct reading again = read_file(re->path, re->expected, re->piece);

	re->n++;
	if (!same_reading(re->first, &again) && re->bad++ == 0) {
		check_note("%s differs", how);
		show("first", re->first);
		show("again", &again);
	}
	cx_buf_release(&again.text);
}

static void set_sizes(size_t block, size_t largest_read)
{
	cx_reader_set_block(block);
	cx_input_set_largest_read(largest_read);
}

static void replay_blocks(struct replay *re, const char *scanner)
{
	char how[80];

	for (int i = 0; i < BLOCKS * READS; i++) {
		size_t block = blocks[i % BLOCKS],
		       most = largest_reads[i / BLOCKS];

		set_sizes(block, most);
		snprintf(how, sizeof(how), "%s, blocks of %zu, reads of %zu",
		    scanner, block, most);
		replay_once(re, how);
	}
	set_sizes(0, 0);
}

/* A cut at every offset, and pieces of every size. */
static void replay_parts(struct replay *re, const char *scanner)
{
	char how[80];

	for (int i = 0; i < 4; i++) {
		size_t block = blocks[i * 2];

		set_sizes(block, 0);
		for (re->piece = 1; re->piece <= re->expected->input.n;
		     re->piece++) {
			snprintf(how, sizeof(how), "%s, pieces of %d, block %d",
			    scanner, (int)re->piece, (int)block);
			replay_once(re, how);
		}
	}
	set_sizes(0, 0);
	re->piece = 0;
}

static void replay_gzip(struct replay *re, size_t first_member)
{
	struct cx_str whole = re->expected->input,
	              head = { whole.p, first_member };
	struct cx_buf bytes = { 0 };

	re->path = scratch_path("input.x");
	scratch_gzip(head, &bytes);
	if (first_member < whole.n)
		scratch_gzip((struct cx_str){ whole.p + first_member,
		                 whole.n - first_member },
		    &bytes);
	scratch_write(re->path, cx_buf_str(&bytes));
	cx_buf_release(&bytes);
	for (int i = 0; i < 6; i++) {
		set_sizes(blocks[i], largest_reads[i % READS]);
		replay_once(
		    re, first_member < whole.n ? "two gzip members" : "gzip");
	}
	set_sizes(0, 0);
}

/* Pipes hand out what fits, too. */
static void replay_pipe(struct replay *re)
{
	for (int i = 0; i < BLOCKS; i++) {
		int fd = scratch_pipe(re->expected->input, &re->path);

		set_sizes(blocks[i], 0);
		replay_once(re, "the pipe");
		close(fd);
	}
	set_sizes(0, 0);
}

static void replay_file(struct replay *re)
{
	for (int i = 0; i < SCANNERS; i++) {
		if (cx_scan_choose(cx_str(scanners[i])) < 0)
			continue;
		replay_blocks(re, scanners[i]);
		replay_parts(re, scanners[i]);
	}
	cx_scan_choose(cx_str(scanners[0]));
	replay_gzip(re, re->expected->input.n);
	replay_gzip(re, re->expected->input.n / 2);
}

static void test_case(const char *kind, const struct expected *c)
{
	struct reading first = read_case(c);
	struct replay re = { c, &first, scratch_path("input"), 0, 0, 0 };

	if (!check(as_expected(&first, c), "%s: %s", kind, c->name)) {
		show("got", &first);
		check_show("want", c->rows ? c->rows : "anything");
		check_note("line %lu: %s", c->line, c->error ? c->error : "");
	}
	if (c->source == A_PIPE)
		replay_pipe(&re);
	else
		replay_file(&re);
	check(re.bad == 0, "%s: %s: the same in %d other ways", kind, c->name,
	    re.n);
	cx_buf_release(&first.text);
}

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

/* ---- columns by name ---- */

static void check_found(
    const struct cx_header *header, const char *name, size_t want)
{
	struct cx_err err;
	size_t column = 99;
	int code = cx_header_find(header, cx_str(name), &column, &err);

	check(code == 0 && column == want &&
	          cx_header_look(header, cx_str(name)) == (ptrdiff_t)want,
	    "column %s is there", name);
}

static void check_missing(
    const struct cx_header *header, const char *name, const char *message)
{
	struct cx_err err = { .status = CX_DONE };
	size_t column = 99;
	int code = cx_header_find(header, cx_str(name), &column, &err);

	check(code == -1 && err.status == CX_USAGE && column == 99 &&
	          cx_header_look(header, cx_str(name)) == -1,
	    "column %s is not there", name);
	check_str(err.what, message, "no column %s", name);
}

static void test_find(void)
{
	struct cx_header header = { 0 };
	struct cx_err err;

	cx_header_add(&header, cx_str("id"), &err);
	cx_header_add(&header, cx_str("nps"), &err);
	cx_header_add(&header, cx_str(""), &err);
	cx_header_add(&header, cx_str("#1"), &err);
	check_int((intmax_t)cx_header_n(&header), 4, "columns");
	check_found(&header, "id", 0);
	check_found(&header, "nps", 1);
	check_found(&header, "col_3", 2);
	check_found(&header, "#1", 3);
	check_found(&header, "#2", 1);
	check_found(&header, "#4", 3);
	check_missing(&header, "#5",
	    "no column \"#5\"; did you mean \"#1\"? "
	    "(there are: \"id\", \"nps\", \"col_3\", \"#1\")");
	check_missing(&header, "#0",
	    "no column \"#0\"; did you mean \"#1\"? "
	    "(there are: \"id\", \"nps\", \"col_3\", \"#1\")");
	check_missing(&header, "NPS",
	    "no column \"NPS\"; did you mean \"nps\"? "
	    "(there are: \"id\", \"nps\", \"col_3\", \"#1\")");
	check_missing(&header, "ids",
	    "no column \"ids\"; did you mean \"id\"? "
	    "(there are: \"id\", \"nps\", \"col_3\", \"#1\")");
	check_missing(&header, "revenue",
	    "no column \"revenue\" "
	    "(there are: \"id\", \"nps\", \"col_3\", \"#1\")");
	check_int(cx_header_look(&header, cx_str("#x")), -1, "no number");
	check_int(cx_header_look(&header, cx_str("#")), -1, "half a number");
	cx_header_release(&header);
}

static void test_find_among_many(void)
{
	struct cx_header header = { 0 };
	struct cx_err err;
	size_t column;

	for (int i = 0; i < 30; i++)
		cx_header_add(&header, cx_str(""), &err);
	check(cx_header_find(&header, cx_str("x"), &column, &err) == -1 &&
	          strstr(err.what, "\"col_30\")"),
	    "thirty columns are all listed");
	for (int i = 30; i < 40; i++)
		cx_header_add(&header, cx_str(""), &err);
	check(cx_header_find(&header, cx_str("x"), &column, &err) == -1 &&
	          strstr(err.what, "\"col_30\" and 10 more)") &&
	          !strstr(err.what, "col_31"),
	    "thirty columns are listed");
	check_int(cx_header_look(&header, cx_str("#1")), 0, "the first one");
	check_int(cx_header_look(&header, cx_str("#9")), 8, "the ninth");
	check_int(cx_header_look(&header, cx_str("#40")), 39, "the last one");
	cx_header_release(&header);
}

#define TEST_CASES(kind, cases)                                                \
	do {                                                                   \
		for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)    \
			test_case(kind, &cases[i]);                            \
	} while (0)

int main(void)
{
	TEST_CASES("csv", csv_cases);
	TEST_CASES("record", record_cases);
	TEST_CASES("fatal", fatal_cases);
	TEST_CASES("tsv", tsv_cases);
	TEST_CASES("header", header_cases);
	TEST_CASES("lenient", lenient_cases);
	TEST_CASES("pipe", pipe_cases);
	test_messages();
	test_cut_gzip(false);
	test_cut_gzip(true);
	test_find();
	test_find_among_many();
	return check_done();
}
