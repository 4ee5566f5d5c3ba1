/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/normal.h"

#include "libcx/base/mem.h"

#include <stdlib.h>
#include <utf8proc.h>

static const struct cx_str right_quote = { "\xE2\x80\x99", 3 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* NFKC has made plain spaces of U+00A0 and U+3000, and dropped U+FEFF. */
static void squeeze(struct cx_buf *out, struct cx_str s)
{
	bool blank = false;

	while (s.n) {
		bool quote = cx_str_starts(s, right_quote);
		size_t n = quote ? right_quote.n : 1;

		if (is_blank(*s.p)) {
			blank = true;
		} else {
			if (blank && out->len)
				cx_buf_addc(out, ' ');
			blank = false;
			cx_buf_addc(out, quote ? '\'' : *s.p);
		}
		s.p += n;
		s.n -= n;
	}
}

void cx_normal(struct cx_buf *out, struct cx_str text)
{
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t n;

	cx_buf_clear(out);
	n = utf8proc_map((const utf8proc_uint8_t *)text.p,
	    (utf8proc_ssize_t)text.n, &folded,
	    UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE |
	        UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
	if (n == UTF8PROC_ERROR_NOMEM)
		cx_mem_lacking();
	if (n < 0)
		cx_buf_adds(out, text);
	else
		squeeze(
		    out, (struct cx_str){ (const char *)folded, (size_t)n });
	free(folded);
}
