/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/journey.h"

#include "cmd/journey/book.h"
#include "cmd/journey/merge.h"
#include "cmd/journey/order.h"
#include "cmd/journey/picture.h"
#include "cmd/journey/read.h"
#include "cmd/report/words.h"
#include "libcx/model/proportion.h"
#include "libcx/table/instant.h"
#include "libcx/table/lookup.h"
#include "libcx/table/span.h"
#include "libcx/table/value.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define USUAL_LEVEL 0.95

struct journey_settings journey_settings = {
	.view = "map",
	.unit = "customer",
	.level = USUAL_LEVEL,
	.top = NAN,
};
struct journey_plan journey_plan;

static struct journey_settings *const set = &journey_settings;
static struct journey_plan *const plan = &journey_plan;

static struct cx_cli *cli;
static struct journey_counts counts;
static struct journey_walker walker = { .counts = &counts };
static struct cx_lookup aliases;

static const struct journey_view *const views[] = { &journey_map,
	&journey_edges, &journey_paths, &journey_funnel, &journey_handoffs,
	&journey_cases };

/* ---- settings ---- */

static void read_span(const char *option, const char *text, int64_t *seconds)
{
	if (text && cx_span_parse(cx_str(text), seconds) < 0)
		cx_cli_usage(cli,
		    "%s: %s is not a time such as 30d, 12h, 90min or 45s",
		    option, cx_quote(cx_str(text)));
}

static void read_as_of(void)
{
	struct cx_err err;

	plan->as_of = INT64_MIN;
	if (set->as_of &&
	    cx_instant_parse(cx_str(set->as_of), &plan->as_of, &err) < 0)
		cx_cli_usage(cli, "--as-of: %s", err.what);
}

static void read_scale(void)
{
	plan->scale = (struct cx_scale){ .low = 1, .high = 5 };
	set->score_is_asked = set->score != NULL;
	if (!set->score)
		set->score = "csat";
	if (!set->scale && strcmp(set->score, "csat") != 0)
		cx_cli_usage(cli,
		    "-s %s needs --scale: ratings do not tell "
		    "their scale",
		    set->score);
	if (set->scale && cx_value_scale(cx_str(set->scale), &plan->scale.low,
	                      &plan->scale.high) < 0)
		cx_cli_usage(cli, "--scale: %s is not a scale such as 1..5",
		    cx_quote(cx_str(set->scale)));
}

static void read_view(void)
{
	for (size_t i = 0; i < sizeof(views) / sizeof(*views); i++)
		if (strcmp(set->view, views[i]->name) == 0)
			plan->view = views[i];
	if (!plan->view)
		cx_cli_usage(cli,
		    "--view: %s is not map, edges, paths, funnel, handoffs "
		    "or cases",
		    cx_quote(cx_str(set->view)));
}

static void check_merge(void)
{
	if ((set->counts || set->merge) && !plan->view->report)
		cx_cli_usage(cli,
		    "--view %s has no counts: tables of parts "
		    "are put behind each other",
		    set->view);
	if (set->counts && set->gates.n)
		cx_cli_usage(cli, "--fail-if looks at the table; --counts "
		                  "prints none");
	if (set->merge &&
	    (set->groups.n || set->sorted || set->alias_file || cli->where))
		cx_cli_usage(cli,
		    "--merge adds up counts: no -g, --sorted, --alias or "
		    "--where");
	/* They go into one place, and are few. */
	if (set->merge)
		cli->threads = 1;
}

static void check_format(void)
{
	if (cx_cli_is_page(cli) && (set->counts || set->gates.n))
		cx_cli_usage(cli, "-F %s: --counts and --fail-if are of tables",
		    cli->format);
	if (set->lang && !cx_cli_is_page(cli))
		cx_cli_usage(cli, "--lang: -F svg and dot have words");
	if (cx_cli_is_format(cli, "svg") && plan->view != &journey_map)
		cx_cli_usage(cli, "-F svg draws --view map");
	if (cx_cli_is_format(cli, "dot") && plan->view != &journey_edges)
		cx_cli_usage(cli, "-F dot draws --view edges");
}

static bool is_whole(double x)
{
	const double most = 1e9;

	return x >= 0 && x <= most && x == floor(x);
}

