/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/answers.h"

void cx_answers_count(
    struct cx_answers *answers, const struct cx_scale *scale, int value)
{
	int from_good =
	    scale->high_is_good ? scale->high - value : value - scale->low;
	int from_bad = scale->high - scale->low - from_good;

	if (from_good < scale->top)
		answers->top++;
	else if (from_bad < scale->bottom)
		answers->bottom++;
	else
		answers->middle++;
	answers->sum += value;
	answers->sum_squares += (uint64_t)((int64_t)value * value);
}

void cx_answers_merge(struct cx_answers *into, const struct cx_answers *from)
{
	into->top += from->top;
	into->middle += from->middle;
	into->bottom += from->bottom;
	into->missing += from->missing;
	into->invalid += from->invalid;
	into->sum += from->sum;
	into->sum_squares += from->sum_squares;
}

void cx_answers_remove(struct cx_answers *into, const struct cx_answers *from)
{
	into->top -= from->top;
	into->middle -= from->middle;
	into->bottom -= from->bottom;
	into->missing -= from->missing;
	into->invalid -= from->invalid;
	into->sum -= from->sum;
	into->sum_squares -= from->sum_squares;
}
