/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cx-ces - customer effort of a survey, by group and period */
#include "cmd/score/box.h"

static const struct cx_option options[] = {
	CX_OPT_TEXT('s', "score", &score_settings.answers, "COLUMN",
	    "the answers (default: ces)"),
	SCORE_BOX_OPTIONS,
	SCORE_OPTIONS,
	CX_OPT_END,
};

static const struct score_program program = {
	.name = "cx-ces",
	.purpose =
	    "Customer effort: share of the top box and mean of a declared "
	    "scale.",
	.answers = "ces",
	.untold = SCORE_BOX_UNTOLD,
	.options = options,
	.columns = score_box_columns,
	.set_scale = score_box_scale,
	.explain = score_box_explain,
};

int main(int argc, char **argv)
{
	return score_main(&program, argc, argv);
}
