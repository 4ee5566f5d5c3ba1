/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_TALLY_H
#define CX_BASE_TALLY_H

#include "libcx/base/map.h"

/* Counts by name. All zero is empty and valid. */
struct cx_tally {
	struct cx_map names;
	uint64_t *counts; /* by the number of the name */
	size_t cap;
	uint64_t n; /* all together */
};

void cx_tally_add(struct cx_tally *tally, struct cx_str name, uint64_t n);

/* Adds all counts of from, which becomes empty. */
void cx_tally_merge(struct cx_tally *into, struct cx_tally *from);

/* The count of a name; 0 when there is none. */
uint64_t cx_tally_get(const struct cx_tally *tally, struct cx_str name);

/* Appends `, dropped 3: preview 2, test 1`: names in the order of bytes. */
void cx_tally_describe(
    const struct cx_tally *tally, const char *what, struct cx_buf *out);

void cx_tally_release(struct cx_tally *tally);

#endif
