/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prefix_xor() and emit() of the kernel, with no instruction made for them. */
#ifndef CX_TABLE_SCAN_BITS_H
#define CX_TABLE_SCAN_BITS_H

#include <stdint.h>

/* Each bit the exclusive or of itself and all below. */
static inline uint64_t prefix_xor(uint64_t bits)
{
	if (bits)
		for (int shift = 1; shift < 64; shift *= 2)
			bits ^= bits << shift;
	return bits;
}

static inline void emit(uint32_t *ends, uint64_t separators, uint32_t base)
{
	while (separators) {
		*ends++ = base + (uint32_t)__builtin_ctzll(separators);
		separators &= separators - 1;
	}
}

#endif
