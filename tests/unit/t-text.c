/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buffers, borrowed text, and the memory under both. */
#include "libcx/base/err.h"
#include "libcx/base/mem.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"
#include "tests/lib/str.h"

#include <stdlib.h>

/* ---- mem ---- */

static void test_mem(void)
{
	char *p = cx_calloc(3, 2), *copy = cx_memdup("a\0b", 3);
	void *none = cx_malloc(0), *nothing = cx_calloc(0, 8);

	check(none && nothing, "nothing has a place");
	check(memcmp(p, "\0\0\0\0\0\0", 6) == 0, "calloc is all zero");
	check(memcmp(copy, "a\0b\0", 4) == 0, "memdup adds a NUL");
	check(cx_mul(SIZE_MAX / 2, 2) == SIZE_MAX - 1 && cx_mul(0, 5) == 0 &&
	          cx_mul(5, 0) == 0,
	    "products that fit");
	free(p);
	free(copy);
	free(none);
	free(nothing);
}

/* ---- buf ---- */

static void test_buf_add(void)
{
	enum { ADDS = 3000, MOST = 40 };
	struct cx_buf buf = { 0 };
	char *want = cx_malloc(ADDS * MOST), piece[MOST];
	size_t n = 0;

	check(cx_buf_str(&buf).n == 0, "a new buffer is empty");
	for (int i = 0; i < ADDS; i++) {
		size_t len = random_below(MOST);

		memset(piece, 'a' + i % 26, sizeof(piece));
		memcpy(want + n, piece, len);
		n += len;
		cx_buf_add(&buf, piece, len);
	}
	check(buf.len == n && memcmp(buf.data, want, n) == 0 && buf.cap >= n,
	    "bytes arrive in order");
	cx_buf_clear(&buf);
	check(buf.len == 0 && buf.cap >= n, "clear keeps the memory");
	cx_buf_release(&buf);
	check(!buf.data && buf.len == 0 && buf.cap == 0, "release");
	free(want);
}

static void test_buf_text(void)
{
	struct cx_buf buf = { 0 };

	cx_buf_addz(&buf, "a");
	cx_buf_addz(&buf, "");
	cx_buf_addc(&buf, 'b');
	cx_buf_adds(&buf, STR("cd"));
	cx_buf_addu(&buf, 0);
	cx_buf_addc(&buf, ' ');
	cx_buf_addu(&buf, 1090);
	cx_buf_addc(&buf, ' ');
	cx_buf_addu(&buf, UINT64_MAX);
	cx_buf_addf(&buf, " %s %04d", "x", 7);
	check(cx_str_eq(cx_buf_str(&buf),
	          STR("abcd0 1090 18446744073709551615 x 0007")),
	    "text, numbers and formats");
	cx_buf_clear(&buf);
	cx_buf_addf(&buf, "%0*d", 5000, 1);
	check(buf.len == 5000 && buf.data[0] == '0' && buf.data[4999] == '1',
	    "a long format");
	cx_buf_release(&buf);
}

/* What is reserved but not taken is not part of the buffer. */
static void test_buf_reserve(void)
{
	struct cx_buf buf = { 0 };
	char *room = cx_buf_reserve(&buf, 100);

	memset(room, 'x', 100);
	check(buf.len == 0 && buf.cap >= 100, "reserve takes nothing");
	buf.len = 3;
	check(cx_buf_reserve(&buf, 0) == buf.data + 3, "reserve at the end");
	check(cx_str_eq(cx_buf_str(&buf), STR("xxx")), "taken by hand");
	cx_buf_release(&buf);
}

/* ---- str ---- */

