/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/gaps.h"

#include "cmd/scale.h"
#include "libcx/base/mem.h"
#include "libcx/model/importance.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

#define USUAL                                                                  \
	{                                                                      \
		.outcome = "nps", .by = "id", .rating = "csat",                \
		.high_is = "good", .importance = NULL, .missing = "pairwise",  \
		.intervals = "auto", .view = "gaps", .top = SCALE_NOT_GIVEN,   \
		.bottom = SCALE_NOT_GIVEN, .level = 0.95, .reps = 1000,        \
		.seed = 1,                                                     \
	}
static const struct gaps_settings usual = USUAL;
struct gaps_settings gaps_settings = USUAL;

struct gaps_plan gaps_plan;

static struct gaps_settings *const set = &gaps_settings;
static struct gaps_plan *const plan = &gaps_plan;

/* More drivers are a mistake in choosing columns. */
enum { MOST_DRIVERS = 200 };

/* ---- options ---- */

/* The place of word among the n words, NULL being the first. */
static int word_of(const struct cx_cli *cli, const char *option,
    const char *word, const char *const *words, int n)
{
	struct cx_buf all = { 0 };

	for (int i = 0; i < n; i++)
		if (!word || strcmp(word, words[i]) == 0)
			return i;
	for (int i = 0; i < n; i++)
		cx_buf_addf(
		    &all, "%s%s", i ? i + 1 < n ? ", " : " or " : "", words[i]);
	cx_cli_usage(cli, "%s: %s is not %.*s", option, cx_quote(cx_str(word)),
	    (int)all.len, all.data);
}

static const char *const missing_words[] = { "pairwise", "listwise", "met" };
static const char *const method_words[] = { "lmg", "johnson", "correlation",
	"partial", "beta" };
static const char *const end_words[] = { "good", "bad" };
static const char *const by_words[] = { "id", "customer" };
static const char *const interval_words[] = { "auto", "bootstrap",
	"jackknife" };
static const char *const view_words[] = { "gaps", "dimensions" };

/* The --scale options: of one column or touchpoint, or, "", of all others. */
static struct {
	struct cx_str *names;
	struct cx_scale *scales;
	size_t n;
} given;

static void read_scale(
    const struct cx_cli *cli, const char *text, struct cx_scale *scale)
{
	const char *sign = strrchr(text, '=');
	struct cx_str ends = cx_str(sign ? sign + 1 : text);

	given.names[given.n++] =
	    (struct cx_str){ text, sign ? (size_t)(sign - text) : 0 };
	if (cx_value_scale(ends, &scale->low, &scale->high) < 0)
		cx_cli_usage(cli,
		    "--scale: %s is not a scale such as 1..5 or "
		    "delivery=1..7",
		    cx_quote(cx_str(text)));
	scale->high_is_good = strcmp(set->high_is, "good") == 0;
	if (!scale_set_boxes(scale, set->top, set->bottom))
		cx_cli_usage(cli,
		    "--top and --bottom take more than the %d points there "
		    "are",
		    scale->high - scale->low + 1);
}

static void check_scales(const struct cx_cli *cli)
{
	if (!scale_is_points(set->top))
		cx_cli_usage(cli, "--top: a number of points, from 1");
	if (!scale_is_points(set->bottom))
		cx_cli_usage(cli, "--bottom: a number of points, from 1");
	if (set->scales.n == 0 && !set->merge)
		cx_cli_usage(cli,
		    "--scale is required, such as --scale 1..5: ratings do "
		    "not tell their scale");
	given.names = cx_calloc(set->scales.n + 1, sizeof(*given.names));
	given.scales = cx_calloc(set->scales.n + 1, sizeof(*given.scales));
	for (size_t i = 0; i < set->scales.n; i++)
		read_scale(cli, set->scales.items[i], &given.scales[i]);
}

static void check_numbers(const struct cx_cli *cli)
{
	if (!(set->level > 0 && set->level < 1))
		cx_cli_usage(cli, "--level must lie between 0 and 1");
	if (!(set->reps >= 2 && set->reps <= 1e6) ||
	    set->reps != floor(set->reps))
		cx_cli_usage(cli, "--reps: a whole number, from 2 to 1000000");
	if (!(set->seed >= 0 && set->seed <= 1e15) ||
	    set->seed != floor(set->seed))
		cx_cli_usage(cli, "--seed: a whole number, from 0 to 1e15");
}

