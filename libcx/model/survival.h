/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_SURVIVAL_H
#define CX_MODEL_SURVIVAL_H

#include <stddef.h>
#include <stdint.h>

/* What was seen at one time after the start, by ascending time. */
struct cx_follow {
	int64_t time;
	uint64_t events;   /* ended at this time */
	uint64_t censored; /* seen up to this time, and no longer */
};

/* The share not ended by a time. Proportions in [0, 1], or NaN. */
struct cx_survival {
	double share;
	double se; /* Greenwood's standard error of share */
	double lo, hi;
	uint64_t at_risk; /* followed up to the time or longer */
};

/*
 * Product-limit estimate of the share not ended by `at` (events at that very
 * time included), with a log-log interval.
 *   rows    n of them, ascending, times from 0
 *   level   two-sided coverage, in (0, 1)
 * All but at_risk is NaN when nobody was followed as long as `at` while some
 * had not ended: the data do not reach so far. The log-log interval has no
 * value where share is 1 or 0: there it is Wilson's, of as many as were at
 * risk at `at`, or at the start.
 * Source: Kaplan and Meier 1958, JASA 53(282), 457-481; Greenwood 1926,
 * Reports on Public Health and Medical Subjects 33; Kalbfleisch and Prentice
 * 1980, The Statistical Analysis of Failure Time Data, section 1.3.
 * Check: R survival::survfit(conf.type = "log-log"); tests/unit/t-survival.c.
 */
struct cx_survival cx_survival_at(
    const struct cx_follow *rows, size_t n, int64_t at, double level);

#endif
