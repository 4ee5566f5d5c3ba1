/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/map.h"
#include "tests/lib/check.h"

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

int main(void)
{
	test_map_put_all();
	return check_done();
}
