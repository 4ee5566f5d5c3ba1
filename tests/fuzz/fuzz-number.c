/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers and bands of any bytes: no crash; what is read is a number; and the
 * signs that are said to fit do fit.
 */
#include "libcx/table/band.h"
#include "libcx/table/number.h"
#include "libcx/table/value.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_number(struct cx_str cell, enum cx_number_kind kind)
{
	unsigned signs = cx_number_signs(cell, kind);
	char room[CX_NUMBER_SIZE];
	struct cx_str out;
	struct cx_err err;
	double value;

	for (const char *sign = ".,"; *sign; sign++) {
		int code = cx_number_read(cell, kind, *sign, room, &out, &err);

		if (code == 0 && cx_value_number(out, &value, &err) < 0)
			abort();
		if (code < 0 && (signs & (*sign == '.' ? CX_POINT : CX_COMMA)))
			abort();
	}
	if (cx_number_read(cell, kind, '\0', room, &out, &err) == 0 &&
	    (signs == (CX_POINT | CX_COMMA) ||
	        cx_value_number(out, &value, &err) < 0))
		abort();
}

static void check_band(struct cx_str cell)
{
	unsigned signs = cx_band_signs(cell);
	struct cx_band band;
	struct cx_err err;

	for (const char *sign = ".,"; *sign; sign++)
		if (cx_band_read(cell, *sign, &band, &err) == 0) {
			if (band.has_low && band.has_high &&
			    !(band.low <= band.high))
				abort();
		} else if (signs & (*sign == '.' ? CX_POINT : CX_COMMA)) {
			abort();
		}
	if (cx_band_read(cell, '\0', &band, &err) == 0 &&
	    signs == (CX_POINT | CX_COMMA))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cx_str cell = { (const char *)data, size };

	check_number(cell, CX_NUMBER_PLAIN);
	check_number(cell, CX_NUMBER_MONEY);
	check_number(cell, CX_NUMBER_PERCENT);
	check_band(cell);
	return 0;
}
