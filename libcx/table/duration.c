/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/duration.h"

#include "libcx/table/civil.h"

int cx_duration_unit(struct cx_str word, double *seconds)
{
	static const struct {
		const char *word;
		double seconds;
	} units[] = { { "s", 1 }, { "min", CX_MINUTE }, { "h", CX_HOUR },
		{ "d", CX_DAY }, { "w", 7.0 * CX_DAY } };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (!cx_str_eq(word, cx_str(units[i].word)))
			continue;
		*seconds = units[i].seconds;
		return 0;
	}
	return -1;
}
