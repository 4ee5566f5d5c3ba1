/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_GLOB_H
#define CX_BASE_GLOB_H

#include "libcx/base/str.h"

/*
 * Whether text is what pattern says: byte for byte, with any bytes, or none,
 * for each "*". *star (which may be NULL) becomes what stands for the first
 * "*", as little as can be; it is empty where there is none.
 */
bool cx_glob(struct cx_str pattern, struct cx_str text, struct cx_str *star);

static inline bool cx_is_glob(struct cx_str pattern)
{
	return pattern.n && memchr(pattern.p, '*', pattern.n);
}

#endif
