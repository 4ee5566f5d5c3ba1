/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_LOOKUP_H
#define CX_TABLE_LOOKUP_H

#include "libcx/base/err.h"
#include "libcx/base/map.h"

/* One column of a table by another: a key has one value. */
struct cx_lookup {
	struct cx_map keys;
	struct cx_map values;
	size_t *value_of; /* by number of key, a number of values */
	size_t cap;
	bool loose; /* keys are compared as in base/key.h; set before reading */
};

/*
 * Reads the columns key and value of the table at path. A key that stands
 * there with two values is an error. The caller releases lookup either way.
 */
int cx_lookup_read(struct cx_lookup *lookup, const char *path,
    struct cx_str key, struct cx_str value, struct cx_err *err);

/* Adds one pair. -1 when the key has another value already. */
int cx_lookup_add(
    struct cx_lookup *lookup, struct cx_str key, struct cx_str value);

/* False when the key is not there. *value is borrowed. */
bool cx_lookup_find(
    const struct cx_lookup *lookup, struct cx_str key, struct cx_str *value);

/*
 * Where a value is a key too, that one's value counts, and so on to the last;
 * a key that is its own value is a last one. -1 and err when keys lead to each
 * other in a circle.
 */
int cx_lookup_follow(struct cx_lookup *lookup, struct cx_err *err);

void cx_lookup_release(struct cx_lookup *lookup);

#endif
