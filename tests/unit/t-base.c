/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/each.h"
#include "libcx/base/err.h"
#include "libcx/base/map.h"
#include "libcx/base/mem.h"
#include "libcx/base/tally.h"
#include "libcx/base/utf8.h"
#include "tests/lib/check.h"
#include "tests/lib/random.h"

#include <stdio.h>
#include <stdlib.h>

#define STR(literal) ((struct cx_str){ literal, sizeof(literal) - 1 })

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

/* ---- map ---- */

enum { KEYS = 200000, LONGEST_KEY = 40 };

struct entry {
	char bytes[LONGEST_KEY];
	size_t n, index;
};

static int by_bytes(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = memcmp(x->bytes, y->bytes, x->n < y->n ? x->n : y->n);

	if (order)
		return order;
	return (x->n > y->n) - (x->n < y->n);
}

static int by_bytes_and_index(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = by_bytes(a, b);

	return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Half of the keys are short, and so come more than once. */
static struct entry random_entry(size_t index)
{
	struct entry e = { .index = index };

	e.n = random_below(random_below(2) ? 5 : LONGEST_KEY + 1);
	for (size_t i = 0; i < e.n; i++)
		e.bytes[i] = (char)(random_below(16) * 17);
	return e;
}

static struct cx_str key_of(const struct entry *e)
{
	return (struct cx_str){ e->bytes, e->n };
}

/* Keeps the first of each run of equals; how many are left. */
static size_t unique(struct entry *sorted, size_t n)
{
	size_t kept = 1;

	for (size_t i = 1; i < n; i++)
		if (by_bytes(&sorted[i], &sorted[kept - 1]) != 0)
			sorted[kept++] = sorted[i];
	return kept;
}

/* New keys are numbered in the order they come. */
static int put_all(struct cx_map *map, const struct entry *entries,
    const struct entry *sorted, size_t n_sorted)
{
	size_t *number = cx_malloc(n_sorted * sizeof(*number)), n = 0;
	int bad = 0;

	for (size_t i = 0; i < KEYS; i++) {
		const struct entry *found = bsearch(
		    &entries[i], sorted, n_sorted, sizeof(*sorted), by_bytes);
		bool new = found->index == i;
		ptrdiff_t got = cx_map_get(map, key_of(&entries[i]));

		if (new)
			number[found - sorted] = n++;
		bad +=
		    new ? got != -1 : got != (ptrdiff_t)number[found - sorted];
		bad += cx_map_put(map, key_of(&entries[i])) !=
		       number[found - sorted];
	}
	free(number);
	return bad + (map->n != n_sorted);
}

static void check_sorted(
    const struct cx_map *map, const struct entry *sorted, size_t n)
{
	size_t *numbers = cx_map_sorted(map);
	int bad = 0;

	for (size_t i = 0; i < n; i++)
		bad +=
		    !cx_str_eq(cx_map_key(map, numbers[i]), key_of(&sorted[i]));
	check_int(bad, 0, "sorted keys");
	free(numbers);
}

static void check_absent(
    const struct cx_map *map, const struct entry *sorted, size_t n)
{
	int bad = 0;

	for (size_t i = 0; i < KEYS; i++) {
		struct entry e = random_entry(0);
		bool there =
		    bsearch(&e, sorted, n, sizeof(*sorted), by_bytes) != NULL;

		bad += there != (cx_map_get(map, key_of(&e)) >= 0);
	}
	check_int(bad, 0, "other keys are there or not");
}

/* So many that some of them have one hash in common. */
static void test_map_random(void)
{
	struct entry *entries = cx_malloc(KEYS * sizeof(*entries));
	struct entry *sorted = cx_malloc(KEYS * sizeof(*sorted));
	struct cx_map map = { 0 };
	size_t n;

	for (size_t i = 0; i < KEYS; i++)
		entries[i] = random_entry(i);
	memcpy(sorted, entries, KEYS * sizeof(*sorted));
	qsort(sorted, KEYS, sizeof(*sorted), by_bytes_and_index);
	n = unique(sorted, KEYS);
	check_int(put_all(&map, entries, sorted, n), 0, "%zu random keys", n);
	check_sorted(&map, sorted, n);
	check_absent(&map, sorted, n);
	cx_map_clear(&map);
	check(map.n == 0 && cx_map_get(&map, key_of(&entries[0])) == -1,
	    "a cleared map is empty");
	check_int(put_all(&map, entries, sorted, n), 0, "and used again");
	cx_map_release(&map);
	check(map.n == 0 && !map.slots && !map.keys, "released");
	free(entries);
	free(sorted);
}

/* Keys in memory of their own length: nothing is read behind them. */
static void test_map_lengths(void)
{
	struct cx_map map = { 0 };
	int bad = 0;

	for (size_t n = 0; n <= LONGEST_KEY; n++) {
		char *key = cx_malloc(n);

		memset(key, 'k', n);
		bad += cx_map_get(&map, (struct cx_str){ key, n }) != -1;
		bad += cx_map_put(&map, (struct cx_str){ key, n }) != n;
		bad +=
		    cx_map_get(&map, (struct cx_str){ key, n }) != (ptrdiff_t)n;
		free(key);
	}
	check_int(bad, 0, "keys of all lengths from 0");
	bad = 0;
	for (size_t n = 0; n <= LONGEST_KEY; n++)
		bad += cx_map_key(&map, n).n != n;
	check_int(bad, 0, "and each is there");
	cx_map_release(&map);
}

/* Every byte of a key counts. */
static void test_map_bytes(void)
{
	struct cx_map map = { 0 };
	char key[LONGEST_KEY] = { 0 };
	size_t n_keys = 0;
	int bad = 0;

	for (size_t n = 1; n <= LONGEST_KEY; n++) {
		bad += cx_map_put(&map, (struct cx_str){ key, n }) != n_keys++;
		for (size_t i = 0; i < n; i++) {
			key[i] = 1;
			bad += cx_map_put(&map, (struct cx_str){ key, n }) !=
			       n_keys++;
			key[i] = 0;
		}
	}
	check_int(bad, 0, "keys that differ in one byte");
	cx_map_release(&map);
}

static void test_map_empty(void)
{
	struct cx_map map = { 0 };
	size_t *none = cx_map_sorted(&map);

	check_int(cx_map_get(&map, STR("a")), -1, "nothing in an empty map");
	cx_map_clear(&map);
	check_int((intmax_t)cx_map_put(&map, STR("")), 0, "the empty key");
	check_int(cx_map_get(&map, (struct cx_str){ NULL, 0 }), 0,
	    "the empty key again");
	check_int(cx_map_get(&map, STR("\0")), -1, "a NUL is another key");
	cx_map_release(&map);
	free(none);
}

/* ---- utf8 ---- */

/* A plain decoder: the length of the character at p, or 0. */
static size_t slow_step(const unsigned char *p, size_t n)
{
	static const uint32_t least_of[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length = 0;
	uint32_t value;

	if (n == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	while (length < 8 && p[0] & 0x80 >> length)
		length++;
	if (length < 2 || length > 4 || length > n)
		return 0;
	value = p[0] & (0x7Fu >> length);
	for (size_t i = 1; i < length; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		value = value << 6 | (p[i] & 0x3F);
	}
	if (value < least_of[length] || value > 0x10FFFF ||
	    (value >= 0xD800 && value <= 0xDFFF))
		return 0;
	return length;
}

static bool steps_alike(const unsigned char *p, size_t n)
{
	return cx_utf8_step((struct cx_str){ (const char *)p, n }) ==
	       slow_step(p, n);
}

static void test_utf8_short(void)
{
	unsigned char p[4] = { 0 };
	int bad = 0;

	for (uint32_t v = 0; v < 1 << 24; v++) {
		p[0] = (unsigned char)(v >> 16);
		p[1] = (unsigned char)(v >> 8);
		p[2] = (unsigned char)v;
		bad += !steps_alike(p, 3);
		if (p[2] == 0x80)
			bad += !steps_alike(p, 2);
		if (p[1] == 0x80)
			bad += !steps_alike(p, 1);
	}
	check_int(bad, 0, "all strings of 1, 2 and 3 bytes");
	check_int((intmax_t)cx_utf8_step((struct cx_str){ NULL, 0 }), 0,
	    "no bytes are no character");
}

static void test_utf8_long(void)
{
	static const unsigned char edges[] = { 0x00, 0x7F, 0x80, 0x8F, 0x90,
		0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xEC, 0xED,
		0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF };
	enum { N = sizeof(edges) };
	int bad = 0;

	for (size_t v = 0; v < (size_t)N * N * N * N; v++) {
		unsigned char p[5] = { edges[v % N], edges[v / N % N],
			edges[v / N / N % N], edges[v / N / N / N], 'x' };

		bad += !steps_alike(p, 4);
		bad += !steps_alike(p, 5);
	}
	check_int(bad, 0, "edge cases of 4 bytes");
}

/* All characters, each whole and cut short in memory of its own length. */
static void test_utf8_all(void)
{
	int bad = 0;

	for (uint32_t c = 0x10000; c < 0x110000; c += 0x3F) {
		unsigned char p[4] = { (unsigned char)(0xF0 | c >> 18),
			(unsigned char)(0x80 | (c >> 12 & 0x3F)),
			(unsigned char)(0x80 | (c >> 6 & 0x3F)),
			(unsigned char)(0x80 | (c & 0x3F)) };

		for (size_t n = 1; n <= 4; n++) {
			char *cut = cx_memdup((char *)p, n);

			cut = cx_realloc(cut, n);
			bad += cx_utf8_step((struct cx_str){ cut, n }) !=
			       (n == 4 ? 4u : 0u);
			free(cut);
		}
	}
	check_int(bad, 0, "characters above U+FFFF, and cut short");
}

static size_t slow_valid(const unsigned char *p, size_t n)
{
	size_t at = 0, step;

	while ((step = slow_step(p + at, n - at)) > 0)
		at += step;
	return at;
}

static void test_utf8_valid(void)
{
	static const char alphabet[] = "ab\xC3\xA9\xE3\x81\x82\xF0\x9F\x98\x80"
	                               "\xED\xA0\xF4\x90";
	int bad = 0;

	for (int round = 0; round < 200000; round++) {
		char text[12];
		size_t n = random_below(sizeof(text) + 1);

		for (size_t i = 0; i < n; i++)
			text[i] = alphabet[random_below(sizeof(alphabet) - 1)];
		bad += cx_utf8_valid((struct cx_str){ text, n }) !=
		       slow_valid((unsigned char *)text, n);
	}
	check_int(bad, 0, "where random strings stop being UTF-8");
	check_int((intmax_t)cx_utf8_valid(STR("a\xC3\xA9\0\xE3\x81\x82")), 7,
	    "all of a string is UTF-8");
}

/* ---- err ---- */

static void check_format(const struct cx_err *err, const char *want)
{
	struct cx_buf out = { 0 };

	cx_err_format(err, &out);
	cx_buf_addc(&out, '\0');
	check_str(out.data, want, "message %s", want);
	cx_buf_release(&out);
}

static void test_err_format(void)
{
	struct cx_err err;

	check_int(cx_err_set(&err, CX_USAGE, "%d is bad", 7), -1, "set is -1");
	check(err.status == CX_USAGE && !err.reason && err.line == 0 &&
	          !err.poison,
	    "what set leaves");
	check_format(&err, "7 is bad");
	err.line = 17; /* of no known file: not told */
	check_format(&err, "7 is bad");
	cx_err_file(&err, "");
	check_format(&err, "7 is bad");
	cx_err_file(&err, "a");
	check_format(&err, "a:17: 7 is bad");
	err.file[0] = '\0';
	cx_err_file(&err, "a.csv");
	check_format(&err, "a.csv:17: 7 is bad");
	cx_err_column(&err, STR("nps"));
	check_format(&err, "a.csv:17: column \"nps\": 7 is bad");
	cx_err_file(&err, "b.csv");
	cx_err_column(&err, STR("ces"));
	check_format(&err, "a.csv:17: column \"nps\": 7 is bad");
	err.line = 0;
	check_format(&err, "a.csv: column \"nps\": 7 is bad");
	/* Neither a file's name nor data can steer a terminal. */
	cx_err_set(&err, CX_DATA, "\xFF is 100 \xE2\x82\xAC\x1B[31m");
	cx_err_file(&err, "a\nb\xC2\x9B\xC3\xA9");
	check_format(&err,
	    "a\\x0Ab\\xC2\\x9B\xC3\xA9: \\xFF is 100 \xE2\x82\xAC\\x1B[31m");
}

static void test_err_record(void)
{
	static const char reason[] = "too bad";
	struct cx_err err;

	check_int(cx_err_record(&err, reason, "%s", "x"), -1, "record is -1");
	check(err.status == CX_DATA && err.reason == reason,
	    "a record has a reason");
	check_format(&err, "x");
	cx_err_set(&err, CX_DATA, "%s again", err.what);
	check_format(&err, "x again");
	check(!err.reason, "set forgets the reason");
}

/* Whatever does not fit is cut between characters. */
static void test_err_long(void)
{
	enum { CHARS = 600 };
	char text[CHARS * 3 + 4] = "x";
	struct cx_err err;

	for (int shift = 0; shift < 3; shift++) {
		for (int i = 0; i < CHARS; i++)
			memcpy(text + shift + i * 3, "\xE3\x81\x82", 4);
		cx_err_set(&err, CX_DATA, "%s", text);
		cx_err_file(&err, text);
		cx_err_column(&err, cx_str(text));
		check(strlen(err.what) > sizeof(err.what) - 5 &&
		          strlen(err.file) > sizeof(err.file) - 5 &&
		          strlen(err.column) > sizeof(err.column) - 5,
		    "long texts fill their room, %d", shift);
		check(!err.what[cx_utf8_valid(cx_str(err.what))] &&
		          !err.file[cx_utf8_valid(cx_str(err.file))] &&
		          !err.column[cx_utf8_valid(cx_str(err.column))],
		    "and end in a whole character, %d", shift);
		memset(text, 'x', 3);
	}
}

static void test_quote(void)
{
	static const struct {
		struct cx_str from;
		const char *to;
	} cases[] = {
		{ STR(""), "\"\"" },
		{ STR("abc"), "\"abc\"" },
		{ STR("a\0b"), "\"a\\x00b\"" },
		{ STR("\t\n\x1B[31m\x7F"), "\"\\x09\\x0A\\x1B[31m\\x7F\"" },
		{ STR("\xC2\x85\xC2\x9F"), "\"\\xC2\\x85\\xC2\\x9F\"" },
		{ STR("\xC2\xA0\xC3\xA9"), "\"\xC2\xA0\xC3\xA9\"" },
		{ STR("\xE3\x81\x82"), "\"\xE3\x81\x82\"" },
		{ STR("\xE3\x81"), "\"\\xE3\\x81\"" },
		{ STR("\xFF\xC0\x80"), "\"\\xFF\\xC0\\x80\"" },
		{ STR("\xED\xA0\x80"), "\"\\xED\\xA0\\x80\"" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_str(cx_quote(cases[i].from), cases[i].to, "quote %zu", i);
}

/* Forty characters, not bytes. */
static void test_quote_cut(void)
{
	char text[400], want[400];

	for (int chars = 39; chars <= 42; chars++) {
		size_t n = 0, m = 0;

		want[m++] = '"';
		for (int i = 0; i < chars; i++, n += 4)
			memcpy(text + n, "\xF0\x9F\x98\x80", 4);
		memcpy(want + m, text, chars > 40 ? 160 : n);
		m += chars > 40 ? 160 : n;
		strcpy(want + m, chars > 40 ? "…\"" : "\"");
		check_str(cx_quote((struct cx_str){ text, n }), want,
		    "quote %d characters", chars);
	}
	memset(text, '\1', 100);
	check_int((intmax_t)strlen(cx_quote((struct cx_str){ text, 100 })),
	    1 + 40 * 4 + 4, "quote forty control bytes");
}

static void test_quote_ring(void)
{
	const char *a = cx_quote(STR("a")), *b = cx_quote(STR("b")),
	           *c = cx_quote(STR("c")), *d = cx_quote(STR("d"));

	check(strcmp(a, "\"a\"") == 0 && strcmp(b, "\"b\"") == 0 &&
	          strcmp(c, "\"c\"") == 0 && strcmp(d, "\"d\"") == 0,
	    "four quotes are valid at a time");
}

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

/* ---- tally ---- */

static void test_tally(void)
{
	struct cx_tally a = { 0 }, b = { 0 };
	struct cx_buf text = { 0 };

	cx_tally_describe(&a, "dropped", &text);
	check(cx_str_eq(cx_buf_str(&text), STR(", dropped 0")), "no counts");
	cx_buf_clear(&text);
	cx_tally_add(&a, STR("test"), 2);
	cx_tally_add(&a, STR("preview"), 1);
	cx_tally_add(&b, STR("spam"), 40);
	cx_tally_add(&b, STR("test"), 3);
	cx_tally_merge(&a, &b);
	check(b.n == 0 && b.names.n == 0, "what was merged is empty");
	check(a.n == 46 && cx_tally_get(&a, STR("test")) == 5 &&
	          cx_tally_get(&a, STR("other")) == 0,
	    "counts add up");
	cx_tally_describe(&a, "dropped", &text);
	check(cx_str_eq(cx_buf_str(&text),
	          STR(", dropped 46: preview 1, spam 40, test 5")),
	    "described in the order of names");
	cx_tally_release(&a);
	for (unsigned i = 0; i < 1000; i++) {
		char name[16];

		snprintf(name, sizeof(name), "%u", i % 37);
		cx_tally_add(&a, cx_str(name), i);
	}
	check(a.n == 499500 && a.names.n == 37, "many names");
	cx_tally_release(&a);
	cx_buf_release(&text);
}

/* ---- each ---- */

struct squares {
	uint64_t of[1000];
	unsigned times[1000];
	uint64_t jobs;
};

struct sums {
	uint64_t jobs;
};

static void square(void *context, void *scratch, size_t number)
{
	struct squares *squares = context;
	struct sums *sums = scratch;

	squares->of[number] = (uint64_t)number * number;
	squares->times[number]++;
	sums->jobs++;
}

static void collect(void *context, void *scratch)
{
	struct squares *squares = context;

	squares->jobs += ((struct sums *)scratch)->jobs;
}

static void test_each(unsigned threads, size_t n)
{
	struct squares squares = { .jobs = 0 };
	struct cx_each each = { .job = square,
		.collect = collect,
		.context = &squares,
		.scratch_size = sizeof(struct sums) };
	bool right = true;

	cx_each_run(&each, n, threads);
	for (size_t i = 0; i < 1000; i++)
		right = right && squares.times[i] == (i < n) &&
		        squares.of[i] == (i < n ? (uint64_t)i * i : 0);
	check(right && squares.jobs == n, "each: %zu jobs by %u threads", n,
	    threads);
}

int main(void)
{
	test_each(1, 1000);
	test_each(3, 1000);
	test_each(8, 2);
	test_each(2, 0);
	test_tally();
	test_buf_add();
	test_buf_text();
	test_buf_reserve();
	test_trim();
	test_eq();
	test_next();
	test_nearest_cases();
	test_nearest_random();
	test_map_random();
	test_map_lengths();
	test_map_bytes();
	test_map_empty();
	test_utf8_short();
	test_utf8_long();
	test_utf8_all();
	test_utf8_valid();
	test_err_format();
	test_err_record();
	test_err_long();
	test_quote();
	test_quote_cut();
	test_quote_ring();
	test_mem();
	return check_done();
}
