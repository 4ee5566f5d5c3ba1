/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Redaction of any bytes: it ends, what is left of UTF-8 is UTF-8, every mark
 * is one that was counted, and what stands outside of the marks is the text.
 */
#include "libcx/base/utf8.h"
#include "libcx/table/redact.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whether left is the text with pieces of it replaced by marks. */
static bool is_rest(struct cx_str text, struct cx_str left, uint64_t marks)
{
	size_t at = 0;

	for (size_t i = 0; i < left.n; at++) {
		if (at < text.n && text.p[at] == left.p[i]) {
			i++;
			continue;
		}
		if (at > text.n)
			return false;
		/* A mark of the text's own was passed already. */
		if (left.p[i] == '[' && marks) {
			const char *end = memchr(left.p + i, ']', left.n - i);

			if (!end)
				return false;
			i = (size_t)(end - left.p) + 1;
			marks--;
		}
	}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cx_str text = { (const char *)data, size };
	struct cx_redactor r = { 0 };
	struct cx_buf out = { 0 };
	uint64_t n = 0;

	if (size == 0)
		return 0;
	if (cx_redact(&r, text, &out)) {
		for (int k = 1; k < CX_N_REDACTED; k++)
			n += r.counts[k];
		if (n == 0 || r.counts[CX_REDACT_NONE])
			abort();
		if (cx_utf8_valid(text) == size &&
		    cx_utf8_valid(cx_buf_str(&out)) != out.len)
			abort();
		if (!memchr(data, '[', size) &&
		    !is_rest(text, cx_buf_str(&out), n))
			abort();
	} else if (out.len) {
		abort();
	}
	cx_buf_release(&out);
	cx_redactor_release(&r);
	return 0;
}
