/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns by name and by number. */
#include "libcx/table/header.h"
#include "tests/lib/check.h"

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

int main(void)
{
	test_find();
	test_find_among_many();
	return check_done();
}
