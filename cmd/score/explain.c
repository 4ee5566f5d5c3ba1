/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/sample.h"

#include <string.h>

static const struct score_settings *const set = &score_settings;

void score_name_scale(const struct cx_scale *scale, struct cx_buf *out)
{
	int top_low = scale->high - scale->top + 1, top_high = scale->high;
	int bottom_low = scale->low,
	    bottom_high = scale->low + scale->bottom - 1;

	if (!scale->high_is_good) {
		top_low = scale->low;
		top_high = scale->low + scale->top - 1;
		bottom_low = scale->high - scale->bottom + 1;
		bottom_high = scale->high;
	}
	cx_buf_addf(out, "%d..%d top %d..%d bottom %d..%d", scale->low,
	    scale->high, top_low, top_high, bottom_low, bottom_high);
}

void score_explain_base(void)
{
	cx_cli_explain(
	    "answers: %s%s\n"
	    "n: records with an answer; missing and invalid ones are counted "
	    "apart and in %s denominator\n"
	    "unit: %s\n"
	    "level: intervals cover %g%%\n"
	    "low_base: 1 where n is below %g\n",
	    set->merge ? "added up from tables" : "column ",
	    set->merge ? "" : set->answers,
	    set->denominator && strcmp(set->denominator, "seen") == 0
	        ? "(but the missing ones, as passives) no"
	        : "no",
	    set->unit ? set->unit : "response; who answers twice counts twice",
	    set->level * 100, set->low_base);
	if (set->rolling)
		cx_cli_explain(
		    "rolling: the %s before each period's end\n", set->rolling);
	if (score_sample_has_design())
		cx_cli_explain(
		    "design: weights %s, clusters %s, strata %s; linearised "
		    "standard errors (Woodruff 1971, Binder 1983), intervals "
		    "by Student's t\n"
		    "n_eff: (sum w)^2 / sum w^2 (Kish 1965); deff: variance "
		    "over that of a simple random sample with replacement\n",
		    set->weight ? set->weight : "-",
		    set->cluster ? set->cluster : "-",
		    set->strata ? set->strata : "-");
	if (set->rake)
		cx_cli_explain(
		    "rake: weights of the answered records of each period "
		    "fitted to the shares in %s (Deming and Stephan 1940)\n",
		    set->rake);
	if (set->min_n)
		cx_cli_explain(
		    "masked: below %g answers, and what would tell these by "
		    "subtraction from totals (Cox 1980)\n",
		    set->min_n);
	if (set->as_of)
		cx_cli_explain(
		    "partial: 1 where the period ends after %s\n", set->as_of);
	if (set->since || set->until)
		cx_cli_explain(
		    "window: from the start of %s to the end of %s, on the "
		    "clocks of %s\n",
		    set->since ? set->since : "all",
		    set->until ? set->until : "all", set->zone);
	if (set->period)
		cx_cli_explain(
		    "periods: by column time, on the clocks of %s; records "
		    "without a time are in the period \"\"\n",
		    set->zone);
	if (set->vs)
		cx_cli_explain(
		    "diff: the score less that of vs; p: two-sided, by z; "
		    "p_adj: adjusted by %s\n"
		    "q, q_df, q_p: whether the compared rows differ at all, by "
		    "chi-square, of means and weighted scores by F\n",
		    set->adjust);
}
