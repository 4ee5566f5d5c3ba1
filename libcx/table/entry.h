/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_ENTRY_H
#define CX_TABLE_ENTRY_H

#include "libcx/table/codebook.h"

/* The columns of a codebook; cells of absent ones are empty. */
enum cx_field {
	CX_FIELD_RULE,
	CX_FIELD_ROW,
	CX_FIELD_COLUMN,
	CX_FIELD_HEADER,
	CX_FIELD_TYPE,
	CX_FIELD_RANGE,
	CX_FIELD_LABELS,
	CX_FIELD_MISSING,
	CX_FIELD_DATES,
	CX_FIELD_DECIMAL,
	CX_FIELD_ZONE,
	CX_FIELD_LOOKUP,
	CX_FIELD_MERGES,
	CX_FIELD_HIGH_IS,
	CX_FIELD_STAGE,
	CX_FIELD_TOUCHPOINT,
	CX_FIELD_CHANNEL,
	CX_FIELD_CELLS,
	CX_FIELD_NOTE,
	CX_N_FIELDS
};

/*
 * What one cell (trimmed) of a codebook's row says, but for rules and names.
 *   codebook   its path, which that of a lookup table is relative to
 */
int cx_entry_set(struct cx_entry *entry, enum cx_field field,
    struct cx_str cell, const char *codebook, struct cx_err *err);
void cx_entry_release(struct cx_entry *entry);

#endif
