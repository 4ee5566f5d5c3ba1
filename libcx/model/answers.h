/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_ANSWERS_H
#define CX_MODEL_ANSWERS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A rating scale in whole numbers and its boxes: the good end (the top box)
 * and the bad end (the bottom box), with a middle that may be empty.
 *   low, high   the ends of the scale, low < high
 *   top         answers that many steps from the good end, counting it, are in
 * the top box; likewise bottom and the bad end; from 1 on, and not overlapping
 *   high_is_good   false: the low end is the good one
 */
struct cx_scale {
	int low, high;
	int top, bottom;
	bool high_is_good;
};

/*
 * Answers on a scale, counted: all that estimates need, and exact, so that
 * parts add up in any order. All zero is no answer.
 */
struct cx_answers {
	uint64_t top, middle, bottom;
	uint64_t missing, invalid; /* no part of n */
	int64_t sum;               /* of the raw values */
	uint64_t sum_squares;
};

/* value is on the scale. */
void cx_answers_count(
    struct cx_answers *answers, const struct cx_scale *scale, int value);
void cx_answers_merge(struct cx_answers *into, const struct cx_answers *from);

/* into less from, whose answers are all among those of into. */
void cx_answers_remove(struct cx_answers *into, const struct cx_answers *from);

static inline uint64_t cx_answers_n(const struct cx_answers *answers)
{
	return answers->top + answers->middle + answers->bottom;
}

#endif
