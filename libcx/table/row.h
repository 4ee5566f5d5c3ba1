/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_ROW_H
#define CX_TABLE_ROW_H

#include "libcx/base/str.h"

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

struct cx_reader;

/* Unescaped cells of one row; blocks stay where they are until the next. */
struct cx_scratch {
	char **blocks;
	size_t n;
	size_t cap, used; /* of the last block */
};

/* One record. It and its cells are borrowed from the reader. */
struct cx_row {
	const char *base;
	const uint32_t *ends; /* offsets from base, one for each cell */
	uint32_t start;       /* where cell 0 starts */
	uint32_t n;
	bool tsv;
	bool literal;     /* it has no escapes */
	bool may_compose; /* cells are to be in Form C, and may not be */
	struct cx_scratch *scratch;
	struct cx_reader *reader; /* whose current record it is */
};

/* Cell i as it is written. */
struct cx_str cx_row_raw_cell(const struct cx_row *row, size_t i);

/* A raw cell without its quotes and escapes. */
struct cx_str cx_row_unescape(const struct cx_row *row, struct cx_str raw);

/* A cell, unescaped, in Unicode's Form C (base/compose.h). */
struct cx_str cx_row_composed(const struct cx_row *row, struct cx_str cell);

/*
 * Bytes that may be read, and mean nothing, behind the last one of a row:
 * short cells are looked at sixteen bytes at once.
 */
enum { CX_ROW_SLACK = 16 };

/* Whether a raw TSV cell has no escapes. */
static inline bool cx_row_is_bare(struct cx_str raw)
{
#ifdef __SSE2__
	if (raw.n <= CX_ROW_SLACK) {
		__m128i v = _mm_loadu_si128((const __m128i *)raw.p);
		unsigned hits = (unsigned)_mm_movemask_epi8(
		    _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));

		return (hits & ((1u << raw.n) - 1)) == 0;
	}
#endif
	return !memchr(raw.p, '\\', raw.n);
}

/* Cell i, unescaped; empty is missing. i < row->n. */
static inline struct cx_str cx_row_cell(const struct cx_row *row, size_t i)
{
	struct cx_str cell;

	/* All but the last cell, which may have a CR behind it. */
	if (i + 1 < row->n) {
		uint32_t start = i ? row->ends[i - 1] + 1 : row->start;

		cell =
		    (struct cx_str){ row->base + start, row->ends[i] - start };
	} else {
		cell = cx_row_raw_cell(row, i);
	}
	if (cell.n && !(row->tsv ? cx_row_is_bare(cell) : cell.p[0] != '"'))
		cell = cx_row_unescape(row, cell);
	return row->may_compose ? cx_row_composed(row, cell) : cell;
}

/*
 * Whether every cell is written as it is: no quote, backslash, tab or CR in
 * the record. Such cells need no escape in TSV either.
 */
bool cx_row_plain(const struct cx_row *row);

/* The record as it stands in the input, without its line end. */
struct cx_str cx_row_raw(const struct cx_row *row);

void cx_scratch_release(struct cx_scratch *scratch);

/* Forgets what was handed out; a single block is kept for the next row. */
static inline void cx_scratch_clear(struct cx_scratch *scratch)
{
	if (scratch->n > 1)
		cx_scratch_release(scratch);
	scratch->used = 0;
}

#endif
