/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCALE_H
#define CX_CMD_SCALE_H

#include "libcx/model/answers.h"

/* The boxes of a scale as options give them. */

/* What --top and --bottom hold when they are not given. */
#define SCALE_NOT_GIVEN (-1e6)

/* Whether a number of points can be asked for. */
bool scale_is_points(double given);

/*
 * The boxes of a scale with its ends set: as many points as given, or two at
 * the good end of five points or more, else one; and at the bad end as many,
 * or what that leaves. False when they overlap.
 */
bool scale_set_boxes(struct cx_scale *scale, double top, double bottom);

#endif
