/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_MONEY_H
#define CX_CMD_PERSONA_MONEY_H

#include "libcx/base/err.h"

#include <stdint.h>

/*
 * Numbers are added up as whole ten-thousandths, so that the order they come
 * in does not show. No sum of them overflows.
 */
enum { PERSONA_MONEY_UNIT = 10000 };
__extension__ typedef __int128 persona_sum;

/*
 * A cell as whole ten-thousandths, rounded. -1 and err, reason set, when it is
 * no number or beyond most, up or down.
 */
int persona_money_read(
    struct cx_str cell, double most, int64_t *whole, struct cx_err *err);

static inline double persona_money(persona_sum sum)
{
	return (double)sum / PERSONA_MONEY_UNIT;
}

#endif
