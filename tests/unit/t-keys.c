/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/map.h"
#include "tests/lib/check.h"

#include <stdlib.h>

/* As one by one, with keys that come again, at once and later. */
static void test_map_put_all(void)
{
	struct cx_map one = { 0 }, all = { 0 };
	struct cx_keys keys = { 0 };
	uint32_t numbers[3000];
	size_t wrong = 0;

	for (unsigned round = 0; round < 3; round++) {
		size_t want[3000];
		char text[16];

		cx_keys_clear(&keys);
		for (unsigned i = 0; i < 3000; i++) {
			size_t at;

			snprintf(text, sizeof(text), "k%u",
			    i % 3 ? i * round % 997 : 7);
			at = cx_keys_add(&keys, cx_str(text));
			want[at] = cx_map_put(&one, cx_str(text));
			wrong +=
			    !cx_str_eq(cx_keys_get(&keys, at), cx_str(text));
		}
		cx_map_put_all(&all, &keys, numbers);
		for (size_t i = 0; i < keys.n; i++)
			wrong += numbers[i] != want[i];
	}
	check(wrong == 0 && one.n == all.n, "a map of many keys at once");
	cx_map_release(&one);
	cx_map_release(&all);
	cx_keys_release(&keys);
}

static void test_map_join(void)
{
	struct cx_map map = { 0 }, from = { 0 };
	uint32_t *numbers;

	cx_map_put(&map, cx_str("a"));
	cx_map_put(&map, cx_str("b"));
	cx_map_put(&from, cx_str("c"));
	cx_map_put(&from, cx_str("b"));
	cx_map_put(&from, cx_str(""));
	numbers = cx_map_join(&map, &from);
	check(
	    numbers[0] == 2 && numbers[1] == 1 && numbers[2] == 3 && map.n == 4,
	    "a map joins another");
	free(numbers);
	cx_map_clear(&from);
	numbers = cx_map_join(&map, &from);
	check(numbers && map.n == 4, "a map joins an empty one");
	free(numbers);
	cx_map_release(&map);
	cx_map_release(&from);
}

static int order(const char *a, const char *b)
{
	int n = cx_str_order(cx_str(a), cx_str(b));

	return (n > 0) - (n < 0);
}

static void test_order(void)
{
	check(order("", "") == 0 && order("a", "a") == 0, "equal texts");
	check(order("", "a") < 0 && order("a", "") > 0, "nothing comes first");
	check(order("ab", "b") < 0 && order("b", "ab") > 0,
	    "the first byte that differs decides");
	check(order("a", "ab") < 0 && order("ab", "a") > 0,
	    "a beginning comes before the whole");
	check(order("z", "\xE3\x81\x82") < 0, "bytes are unsigned");
	check(cx_str_order((struct cx_str){ NULL, 0 }, cx_str("a")) < 0,
	    "there may be no text at all");
}

int main(void)
{
	test_map_put_all();
	test_map_join();
	test_order();
	return check_done();
}
