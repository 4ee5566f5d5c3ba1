/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_JOURNEY_STAGES_H
#define CX_CMD_JOURNEY_STAGES_H

#include "libcx/base/err.h"
#include "libcx/io/digest.h"

/*
 * Which stage a touchpoint belongs to, and the order of stages: as the file
 * of -m has them, or as the usual life cycle does.
 */

/*
 * Reads the table at path: touchpoint, stage, and perhaps order (a number of
 * the stage's) and label (what it is called). A touchpoint in two stages, and
 * a stage with two orders or labels, are errors.
 */
int journey_stages_read(const char *path, struct cx_err *err);
void journey_stages_release(void);

/*
 * A sum of which touchpoint is in which stage, by the file: alike for files
 * that differ in their order, places and labels alone.
 */
void journey_stages_sum(char sum[CX_DIGEST_SIZE]);

/* Where the file has the touchpoint: its stage, else *stage as it is. */
void journey_stages_find(struct cx_str touchpoint, struct cx_str *stage);

/* The label of a stage, or the stage itself. */
struct cx_str journey_stages_label(struct cx_str stage);

/*
 * Where the file, else the life cycle, has the stage: its place. False for
 * stages that neither knows.
 */
bool journey_stages_place(struct cx_str stage, double *place);

#endif
