/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts that are held back: each is found by its number, whichever were
 * dropped, and the room of those is used again. What is wanted is counted
 * along in a plain array.
 */
#include "libcx/base/mem.h"
#include "libcx/table/held.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

#include <stdlib.h>

static void test_few(void)
{
	struct cx_held held = { 0 };
	struct cx_str text;

	check_int((intmax_t)cx_held_add(&held, cx_str("one")), 0, "the first");
	check_int((intmax_t)cx_held_add(&held, cx_str("")), 1, "an empty one");
	check_int((intmax_t)cx_held_add(&held, cx_str("three")), 2, "a third");
	check(cx_held_get(&held, 0, &text) && cx_str_eq(text, cx_str("one")),
	    "the first is there");
	check(cx_held_get(&held, 1, &text) && text.n == 0,
	    "the empty one is there, and empty");
	cx_held_drop(&held, 0);
	cx_held_drop(&held, 0);
	check(!cx_held_get(&held, 0, &text), "dropped, even twice");
	check_int((intmax_t)held.wasted, 3, "its room is counted once");
	check(cx_held_get(&held, 2, &text) && cx_str_eq(text, cx_str("three")),
	    "the others stay");
	cx_held_release(&held);
	check(held.n == 0 && !held.texts && !held.bytes.data, "released");
}

enum { TEXTS = 20000, LONGEST = 600 };

static size_t size_of(size_t i)
{
	return i * 7919 % LONGEST;
}

/* The text of a number: its length and its letters depend on it alone. */
static struct cx_str text_of(size_t i, char *room)
{
	memset(room, (int)('a' + i % 26), size_of(i));
	return (struct cx_str){ room, size_of(i) };
}

static void test_many(void)
{
	struct cx_held held = { 0 };
	char room[LONGEST];
	bool *gone = cx_calloc(TEXTS, sizeof(*gone));
	size_t largest = 0, all = 0, wrong = 0;
	struct cx_str text;

	for (size_t i = 0; i < TEXTS; i++) {
		size_t old = random_below(i + 1);

		wrong += cx_held_add(&held, text_of(i, room)) != i;
		all += size_of(i);
		largest = held.bytes.len > largest ? held.bytes.len : largest;
		/* All but one of four go, the last one too sometimes. */
		for (int k = 0; k < 3; k++, old = random_below(i + 1)) {
			cx_held_drop(&held, old);
			gone[old] = true;
		}
	}
	check_int((intmax_t)wrong, 0, "numbered in their order");
	for (size_t i = 0; i < TEXTS; i++)
		wrong += cx_held_get(&held, i, &text) == gone[i] ||
		         (!gone[i] && !cx_str_eq(text, text_of(i, room)));
	check_int((intmax_t)wrong, 0, "each is there, or was dropped");
	check(largest < all / 2, "the room of the dropped is used again");
	free(gone);
	cx_held_release(&held);
}

int main(void)
{
	test_few();
	test_many();
	return check_done();
}
