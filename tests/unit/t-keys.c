/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/map.h"
#include "tests/lib/check.h"

#include <stdlib.h>

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
	test_map_join();
	test_order();
	return check_done();
}
