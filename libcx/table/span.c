/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/span.h"

#include "libcx/table/civil.h"
#include "libcx/table/duration.h"

enum { DIGITS_MOST = 12 };

static const int64_t size_most = INT64_C(1) << 50;

/* Cuts the digits off: their value, or -1. */
static int64_t digits(struct cx_str *text)
{
	int64_t value = 0;
	size_t n = 0;

	while (n < text->n && text->p[n] >= '0' && text->p[n] <= '9') {
		if (n == DIGITS_MOST)
			return -1;
		value = value * 10 + (text->p[n++] - '0');
	}
	text->p += n;
	text->n -= n;
	return n && value ? value : -1;
}

int cx_span_parse(struct cx_str text, int64_t *seconds)
{
	int64_t n = digits(&text);
	double unit;

	if (n < 0 || cx_duration_unit(text, &unit) < 0)
		return -1;
	/* Longer than all of time is no length. */
	if (n > (int64_t)CX_DAY * 366 * 9999 / (int64_t)unit)
		return -1;
	*seconds = n * (int64_t)unit;
	return 0;
}

int cx_size_parse(struct cx_str text, uint64_t *bytes)
{
	static const char units[] = "KMG";
	int64_t n = digits(&text);
	const char *unit;
	int shift;

	if (n < 0 || text.n > 1)
		return -1;
	*bytes = (uint64_t)n;
	if (text.n == 0)
		return 0;
	unit = memchr(units, text.p[0], sizeof(units) - 1);
	if (!unit)
		return -1;
	shift = 10 * (int)(unit - units + 1);
	if (n > size_most >> shift)
		return -1;
	*bytes <<= shift;
	return 0;
}
