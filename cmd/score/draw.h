/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_DRAW_H
#define CX_CMD_SCORE_DRAW_H

#include "libcx/base/map.h"
#include "libcx/table/writer.h"

/* What a person sees beside the numbers of a score table. */

/* The header of the column of bars, whose cells it is as wide as. */
const char *score_draw_axis(bool net);

/* The bar of a score with its interval. */
void score_draw_bar(
    struct cx_buf *out, bool net, double score, double lo, double hi);

/*
 * A sparkline for each group below the table: scores are by group number, in
 * the order of keys, whose last part is the period.
 */
void score_draw_sparklines(const struct cx_map *groups, const size_t *order,
    const double *scores, struct cx_writer *writer);

#endif
