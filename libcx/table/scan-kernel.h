/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scanner's loop, compiled once for each instruction set. The including
 * file defines CX_TARGET (the function attribute), struct cx_needles with
 * needles(), classify(), prefix_xor(), emit(), and struct cx_utf8 with
 * utf8_starts(), utf8_block() and utf8_ends().
 */
#ifndef CX_TABLE_SCAN_KERNEL_H
#define CX_TABLE_SCAN_KERNEL_H

#include "libcx/table/scan-impl.h"

static inline uint64_t shifted(uint64_t bits, uint64_t carry)
{
	return bits << 1 | carry;
}

/* A backslash pair that is not one of the four; ! is for the reader. */
static inline bool bad_escape(char c)
{
	return c != 't' && c != 'n' && c != 'r' && c != '\\';
}

/* Rare enough to go from backslash to backslash. */
static inline void check_escapes(
    struct cx_scan *scan, uint64_t backslashes, const char *p)
{
	uint64_t escaped_at = scan->after_backslash;

	if (escaped_at && bad_escape(p[0]))
		scan->suspect = true;
	if (escaped_at)
		backslashes &= ~(uint64_t)1;
	scan->after_backslash = 0;
	while (backslashes) {
		int i = __builtin_ctzll(backslashes);

		backslashes &= backslashes - 1;
		if (i == CX_SCAN_STEP - 1) {
			scan->after_backslash = 1;
			break;
		}
		if (bad_escape(p[i + 1]))
			scan->suspect = true;
		backslashes &= ~((uint64_t)2 << i);
	}
}

/* Separators of a CSV block, and whether its quotes stand well. */
CX_TARGET static inline uint64_t csv_block(
    struct cx_scan *scan, const struct cx_masks *m)
{
	uint64_t quotes = m->special;
	uint64_t inside = prefix_xor(quotes) ^ scan->inside;
	uint64_t separators = (m->delimiter | m->newline) & ~inside;
	uint64_t closing = quotes & ~inside;
	uint64_t cr = m->cr & ~inside;
	uint64_t bad_opening =
	    quotes & inside &
	    ~shifted(separators | quotes, scan->after_cell_or_quote);
	uint64_t bad_closing =
	    shifted(closing, scan->after_closing) & ~(separators | quotes | cr);
	uint64_t lone_cr = shifted(cr, scan->after_cr) & ~m->newline;

	scan->suspect |= (bad_opening | bad_closing | lone_cr | m->nul) != 0;
	scan->inside = 0 - (inside >> 63);
	scan->after_cell_or_quote = (separators | quotes) >> 63;
	scan->after_closing = closing >> 63;
	scan->after_cr = cr >> 63;
	return separators;
}

CX_TARGET static inline uint64_t tsv_block(
    struct cx_scan *scan, const struct cx_masks *m, const char *p)
{
	uint64_t lone_cr = shifted(m->cr, scan->after_cr) & ~m->newline;

	scan->suspect |= (lone_cr | m->nul) != 0;
	scan->after_cr = m->cr >> 63;
	if (m->special | scan->after_backslash)
		check_escapes(scan, m->special, p);
	return m->delimiter | m->newline;
}

/* Which of the block's separators the lowest newline is, from n_ends on. */
CX_TARGET static inline uint32_t rank(
    uint64_t separators, uint64_t newlines, uint32_t n_ends)
{
	uint64_t before = (newlines & (0 - newlines)) - 1;

	return n_ends + (uint32_t)__builtin_popcountll(separators & before);
}

/*
 * Two without a branch, as most blocks hold no more; entries behind the last
 * one are overwritten by the next block.
 */
CX_TARGET static inline void note_rows(
    struct cx_marks *marks, uint64_t separators, uint64_t newlines)
{
	uint32_t n_ends = (uint32_t)marks->n_ends;
	uint32_t *rows = marks->rows + marks->n_rows;

	marks->n_rows += (size_t)__builtin_popcountll(newlines);
	do {
		*rows++ = rank(separators, newlines, n_ends);
		newlines &= newlines - 1;
		*rows++ = rank(separators, newlines, n_ends);
		newlines &= newlines - 1;
	} while (newlines);
}

CX_TARGET static inline void scan_as(struct cx_scan *outer, bool tsv,
    const char *p, size_t n, uint32_t base, struct cx_marks *outer_marks)
{
	struct cx_scan scan = *outer;
	struct cx_marks marks = *outer_marks;
	const struct cx_needles k = needles(&scan);
	struct cx_utf8 utf8 = utf8_starts(&scan);

	for (size_t at = 0; at < n; at += CX_SCAN_STEP) {
		struct cx_masks m = classify(p + at, &k);
		uint64_t separators =
		    tsv ? tsv_block(&scan, &m, p + at) : csv_block(&scan, &m);

		utf8_block(&utf8, p + at, m.high);
		note_rows(&marks, separators, separators & m.newline);
		emit(
		    marks.ends + marks.n_ends, separators, base + (uint32_t)at);
		marks.n_ends += (size_t)__builtin_popcountll(separators);
		scan.beyond |= m.high;
		scan.lines += (uint64_t)__builtin_popcountll(m.newline);
	}
	utf8_ends(&utf8, &scan);
	*outer = scan;
	*outer_marks = marks;
}

/* Two loops, so that each keeps only its own state in registers. */
CX_TARGET static inline void scan_all(struct cx_scan *scan, const char *p,
    size_t n, uint32_t base, struct cx_marks *marks)
{
	if (scan->tsv)
		scan_as(scan, true, p, n, base, marks);
	else
		scan_as(scan, false, p, n, base, marks);
}

#endif
