/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lengths of time, sizes and scales of any bytes: no crash, and what is read
 * lies within its bounds.
 */
#include "libcx/table/civil.h"
#include "libcx/table/span.h"
#include "libcx/table/value.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cx_str text = { (const char *)data, size };
	int64_t seconds;
	uint64_t bytes;
	int low, high;

	if (cx_span_parse(text, &seconds) == 0 &&
	    (seconds < 1 || seconds > (int64_t)CX_DAY * 366 * 9999))
		abort();
	if (cx_size_parse(text, &bytes) == 0 &&
	    (bytes < 1 || bytes > UINT64_C(1) << 50))
		abort();
	if (cx_value_scale(text, &low, &high) == 0 &&
	    (low >= high || low < -CX_SCALE_FARTHEST ||
	        high > CX_SCALE_FARTHEST))
		abort();
	return 0;
}
