/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_MASK_H
#define CX_CMD_SCORE_MASK_H

#include "cmd/score/score.h"
#include "libcx/model/mask.h"
#include "libcx/table/group.h"

/*
 * What --min-n masks, by group number; NULL when it masks nothing. Totals of
 * each group, of each period and of all are taken as known to the reader: he
 * can print them with the same program. The caller frees it.
 */
enum cx_mask_mark *score_mask(
    const struct cx_groups *groups, enum cx_period period, const size_t *order);

#endif
