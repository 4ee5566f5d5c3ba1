/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/guess.h"

#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"
#include "libcx/io/decode.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <uchardet/uchardet.h>

/* uchardet's statistics of letters need some; fewer are Western as a rule. */
enum { LETTERS_NEEDED = 64, SPARSE = 40 };

/* ---- UTF-16 without a mark ---- */

/*
 * ASCII characters have a NUL in every other byte: digits, delimiters and line
 * ends at least. A few in a long text are damage.
 */
static const char *by_nul_bytes(struct cx_str s)
{
	size_t even = 0, odd = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\0')
			*(i % 2 ? &odd : &even) += 1;
	if (even + odd < 2 || (even + odd) * SPARSE < s.n)
		return NULL;
	if (odd > 4 * even)
		return "utf-16le";
	return even > 4 * odd ? "utf-16be" : NULL;
}

/* ---- UTF-8 with damage ---- */

static size_t high_bytes(struct cx_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += (unsigned char)s.p[i] >= 0x80;
	return n;
}

/* At most one high byte in eight is out of place. */
static bool is_nearly_utf8(struct cx_str s, size_t high)
{
	size_t bad = 0;

	while (s.n) {
		size_t n = cx_utf8_valid(s);

		if (n < s.n) {
			bad++;
			n++;
		}
		s.p += n;
		s.n -= n;
	}
	return bad * 8 <= high;
}

/* ---- the statistics of uchardet ---- */

/*
 * Whether the sample can be in that encoding; its end may be cut. What iconv
 * cannot load is taken to fit.
 */
static bool fits(const char *name, struct cx_str sample)
{
	char *room = cx_malloc(cx_mul(sample.n, 4) + 4), *out = room;
	size_t left = sample.n * 4 + 4;
	char *in = (char *)sample.p;
	iconv_t cd = cx_decode_open(name);
	bool ok = true;

	if (cd != (iconv_t)-1) {
		ok = iconv(cd, &in, &sample.n, &out, &left) != (size_t)-1 ||
		     errno == EINVAL;
		iconv_close(cd);
	}
	free(room);
	return ok;
}

/* The scripts that few bytes give away, by the names of -e. */
static const char *distinct(const char *name)
{
	static const char *const names[][2] = { { "SHIFT_JIS", "cp932" },
		{ "EUC-JP", "euc-jp" }, { "ISO-2022-JP", "iso-2022-jp" },
		{ "EUC-KR", "euc-kr" }, { "UHC", "uhc" },
		{ "GB18030", "gb18030" }, { "BIG5", "big5" } };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i][0]) == 0)
			return names[i][1];
	return NULL;
}

/* Those whose letters are not Latin, so that their statistics are sharp. */
static const char *foreign(const char *name)
{
	static const char *const names[][2] = { { "WINDOWS-1251",
		                                    "windows-1251" },
		{ "ISO-8859-5", "iso-8859-5" }, { "KOI8-R", "koi8-r" },
		{ "IBM866", "cp866" }, { "WINDOWS-1253", "windows-1253" },
		{ "ISO-8859-7", "iso-8859-7" }, { "TIS-620", "tis-620" },
		{ "WINDOWS-1255", "windows-1255" },
		{ "WINDOWS-1256", "windows-1256" } };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i][0]) == 0)
			return names[i][1];
	return NULL;
}

/*
 * uchardet is C++, whose new would end the program in a way of its own when
 * there is no memory; std::set_new_handler has it call ours. Its name as it is
 * mangled: Itanium C++ ABI, which all of Linux has.
 */
static void watch_new(void)
{
	void (*(*set_new_handler)(void (*)(void)))(void);
	void *program = cx_mem_need(dlopen(NULL, RTLD_LAZY));

	*(void **)&set_new_handler =
	    dlsym(program, "_ZSt15set_new_handlerPFvvE");
	if (set_new_handler)
		set_new_handler(cx_mem_lacking);
	dlclose(program);
}

/*
 * Where its malloc fails uchardet goes on with less, and finds another set.
 * errno tells: nothing else in there sets it. So does a malloc that looked in
 * vain and then found memory elsewhere; the second time it finds it at once.
 */
static uchardet_t look_at(struct cx_str s)
{
	watch_new();
	for (int tries = 0; tries < 2; tries++) {
		uchardet_t u = uchardet_new();

		errno = 0;
		if (uchardet_handle_data(u, s.p, s.n) != 0)
			break;
		uchardet_data_end(u);
		if (errno != ENOMEM)
			return u;
		uchardet_delete(u);
	}
	cx_mem_lacking();
}

static const char *by_statistics(struct cx_str s, size_t high)
{
	const char *word, *name;
	uchardet_t u = look_at(s);

	word = uchardet_get_charset(u);
	name = distinct(word);
	if (!name && high >= LETTERS_NEEDED)
		name = foreign(word);
	uchardet_delete(u);
	return name && fits(name, s) ? name : NULL;
}

/* ---- Western letters ---- */

/*
 * What is frequent in one set and rare in the other: small letters with
 * accents, dashes, quotes, the no-break space. Source: the tables CP1252.TXT
 * and ROMAN.TXT of the Unicode Consortium.
 */
static bool is_windows(unsigned char c)
{
	return c >= 0xE0 || c == 0x92 || c == 0x80 || c == 0x85 || c == 0xA0;
}

/* Quotes and dashes to the one, letters to the other. */
static bool is_either(unsigned char c)
{
	return c == 0x91 || (c >= 0x93 && c <= 0x97);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_between_letters(struct cx_str s, size_t at)
{
	return at > 0 && at + 1 < s.n && is_letter(s.p[at - 1]) &&
	       is_letter(s.p[at + 1]);
}

static bool is_macintosh(unsigned char c)
{
	return (c >= 0x87 && c <= 0x90) || (c >= 0x98 && c <= 0x9F) ||
	       c == 0xC9 || c == 0xCA || (c >= 0xD0 && c <= 0xD5);
}

static struct cx_guess western(struct cx_str s)
{
	static const char windows[] = "windows-1252", mac[] = "macintosh";
	size_t n_windows = 0, n_mac = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool inside = is_either(c) && is_between_letters(s, i);

		n_windows += is_windows(c) || (is_either(c) && !inside);
		n_mac += is_macintosh(c) || inside;
	}
	if (n_mac > n_windows || !fits(windows, s))
		return (struct cx_guess){ mac, windows };
	return (struct cx_guess){ windows, mac };
}

struct cx_guess cx_guess_encoding(struct cx_str sample)
{
	size_t high = high_bytes(sample);
	const char *name = cx_decode_mark(sample);

	if (!name)
		name = by_nul_bytes(sample);
	if (!name && is_nearly_utf8(sample, high))
		name = CX_UTF8;
	if (!name)
		name = by_statistics(sample, high);
	return name ? (struct cx_guess){ name, NULL } : western(sample);
}
