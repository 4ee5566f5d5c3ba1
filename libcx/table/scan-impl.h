/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What scan.c and the instruction sets share; nobody else includes it. */
#ifndef CX_TABLE_SCAN_IMPL_H
#define CX_TABLE_SCAN_IMPL_H

#include "libcx/table/scan.h"

typedef void cx_scan_function(struct cx_scan *scan, const char *p, size_t n,
    uint32_t base, struct cx_marks *marks);
typedef struct cx_scan_counts cx_count_function(const char *p, size_t n);

cx_scan_function cx_scan_portable, cx_scan_sse2, cx_scan_avx2;
cx_count_function cx_count_portable, cx_count_sse2, cx_count_avx2;

/* One bit for each of 64 bytes, the first byte lowest. */
struct cx_masks {
	uint64_t delimiter, newline, cr, nul, high;
	uint64_t special; /* quotes in CSV, backslashes in TSV */
};

/* The byte that special stands for. */
static inline char cx_scan_special(const struct cx_scan *scan)
{
	return scan->tsv ? '\\' : '"';
}

#endif
