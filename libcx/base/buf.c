/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/base/buf.h"

#include "libcx/base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { SMALLEST = 64 };

void cx_buf_release(struct cx_buf *buf)
{
	free(buf->data);
	*buf = (struct cx_buf){ 0 };
}

char *cx_buf_grow(struct cx_buf *buf, size_t n)
{
	size_t need = buf->len + n, cap = buf->cap ? buf->cap : SMALLEST;

	if (need < n)
		cx_mem_lacking(); /* the sum overflowed */
	while (cap < need)
		cap = cx_mul(cap, 2);
	if (cap > buf->cap) {
		buf->data = cx_realloc(buf->data, cap);
		buf->cap = cap;
	}
	return buf->data + buf->len;
}

void cx_buf_addz(struct cx_buf *buf, const char *s)
{
	cx_buf_add(buf, s, strlen(s));
}

void cx_buf_addu(struct cx_buf *buf, uint64_t value)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	cx_buf_add(buf, digits + at, sizeof(digits) - at);
}

void cx_buf_addv(struct cx_buf *buf, const char *format, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0)
		cx_mem_lacking();
	vsnprintf(
	    cx_buf_reserve(buf, (size_t)n + 1), (size_t)n + 1, format, args);
	buf->len += (size_t)n;
}

void cx_buf_addf(struct cx_buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	cx_buf_addv(buf, format, args);
	va_end(args);
}
