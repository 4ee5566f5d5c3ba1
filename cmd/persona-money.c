/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona-money.h"

#include "libcx/table/value.h"

#include <math.h>

#define MOST 1e12

int persona_money_add(int64_t *sum, struct cx_str cell, struct cx_err *err)
{
	double amount;

	if (cx_value_number(cell, &amount, err) < 0)
		return -1;
	if (fabs(amount) > MOST)
		return cx_err_record(err, "out of range",
		    "%s is too large for an amount", cx_quote(cell));
	*sum += llround(amount * PERSONA_MONEY_UNIT);
	return 0;
}