static void check_min_n(void)
{
	if (!is_whole(set->min_n))
		cx_cli_usage(cli, "--min-n: a whole number, from 0");
	if (set->min_n && plan->view != &journey_map)
		cx_cli_usage(cli, "--min-n masks --view map alone");
	if (set->min_n && set->counts)
		cx_cli_usage(cli, "--min-n: --counts tells all");
}

static bool uses_goals(void)
{
	if (plan->view == &journey_map)
		return set->outcome && strcmp(set->outcome, "conversion") == 0;
	return plan->view == &journey_paths || plan->view == &journey_cases;
}

/* An option that only some views have would be given to the others in vain. */
static void check_view(void)
{
	bool funnel = plan->view == &journey_funnel;

	if ((set->steps || set->strict || set->entry) && !funnel)
		cx_cli_usage(
		    cli, "--steps, --strict and --entry are for --view funnel");
	if (set->within && !funnel && plan->view != &journey_handoffs)
		cx_cli_usage(cli, "--within is for --view funnel and handoffs");
	if ((set->outcome || set->as_of || set->window) &&
	    plan->view != &journey_map)
		cx_cli_usage(
		    cli, "--outcome, --as-of and --window are for --view map");
	if (set->goals.n && !uses_goals())
		cx_cli_usage(cli, "--goal is for --view paths and cases, and "
		                  "for --outcome conversion");
	if (set->level != USUAL_LEVEL &&
	    (plan->view == &journey_edges || plan->view == &journey_cases))
		cx_cli_usage(
		    cli, "--level: --view %s has no intervals", set->view);
	if (set->min_share > 0 && plan->view != &journey_edges)
		cx_cli_usage(cli, "--min-share is for --view edges");
	if (!isnan(set->top) && plan->view != &journey_paths &&
	    !cx_cli_is_page(cli))
		cx_cli_usage(
		    cli, "--top is for --view paths, and for -F svg and dot");
}

static void check_settings(void)
{
	read_view();
	check_view();
	read_scale();
	read_as_of();
	if (!set->window)
		set->window = "30d";
	read_span("--gap", set->gap, &plan->gap);
	read_span("--window", set->window, &plan->window);
	read_span("--within", set->within, &plan->within);
	/* Who sorts the input does so to save memory. */
	if (!set->memory)
		set->memory = set->sorted ? "16M" : "128M";
	if (cx_size_parse(cx_str(set->memory), &plan->memory) < 0)
		cx_cli_usage(cli, "--memory: %s is not a size such as 500M",
		    cx_quote(cx_str(set->memory)));
	if (!(set->level > 0 && set->level < 1))
		cx_cli_usage(cli, "--level must lie between 0 and 1");
	if (!isnan(set->top) && !is_whole(set->top))
		cx_cli_usage(cli, "--top: a whole number, from 0");
	if (!(set->min_share >= 0 && set->min_share <= 100))
		cx_cli_usage(cli, "--min-share: a percentage");
	if (set->sorted && set->alias_file)
		cx_cli_usage(cli, "--sorted: with --alias the records of a "
		                  "customer no longer stand together");
	check_min_n();
	check_merge();
	check_format();
	if (plan->view->check)
		plan->view->check(cli);
}

/* ---- the table ---- */

static int start_table(struct cx_err *err)
{
	const struct cx_header *groups = &plan->by.columns;

	walker.sheet = cx_sheet_new(cli->writer);
	if (set->counts) {
		journey_counts_columns(walker.sheet);
		return cx_sheet_start(walker.sheet, err);
	}
	for (size_t i = 0; i < cx_header_n(groups); i++)
		cx_sheet_text_column(walker.sheet, cx_header_name(groups, i));
	plan->view->columns(walker.sheet);
	if (cx_sheet_start(walker.sheet, err) < 0)
		return -1;
	return cx_sheet_gates(
	    walker.sheet, set->gates.items, set->gates.n, err);
}

/* The group of a journey that has none: empty cells. */
static void name_no_group(void)
{
	struct cx_buf none = { 0 };

	for (size_t i = 1; i < cx_header_n(&plan->by.columns); i++)
		cx_buf_addc(&none, '\0');
	cx_map_put(&journey_book.groups, cx_buf_str(&none));
	cx_buf_release(&none);
}

