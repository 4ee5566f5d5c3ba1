/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/escape.h"

#include "libcx/base/bytes.h"
#include "libcx/table/value.h"

static char *escape_byte(char *to, char c)
{
	switch (c) {
	case '\t':
		*to++ = '\\';
		*to++ = 't';
		break;
	case '\n':
		*to++ = '\\';
		*to++ = 'n';
		break;
	case '\r':
		*to++ = '\\';
		*to++ = 'r';
		break;
	case '\\':
		*to++ = '\\';
		*to++ = '\\';
		break;
	default:
		*to++ = c;
	}
	return to;
}

/* Sixteen bytes at once where none of them needs an escape. */
void cx_escape_tsv(struct cx_buf *out, struct cx_str cell)
{
	char *to = cx_buf_reserve(out, cell.n * 2);
	size_t at = 0;

	while (at < cell.n) {
		size_t n = cell.n - at < 16 ? cell.n - at : 16;

		if (n == 16 &&
		    cx_bytes_lack16(cell.p + at, '\t', '\n', '\r', '\\')) {
			memcpy(to, cell.p + at, 16);
			to += 16;
		} else {
			for (size_t i = 0; i < n; i++)
				to = escape_byte(to, cell.p[at + i]);
		}
		at += n;
	}
	out->len = (size_t)(to - out->data);
}

/*
 * A backslash in front is quoted too, so that no record can look like the
 * poison record of cx-stream(5).
 */
void cx_escape_csv(struct cx_buf *out, struct cx_str cell)
{
	static const struct cx_str nothing = { "", 0 };

	if (cell.n == 0)
		return;
	if (cx_bytes_lack(cell, ',', '"', '\n', '\r') && cell.p[0] != '\\')
		cx_buf_adds(out, cell);
	else
		cx_escape_quoted(out, nothing, cell);
}

void cx_escape_quoted(
    struct cx_buf *out, struct cx_str prefix, struct cx_str cell)
{
	char *to = cx_buf_reserve(out, prefix.n + cell.n * 2 + 2);

	*to++ = '"';
	memcpy(to, prefix.p, prefix.n);
	to += prefix.n;
	for (size_t i = 0; i < cell.n; i++) {
		if (cell.p[i] == '"')
			*to++ = '"';
		*to++ = cell.p[i];
	}
	*to++ = '"';
	out->len = (size_t)(to - out->data);
}

static bool starts_formula(struct cx_str cell)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };

	if (memchr("=+-@\t\r\n", cell.p[0], 7))
		return true;
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (cx_str_starts(cell, cx_str(wide[i])))
			return true;
	return false;
}

void cx_escape_sheet(struct cx_buf *out, struct cx_str cell)
{
	struct cx_err ignored;
	double number;

	if (cell.n && starts_formula(cell) &&
	    cx_value_number(cell, &number, &ignored) < 0)
		cx_escape_quoted(out, cx_str("'"), cell);
	else
		cx_escape_csv(out, cell);
}

/* RFC 8259; as no browser reads it, only what must be escaped is. */
void cx_escape_json(struct cx_buf *out, struct cx_str cell)
{
	static const char named[] = "\bb\ff\nn\rr\tt\"\"\\\\";

	cx_buf_addc(out, '"');
	for (size_t i = 0; i < cell.n; i++) {
		unsigned char c = (unsigned char)cell.p[i];
		const char *name = NULL;

		for (size_t j = 0; j + 1 < sizeof(named) && !name; j += 2)
			if ((unsigned char)named[j] == c)
				name = &named[j + 1];
		if (name) {
			cx_buf_addc(out, '\\');
			cx_buf_addc(out, *name);
		} else if (c < 0x20) {
			cx_buf_addf(out, "\\u%04x", c);
		} else {
			cx_buf_addc(out, (char)c);
		}
	}
	cx_buf_addc(out, '"');
}

/* One line, and nothing that ends a cell or starts markup. */
void cx_escape_md(struct cx_buf *out, struct cx_str cell)
{
	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];

		if (c == '\n' || c == '\r') {
			cx_buf_addc(out, ' ');
			continue;
		}
		if (c == '<') {
			cx_buf_addz(out, "&lt;");
			continue;
		}
		if (c == '&') {
			cx_buf_addz(out, "&amp;");
			continue;
		}
		if (strchr("\\`*_[]|~", c) && c)
			cx_buf_addc(out, '\\');
		cx_buf_addc(out, c);
	}
}
