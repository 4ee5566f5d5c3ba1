/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/scan-bits.h"
#include "libcx/table/scan-impl.h"
#include "libcx/table/scan-utf8.h"

#define CX_TARGET

struct cx_needles {
	char delimiter, special;
};

static inline struct cx_needles needles(const struct cx_scan *scan)
{
	return (struct cx_needles){ scan->delimiter, cx_scan_special(scan) };
}

static inline struct cx_masks classify(
    const char *p, const struct cx_needles *k)
{
	struct cx_masks m = { 0 };

	for (int i = 0; i < CX_SCAN_STEP; i++) {
		uint64_t bit = (uint64_t)1 << i;

		m.delimiter |= p[i] == k->delimiter ? bit : 0;
		m.special |= p[i] == k->special ? bit : 0;
		m.newline |= p[i] == '\n' ? bit : 0;
		m.cr |= p[i] == '\r' ? bit : 0;
		m.nul |= p[i] == '\0' ? bit : 0;
		m.high |= p[i] & 0x80 ? bit : 0;
	}
	return m;
}

#include "libcx/table/scan-kernel.h"

void cx_scan_portable(struct cx_scan *scan, const char *p, size_t n,
    uint32_t base, struct cx_marks *marks)
{
	scan_all(scan, p, n, base, marks);
}

struct cx_scan_counts cx_count_portable(const char *p, size_t n)
{
	struct cx_scan_counts counts = { 0, 0 };

	for (size_t i = 0; i < n; i++) {
		counts.quotes += p[i] == '"';
		counts.lines += p[i] == '\n';
	}
	return counts;
}
