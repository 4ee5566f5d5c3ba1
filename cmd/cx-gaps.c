/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cx-gaps - what to improve first */
#include "cmd/gaps/input.h"
#include "cmd/gaps/table.h"
#include "cmd/report/words.h"

#include <inttypes.h>
#include <stdlib.h>

static struct gaps_settings *const set = &gaps_settings;

static const struct cx_option options[] = {
	CX_OPT_TEXT('y', "outcome", &gaps_settings.outcome, "COLUMN",
	    "what the touchpoints drive (default: nps)"),
	CX_OPT_LIST('x', "drivers", &gaps_settings.drivers, "COLUMNS",
	    "ratings, a column each; else rows with touchpoint are read"),
	CX_OPT_LIST(0, "scale", &gaps_settings.scales, "[NAME=]LOW..HIGH",
	    "scale of the ratings, or of the one called NAME"),
	CX_OPT_TEXT(0, "high-is", &gaps_settings.high_is, "END",
	    "which end of it is high: good (default) or bad"),
	CX_OPT_REAL(0, "top", &gaps_settings.top, "N", "points of the top box"),
	CX_OPT_REAL(0, "bottom", &gaps_settings.bottom, "N",
	    "points of the bottom box"),
	CX_OPT_LIST('g', "group", &gaps_settings.groups, "COLUMNS",
	    "one ranking for each value of COLUMNS"),
	CX_OPT_TEXT('w', "weight", &gaps_settings.weight, "COLUMN",
	    "weights of the respondents"),
	CX_OPT_TEXT(0, "by", &gaps_settings.by, "WHICH",
	    "rows with touchpoint belong together by id (default) or customer"),
	CX_OPT_TEXT(0, "rating", &gaps_settings.rating, "COLUMN",
	    "where they have the rating (default: csat)"),
	CX_OPT_TEXT(0, "importance", &gaps_settings.importance, "METHOD",
	    "lmg (default), johnson, correlation, partial or beta"),
	CX_OPT_TEXT(0, "missing", &gaps_settings.missing, "METHOD",
	    "for absent ratings: pairwise (default), listwise or met"),
	CX_OPT_TEXT(0, "stated", &gaps_settings.stated, "COLUMNS",
	    "importance as respondents state it"),
	CX_OPT_TEXT(0, "expect", &gaps_settings.expected, "COLUMNS",
	    "what respondents expected, on the scale of the ratings"),
	CX_OPT_TEXT(0, "items", &gaps_settings.items, "FILE",
	    "a table of touchpoint, stage, dimension, weight, target"),
	CX_OPT_TEXT(0, "target", &gaps_settings.target, "WHAT",
	    "performance to reach: 0 to 100, best (group) or mean (own)"),
	CX_OPT_TEXT(0, "cross", &gaps_settings.cross, "X,Y",
	    "importance and performance at which quadrants meet"),
	CX_OPT_REAL(0, "level", &gaps_settings.level, "SHARE",
	    "coverage of the intervals (default: 0.95)"),
	CX_OPT_TEXT(0, "intervals", &gaps_settings.intervals, "METHOD",
	    "auto (default), bootstrap or jackknife"),
	CX_OPT_REAL(0, "reps", &gaps_settings.reps, "N",
	    "samples to draw (default: 1000)"),
	CX_OPT_REAL(0, "seed", &gaps_settings.seed, "N",
	    "start of the random numbers (default: 1)"),
	CX_OPT_TEXT(0, "view", &gaps_settings.view, "VIEW",
	    "gaps (default), or dimensions of --expect"),
	CX_OPT_TEXT('l', "lang", &gaps_settings.lang, "LANG",
	    "-F svg: language of the words, en (default) or ja"),
	CX_OPT_LIST(0, "fail-if", &gaps_settings.gates, "CONDITION",
	    "exit 3 where true, such as 'nps_change > 5'"),
	CX_OPT_FLAG(0, "state", &gaps_settings.state,
	    "print what --merge adds up, not the table"),
	CX_OPT_FLAG(0, "merge", &gaps_settings.merge, "add up states"),
	CX_OPT_FLAG(0, "explain", &gaps_settings.explain,
	    "say on standard error what is computed, and how"),
	CX_CLI_REJECT_OPTIONS,
	CX_OPT_END,
};

static struct cx_cli *cli;

static int print_picture(const struct gaps_store *store,
    const struct gaps_result *results, size_t n, struct cx_err *err)
{
	struct cx_buf page = { 0 };
	int code;

	gaps_draw(store, results, n, &page);
	code = cx_cli_print(cli, &page, err);
	cx_buf_release(&page);
	return code;
}

