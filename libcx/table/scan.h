/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_SCAN_H
#define CX_TABLE_SCAN_H

#include "libcx/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Finds the ends of cells and rows, 64 bytes at a step.
 *
 * Quotes by parity: the exclusive-or of all quote bits up to a byte says
 * whether the byte lies in a quoted cell, and a doubled quote leaves and
 * enters at once. Whether the quotes stand where RFC 4180 wants them is
 * checked with the same bits. What is found wrong is not located here:
 * suspect is set and the reader looks at each row with care.
 * Source for the masks and the carry-less product: Langdale and Lemire 2019,
 * Parsing gigabytes of JSON per second, VLDB Journal 28, 941-960.
 */
enum { CX_SCAN_STEP = 64 };

struct cx_scan {
	char delimiter;
	bool tsv; /* no quotes, \t \n \r \\ are escapes */
	/* what the bytes so far leave behind for the next ones */
	uint64_t inside; /* all ones in a quoted cell, else 0 */
	uint64_t after_cell_or_quote, after_closing, after_cr;
	uint64_t after_backslash; /* 1: the next byte is escaped */
	/* the UTF-8 check: by vectors, or byte by byte */
	unsigned char utf8_before[32], utf8_incomplete[32];
	unsigned char utf8_need, utf8_low, utf8_high;
	/* what the bytes so far hold */
	uint64_t lines;  /* LF bytes */
	uint64_t beyond; /* not 0: bytes beyond ASCII; the caller clears it */
	bool suspect;    /* the caller clears it */
};

/*
 * Where cells end (offsets of delimiters and line ends outside quotes) and
 * which of these end a row (indices into ends). The caller makes room for one
 * more entry for each byte scanned, and CX_SCAN_STEP to spare.
 */
struct cx_marks {
	uint32_t *ends;
	size_t n_ends;
	uint32_t *rows;
	size_t n_rows;
};

void cx_scan_init(struct cx_scan *scan, char delimiter, bool tsv);

/*
 * Scans n bytes, a multiple of CX_SCAN_STEP; base is added to each offset.
 */
void cx_scan(struct cx_scan *scan, const char *p, size_t n, uint32_t base,
    struct cx_marks *marks);

/* Counts of n bytes, any number of them. */
struct cx_scan_counts {
	uint64_t quotes, lines;
};
struct cx_scan_counts cx_scan_count(const char *p, size_t n);

/*
 * The instruction sets: the best one the machine has is taken by itself, and
 * tests choose. name is avx2, sse2, portable. Returns 0, or -1 when it is not
 * to be had.
 */
int cx_scan_choose(struct cx_str name);

#endif
