/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_SPAN_H
#define CX_TABLE_SPAN_H

#include "libcx/base/str.h"

#include <stdint.h>

/*
 * A length of time: a whole number from 1 and its unit, s, min, h, d or w, as
 * in 30d. Returns 0 with *seconds, or -1 when text is none.
 */
int cx_span_parse(struct cx_str text, int64_t *seconds);

/*
 * Bytes: a whole number from 1, perhaps with K, M or G (1024 and so on), of up
 * to 12 digits and 2^50. Returns 0 with *bytes, or -1 when text is none.
 */
int cx_size_parse(struct cx_str text, uint64_t *bytes);

#endif
