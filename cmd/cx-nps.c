/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cx-nps - Net Promoter Score of a survey, by group and period */
#include "cmd/score/estimates.h"

static const char *interval;

static const struct cx_option options[] = {
	CX_OPT_TEXT('s', "score", &score_settings.answers, "COLUMN",
	    "the answers, 0 to 10 (default: nps)"),
	SCORE_OPTIONS,
	CX_OPT_TEXT(0, "ci", &interval, "METHOD",
	    "interval: auto (default), adjusted-wald, wald or score"),
	CX_OPT_END,
};

static const struct score_column columns[] = {
	{ "n", SCORE_N },
	{ "promoters", SCORE_TOP },
	{ "passives", SCORE_MIDDLE },
	{ "detractors", SCORE_BOTTOM },
	{ "nps", SCORE_NET },
	{ "se", SCORE_NET_SE },
	{ "lo", SCORE_NET_LO },
	{ "hi", SCORE_NET_HI },
	{ "ci", SCORE_CI },
	{ "missing", SCORE_MISSING },
	{ "invalid", SCORE_INVALID },
	{ "low_base", SCORE_LOW_BASE },
	{ NULL, SCORE_END },
};

static void set_scale(const struct cx_cli *cli, struct cx_scale *scale)
{
	static const char *const methods[] = { "auto", "adjusted-wald", "wald",
		"score" };

	*scale = (struct cx_scale){ .low = CX_NPS_LOW,
		.high = CX_NPS_HIGH,
		.top = CX_NPS_HIGH - CX_NPS_PROMOTER + 1,
		.bottom = CX_NPS_PASSIVE - CX_NPS_LOW,
		.high_is_good = true };
	if (!interval)
		return;
	for (int i = 0; i < 4; i++) {
		if (strcmp(interval, methods[i]) == 0) {
			score_method = (enum cx_nps_method)(CX_NPS_AUTO + i);
			return;
		}
	}
	cx_cli_usage(cli, "--ci: %s is not auto, adjusted-wald, wald or score",
	    cx_quote(cx_str(interval)));
}

static void explain(const struct cx_scale *scale)
{
	(void)scale;
	cx_cli_explain(
	    "nps: Net Promoter Score, 100 (promoters - detractors) / n\n"
	    "classes: detractors 0-6, passives 7-8, promoters 9-10\n");
	cx_cli_explain(
	    "se: 100 sqrt((p + d - (p - d)^2) / n), p and d the shares of "
	    "promoters and detractors\n"
	    "ci: adjusted-wald (Rocks 2016); score (Tango 1998) where n is "
	    "below 30 or a class is empty, unless --ci says otherwise\n");
}

static const struct score_program program = {
	.name = "cx-nps",
	.purpose = "Net Promoter Score, with its interval, by group and "
	           "period.",
	.answers = "nps",
	.untold = "nps",
	.options = options,
	.columns = columns,
	.net = true,
	.set_scale = set_scale,
	.explain = explain,
};

int main(int argc, char **argv)
{
	return score_main(&program, argc, argv);
}
