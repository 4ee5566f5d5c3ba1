/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_UNIT_H
#define CX_MODEL_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * From answers to one observation for each unit: a customer who answers twice
 * counts once, an account counts once however many contacts answer.
 */
enum cx_unit_rule {
	CX_UNIT_LATEST,
	CX_UNIT_FIRST,
	CX_UNIT_MEAN,
	CX_UNIT_WORST, /* the lowest good; of equals the latest */
};

struct cx_unit_answer {
	uint32_t group, unit, contact; /* contact: who within the unit */
	int64_t time;                  /* equal ones: the later in the array */
	double y;                      /* what it is worth in the score */
	double good;                   /* the answer, higher being better */
	size_t record;                 /* the caller's */
};

struct cx_unit {
	uint32_t group;
	double y, good; /* of the answer, or their means */
	size_t record;  /* the answer chosen; of a mean, the latest one */
};

/*
 * Sorts the n answers by group, unit, contact and time and reduces them.
 *   contacts   true: each contact's latest answer first, then the rule over
 *              contacts; false: the rule over all answers of the unit
 *   out        room for n; ordered by group and unit
 * Returns the number of units.
 */
size_t cx_unit_reduce(struct cx_unit_answer *answers, size_t n,
    enum cx_unit_rule rule, bool contacts, struct cx_unit *out);

#endif
