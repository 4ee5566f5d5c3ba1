/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times and zones by their names. */
#ifndef CX_TESTS_INSTANTS_H
#define CX_TESTS_INSTANTS_H

#include "libcx/table/instant.h"
#include "tests/lib/check.h"

/* A time as the stream has it; INT64_MIN when it is none. */
static inline int64_t at(const char *text)
{
	struct cx_err err;
	int64_t seconds = INT64_MIN;

	cx_instant_parse(cx_str(text), &seconds, &err);
	return seconds;
}

/* NULL, and a note, where there is none. */
static inline struct cx_zone *zone_of(const char *name)
{
	struct cx_zone *zone = NULL;
	struct cx_err err;

	if (cx_zone_open(&zone, name, &err) < 0)
		check_note("%s: %s", name, err.what);
	return zone;
}

#endif
