/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_MONEY_H
#define CX_CMD_PERSONA_MONEY_H

#include "libcx/base/err.h"

#include <stdint.h>

/*
 * Amounts of money are added up as whole numbers of ten-thousandths, so that
 * the order they come in does not show.
 */
enum { PERSONA_MONEY_UNIT = 10000 };

/*
 * Adds what the cell says, rounded to such a part. -1 and err, reason set,
 * when it is no number or above 10^12.
 */
int persona_money_add(int64_t *sum, struct cx_str cell, struct cx_err *err);

static inline double persona_money(int64_t sum)
{
	return (double)sum / PERSONA_MONEY_UNIT;
}

#endif
