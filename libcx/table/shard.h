/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_SHARD_H
#define CX_TABLE_SHARD_H

#include "libcx/base/err.h"

/* A stream in parts, by the cells of a column: what is equal is together. */

enum { CX_MOST_SHARDS = 1000 };

/*
 * The shard of a cell, from 0 to n - 1: the CRC-32 of its bytes, modulo n. It
 * is the same everywhere and always, and the CRC32 of databases and the one at
 * the end of a gzip file. An empty cell is of shard 0.
 *   n   at least 1
 * Source: RFC 1952, section 8.
 */
size_t cx_shard_of(struct cx_str cell, size_t n);

/*
 * The names of shards follow a pattern: text with one "%d", which is the
 * number, or "%05d" and the like (1 to 9 digits) for one with zeros in front;
 * "%%" is a percent sign. Whether the pattern is one: 0, or -1 and err.
 */
int cx_shard_check(const char *pattern, struct cx_err *err);

/* The name of a shard, with a NUL behind it, in place of what name holds. */
void cx_shard_name(const char *pattern, size_t shard, struct cx_buf *name);

#endif
