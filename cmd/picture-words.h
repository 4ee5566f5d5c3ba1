/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PICTURE_WORDS_H
#define CX_CMD_PICTURE_WORDS_H

#include "libcx/report/dot.h"
#include "libcx/report/journey-map.h"
#include "libcx/report/quadrant.h"

/*
 * The words of pictures in the language that report_words_open was given;
 * borrowed until report_words_close. Titles and descriptions are the caller's,
 * or, of a picture that stands alone, NULL.
 */
struct cx_journey_words picture_words_map(const char *title, const char *desc);
struct cx_quadrant_words picture_words_quadrant(
    const char *title, const char *desc);
struct cx_dot_words picture_words_graph(void);

#endif
