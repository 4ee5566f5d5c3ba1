/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The UTF-8 check byte by byte, for machines without byte shuffles. */
#ifndef CX_TABLE_SCAN_UTF8_H
#define CX_TABLE_SCAN_UTF8_H

#include "libcx/table/scan.h"

struct cx_utf8 {
	unsigned char need, low, high; /* bytes to come, bounds of the next */
	bool bad;
};

static inline struct cx_utf8 utf8_starts(const struct cx_scan *scan)
{
	return (struct cx_utf8){ scan->utf8_need, scan->utf8_low,
		scan->utf8_high, false };
}

static inline void utf8_ends(const struct cx_utf8 *u, struct cx_scan *scan)
{
	scan->utf8_need = u->need;
	scan->utf8_low = u->low;
	scan->utf8_high = u->high;
	scan->suspect |= u->bad;
}

/* The Unicode Standard 15, table 3-7. */
static inline void utf8_lead(struct cx_utf8 *u, unsigned char c)
{
	u->low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
	u->high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
	if (c < 0x80)
		u->need = 0;
	else if (c >= 0xC2 && c <= 0xDF)
		u->need = 1;
	else if (c >= 0xE0 && c <= 0xEF)
		u->need = 2;
	else if (c >= 0xF0 && c <= 0xF4)
		u->need = 3;
	else {
		u->need = 0;
		u->bad = true;
	}
}

static inline void utf8_block(struct cx_utf8 *u, const char *p, uint64_t high)
{
	if (!high && !u->need)
		return;
	for (int i = 0; i < CX_SCAN_STEP; i++) {
		unsigned char c = (unsigned char)p[i];

		if (u->need == 0) {
			utf8_lead(u, c);
			continue;
		}
		/* A byte that does not continue starts anew. */
		if (c < u->low || c > u->high) {
			u->bad = true;
			utf8_lead(u, c);
			continue;
		}
		u->low = 0x80;
		u->high = 0xBF;
		u->need--;
	}
}

#endif