static void check_target(const struct cx_cli *cli)
{
	struct cx_err err;
	double x;

	if (!set->target || strcmp(set->target, "mean") == 0 ||
	    strcmp(set->target, "best") == 0)
		return;
	if (cx_value_number(cx_str(set->target), &x, &err) < 0 || x < 0 ||
	    x > 100)
		cx_cli_usage(cli,
		    "--target: %s is not a number from 0 to 100, mean or best",
		    cx_quote(cx_str(set->target)));
}

static void check_cross(const struct cx_cli *cli)
{
	struct cx_str rest, first;
	struct cx_err err;
	double x;

	if (!set->cross)
		return;
	rest = cx_str(set->cross);
	first = cx_str_next(&rest, ',');
	if (!rest.p || cx_value_number(first, &x, &err) < 0 ||
	    cx_value_number(rest, &x, &err) < 0)
		cx_cli_usage(cli,
		    "--cross: %s is not an importance and a performance, such "
		    "as 0.1,75",
		    cx_quote(cx_str(set->cross)));
}

/* Options about the rows of a long stream; the default given is no harm. */
static bool says_rows(void)
{
	return strcmp(set->by, usual.by) != 0 ||
	       strcmp(set->rating, usual.rating) != 0;
}

static bool says_scales(void)
{
	return set->scales.n || set->top != usual.top ||
	       set->bottom != usual.bottom ||
	       strcmp(set->high_is, usual.high_is) != 0;
}

/* Options about the ranking, of which the dimensions have nothing. */
static bool says_ranking(void)
{
	return set->importance || set->target || set->cross ||
	       strcmp(set->missing, usual.missing) != 0 ||
	       strcmp(set->intervals, usual.intervals) != 0 ||
	       set->reps != usual.reps || set->seed != usual.seed;
}

static void check_merge(const struct cx_cli *cli)
{
	if (cli->where)
		cx_cli_usage(cli, "--merge reads states, which are whole: no "
		                  "--where");
	if (set->drivers.n || set->groups.n || set->weight || set->expected ||
	    set->stated || says_scales() || says_rows() ||
	    strcmp(set->outcome, usual.outcome) != 0)
		cx_cli_usage(cli,
		    "--merge reads states, which say what the outcome, "
		    "drivers, groups, scales and weights are");
}

void gaps_plan_check(const struct cx_cli *cli)
{
	plan->missing = (enum cx_driver_missing)word_of(
	    cli, "--missing", set->missing, missing_words, 3);
	plan->method = (enum cx_driver_method)word_of(
	    cli, "--importance", set->importance, method_words, 5);
	word_of(cli, "--high-is", set->high_is, end_words, 2);
	word_of(cli, "--by", set->by, by_words, 2);
	word_of(cli, "--intervals", set->intervals, interval_words, 3);
	word_of(cli, "--view", set->view, view_words, 2);
	if (set->merge)
		check_merge(cli);
	check_scales(cli);
	check_numbers(cli);
	check_target(cli);
	check_cross(cli);
	plan->wide = set->drivers.n > 0;
	if (plan->wide && says_rows())
		cx_cli_usage(
		    cli, "--by and --rating are of long streams, without -x");
	plan->is_nps = strcmp(set->outcome, "nps") == 0;
	plan->outcome = set->merge ? NULL : cx_strdup(set->outcome);
	plan->is_weighted = set->weight != NULL;
	plan->has_expected = set->expected != NULL;
	plan->has_stated = set->stated != NULL;
	if (strcmp(set->view, "dimensions") != 0)
		return;
	if (!set->expected && !set->merge)
		cx_cli_usage(cli, "--view dimensions needs --expect");
	if (says_ranking())
		cx_cli_usage(cli,
		    "--importance, --missing, --target, --cross, --intervals, "
		    "--reps and --seed are for --view gaps");
}

/* ---- --items ---- */

struct item {
	char *name, *stage, *dimension;
	double weight, target;
};

static struct {
	struct item *items;
	size_t n;
	bool has_target;
} items;

struct item_columns {
	size_t touchpoint;
	ptrdiff_t stage, dimension, weight, target;
};

