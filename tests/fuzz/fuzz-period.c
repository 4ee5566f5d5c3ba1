/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Zones, times and periods: a byte for the kind of period, then a zone, a time
 * and the name of a period, with NUL between them. The period of a time is
 * found again by the memo; periods end where the next one starts; and a time
 * that is unique on the clocks of its zone is found again by them.
 */
#include "libcx/base/mem.h"
#include "libcx/table/instant.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_name(enum cx_period period, struct cx_str name)
{
	char before[CX_PERIOD_SIZE];
	int64_t end = cx_period_end(period, name), start;

	if (cx_period_before(period, name, before) < 0 || end == INT64_MIN)
		return;
	start = cx_period_end(period, cx_str(before));
	/* The year before the first has no name. */
	if (start != INT64_MIN && start >= end)
		abort();
}

static void check_clocks(const struct cx_zone *zone, int64_t utc)
{
	int64_t local = utc + cx_zone_offset(zone, utc), again;

	if (cx_zone_to_utc(zone, local, &again) == CX_LOCAL_UNIQUE &&
	    again != utc)
		abort();
}

static void check_time(
    enum cx_period period, const struct cx_zone *zone, struct cx_str cell)
{
	struct cx_period_memo *memo = cx_calloc(1, sizeof(*memo));
	char name[CX_PERIOD_SIZE];
	struct cx_err err;
	int64_t seconds;
	ptrdiff_t number = cx_period_of_cell(memo, period, zone, cell, &err);

	if (cx_instant_parse(cell, &seconds, &err) == 0) {
		cx_period_name(period, zone, seconds, name);
		if (number != 0 ||
		    !cx_str_eq(cx_map_key(&memo->names, 0), cx_str(name)))
			abort();
		check_name(period, cx_str(name));
		check_clocks(zone, seconds);
	} else if (cell.n && number >= 0) {
		abort();
	}
	if (cx_period_of_cell(memo, period, zone, cell, &err) != number)
		abort();
	cx_period_memo_free(memo);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cx_str rest, time;
	struct cx_zone *zone;
	struct cx_err err;
	enum cx_period period;
	char *name;

	if (size == 0)
		return 0;
	period = (enum cx_period)(CX_BY_DAY + data[0] % CX_BY_YEAR);
	rest = (struct cx_str){ (const char *)data + 1, size - 1 };
	time = cx_str_next(&rest, '\0');
	name = cx_memdup(time.p, time.n);
	if (cx_zone_open(&zone, name, &err) == 0) {
		if (rest.p)
			check_time(period, zone, cx_str_next(&rest, '\0'));
		cx_zone_free(zone);
	}
	free(name);
	if (rest.p)
		check_name(period, rest);
	return 0;
}