int journey_open(const struct cx_header *header, struct cx_err *err)
{
	static bool named;

	if (named)
		return 0;
	for (size_t i = 0; i < set->groups.n; i++)
		if (cx_grouping_add(&plan->by, cx_str(set->groups.items[i]),
		        header, err) < 0)
			return -1;
	named = true;
	name_no_group();
	if (set->sorted && plan->view->prepare && plan->view->prepare(err) < 0)
		return -1;
	return cx_cli_is_page(cli) ? 0 : start_table(err);
}

void journey_put_group(struct cx_sheet *sheet, struct cx_str group)
{
	for (size_t i = 0; i < cx_header_n(&plan->by.columns); i++)
		cx_sheet_text(sheet, cx_str_next(&group, '\0'));
}

/* ---- the program ---- */

void journey_share_columns(
    struct cx_sheet *sheet, const char *name, bool detail)
{
	static const char *const bounds[] = { "lo", "hi" };
	char bound[64];

	cx_sheet_number_column(sheet, name, JOURNEY_DECIMALS, JOURNEY_BRIEF);
	for (size_t i = 0; i < 2; i++) {
		snprintf(bound, sizeof(bound), "%s_%s", name, bounds[i]);
		cx_sheet_number_column(
		    sheet, bound, JOURNEY_DECIMALS, JOURNEY_BRIEF);
		if (detail)
			cx_sheet_detail(sheet);
	}
}

void journey_put_share(struct cx_sheet *sheet, uint64_t hits, uint64_t n)
{
	struct cx_proportion p = { hits, n };
	struct cx_proportion_estimate e =
	    cx_proportion_estimate(&p, set->level);

	cx_sheet_real(sheet, 100 * e.share);
	cx_sheet_real(sheet, 100 * e.lo);
	cx_sheet_real(sheet, 100 * e.hi);
}

/* Walks what is read, unless it is counts already. */
static int walk(struct journey_events *events, struct cx_err *err)
{
	struct journey_observed o;

	if (!set->sorted && plan->view->prepare && plan->view->prepare(err) < 0)
		return -1;
	if (set->merge && set->counts)
		return 0;
	if (set->merge)
		return journey_merge_check(
		    cli->n_files ? cli->files : NULL, err);
	if (journey_events_finish(events, err) < 0)
		return -1;
	cx_sorter_free(events->sorter);
	events->sorter = NULL;
	o = (struct journey_observed){ walker.owners, walker.journeys,
		walker.events, walker.earliest, walker.latest };
	return journey_counts_observe(&counts, &o, err);
}

static int draw(struct cx_err *err)
{
	struct cx_buf page = { 0 };
	int code = plan->view == &journey_map
	               ? journey_picture_svg(&counts, &page, err)
	               : journey_picture_dot(&counts, &page, err);

	if (code == 0)
		code = cx_cli_print(cli, &page, err);
	cx_buf_release(&page);
	return code;
}

static int report(void *total, struct cx_writer *writer, struct cx_err *err)
{
	int code = walk(total, err);

	if (code == 0)
		code = cx_multiset_finish(counts.tally, err);
	if (code == 0 && !writer)
		return draw(err);
	if (code == 0 && set->counts)
		code = journey_counts_write(&counts, walker.sheet, err);
	else if (code == 0 && plan->view->report)
		code = plan->view->report(&counts, walker.sheet, err);
	if (code == 0)
		code = cx_sheet_flush(walker.sheet, err);
	return code == 0 ? cx_sheet_verdict(walker.sheet, err) : -1;
}

static void tell_unmet(const char *option, struct cx_str name, bool or_stage)
{
	if (!journey_book_has(name, or_stage))
		cx_cli_note(
		    cli, "%s: no record is at %s", option, cx_quote(name));
}

/* A name that is spelt otherwise in the data has nobody, which looks right. */
static void tell_names(void)
{
	struct cx_str rest = { set->steps,
		set->steps ? strlen(set->steps) : 0 };

	for (size_t i = 0; i < set->ends.n; i++)
		tell_unmet("--end", cx_str(set->ends.items[i]), false);
	for (size_t i = 0; i < set->goals.n; i++)
		tell_unmet("--goal", cx_str(set->goals.items[i]), false);
	while (rest.p)
		tell_unmet("--steps", cx_str_next(&rest, ','), true);
}

