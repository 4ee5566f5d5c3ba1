/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_CONVERT_H
#define CX_TABLE_CONVERT_H

#include "libcx/table/codebook.h"
#include "libcx/table/number.h"

/* What conversions met that is worth telling, and is no error. */
struct cx_convert_counts {
	uint64_t in_gap;     /* local times that clocks skipped */
	uint64_t twice;      /* local times that happened twice */
	uint64_t missing;    /* cells that a missing code emptied */
	uint64_t absent;     /* cells whose label says not applicable */
	uint64_t zero_dates; /* 0000-00-00, which is none */
	uint64_t merged;     /* identifiers that became part of others */
};

/* Room for what a cell becomes. */
enum { CX_CONVERTED_SIZE = 48 };

/*
 * A source's cell as the entry wants it in the stream; that of a key is not
 * made one yet (base/key.h).
 *   room   may hold *out, which may also borrow from cell or entry
 * Returns 0 with *out (empty: missing), or -1 and err with its reason set
 * when the cell is not what the entry says it is; not set when no cell of
 * this kind can be converted, as when a time has no zone.
 */
int cx_convert(const struct cx_entry *entry, struct cx_str cell,
    char room[CX_CONVERTED_SIZE], struct cx_str *out,
    struct cx_convert_counts *counts, struct cx_err *err);

/* The columns that a band makes. */
enum cx_part { CX_WHOLE, CX_LOW, CX_HIGH, CX_MIDDLE };

/* What stands behind the name of a band's column: "_low" and so on. */
const char *cx_part_suffix(enum cx_part part);

/* The same for one part of a band; the counts are those of CX_LOW alone. */
int cx_convert_band(const struct cx_entry *entry, enum cx_part part,
    struct cx_str cell, char room[CX_CONVERTED_SIZE], struct cx_str *out,
    struct cx_convert_counts *counts, struct cx_err *err);

/* The currency that a cell of money, or of a band, names; NULL: none. */
const struct cx_currency *cx_convert_currency(
    const struct cx_entry *entry, struct cx_str cell);

/* How a type writes its numbers. */
enum cx_number_kind cx_convert_kind(const struct cx_entry *entry);

/*
 * Whether it is the type that decides about a cell: it is not missing, and no
 * label. Then *cell is what the type gets.
 */
bool cx_convert_reaches(const struct cx_entry *entry, struct cx_str *cell);

#endif