static char *copy_cell(const struct cx_row *row, ptrdiff_t at)
{
	struct cx_str cell = { "", 0 };

	if (at >= 0)
		cell = cx_str_trim(cx_row_cell(row, (size_t)at));
	return cx_memdup(cell.p, cell.n);
}

static int number_cell(const struct cx_row *row, ptrdiff_t at,
    const char *column, double low, double high, double *number,
    struct cx_err *err)
{
	struct cx_str cell;

	*number = NAN;
	if (at < 0)
		return 0;
	cell = cx_row_cell(row, (size_t)at);
	if (cell.n == 0)
		return 0;
	if (cx_value_number(cell, number, err) == 0) {
		if (*number >= low && *number <= high)
			return 0;
		cx_err_set(err, CX_DATA, "%s is not from %g to %g",
		    cx_quote(cell), low, high);
	}
	cx_err_column(err, cx_str(column));
	return -1;
}

static const struct item *find_item(const char *name)
{
	for (size_t i = 0; i < items.n; i++)
		if (strcmp(items.items[i].name, name) == 0)
			return &items.items[i];
	return NULL;
}

static int add_item(
    const struct item_columns *at, const struct cx_row *row, struct cx_err *err)
{
	struct item item = { .weight = NAN };

	if (number_cell(row, at->weight, "weight", 0, 1e6, &item.weight, err) <
	        0 ||
	    number_cell(row, at->target, "target", 0, 100, &item.target, err) <
	        0)
		return -1;
	item.name = copy_cell(row, (ptrdiff_t)at->touchpoint);
	if (find_item(item.name)) {
		cx_err_set(err, CX_DATA, "%s stands here twice",
		    cx_quote(cx_str(item.name)));
		free(item.name);
		return -1;
	}
	item.stage = copy_cell(row, at->stage);
	item.dimension = copy_cell(row, at->dimension);
	items.items =
	    cx_realloc(items.items, cx_mul(items.n + 1, sizeof(item)));
	items.items[items.n++] = item;
	return 0;
}

static int read_items(struct cx_reader *reader, struct cx_err *err)
{
	const struct cx_header *header = cx_reader_header(reader);
	const struct cx_row *row;
	struct item_columns at;
	int more;

	if (cx_header_find(header, cx_str("touchpoint"), &at.touchpoint, err) <
	    0)
		return -1;
	at.stage = cx_header_look(header, cx_str("stage"));
	at.dimension = cx_header_look(header, cx_str("dimension"));
	at.weight = cx_header_look(header, cx_str("weight"));
	at.target = cx_header_look(header, cx_str("target"));
	items.has_target = at.target >= 0;
	while ((more = cx_reader_next(reader, &row, err)) > 0) {
		if (add_item(&at, row, err) == 0)
			continue;
		err->line = cx_reader_line(reader);
		return -1;
	}
	return more;
}

int gaps_plan_read(struct cx_err *err)
{
	struct cx_reader_options options = { .foreign = true };
	struct cx_reader *reader;
	struct cx_input *in;
	int code;

	if (!set->items)
		return 0;
	if (cx_input_open(&in, set->items, err) < 0)
		return -1;
	code = cx_reader_open(&reader, in, &options, err);
	if (code == 0) {
		code = read_items(reader, err);
		cx_reader_close(reader);
	}
	if (code < 0)
		cx_err_file(err, set->items);
	cx_input_close(in);
	return code;
}

/* ---- drivers ---- */

static const struct gaps_driver *find_driver(struct cx_str name)
{
	for (size_t k = 0; k < plan->drivers.n; k++)
		if (cx_str_eq(cx_str(plan->drivers.items[k].name), name))
			return &plan->drivers.items[k];
	return NULL;
}

const char *gaps_plan_unused_item(size_t *n)
{
	const char *first = NULL;

	*n = 0;
	for (size_t i = 0; i < items.n; i++) {
		if (find_driver(cx_str(items.items[i].name)))
			continue;
		if ((*n)++ == 0)
			first = items.items[i].name;
	}
	return first;
}

int gaps_plan_scale(struct cx_str name, struct cx_scale *scale)
{
	ptrdiff_t found = -1;

	/* The last one counts, and one with the name before any without. */
	for (size_t i = 0; i < given.n; i++)
		if (cx_str_eq(given.names[i], name) ||
		    (given.names[i].n == 0 &&
		        (found < 0 || given.names[found].n == 0)))
			found = (ptrdiff_t)i;
	if (found >= 0)
		*scale = given.scales[found];
	return found < 0 ? -1 : 0;
}

