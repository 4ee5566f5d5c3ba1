/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/span.h"

#include "libcx/table/civil.h"

enum { DIGITS_MOST = 12, WEEK = 7 * CX_DAY };

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
	static const struct {
		const char *word;
		int64_t seconds;
	} units[] = { { "s", 1 }, { "min", CX_MINUTE }, { "h", CX_HOUR },
		{ "d", CX_DAY }, { "w", WEEK } };
	int64_t n = digits(&text);

	for (size_t i = 0; n > 0 && i < sizeof(units) / sizeof(*units); i++) {
		if (!cx_str_eq(text, cx_str(units[i].word)))
			continue;
		/* Longer than all of time is no length. */
		if (n > (int64_t)CX_DAY * 366 * 9999 / units[i].seconds)
			return -1;
		*seconds = n * units[i].seconds;
		return 0;
	}
	return -1;
}

int cx_size_parse(struct cx_str text, uint64_t *bytes)
{
	static const char units[] = "KMG";
	int64_t n = digits(&text);
	const char *unit;

	if (n < 0 || text.n > 1)
		return -1;
	*bytes = (uint64_t)n;
	if (text.n == 0)
		return 0;
	unit = memchr(units, text.p[0], sizeof(units) - 1);
	if (!unit || n > 1 << 20)
		return -1;
	*bytes <<= 10 * (unit - units + 1);
	return 0;
}
