/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cx-journey - what customers do and feel on their way */
#include "cmd/journey/journey.h"

#define SET journey_settings

static const struct cx_option options[] = {
	CX_OPT_TEXT(0, "view", &SET.view, "VIEW",
	    "map (default), edges, paths, funnel, handoffs or cases"),
	CX_OPT_LIST('g', "group", &SET.groups, "COLUMNS",
	    "one table for each value of COLUMNS, such as persona"),
	CX_OPT_TEXT('m', "stages", &SET.stages_file, "FILE",
	    "a table of touchpoint, stage, order and label"),
	CX_OPT_TEXT('s', "score", &SET.score, "COLUMN",
	    "ratings of contacts (default: csat)"),
	CX_OPT_TEXT(
	    0, "scale", &SET.scale, "LOW..HIGH", "their scale (default: 1..5)"),
	CX_OPT_TEXT(0, "unit", &SET.unit, "COLUMN",
	    "whose journeys: customer (default), account, id, ..."),
	CX_OPT_TEXT(0, "alias", &SET.alias_file, "FILE",
	    "a table of alias and customer: who is who"),
	CX_OPT_TEXT(0, "lifecycle", &SET.lifecycle, "COLUMN",
	    "join records that say start and complete there"),
	CX_OPT_TEXT(0, "gap", &SET.gap, "TIME",
	    "a journey ends where nothing happens for TIME (30d)"),
	CX_OPT_LIST(0, "end", &SET.ends, "TOUCHPOINT",
	    "a journey ends with a contact at TOUCHPOINT"),
	CX_OPT_LIST(0, "goal", &SET.goals, "TOUCHPOINT",
	    "where a journey converts (default: those of --end)"),
	CX_OPT_FLAG(0, "by-channel", &SET.by_channel,
	    "tell the channels of a touchpoint apart"),
	CX_OPT_TEXT(0, "window", &SET.window, "TIME",
	    "map: who is silent for TIME has dropped off (default: 30d)"),
	CX_OPT_TEXT(0, "as-of", &SET.as_of, "TIME",
	    "map: when observation ended (default: the latest contact)"),
	CX_OPT_TEXT(0, "outcome", &SET.outcome, "WHAT",
	    "map: nps or conversion, for moments of truth"),
	CX_OPT_TEXT(0, "steps", &SET.steps, "NAMES",
	    "funnel: touchpoints or stages, with commas"),
	CX_OPT_FLAG(0, "strict", &SET.strict,
	    "funnel: the next contact must be the next step"),
	CX_OPT_TEXT(0, "entry", &SET.entry, "WHICH",
	    "funnel: first (default) or any contact at the first step"),
	CX_OPT_TEXT(0, "within", &SET.within, "TIME",
	    "funnel: all steps in TIME; handoffs: again in TIME (7d)"),
	CX_OPT_REAL(0, "top", &SET.top, "N",
	    "paths: only the N most frequent; -F svg, dot: draw N (10, 30)"),
	CX_OPT_TEXT('l', "lang", &SET.lang, "LANG",
	    "-F svg, dot: language of the words, en (default) or ja"),
	CX_OPT_REAL(0, "min-share", &SET.min_share, "PERCENT",
	    "edges: only those with this share or more"),
	CX_OPT_REAL(0, "min-n", &SET.min_n, "N",
	    "map: mask what is about fewer than N"),
	CX_OPT_REAL(0, "level", &SET.level, "SHARE",
	    "coverage of the intervals (default: 0.95)"),
	CX_OPT_FLAG(0, "sorted", &SET.sorted,
	    "the records of each customer stand together"),
	CX_OPT_TEXT(0, "memory", &SET.memory, "SIZE",
	    "beyond SIZE use the disk (default: 128M, or 16M if sorted)"),
	CX_OPT_LIST(0, "fail-if", &SET.gates, "CONDITION",
	    "exit 3 where true, such as 'drop_off > 50'"),
	CX_OPT_FLAG(0, "counts", &SET.counts,
	    "print what the table is made of, for --merge"),
	CX_OPT_FLAG(0, "merge", &SET.merge, "add up what --counts has printed"),
	CX_OPT_FLAG(0, "explain", &SET.explain,
	    "say on standard error what is computed, and how"),
	CX_CLI_REJECT_OPTIONS,
	CX_OPT_END,
};

int main(int argc, char **argv)
{
	return journey_main(options, argc, argv);
}