static int set_driver(
    struct gaps_driver *d, struct cx_scale *scale, struct cx_err *err)
{
	const struct item *item = find_item(d->name);

	if (!set->merge && gaps_plan_scale(cx_str(d->name), scale) < 0)
		return cx_err_set(err, CX_USAGE, "--scale: %s has none",
		    cx_quote(cx_str(d->name)));
	d->weight = item ? item->weight : NAN;
	d->target = item ? item->target : NAN;
	d->dimension = cx_strdup(item ? item->dimension : "");
	if (!item || !item->stage[0])
		return 0;
	free(d->stage);
	d->stage = cx_strdup(item->stage);
	return 0;
}

/* A scale for what is not there would leave the one meant without it. */
static int check_names(struct cx_err *err)
{
	for (size_t i = 0; i < given.n; i++)
		if (given.names[i].n && !find_driver(given.names[i]))
			return cx_err_set(err, CX_USAGE,
			    "--scale: there is no touchpoint %s",
			    cx_quote(given.names[i]));
	return 0;
}

static int by_name(const void *x, const void *y)
{
	const struct gaps_driver *a = x, *b = y;

	return strcmp(a->name, b->name);
}

int gaps_plan_drivers(const struct cx_str *names, const struct cx_str *stages,
    size_t n, struct cx_err *err)
{
	struct gaps_drivers *d = &plan->drivers;

	if (set->importance && plan->method == CX_DRIVER_LMG &&
	    n > CX_IMPORTANCE_EXACT)
		return cx_err_set(err, CX_USAGE,
		    "%zu drivers: --importance lmg looks at all subsets of at "
		    "most %d; use johnson",
		    n, CX_IMPORTANCE_EXACT);
	if (n > MOST_DRIVERS)
		return cx_err_set(err, CX_USAGE,
		    "%zu drivers: at most %d can be looked at together; name "
		    "fewer with -x",
		    n, MOST_DRIVERS);
	d->n = n;
	d->items = cx_calloc(n, sizeof(*d->items));
	d->scales = cx_calloc(n, sizeof(*d->scales));
	for (size_t k = 0; k < n; k++) {
		d->items[k].name = cx_memdup(names[k].p, names[k].n);
		d->items[k].stage = stages ? cx_memdup(stages[k].p, stages[k].n)
		                           : cx_strdup("");
	}
	qsort(d->items, n, sizeof(*d->items), by_name);
	for (size_t k = 0; k < n; k++)
		if (set_driver(&d->items[k], &d->scales[k], err) < 0)
			return -1;
	return check_names(err);
}

bool gaps_plan_has_targets(void)
{
	return items.has_target;
}

void gaps_plan_model(void)
{
	/* All subsets of more are too many. */
	if (!set->importance && plan->drivers.n > CX_IMPORTANCE_EXACT)
		plan->method = CX_DRIVER_JOHNSON;
	plan->model = (struct cx_driver_model){ .n = plan->drivers.n,
		.scales = plan->drivers.scales,
		.has_score = plan->is_nps,
		.missing = plan->missing,
		.method = plan->method };
	plan->shape = cx_driver_shape(&plan->model);
}

const char *gaps_plan_method(void)
{
	return method_words[plan->method];
}

void gaps_plan_release(void)
{
	for (size_t k = 0; k < plan->drivers.n; k++) {
		free(plan->drivers.items[k].name);
		free(plan->drivers.items[k].stage);
		free(plan->drivers.items[k].dimension);
	}
	free(plan->drivers.items);
	free(plan->drivers.scales);
	for (size_t i = 0; i < items.n; i++) {
		free(items.items[i].name);
		free(items.items[i].stage);
		free(items.items[i].dimension);
	}
	free(items.items);
	free(plan->outcome);
	for (int i = 0; i < GAPS_COLUMNS; i++)
		free(plan->columns[i]);
	free(given.names);
	free(given.scales);
	cx_grouping_release(&plan->by);
	*plan = (struct gaps_plan){ 0 };
	memset(&items, 0, sizeof(items));
	memset(&given, 0, sizeof(given));
}
