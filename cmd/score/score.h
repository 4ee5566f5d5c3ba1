/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_H
#define CX_CMD_SCORE_H

#include "libcx/cli/cli.h"
#include "libcx/model/answers.h"

/*
 * What cx-nps, cx-csat and cx-ces share: answers on a scale, counted by group
 * and period, and a table of estimates. The programs differ by their scale
 * and by the columns of their table.
 */

/* What a column of the table holds. */
enum score_field {
	SCORE_N,
	SCORE_TOP,
	SCORE_MIDDLE,
	SCORE_BOTTOM,
	SCORE_SUM,
	SCORE_SQUARES,
	SCORE_MISSING,
	SCORE_INVALID,
	/* those above are counts, and are added up again by --merge */
	SCORE_NET, /* 100 (top - bottom) / n, its error, interval, method */
	SCORE_NET_SE,
	SCORE_NET_LO,
	SCORE_NET_HI,
	SCORE_CI,
	SCORE_SHARE, /* 100 top / n and its interval */
	SCORE_SHARE_LO,
	SCORE_SHARE_HI,
	SCORE_MEAN, /* of the raw values, and its interval */
	SCORE_MEAN_LO,
	SCORE_MEAN_HI,
	SCORE_LOW_BASE,
	SCORE_SCALE, /* the scale and its boxes, in words: --merge asks */
	SCORE_END,   /* behind the last column */
};

struct score_column {
	const char *name;
	enum score_field field;
};

struct score_program {
	const char *name, *purpose;
	const char *answers; /* the column read by default */
	const char *untold;  /* that of a table which does not tell its own */
	const struct cx_option *options;    /* its own and SCORE_OPTIONS */
	const struct score_column *columns; /* ended by SCORE_END */
	bool net; /* promoters less detractors; else top box and mean */
	/* sets the scale from the options, or ends the program */
	void (*set_scale)(const struct cx_cli *cli, struct cx_scale *scale);
	void (*explain)(const struct cx_scale *scale);
};

/* Settings that the shared options fill in. */
struct score_settings {
	const char *answers, *period, *zone, *since, *until, *vs, *adjust;
	const char *unit, *weight, *cluster, *strata, *rolling, *as_of;
	const char *denominator, *rake;
	struct cx_list groups, gates;
	double level, low_base, min_n;
	bool merge, explain;
	struct cx_scale scale; /* by the program's own options */
};
extern struct score_settings score_settings;

#define SCORE_OPTIONS                                                          \
	CX_OPT_LIST('g', "group", &score_settings.groups, "COLUMNS",           \
	    "one score for each value of COLUMNS"),                            \
	    CX_OPT_TEXT('t', "period", &score_settings.period, "PERIOD",       \
	        "and for each day, week, month, quarter or year"),             \
	    CX_OPT_TEXT(0, "tz", &score_settings.zone, "ZONE",                 \
	        "clocks that bound the periods (default: UTC)"),               \
	    CX_OPT_TEXT(0, "since", &score_settings.since, "DATE",             \
	        "only records of that day or later"),                          \
	    CX_OPT_TEXT(0, "until", &score_settings.until, "DATE",             \
	        "only records of that day or earlier"),                        \
	    CX_OPT_TEXT(0, "as-of", &score_settings.as_of, "DATE",             \
	        "the day the data reach to: marks periods that go on"),        \
	    CX_OPT_TEXT(0, "rolling", &score_settings.rolling, "DAYS",         \
	        "windows of so many days (30d) at each period's end"),         \
	    CX_OPT_TEXT(0, "unit", &score_settings.unit, "UNIT",               \
	        "who counts as one: response (default), customer-latest, "     \
	        "customer-first, customer-mean, account-latest, account-mean " \
	        "or account-worst"),                                           \
	    CX_OPT_TEXT(0, "denominator", &score_settings.denominator,         \
	        "WHICH", "scored (default), or seen: missing ones too"),       \
	    CX_OPT_TEXT('w', "weight", &score_settings.weight, "COLUMN",       \
	        "weights of the records"),                                     \
	    CX_OPT_TEXT(0, "cluster", &score_settings.cluster, "COLUMN",       \
	        "records that belong together, such as customer"),             \
	    CX_OPT_TEXT(0, "strata", &score_settings.strata, "COLUMN",         \
	        "strata that the sample was drawn from"),                      \
	    CX_OPT_TEXT(0, "rake", &score_settings.rake, "FILE",               \
	        "weight to known shares: a table of column, value, share"),    \
	    CX_OPT_REAL(0, "level", &score_settings.level, "SHARE",            \
	        "coverage of the intervals (default: 0.95)"),                  \
	    CX_OPT_TEXT(0, "vs", &score_settings.vs, "WHAT",                   \
	        "compare with rest, previous, first or a group"),              \
	    CX_OPT_TEXT(0, "adjust", &score_settings.adjust, "METHOD",         \
	        "for many tests: bh (default), holm or none"),                 \
	    CX_OPT_REAL(0, "low-base", &score_settings.low_base, "N",          \
	        "mark scores of fewer than N answers (default: 30)"),          \
	    CX_OPT_REAL(0, "min-n", &score_settings.min_n, "N",                \
	        "mask scores of fewer than N, and what would tell them"),      \
	    CX_OPT_LIST(0, "fail-if", &score_settings.gates, "CONDITION",      \
	        "exit 3 where true, such as 'nps < 20'"),                      \
	    CX_OPT_FLAG(0, "merge", &score_settings.merge,                     \
	        "add up tables that this program has printed"),                \
	    CX_OPT_FLAG(0, "explain", &score_settings.explain,                 \
	        "say on standard error what is computed, and how"),            \
	    CX_CLI_REJECT_OPTIONS

/* "1..5 top 4..5 bottom 1..2" */
void score_name_scale(const struct cx_scale *scale, struct cx_buf *out);

/* On standard error: what n, missing, units and periods are. */
void score_explain_base(void);

int score_main(const struct score_program *program, int argc, char **argv);

#endif
