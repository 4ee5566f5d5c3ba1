/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_LENIENT_H
#define CX_TABLE_LENIENT_H

#include "libcx/io/input.h"

/*
 * Malformed CSV as libcsv reads it, handed out as well-formed TSV, for the
 * one scanner to read: quotes in the middle of cells are text, blank lines
 * are dropped (but kept in a table of one column), a lone CR ends a record.
 * A quote that never closes is an error here too.
 */
struct cx_lenient;

struct cx_lenient *cx_lenient_new(struct cx_input *in, char delimiter);
void cx_lenient_free(struct cx_lenient *l);

/* The bytes that stand before those of the input: what was read ahead. */
void cx_lenient_push(struct cx_lenient *l, const char *p, size_t n);

/* As cx_input_read. */
ssize_t cx_lenient_read(
    struct cx_lenient *l, char *to, size_t size, struct cx_err *err);

/*
 * Of record number n (the header is 0), until it is forgotten: the physical
 * line on which it starts, and how it stands in the input, without its line
 * end; borrowed until the next read.
 */
unsigned long cx_lenient_line(const struct cx_lenient *l, uint64_t n);
struct cx_str cx_lenient_source(const struct cx_lenient *l, uint64_t n);

/* Nobody will ask for the records before n. */
void cx_lenient_forget(struct cx_lenient *l, uint64_t n);

#endif
