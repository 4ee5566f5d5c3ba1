/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_BOX_H
#define CX_CMD_SCORE_BOX_H

#include "cmd/score/score.h"

/*
 * What cx-csat and cx-ces share beyond score.h: a scale that the user
 * declares, the share of its top box, and the mean.
 */
struct score_box_settings {
	const char *scale, *high_is;
	double top, bottom; /* below 0: not given */
};
extern struct score_box_settings score_box_settings;

#define SCORE_BOX_OPTIONS                                                      \
	CX_OPT_TEXT(0, "scale", &score_box_settings.scale, "LOW..HIGH",        \
	    "the scale of the answers, such as 1..5 (required)"),              \
	    CX_OPT_REAL(0, "top", &score_box_settings.top, "N",                \
	        "points in the top box (default: 2 of 5 or more)"),            \
	    CX_OPT_REAL(0, "bottom", &score_box_settings.bottom, "N",          \
	        "points in the bottom box (default: as the top)"),             \
	    CX_OPT_TEXT(0, "high-is", &score_box_settings.high_is, "END",      \
	        "which end is high: good or bad")

extern const struct score_column score_box_columns[];

/* The tables of both programs look alike, so that one of them has to tell. */
#define SCORE_BOX_UNTOLD "csat"

/* Ends the program where the options do not declare a scale. */
void score_box_scale(const struct cx_cli *cli, struct cx_scale *scale);
void score_box_explain(const struct cx_scale *scale);

#endif
