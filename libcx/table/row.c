/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/row.h"

#include "libcx/base/bytes.h"
#include "libcx/base/compose.h"
#include "libcx/base/mem.h"

#include <stdlib.h>

void cx_scratch_release(struct cx_scratch *scratch)
{
	for (size_t i = 0; i < scratch->n; i++)
		free(scratch->blocks[i]);
	free(scratch->blocks);
	*scratch = (struct cx_scratch){ 0 };
}

/*
 * Room for n bytes; row is the size of a block when one must be added: the
 * cells of a row never need more than the row, asked for once each.
 */
static char *take(struct cx_scratch *scratch, size_t n, size_t row)
{
	if (scratch->n == 0 || scratch->cap - scratch->used < n) {
		scratch->blocks = cx_realloc(scratch->blocks,
		    cx_mul(scratch->n + 1, sizeof(*scratch->blocks)));
		scratch->blocks[scratch->n++] = cx_malloc(row + CX_ROW_SLACK);
		scratch->cap = row;
		scratch->used = 0;
	}
	return scratch->blocks[scratch->n - 1] + scratch->used;
}

static struct cx_str undouble(const struct cx_row *row, struct cx_str s)
{
	char *start = take(row->scratch, s.n, cx_row_raw(row).n);
	char *to = start;

	while (s.n) {
		const char *quote = memchr(s.p, '"', s.n);
		size_t n = quote ? (size_t)(quote - s.p) + 1 : s.n;
		/* The second quote of a pair is left out. */
		size_t used = quote && n < s.n ? n + 1 : n;

		memcpy(to, s.p, n);
		to += n;
		s.p += used;
		s.n -= used;
	}
	row->scratch->used += (size_t)(to - start);
	return (struct cx_str){ start, (size_t)(to - start) };
}

static struct cx_str unescape(const struct cx_row *row, struct cx_str s)
{
	char *to = take(row->scratch, s.n, cx_row_raw(row).n);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\\' && i + 1 < s.n) {
			c = s.p[++i];
			c = c == 't'   ? '\t'
			    : c == 'n' ? '\n'
			    : c == 'r' ? '\r'
			               : c;
		}
		to[n++] = c;
	}
	row->scratch->used += n;
	return (struct cx_str){ to, n };
}

struct cx_str cx_row_raw_cell(const struct cx_row *row, size_t i)
{
	uint32_t start = i ? row->ends[i - 1] + 1 : row->start;
	uint32_t end = row->ends[i];

	if (i + 1 == row->n && end > start && row->base[end - 1] == '\r')
		end--;
	return (struct cx_str){ row->base + start, end - start };
}

struct cx_str cx_row_unescape(const struct cx_row *row, struct cx_str raw)
{
	if (row->literal)
		return raw;
	if (row->tsv)
		return unescape(row, raw);
	raw = (struct cx_str){ raw.p + 1, raw.n - 2 };
	return memchr(raw.p, '"', raw.n) ? undouble(row, raw) : raw;
}

struct cx_str cx_row_composed(const struct cx_row *row, struct cx_str cell)
{
	struct cx_buf made = { 0 };
	size_t room = cx_row_raw(row).n;
	char *to;

	if (cx_compose_may(cell) && cx_compose(&made, cell)) {
		/* It may be longer, though mostly it is shorter. */
		to = take(
		    row->scratch, made.len, made.len > room ? made.len : room);
		memcpy(to, made.data, made.len);
		row->scratch->used += made.len;
		cell = (struct cx_str){ to, made.len };
	}
	cx_buf_release(&made);
	return cell;
}

bool cx_row_plain(const struct cx_row *row)
{
	uint32_t end = row->ends[row->n - 1];
	struct cx_str bytes = { row->base + row->start, end - row->start };

	if (row->tsv)
		return false;
	return cx_bytes_lack(bytes, '"', '\\', '\t', '\r');
}

struct cx_str cx_row_raw(const struct cx_row *row)
{
	uint32_t end = row->ends[row->n - 1];

	if (end > row->start && row->base[end - 1] == '\r')
		end--;
	return (struct cx_str){ row->base + row->start, end - row->start };
}
