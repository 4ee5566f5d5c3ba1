/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_MERGES_H
#define CX_TABLE_MERGES_H

#include "libcx/table/lookup.h"

/*
 * Identifiers that were merged into others, as a table of contacts or
 * accounts has them: a row's cell `into` is who stays, and its cell `merged`
 * lists those that became part of it (HubSpot: 76340251;46897301), with
 * semicolons, bars, commas or blanks between, and what stands behind a colon
 * left out (46897301:1617297167000 has the time). Chains are followed.
 *   lookup   each merged identifier to the one that is left at last
 * Two rows that have merged one identifier, and rows that merge each other,
 * are errors. The caller releases lookup either way.
 */
int cx_merges_read(struct cx_lookup *lookup, const char *path,
    struct cx_str merged, struct cx_str into, struct cx_err *err);

#endif
