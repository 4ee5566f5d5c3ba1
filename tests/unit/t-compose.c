/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Form C: texts as Python's unicodedata.normalize("NFC", ...) has them (3.11,
 * Unicode 14), and what may change against every character of utf8proc.
 */
#include "libcx/base/compose.h"
#include "tests/lib/check.h"

#include <stdlib.h>
#include <utf8proc.h>

enum { LAST = 0x10FFFF, LONG = 64 };

/* ---- texts ---- */

static void becomes(const char *text, const char *want, const char *name)
{
	struct cx_buf out = { 0 };
	struct cx_str s = cx_str(text);
	bool changed = cx_compose(&out, s);

	cx_buf_addc(&out, '\0');
	check_str(out.data, want, "%s", name);
	check(changed == (strcmp(text, want) != 0), "%s: whether it changes",
	    name);
	check(!changed || cx_compose_may(s), "%s: it may", name);
	cx_buf_release(&out);
}

static void test_texts(void)
{
	becomes("", "", "nothing");
	becomes("plain", "plain", "ASCII");
	becomes("\xE3\x81\x8B\xE3\x82\x99", "\xE3\x81\x8C", "ka and a mark");
	becomes("\xE3\x83\x8F\xE3\x82\x9A", "\xE3\x83\x91", "ha and a ring");
	becomes("jos\x65\xCC\x81", "jos\xC3\xA9", "e and an acute");
	becomes("Vi\x65\xCC\xA3\xCC\x82t", "Vi\xE1\xBB\x87t", "two marks");
	becomes("q\xCC\x87\xCC\xA3", "q\xCC\xA3\xCC\x87", "marks in order");
	becomes("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xED\x95\x9C", "jamo");
	becomes("\xE2\x84\xAB", "\xC3\x85", "the angstrom");
	becomes(
	    "\xE0\xA5\x98", "\xE0\xA4\x95\xE0\xA4\xBC", "longer than it was");
	becomes("\xE5\xA4\xA7\xEF\xA8\x90", "\xE5\xA4\xA7\xEF\xA8\x90",
	    "a compatibility ideograph stays");
	becomes("\xEF\xA4\x80\xEF\xAB\xBF\xF0\xAF\xA0\x80\xF0\xAF\xA8\x9F",
	    "\xEF\xA4\x80\xEF\xAB\xBF\xF0\xAF\xA0\x80\xF0\xAF\xA8\x9F",
	    "the first and the last of them");
	becomes("\x65\xCC\x81\xEF\xA8\x90\x65\xCC\x81",
	    "\xC3\xA9\xEF\xA8\x90\xC3\xA9", "and what is beside it does not");
	becomes("\xEF\xBC\xA1\xEF\xBD\xB6\xEF\xBE\x9E",
	    "\xEF\xBC\xA1\xEF\xBD\xB6\xEF\xBE\x9E", "full and half width stay");
	becomes("a\xFF", "a\xFF", "not UTF-8");
	check(cx_compose_same(cx_str("jose\xCC\x81"), cx_str("jos\xC3\xA9")),
	    "one text in two forms");
	check(!cx_compose_same(cx_str("jose"), cx_str("jos\xC3\xA9")),
	    "two texts");
}

/* ---- what may change ---- */

static struct cx_str around(
    char *room, const char *character, size_t n, size_t before, size_t behind)
{
	memset(room, 'x', before + n + behind);
	memcpy(room + before, character, n);
	return (struct cx_str){ room, before + n + behind };
}

static void test_places(void)
{
	static const char *const texts[] = { "\xE3\x82\x99", "\xE3\x80\xAA",
		"\xCC\x81", "\xE1\x85\xA1", "\xEF\xAC\x9D", "\xEF\xB8\xA0",
		"\xEA\x99\xAF", "\xF0\x9D\x85\xA5", "\xE2\x84\xA6" };
	char room[2 * LONG];
	int missed = 0, cut = 0;

	for (size_t t = 0; t < sizeof(texts) / sizeof(*texts); t++)
		for (size_t at = 0; at < LONG; at++) {
			size_t n = strlen(texts[t]);
			struct cx_str s =
			    around(room, texts[t], n, at, LONG - at);

			missed += !cx_compose_may(s);
			s.n = at + n - 1;
			cut += cx_compose_may(s);
		}
	check(missed == 0, "seen wherever they stand: %d missed", missed);
	check(cut == 0, "and left out when cut short: %d not", cut);
}

static void test_common(void)
{
	static const char *const texts[] = {
		"\xE5\x82\x99\xE5\x89\x8D", /* its end is that of a mark */
		"\xE3\x81\x8C\xE3\x83\x91\xE3\x83\xBC\xE3\x80\x81\xE3\x80\x92",
		"\xEF\xBC\x88\xEF\xBC\xA1\xEF\xBC\x89", "\xC3\xA9\xC3\xB1",
		"\xE2\x80\x9C\xE2\x80\xA6\xE2\x80\x9D", "\xE2\x91\xA0",
		"\xED\x95\x9C\xEA\xB8\x80", "\xF0\x9F\x91\x8D",
		"\xD0\x9C\xD0\xBE\xD1\x81", "\xE1\xBB\x87", "\xEF\xA8\x90"
	};
	char room[2 * LONG];

	for (size_t t = 0; t < sizeof(texts) / sizeof(*texts); t++)
		check(!cx_compose_may(
		          around(room, texts[t], strlen(texts[t]), 7, LONG)),
		    "%s is as it is", texts[t]);
}

/* The second and later ones of what a character is taken apart into. */
static void mark_seconds(utf8proc_int32_t c, bool *second)
{
	utf8proc_int32_t parts[32];
	utf8proc_ssize_t n =
	    utf8proc_decompose_char(c, parts, sizeof(parts) / sizeof(*parts),
	        UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, NULL);

	for (utf8proc_ssize_t i = 1; i < n; i++)
		second[parts[i]] = true;
}

static bool is_ideograph(utf8proc_int32_t c)
{
	return (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

static bool changes(utf8proc_int32_t c, const bool *second)
{
	utf8proc_int32_t parts[32];
	utf8proc_ssize_t n =
	    utf8proc_decompose_char(c, parts, sizeof(parts) / sizeof(*parts),
	        UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, NULL);

	if (utf8proc_get_property(c)->combining_class || second[c])
		return true;
	n = utf8proc_normalize_utf32(
	    parts, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	return n != 1 || parts[0] != c;
}

static void test_all(void)
{
	bool *second = calloc(LAST + 1, sizeof(*second));
	int missed = 0, unlike = 0, several = 0;
	char room[2 * LONG], bytes[4];

	for (utf8proc_int32_t c = 0x80; c <= LAST; c++)
		if (utf8proc_codepoint_valid(c))
			mark_seconds(c, second);
	for (utf8proc_int32_t c = 0x80; c <= LAST; c++) {
		size_t n;
		bool may;

		if (!utf8proc_codepoint_valid(c) || is_ideograph(c))
			continue;
		n = (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)bytes);
		may = cx_compose_may((struct cx_str){ bytes, n });
		unlike +=
		    may != cx_compose_may(around(room, bytes, n, 5, LONG));
		if (changes(c, second)) {
			several++;
			missed += !may;
		}
	}
	check(several > 1000, "there are many that change: %d", several);
	check(missed == 0, "none of them is missed: %d", missed);
	check(unlike == 0, "the same alone and in a text: %d not", unlike);
	free(second);
}

int main(void)
{
	test_texts();
	test_places();
	test_common();
	test_all();
	return check_done();
}
