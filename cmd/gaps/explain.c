/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/gaps.h"

static const char *const methods[] = {
	("Shapley values of R-square over all orders of entry (Lindeman, "
	 "Merenda and Gold 1980)"),
	"relative weights (Johnson 2000)",
	"correlation with the outcome",
	"partial correlation, the other ratings held fixed",
	"slope in standard deviations",
};

static const char *const absences[] = {
	"each covariance from the respondents who have both ratings; made "
	"positive semi-definite where needed",
	"importance from the respondents who have all ratings",
	"an absent rating counts as the mean; whether it is there enters with "
	"it",
};

void gaps_explain(void)
{
	const struct gaps_settings *set = &gaps_settings;

	cx_cli_explain(
	    "outcome: %s\n"
	    "n: ratings of respondents with an outcome\n"
	    "importance: %s\n"
	    "missing: %s; %s\n"
	    "performance: mean rating, from 0 at the bad end of the scale to "
	    "100\n"
	    "gap: performance less target; target: %s\n"
	    "%s: association, not cause: reach times slope times distance to "
	    "the target, by a linear model of %s on all ratings\n"
	    "penalty, reward: slopes below and above the middle of the scale, "
	    "for 10 of performance\n"
	    "intervals: %s, cover %g%%; bootstrap: %g samples of respondents, "
	    "seed %g; jackknife: 100 blocks of respondents left out in turn\n"
	    "suppressed: fewer than %d ratings for each driver of the model\n",
	    gaps_plan.outcome, methods[gaps_plan.method], set->missing,
	    absences[gaps_plan.missing],
	    set->target               ? set->target
	    : gaps_plan_has_targets() ? "of --items, else mean"
	                              : "mean",
	    gaps_plan.is_nps ? "nps_change" : "outcome_change",
	    gaps_plan.is_nps ? "-100, 0 and 100 for detractors, passives and "
	                       "promoters"
	                     : "the outcome",
	    set->intervals, set->level * 100, set->reps, set->seed,
	    CX_DRIVER_ENOUGH);
}