static void tell(const struct journey_events *total)
{
	if (!set->merge)
		tell_names();
	if (total->nameless)
		cx_cli_note(cli,
		    "records without a touchpoint, which are no contacts: "
		    "%" PRIu64,
		    total->nameless);
	if (walker.joiner.open)
		cx_cli_note(cli,
		    "starts that nothing completes, which are no contacts: "
		    "%" PRIu64,
		    walker.joiner.open);
}

static int explain(struct cx_err *err)
{
	char first[CX_INSTANT_SIZE], last[CX_INSTANT_SIZE];
	struct journey_observed o;

	if (journey_counts_observed(&counts, &o, err) < 0)
		return -1;
	cx_cli_explain("journeys: %" PRIu64 " of %" PRIu64
	               " (column %s), with %" PRIu64 " contacts\n",
	    o.journeys, o.customers, set->unit, o.contacts);
	if (o.contacts) {
		cx_instant_format(o.earliest, first);
		cx_instant_format(o.latest, last);
		cx_cli_explain("contacts: from %.*s to %.*s\n", CX_INSTANT_SIZE,
		    first, CX_INSTANT_SIZE, last);
	}
	cx_cli_explain("a journey ends: %s%s%s%s\n",
	    set->gap ? "where nothing happens for more than " : "",
	    set->gap ? set->gap : "",
	    set->ends.n ? set->gap ? ", and with a contact at --end"
	                           : "with a contact at --end"
	                : "",
	    set->gap || set->ends.n ? "" : "not before the data do");
	cx_cli_explain("contacts of one time: in the order of the input\n");
	if (plan->view->full)
		cx_cli_explain("score: column %s, from %d to %d\n", set->score,
		    plan->scale.low, plan->scale.high);
	cx_cli_explain("level: intervals cover %g%%\n", 100 * set->level);
	plan->view->explain();
	return 0;
}

static int read_files(struct journey_events *total, struct cx_err *err)
{
	if (set->alias_file) {
		total->alias = &aliases;
		if (cx_lookup_read(&aliases, set->alias_file, cx_str("alias"),
		        cx_str("customer"), err) < 0)
			return -1;
		if (cx_lookup_follow(&aliases, err) < 0) {
			cx_err_file(err, set->alias_file);
			return -1;
		}
	}
	if (set->lang && report_words_open(set->lang, err) < 0)
		return -1;
	return journey_book_open(err);
}

static int run(struct cx_cli *own, struct cx_err *err)
{
	struct journey_order order = { 0 };
	struct journey_events total = { .walker = &walker, .order = &order };
	int code = read_files(&total, err);

	(void)own;
	plan->threads = cli->threads;
	journey_counts_start(&counts, plan->memory, plan->threads);
	total.sorter = cx_sorter_new(journey_event_size(), plan->memory);
	if (set->merge)
		journey_merge_into(&counts);
	if (code == 0)
		code = cx_cli_aggregate(cli,
		    set->merge ? &journey_merge_fold : &journey_fold, &total,
		    report, err);
	if (code == 0 || err->status == CX_GATE) {
		tell(&total);
		if (set->explain && explain(err) < 0)
			code = -1;
	}
	cx_sorter_free(total.sorter);
	journey_fold.release(&total);
	journey_order_release(&order);
	return code;
}

static void release(void)
{
	if (plan->view->release)
		plan->view->release();
	cx_sheet_free(walker.sheet);
	journey_walker_release(&walker);
	journey_counts_release(&counts);
	journey_book_release();
	journey_merge_release();
	report_words_close();
	cx_lookup_release(&aliases);
	cx_grouping_release(&plan->by);
	free(set->groups.items);
	free(set->ends.items);
	free(set->goals.items);
	free(set->gates.items);
}

static const char *const formats[] = { "tsv", "csv", "excel", "json", "table",
	"md", "svg", "dot", NULL };

int journey_main(const struct cx_option *options, int argc, char **argv)
{
	struct cx_cli own = {
		.name = "cx-journey",
		.purpose = "What customers do and feel on their way: journey "
		           "map, edges, paths, funnel, hand-offs.",
		.options = options,
		.formats = formats,
	};
	int status;

	cli = &own;
	cx_cli_parse(cli, argc, argv);
	own.prints = cx_cli_is_page(cli);
	check_settings();
	status = cx_cli_run(cli, run);
	release();
	return status;
}
