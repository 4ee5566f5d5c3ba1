/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names as parts of a text: different names make different texts. */
#include "libcx/base/map.h"
#include "libcx/base/part.h"
#include "tests/lib/check.h"

static void test_forms(void)
{
	static const struct {
		const char *name, *front, *last;
	} cases[] = { { "cart", "cart", "cart" }, { "", "", "" },
		{ "a>b", "a>b", "a>b" }, { ">", ">", ">" },
		{ "a > b", "\"a > b\"", "\"a > b\"" },
		{ "a >", "\"a >\"", "a >" }, { "> a", "> a", "\"> a\"" },
		{ "a ", "a ", "a " },
		{ "\"a\"", "\"\"\"a\"\"\"", "\"\"\"a\"\"\"" },
		{ "say \"a\" b", "say \"a\" b", "say \"a\" b" } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct cx_buf text = { 0 };

		cx_part_add_front(&text, cx_str(cases[i].name), cx_str(" > "));
		check(cx_str_eq(cx_buf_str(&text), cx_str(cases[i].front)),
		    "%s in front", cases[i].front);
		cx_buf_clear(&text);
		cx_part_add_last(&text, cx_str(cases[i].name), cx_str(" > "));
		check(cx_str_eq(cx_buf_str(&text), cx_str(cases[i].last)),
		    "%s at last", cases[i].last);
		cx_buf_release(&text);
	}
}

/* The number-th text of so many of the letters. */
static struct cx_str spell(size_t number, size_t n, char *room)
{
	static const char letters[] = { 'a', ' ', '>', '"' };

	for (size_t i = 0; i < n; i++, number /= sizeof(letters))
		room[i] = letters[number % sizeof(letters)];
	return (struct cx_str){ room, n };
}

static size_t n_texts(size_t n)
{
	return (size_t)1 << (2 * n);
}

enum { LONGEST = 7 };

/* All pairs of names of so many letters together, and what they make. */
static void test_pairs(bool is_last)
{
	struct cx_map texts = { 0 };
	size_t n = 0;

	for (size_t length = 0; length <= LONGEST; length++)
		for (size_t first = 0; first <= length; first++)
			for (size_t i = 0; i < n_texts(length); i++) {
				char room[2][LONGEST];
				struct cx_buf text = { 0 };
				struct cx_str sign = cx_str(" > ");
				struct cx_str a = spell(i, first, room[0]);
				struct cx_str b = spell(
				    i >> (2 * first), length - first, room[1]);

				if (is_last)
					cx_buf_adds(&text, a);
				else
					cx_part_add_front(&text, a, sign);
				cx_buf_adds(&text, sign);
				if (is_last)
					cx_part_add_last(&text, b, sign);
				else
					cx_part_add_front(&text, b, sign);
				cx_map_put(&texts, cx_buf_str(&text));
				cx_buf_release(&text);
				n++;
			}
	check(texts.n == n, "%zu pairs make as many texts", n);
	cx_map_release(&texts);
}

int main(void)
{
	test_forms();
	test_pairs(false);
	test_pairs(true);
	return check_done();
}
