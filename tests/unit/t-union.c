/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The columns of several tables as those of one, and what is told of their
 * differences; written by hand.
 */
#include "libcx/table/union.h"
#include "tests/lib/check.h"

#include <stdlib.h>

/* A table whose columns are the words of a text. */
static void add(struct cx_union *all, const char *file, const char *words)
{
	struct cx_str rest = cx_str(words);

	cx_union_table(all, file);
	while (rest.n)
		cx_union_put(all, cx_str_next(&rest, ' '));
}

static void check_told(
    const struct cx_union *all, size_t table, const char *want)
{
	struct cx_buf text = { 0 };

	cx_union_describe(all, table, &text);
	cx_buf_addc(&text, '\0');
	check_str(text.data, want, "what is told of table %zu", table);
	cx_buf_release(&text);
}

static void test_drift(void)
{
	struct cx_union all = { 0 };

	add(&all, "a.csv", "id nps town");
	check(cx_union_even(&all), "one table differs from none");
	check_told(&all, 0, "");
	add(&all, "b.csv", "town id nps");
	check(cx_union_even(&all), "another order is no difference");
	add(&all, "c.csv", "age town id");
	add(&all, "d.csv", "id nps town age");
	add(&all, "e.csv", "shop");
	check(!cx_union_even(&all), "others differ");
	check_int((intmax_t)all.names.n, 5, "all names");
	check(cx_str_eq(cx_map_key(&all.names, 0), cx_str("id")) &&
	          cx_str_eq(cx_map_key(&all.names, 3), cx_str("age")) &&
	          cx_str_eq(cx_map_key(&all.names, 4), cx_str("shop")),
	    "in the order in which they first appear");
	check_str(cx_union_file(&all, 2), "c.csv", "the name of a table");
	check_told(&all, 0, "a.csv: 3 columns; lacks 2: \"age\", \"shop\"");
	check_told(&all, 1, "b.csv: 3 columns; lacks 2: \"age\", \"shop\"");
	check_told(&all, 2,
	    "c.csv: 3 columns; adds 1: \"age\"; lacks 2: \"nps\", \"shop\"");
	check_told(&all, 3, "d.csv: 4 columns; lacks 1: \"shop\"");
	check_told(&all, 4,
	    "e.csv: 1 column; adds 1: \"shop\"; lacks 4: \"id\", \"nps\", "
	    "\"town\", \"age\"");
	cx_union_release(&all);
	check(all.n_tables == 0 && !all.tables && all.names.n == 0, "released");
}

/* As 89, 90 and 92 columns of three years are. */
static void test_all_of_all(void)
{
	struct cx_union all = { 0 };

	add(&all, "a", "x y");
	add(&all, "b", "y x z");
	add(&all, "c", "z y x");
	check_told(&all, 0, "a: 2 columns; lacks 1: \"z\"");
	check_told(&all, 1, "b: 3 columns; adds 1: \"z\"");
	check_told(&all, 2, "");
	cx_union_release(&all);
}

/* A message lists 30 names. */
static void test_many(void)
{
	struct cx_union all = { 0 };
	struct cx_buf text = { 0 };
	char name[16];

	add(&all, "a", "id");
	cx_union_table(&all, "b");
	for (int i = 0; i < 92; i++) {
		snprintf(name, sizeof(name), "q%d", i);
		cx_union_put(&all, cx_str(name));
	}
	cx_union_describe(&all, 0, &text);
	check(text.len > 12 &&
	          memcmp(text.data + text.len - 12, " and 62 more", 12) == 0,
	    "30 of 92, and how many more");
	cx_buf_release(&text);
	cx_union_release(&all);
}

int main(void)
{
	test_drift();
	test_all_of_all();
	test_many();
	return check_done();
}
