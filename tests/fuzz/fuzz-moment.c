/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates and times of any bytes: no crash, and what is read makes sense: the
 * stream's own form of it reads back as the same second.
 */
#include "libcx/table/instant.h"
#include "libcx/table/moment.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cx_moment moment;
	struct cx_err err;
	unsigned fits;
	struct cx_str cell;
	char text[CX_INSTANT_SIZE];
	int64_t seconds, again;

	if (size == 0)
		return 0;
	cell = (struct cx_str){ (const char *)data + 1, size - 1 };
	(void)cx_instant_parse(cell, &seconds, &err);
	fits = cx_moment_orders(cell);
	for (int o = CX_ORDER_YMD; o <= CX_ORDER_DMY; o++)
		if ((fits & 1u << o) &&
		    cx_moment_parse(
		        cell, (enum cx_date_order)o, &moment, &err) < 0)
			abort();
	(void)cx_moment_is_zero(cell);
	if (cx_moment_parse(
	        cell, (enum cx_date_order)(data[0] % 8), &moment, &err) < 0)
		return 0;
	if (!cx_civil_valid(&moment.civil))
		abort();
	seconds = cx_civil_to_seconds(&moment.civil);
	cx_instant_format(seconds, text);
	if (cx_instant_parse(
	        (struct cx_str){ text, sizeof(text) }, &again, &err) < 0 ||
	    again != seconds)
		abort();
	return 0;
}
