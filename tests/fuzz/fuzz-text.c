/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts out of data on their way to a page or a message: nothing starts markup
 * or a control sequence, what comes out is UTF-8, and doing it again changes
 * nothing where it should not.
 */
#include "libcx/base/err.h"
#include "libcx/base/normal.h"
#include "libcx/base/utf8.h"
#include "libcx/report/markup.h"
#include "libcx/report/text.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has_any(struct cx_str s, const char *bytes)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] && strchr(bytes, s.p[i]))
			return true;
	return false;
}

/* Neither control bytes nor what is not UTF-8. */
static void check_clean(struct cx_str s)
{
	if (cx_utf8_valid(s) != s.n)
		abort();
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] & 0xE0) == 0 || s.p[i] == 0x7F)
			abort();
}

static void check_markup(struct cx_str text)
{
	static struct cx_buf out;

	cx_buf_clear(&out);
	cx_markup_text(&out, text);
	check_clean(cx_buf_str(&out));
	if (has_any(cx_buf_str(&out), "<>"))
		abort();
	cx_buf_clear(&out);
	cx_markup_attribute(&out, text);
	check_clean(cx_buf_str(&out));
	if (has_any(cx_buf_str(&out), "<>\"'"))
		abort();
	cx_buf_clear(&out);
	cx_markup_clipped(&out, text, 3);
	check_clean(cx_buf_str(&out));
	if (has_any(cx_buf_str(&out), "<>"))
		abort();
}

static void check_wrap(struct cx_str text, double width)
{
	struct cx_wrapped w = cx_text_wrap(text, width, CX_WRAP_MOST);
	struct cx_str fit = cx_text_fit(text, width);
	const char *at = text.p;

	if (!cx_str_starts(text, fit))
		abort();
	if (w.n > CX_WRAP_MOST)
		abort();
	for (size_t i = 0; i < w.n; i++) {
		if (w.lines[i].p < at ||
		    w.lines[i].p + w.lines[i].n > text.p + text.n)
			abort();
		at = w.lines[i].p + w.lines[i].n;
	}
}

static void check_normal(struct cx_str text)
{
	static struct cx_buf once, again;

	cx_normal(&once, text);
	cx_normal(&again, cx_buf_str(&once));
	if (!cx_str_eq(cx_buf_str(&once), cx_buf_str(&again)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cx_str text = { (const char *)data, size };

	if (size == 0)
		return 0;
	check_clean(cx_str(cx_quote(text)));
	check_markup(text);
	check_wrap(text, data[0] / 8.0);
	check_normal(text);
	return 0;
}
