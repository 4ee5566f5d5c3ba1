/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lengths of time, sizes, scales, scores and counts of any bytes: no crash, and
 * what is read lies within its bounds.
 */
#include "libcx/table/civil.h"
#include "libcx/table/duration.h"
#include "libcx/table/span.h"
#include "libcx/table/value.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_values(struct cx_str cell)
{
	struct cx_err err;
	double seconds;
	int64_t whole;
	int score;

	if (cx_value_score(cell, -2, 10, &score, &err) == 0 &&
	    (score < -2 || score > 10))
		abort();
	if (cx_value_whole(cell, &whole, &err) == 0) {
		char text[32];

		/* Zeros in front aside, it is what a program would print. */
		snprintf(text, sizeof(text), "%" PRId64, whole);
		if (cell.n < strlen(text) || (cell.p[0] == '-') < (whole < 0))
			abort();
	}
	if (cx_duration_unit(cell, &seconds) == 0 && !(seconds >= 1))
		abort();
}

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
	check_values(text);
	return 0;
}