static int print_table(const struct gaps_store *store,
    const struct gaps_result *results, size_t n, struct cx_writer *writer,
    struct cx_err *err)
{
	bool dimensions = strcmp(set->view, "dimensions") == 0;

	return (dimensions ? gaps_dimensions : gaps_table)(
	    store, results, n, writer, err);
}

/* Asked on a shorter scale, a touchpoint would look worse than it is. */
static void doubt_scales(const struct gaps_result *results, size_t n)
{
	enum { ENOUGH = 30 };

	for (size_t k = 0; k < gaps_plan.drivers.n; k++) {
		const struct cx_scale *scale = &gaps_plan.drivers.scales[k];
		uint64_t rated = 0;
		bool any = !scale->high_is_good;

		for (size_t g = 0; g < n; g++) {
			const __int128 *d =
			    results[g].facts + GAPS_FACTS + k * GAPS_D_FACTS;

			rated += (uint64_t)d[GAPS_D_N];
			any |= d[GAPS_D_TOP] > 0;
		}
		if (rated >= ENOUGH && !any)
			cx_cli_note(cli,
			    "%s: of %" PRIu64 " ratings none is above %d: was "
			    "it asked on a shorter scale than %d to %d?",
			    gaps_plan.drivers.items[k].name, rated,
			    scale->high - scale->top, scale->low, scale->high);
	}
}

/* There is no writer where a picture is asked for. */
static int report(void *total, struct cx_writer *writer, struct cx_err *err)
{
	struct gaps_input *in = total;
	struct gaps_result *results;
	size_t n;
	int code;

	if (gaps_input_finish(in, err) < 0)
		return -1;
	if (set->state)
		return gaps_state_write(&in->store, writer, err);
	n = in->store.groups.map.n;
	results = gaps_results_new(&in->store);
	code = writer ? print_table(&in->store, results, n, writer, err)
	              : print_picture(&in->store, results, n, err);
	if (code == 0 || err->status == CX_GATE)
		doubt_scales(results, n);
	gaps_results_free(results, n);
	return code;
}

static void tell(const struct gaps_store *store)
{
	uint64_t n, none;
	size_t n_unused;
	const char *unused = gaps_plan_unused_item(&n_unused);

	if (unused)
		cx_cli_note(cli,
		    "%s: touchpoints that are not rated: %zu, such as %s",
		    set->items, n_unused, cx_quote(cx_str(unused)));
	gaps_store_count(store, &n, &none);
	if (none)
		cx_cli_note(cli,
		    "without an outcome, and left out: %" PRIu64 " of %" PRIu64,
		    none, n + none);
	if (!gaps_plan.has_keys && !store->keeps)
		cx_cli_note(cli,
		    "no column id or customer: records that are alike in all "
		    "columns count as one respondent in the intervals");
	if (set->explain)
		gaps_explain();
}

static int run(struct cx_cli *own, struct cx_err *err)
{
	struct gaps_input total = { 0 };
	int code = gaps_plan_read(err);

	gaps_plan.states = own->n_files ? own->files : NULL;
	if (code == 0 && set->lang)
		code = report_words_open(set->lang, err);
	if (code == 0)
		code = cx_cli_aggregate(
		    cli, &gaps_input_fold, &total, report, err);
	if (code == 0 || err->status == CX_GATE)
		tell(&total.store);
	gaps_input_fold.release(&total);
	return code;
}

/* A picture is of the gaps. */
static void check_picture(void)
{
	if (set->lang && !cx_cli_is_page(cli))
		cx_cli_usage(cli, "--lang: -F svg has words");
	if (!cx_cli_is_page(cli))
		return;
	if (set->state || set->gates.n || strcmp(set->view, "gaps") != 0)
		cx_cli_usage(cli, "-F svg draws the gaps: no --state, "
		                  "--fail-if or --view dimensions");
	cli->prints = true;
}

static const char *const formats[] = { "tsv", "csv", "excel", "json", "table",
	"md", "svg", NULL };

int main(int argc, char **argv)
{
	struct cx_cli own = {
		.name = "cx-gaps",
		.purpose = "What to improve first: importance and performance "
		           "of touchpoints, ranked.",
		.options = options,
		.formats = formats,
	};
	int status;

	cli = &own;
	cx_cli_parse(cli, argc, argv);
	gaps_plan_check(cli);
	if (!set->merge)
		gaps_state_columns();
	if (set->state && set->gates.n)
		cx_cli_usage(cli, "--fail-if looks at the table; --state "
		                  "prints none");
	check_picture();
	status = cx_cli_run(cli, run);
	gaps_plan_release();
	gaps_input_end();
	report_words_close();
	free(set->drivers.items);
	free(set->scales.items);
	free(set->groups.items);
	free(set->gates.items);
	return status;
}
