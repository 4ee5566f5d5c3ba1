/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_BUF_H
#define CX_BASE_BUF_H

#include "libcx/base/str.h"

#include <stdarg.h>
#include <stdint.h>

/*
 * A growable run of bytes. All zero is empty and valid; release frees.
 * There is no NUL behind the bytes.
 */
struct cx_buf {
	char *data;
	size_t len, cap;
};

void cx_buf_release(struct cx_buf *buf);

static inline void cx_buf_clear(struct cx_buf *buf)
{
	buf->len = 0;
}

static inline struct cx_str cx_buf_str(const struct cx_buf *buf)
{
	return (struct cx_str){ buf->data, buf->len };
}

/* Makes room for n more bytes and returns the place they go to. */
char *cx_buf_grow(struct cx_buf *buf, size_t n);

static inline char *cx_buf_reserve(struct cx_buf *buf, size_t n)
{
	return buf->cap - buf->len >= n && buf->data ? buf->data + buf->len
	                                             : cx_buf_grow(buf, n);
}

static inline void cx_buf_add(struct cx_buf *buf, const char *p, size_t n)
{
	if (n == 0)
		return;
	memcpy(cx_buf_reserve(buf, n), p, n);
	buf->len += n;
}

static inline void cx_buf_addc(struct cx_buf *buf, char c)
{
	cx_buf_add(buf, &c, 1);
}

static inline void cx_buf_adds(struct cx_buf *buf, struct cx_str s)
{
	cx_buf_add(buf, s.p, s.n);
}

void cx_buf_addz(struct cx_buf *buf, const char *s);
void cx_buf_addu(struct cx_buf *buf, uint64_t value);

/* printf into the buffer. */
void cx_buf_addf(struct cx_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void cx_buf_addv(struct cx_buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

#endif
