/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_ZONE_H
#define CX_TABLE_ZONE_H

#include "libcx/base/err.h"

#include <stdint.h>

/*
 * A time zone: "UTC", a fixed offset "+09:00", or a name of the IANA
 * database ("Asia/Tokyo") as the C library knows it. Its changes of offset
 * from 1900 to 2100 are read once; after that it can be used by any thread.
 */
struct cx_zone;

/*
 * Returns 0 with *zone, or -1 and err (usage where there is no such zone). Must
 * be called before there are threads: the C library knows one zone at a time,
 * by the environment.
 */
int cx_zone_open(struct cx_zone **zone, const char *name, struct cx_err *err);
void cx_zone_free(struct cx_zone *zone);

/* Seconds east of UTC at a time (seconds since 1970 in UTC). */
int cx_zone_offset(const struct cx_zone *zone, int64_t utc);

/* What a local time can be when clocks change. */
enum cx_zone_local { CX_LOCAL_UNIQUE, CX_LOCAL_GAP, CX_LOCAL_TWICE };

/*
 * A local time (civil seconds) as UTC. One that falls into a gap is read with
 * the offset before the gap, one that happens twice is its first occurrence.
 */
enum cx_zone_local cx_zone_to_utc(
    const struct cx_zone *zone, int64_t local, int64_t *utc);

#endif
