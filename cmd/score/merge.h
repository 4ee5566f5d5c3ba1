/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_MERGE_H
#define CX_CMD_SCORE_MERGE_H

#include "cmd/score/score.h"
#include "libcx/table/row.h"

/* Where the counts of a printed table are. */
struct score_counts {
	size_t at[SCORE_INVALID + 1], scale_at;
};

/* Whether the table with this header can be added up to others at all. */
int score_merge_check(const struct cx_header *header, struct cx_err *err);

int score_merge_bind(struct score_counts *counts,
    const struct score_program *program, const struct cx_header *header,
    struct cx_err *err);

/*
 * The answers that a row counts. What cannot be answers on the scale, or was
 * counted on another one, is an error of that record.
 */
int score_merge_read(const struct score_counts *counts,
    const struct score_program *program, const struct cx_row *row,
    struct cx_answers *answers, struct cx_err *err);

#endif
