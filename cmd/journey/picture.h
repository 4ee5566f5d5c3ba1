/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_JOURNEY_PICTURE_H
#define CX_CMD_JOURNEY_PICTURE_H

#include "cmd/journey/journey.h"

/* Pictures of the same numbers as the tables: -F svg of the map. */
int journey_picture_svg(
    struct journey_counts *counts, struct cx_buf *out, struct cx_err *err);

/* And -F dot of the edges. */
int journey_picture_dot(
    struct journey_counts *counts, struct cx_buf *out, struct cx_err *err);

#endif
