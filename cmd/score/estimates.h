/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_ESTIMATES_H
#define CX_CMD_SCORE_ESTIMATES_H

#include "cmd/score/sample.h"
#include "libcx/model/mean.h"
#include "libcx/model/nps.h"
#include "libcx/model/proportion.h"

/* How cx-nps forms its intervals; set by its option --ci. */
extern enum cx_nps_method score_method;

/* Answers as the models want them. */
struct cx_nps score_classes(const struct cx_answers *answers);
struct cx_proportion score_top(const struct cx_answers *answers);
struct cx_mean score_mean(const struct cx_answers *answers);

/* What a row of the table says of its answers. */
struct score_estimates {
	const struct cx_answers *answers;
	const struct score_design *design; /* NULL: by counts */
	struct cx_nps_estimate net;
	struct cx_proportion_estimate share;
	struct cx_mean_estimate mean;
	enum cx_nps_method method;
};

struct score_estimates score_estimates_of(const struct score_program *program,
    const struct cx_answers *answers, const struct score_design *design);

/* A field that is a real number, as it is printed; else NaN. */
double score_estimates_real(
    const struct score_estimates *estimates, enum score_field field);

/* How the interval was made. */
const char *score_estimates_method(const struct score_estimates *estimates);

/* A field that is a count; SCORE_LOW_BASE is 0 or 1. */
uint64_t score_count(const struct cx_answers *answers, enum score_field field);

#endif
