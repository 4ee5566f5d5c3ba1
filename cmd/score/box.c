/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/box.h"

#include "cmd/scale.h"
#include "libcx/table/value.h"

struct score_box_settings score_box_settings = { .top = SCALE_NOT_GIVEN,
	.bottom = SCALE_NOT_GIVEN };

static struct score_box_settings *const box = &score_box_settings;

const struct score_column score_box_columns[] = {
	{ "n", SCORE_N },
	{ "top", SCORE_TOP },
	{ "bottom", SCORE_BOTTOM },
	{ "top_box", SCORE_SHARE },
	{ "lo", SCORE_SHARE_LO },
	{ "hi", SCORE_SHARE_HI },
	{ "mean", SCORE_MEAN },
	{ "mean_lo", SCORE_MEAN_LO },
	{ "mean_hi", SCORE_MEAN_HI },
	{ "sum", SCORE_SUM },
	{ "sum_squares", SCORE_SQUARES },
	{ "missing", SCORE_MISSING },
	{ "invalid", SCORE_INVALID },
	{ "low_base", SCORE_LOW_BASE },
	{ "scale", SCORE_SCALE },
	{ NULL, SCORE_END },
};

/* LOW..HIGH, whole numbers. */
static void read_scale(const struct cx_cli *cli, struct cx_scale *scale)
{
	if (!box->scale)
		cx_cli_usage(cli,
		    "--scale is required, such as --scale 1..5: the answers "
		    "do not tell their scale");
	if (cx_value_scale(cx_str(box->scale), &scale->low, &scale->high) < 0)
		cx_cli_usage(cli, "--scale: %s is not a scale such as 1..5",
		    cx_quote(cx_str(box->scale)));
}

static void check_points(
    const struct cx_cli *cli, const char *option, double given)
{
	if (!scale_is_points(given))
		cx_cli_usage(cli, "%s: a number of points, from 1", option);
}

static void read_end(const struct cx_cli *cli, struct cx_scale *scale)
{
	if (!box->high_is)
		cx_cli_usage(cli,
		    "--high-is good or --high-is bad is required: effort is "
		    "asked both ways");
	scale->high_is_good = strcmp(box->high_is, "good") == 0;
	if (!scale->high_is_good && strcmp(box->high_is, "bad") != 0)
		cx_cli_usage(cli, "--high-is: %s is not good or bad",
		    cx_quote(cx_str(box->high_is)));
}

void score_box_scale(const struct cx_cli *cli, struct cx_scale *scale)
{
	read_scale(cli, scale);
	read_end(cli, scale);
	check_points(cli, "--top", box->top);
	check_points(cli, "--bottom", box->bottom);
	if (!scale_set_boxes(scale, box->top, box->bottom))
		cx_cli_usage(cli,
		    "--top and --bottom take more than the %d points there "
		    "are",
		    scale->high - scale->low + 1);
}

void score_box_explain(const struct cx_scale *scale)
{
	int best = scale->high_is_good ? scale->high : scale->low;
	int worst = scale->high_is_good ? scale->low : scale->high;
	int step = scale->high_is_good ? 1 : -1;

	cx_cli_explain(
	    "scale: whole numbers from %d to %d, %d being the good end\n"
	    "top: answers from %d to %d; bottom: from %d to %d\n"
	    "top_box: 100 top / n; lo, hi: its Wilson score interval (Wilson "
	    "1927)\n"
	    "mean: of the answers; mean_lo, mean_hi: Student's t interval\n",
	    scale->low, scale->high, best, best - step * (scale->top - 1), best,
	    worst, worst + step * (scale->bottom - 1));
}
