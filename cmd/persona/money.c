/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/money.h"

#include "libcx/table/value.h"

#include <math.h>

int persona_money_read(
    struct cx_str cell, double most, int64_t *whole, struct cx_err *err)
{
	double x;

	if (cx_value_number(cell, &x, err) < 0)
		return -1;
	if (fabs(x) > most)
		return cx_err_record(err, "out of range",
		    "%s is too large to count with", cx_quote(cell));
	*whole = llround(x * PERSONA_MONEY_UNIT);
	return 0;
}
