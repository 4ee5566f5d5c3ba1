/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/gaps.h"
#include "libcx/model/nps.h"
#include "libcx/table/value.h"

#include <math.h>

static const double LARGEST = 1e6, LARGEST_AMOUNT = 1e9;

static int fixed(
    struct cx_str cell, double largest, int64_t *value, struct cx_err *err)
{
	double x;

	if (cx_value_number(cell, &x, err) < 0)
		return -1;
	if (fabs(x) > largest)
		return cx_err_record(err, "too large a number",
		    "%s is more than %g", cx_quote(cell), largest);
	*value = llround(x * CX_CROSS_ONE);
	return 0;
}

int gaps_value(struct cx_str cell, int64_t *value, struct cx_err *err)
{
	/* Nearly all ratings are a digit. */
	if (cell.n == 1 && cell.p[0] >= '0' && cell.p[0] <= '9') {
		*value = (int64_t)(cell.p[0] - '0') * CX_CROSS_ONE;
		return 0;
	}
	return fixed(cell, LARGEST, value, err);
}

int gaps_rating(struct cx_str cell, const struct cx_scale *scale,
    int64_t *value, struct cx_err *err)
{
	*value = CX_CROSS_ABSENT;
	if (cell.n == 0)
		return 0;
	if (gaps_value(cell, value, err) < 0)
		return -1;
	if (*value >= (int64_t)scale->low * CX_CROSS_ONE &&
	    *value <= (int64_t)scale->high * CX_CROSS_ONE)
		return 0;
	return cx_err_record(err, "not on the scale",
	    "%s is not a number from %d to %d", cx_quote(cell), scale->low,
	    scale->high);
}

int gaps_outcome(
    struct cx_str cell, int64_t *value, int64_t *score, struct cx_err *err)
{
	int answer;

	if (!gaps_plan.is_nps) {
		if (gaps_value(cell, value, err) < 0)
			return -1;
		*score = *value;
		return 0;
	}
	if (cx_value_score(cell, CX_NPS_LOW, CX_NPS_HIGH, &answer, err) < 0)
		return -1;
	*value = (int64_t)answer * CX_CROSS_ONE;
	*score = ((answer >= CX_NPS_PROMOTER) - (answer < CX_NPS_PASSIVE)) *
	         (int64_t)100 * CX_CROSS_ONE;
	return 0;
}

int gaps_amount(struct cx_str cell, int64_t *value, struct cx_err *err)
{
	*value = 0;
	return cell.n ? fixed(cell, LARGEST_AMOUNT, value, err) : 0;
}

int gaps_weight(struct cx_str cell, int64_t *weight, struct cx_err *err)
{
	if (fixed(cell, LARGEST, weight, err) == 0 && *weight >= 0)
		return 0;
	return cx_err_record(err, "not a weight",
	    "%s is not a weight from 0 to %.0f", cx_quote(cell), LARGEST);
}

/*
 * FNV-1a, and the finisher of splitmix64 behind it, as the low bits of the
 * former follow the last byte.
 * Source: Fowler, Noll and Vo 1991; Steele, Lea and Flood 2014.
 */
uint64_t gaps_hash(struct cx_str text, uint64_t salt)
{
	uint64_t h = 0xCBF29CE484222325u ^ salt;

	for (size_t i = 0; i < text.n; i++)
		h = (h ^ (unsigned char)text.p[i]) * 0x100000001B3u;
	h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9u;
	h = (h ^ h >> 27) * 0x94D049BB133111EBu;
	return h ^ h >> 31;
}
