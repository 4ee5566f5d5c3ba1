/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_MULTISET_H
#define CX_TABLE_MULTISET_H

#include "libcx/base/err.h"

#include <stdint.h>

/*
 * Counts whole numbers by key, exactly, so that medians can be had of them:
 * they are kept, 8 bytes for each, and beyond a bound go to disk. The order
 * they came in does not show.
 */
struct cx_multiset;

enum { CX_MULTISET_KEYS = 1 << 24 };
/* Values are from -CX_MULTISET_MOST to CX_MULTISET_MOST. */
#define CX_MULTISET_MOST ((INT64_C(1) << 39) - 1)

/* memory: bytes to keep numbers in; threads: that sort them. */
struct cx_multiset *cx_multiset_new(uint64_t memory, unsigned threads);
void cx_multiset_free(struct cx_multiset *tally);

/* key is below CX_MULTISET_KEYS; n times value. */
int cx_multiset_add(struct cx_multiset *tally, uint32_t key, int64_t value,
    uint64_t n, struct cx_err *err);

/*
 * Adds all of from, in which nothing is handed out yet and which is of no use
 * any more. Its key k is keys[k] here.
 */
int cx_multiset_join(struct cx_multiset *into, struct cx_multiset *from,
    const uint32_t *keys, size_t n_keys, struct cx_err *err);

/* Everything is added. */
int cx_multiset_finish(struct cx_multiset *tally, struct cx_err *err);

/*
 * Turns to a key; then its values come in ascending order: 1, 0 or -1. A key
 * from CX_MULTISET_KEYS up has none.
 */
void cx_multiset_open(struct cx_multiset *tally, uint32_t key);
int cx_multiset_next(
    struct cx_multiset *tally, int64_t *value, uint64_t *n, struct cx_err *err);

#endif