static void test_trim(void)
{
	static const struct {
		struct cx_str from, to;
	} cases[] = {
		{ STR(""), STR("") },
		{ STR(" "), STR("") },
		{ STR(" \t\r\n"), STR("") },
		{ STR("a"), STR("a") },
		{ STR("  a b\t"), STR("a b") },
		{ STR("\xC2\xA0"
		      "a\xC2\xA0"),
		    STR("a") },
		{ STR("\xE3\x80\x80 a \xE3\x80\x80"), STR("a") },
		{ STR("\xEF\xBB\xBF"
		      "a\xEF\xBB\xBF"),
		    STR("a") },
		{ STR("\xC2\xA0\xE3\x80\x80\xEF\xBB\xBF \n"), STR("") },
		/* what only looks like a blank */
		{ STR("\xA0"), STR("\xA0") },
		{ STR("\xC2"), STR("\xC2") },
		{ STR("\xC2\xA1"), STR("\xC2\xA1") },
		{ STR("\xE3\x80\x81 "), STR("\xE3\x80\x81") },
		{ STR("\xE3\x80"), STR("\xE3\x80") },
		{ STR("\xEF\xBB"), STR("\xEF\xBB") },
		{ STR("a\xE3\x80"), STR("a\xE3\x80") },
		{ STR("\0a\0"), STR("\0a\0") },
		{ STR("\v"), STR("\v") },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check(cx_str_eq(cx_str_trim(cases[i].from), cases[i].to),
		    "trim %s", cx_quote(cases[i].from));
	check(cx_str_trim((struct cx_str){ NULL, 0 }).n == 0, "trim nothing");
}

static void test_eq(void)
{
	check(cx_str_eq(STR("a\0b"), STR("a\0b")), "equal");
	check(!cx_str_eq(STR("a\0b"), STR("a\0c")), "differ behind a NUL");
	check(!cx_str_eq(STR("a"), STR("ab")), "differ in length");
	check(cx_str_eq((struct cx_str){ NULL, 0 }, STR("")), "both empty");
}

static void test_next(void)
{
	struct cx_str rest = STR("a,bc,,d");

	check(cx_str_eq(cx_str_next(&rest, ','), STR("a")), "first item");
	check(cx_str_eq(cx_str_next(&rest, ','), STR("bc")), "second item");
	check(cx_str_eq(cx_str_next(&rest, ','), STR("")), "empty item");
	check(rest.p != NULL, "one item is left");
	check(cx_str_eq(cx_str_next(&rest, ','), STR("d")), "last item");
	check(rest.p == NULL, "the end");
	rest = STR("a,");
	cx_str_next(&rest, ',');
	check(rest.p != NULL, "behind the last separator is an item");
	check(cx_str_next(&rest, ',').n == 0 && !rest.p, "and it is empty");
	rest = STR("");
	check(cx_str_next(&rest, ',').n == 0 && !rest.p,
	    "an empty list has one empty item");
}

static void test_nearest_cases(void)
{
	static const struct {
		const char *name;
		int want;
	} cases[] = {
		{ "nps", 0 },
		{ "NPS", 0 },
		{ "COUNTRY", 1 },
		{ "CONTRY", 1 },
		{ "npss", 0 },
		{ "np", 0 },
		{ "pns", 0 },
		{ "contry", 1 },
		{ "cuontry", 1 },
		{ "Country", 1 },
		{ "counrtyx", 1 },
		{ "tuochpoint", 2 },
		{ "touch_points", 2 },
		{ "revenue", -1 },
		{ "x", -1 },
		{ "", -1 },
	};
	static const struct cx_str names[] = { STR("nps"), STR("country"),
		STR("touchpoint") };
	char longest[65];

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_int(cx_str_nearest(cx_str(cases[i].name), names, 3),
		    cases[i].want, "nearest to \"%s\"", cases[i].name);
	check_int(cx_str_nearest(STR("nps"), names, 0), -1, "none to choose");
	memset(longest, 'a', sizeof(longest));
	check_int(cx_str_nearest((struct cx_str){ longest, 65 }, names, 3), -1,
	    "a very long name");
	check_int(cx_str_nearest((struct cx_str){ longest, 64 },
	              &(struct cx_str){ longest, 64 }, 1),
	    0, "a long name");
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

enum { EDIT = 8, CASE = 1 };

/* The distance by its definition; eightfold, as letter case counts that. */
static int slow_distance(struct cx_str a, struct cx_str b)
{
	struct cx_str a1 = { a.p + 1, a.n - 1 }, b1 = { b.p + 1, b.n - 1 };
	int best;

	if (a.n == 0 || b.n == 0)
		return EDIT * (int)(a.n + b.n);
	best = a.p[0] == b.p[0]                 ? 0
	       : (a.p[0] | 32) == (b.p[0] | 32) ? CASE
	                                        : EDIT;
	best += slow_distance(a1, b1);
	best = least(best, EDIT + slow_distance(a1, b));
	best = least(best, EDIT + slow_distance(a, b1));
	if (a.n > 1 && b.n > 1 && a.p[0] == b.p[1] && a.p[1] == b.p[0])
		best = least(best,
		    EDIT + slow_distance((struct cx_str){ a.p + 2, a.n - 2 },
		               (struct cx_str){ b.p + 2, b.n - 2 }));
	return best;
}

static struct cx_str random_word(char *to, size_t longest)
{
	struct cx_str s = { to, 1 + random_below(longest) };

	for (size_t i = 0; i < s.n; i++)
		to[i] = "abAB"[random_below(4)];
	return s;
}

/* Nothing is nearer than what is chosen. */
static void test_nearest_random(void)
{
	enum { WORDS = 5, LONGEST = 6 };
	int bad = 0;

	for (int round = 0; round < 300; round++) {
		char text[WORDS + 1][LONGEST];
		struct cx_str words[WORDS], name = random_word(text[WORDS], 6);
		int best = INT32_MAX, chosen;

		for (int i = 0; i < WORDS; i++) {
			words[i] = random_word(text[i], LONGEST);
			best = least(best, slow_distance(name, words[i]));
		}
		chosen = cx_str_nearest(name, words, WORDS);
		if (chosen < 0)
			bad += name.n > 1 && best <= EDIT;
		else
			bad += slow_distance(name, words[chosen]) != best;
	}
	check_int(bad, 0, "the nearest of random words");
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
	test_mem();
	test_buf_add();
	test_buf_text();
	test_buf_reserve();
	test_trim();
	test_eq();
	test_order();
	test_next();
	test_nearest_cases();
	test_nearest_random();
	return check_done();
}
