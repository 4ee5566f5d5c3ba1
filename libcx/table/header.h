/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_HEADER_H
#define CX_TABLE_HEADER_H

#include "libcx/base/err.h"
#include "libcx/base/map.h"
#include "libcx/io/decode.h"

/*
 * The columns of a table, by name. All zero is a table without columns.
 * A column without a name is called col_N, N counting from 1.
 */
struct cx_header {
	struct cx_map names;
	/* what is known of a foreign table beyond its names */
	const struct cx_export *export; /* its format; NULL: unknown */
	size_t n_renamed; /* names that were there already, with _2 behind */
	size_t renamed;   /* the first of them */
	bool literal;     /* a TSV without escapes */
	char delimiter;   /* of the cells */
	char encoding[CX_ENCODING_SIZE]; /* of the bytes */
};

void cx_header_release(struct cx_header *header);

static inline size_t cx_header_n(const struct cx_header *header)
{
	return header->names.n;
}

struct cx_str cx_header_name(const struct cx_header *header, size_t column);

/*
 * Adds a column at the end. Two of one name are bad data; names of nameless
 * columns are made so that they differ from all others before them.
 */
int cx_header_add(
    struct cx_header *header, struct cx_str name, struct cx_err *err);

/*
 * The place of the column called name, whichever of Unicode's forms either is
 * in (base/compose.h), or the Nth for "#N". Where there is
 * none: a usage error that lists what there is and names the nearest.
 */
int cx_header_find(const struct cx_header *header, struct cx_str name,
    size_t *column, struct cx_err *err);

/* The same without the error: -1 where there is none. */
ptrdiff_t cx_header_look(const struct cx_header *header, struct cx_str name);

#endif
