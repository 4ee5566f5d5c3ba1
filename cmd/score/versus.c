/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/versus.h"

#include "cmd/score/contrast.h"
#include "cmd/score/estimates.h"
#include "libcx/base/mem.h"
#include "libcx/model/adjust.h"
#include "libcx/table/civil.h"

#include <math.h>
#include <stdlib.h>

static const double PERCENT = 100;

enum score_versus score_versus_of(const char *word)
{
	if (!word)
		return SCORE_ALONE;
	if (strcmp(word, "rest") == 0)
		return SCORE_REST;
	if (strcmp(word, "previous") == 0)
		return SCORE_PREVIOUS;
	return strcmp(word, "first") == 0 ? SCORE_FIRST : SCORE_GROUP;
}

/* ---- two rows ---- */

static struct cx_comparison compare(const struct score_program *program,
    const struct cx_answers *a, const struct cx_answers *b)
{
	struct cx_nps nps_a = score_classes(a), nps_b = score_classes(b);
	struct cx_proportion top_a = score_top(a), top_b = score_top(b);
	enum cx_nps_method method =
	    score_method == CX_NPS_AUTO ? CX_NPS_SCORE : score_method;
	struct cx_comparison c;

	if (program->net)
		return cx_compare_nps(
		    &nps_a, &nps_b, score_settings.level, method);
	c = cx_compare_proportions(&top_a, &top_b, score_settings.level);
	c.difference *= PERCENT;
	c.se *= PERCENT;
	c.lo *= PERCENT;
	c.hi *= PERCENT;
	return c;
}

/* ---- whom to compare with ---- */

static const size_t NO_ROW = SIZE_MAX;

struct families {
	const struct score_designs *designs;
	const struct cx_grouping *by;
	struct cx_groups *groups;
	enum score_versus kind;
	const enum cx_mask_mark *marks; /* by group, or NULL */
	enum cx_period period;          /* of the last cell of a key */
	bool has_groups;                /* there are cells before it */
	bool by_period;         /* a family is one group in all periods */
	struct cx_groups total; /* answers of each family */
	struct cx_map
	    first; /* by family; first_row[i] is its first group, or NO_ROW */
	size_t *first_row;
};

/* A key is group cells and the period, if there is one, NULs between. */
static void split_key(enum cx_period kind, struct cx_str key,
    struct cx_str *group, struct cx_str *period)
{
	size_t at = key.n;

	*group = key;
	*period = (struct cx_str){ "", 0 };
	if (kind == CX_NO_PERIOD)
		return;
	while (at > 0 && key.p[at - 1] != '\0')
		at--;
	*period = (struct cx_str){ key.p + at, key.n - at };
	group->n = at ? at - 1 : 0;
}

static struct cx_str family_of(const struct families *f, struct cx_str key)
{
	struct cx_str group, period;

	split_key(f->period, key, &group, &period);
	return f->by_period ? group : period;
}

/* Records without a time: a row, but no period to compare others with. */
static bool is_timeless(const struct families *f, size_t number)
{
	struct cx_str group, period;

	split_key(
	    f->period, cx_map_key(&f->groups->map, number), &group, &period);
	return f->by_period && period.n == 0;
}

static bool is_masked(const struct families *f, size_t group)
{
	return f->marks && f->marks[group] != CX_MASK_SHOWN;
}

static size_t number_of_family(const struct families *f, size_t group)
{
	struct cx_str key = cx_map_key(&f->groups->map, group);

	return (size_t)cx_map_get(&f->first, family_of(f, key));
}

static void collect(struct families *f, const size_t *order)
{
	size_t n = f->groups->map.n;

	f->total.state_size = sizeof(struct cx_answers);
	f->first_row = cx_malloc(cx_mul(n, sizeof(*f->first_row)));
	for (size_t i = 0; i < n; i++) {
		struct cx_str family =
		    family_of(f, cx_map_key(&f->groups->map, order[i]));
		size_t before = f->first.n, at;

		cx_answers_merge(cx_groups_put(&f->total, family),
		    cx_groups_state(f->groups, order[i]));
		at = cx_map_put(&f->first, family);
		if (at == before)
			f->first_row[at] = NO_ROW;
		if (f->first_row[at] == NO_ROW && !is_timeless(f, order[i]))
			f->first_row[at] = order[i];
	}
}

/* The number of the group with these cells and this period, or -1. */
static ptrdiff_t find(
    const struct families *f, struct cx_str group, struct cx_str period)
{
	struct cx_buf key = { 0 };
	ptrdiff_t number;

	cx_buf_adds(&key, group);
	if (f->period != CX_NO_PERIOD) {
		if (f->has_groups)
			cx_buf_addc(&key, '\0');
		cx_buf_adds(&key, period);
	}
	number = cx_map_get(&f->groups->map, cx_buf_str(&key));
	cx_buf_release(&key);
	return number;
}

/* The cells of --vs GROUP; with several group columns, between commas. */
static struct cx_str named_group(const struct families *f, struct cx_buf *room)
{
	size_t n_columns =
	    cx_header_n(&f->by->columns) - (f->period != f->by->period);

	cx_buf_addz(room, score_settings.vs);
	for (size_t i = 0; n_columns > 1 && i < room->len; i++)
		if (room->data[i] == ',')
			room->data[i] = '\0';
	return cx_buf_str(room);
}

/* The period before; of rolling windows, the last that shares no day. */
static int find_before(
    const struct families *f, struct cx_str period, char before[CX_PERIOD_SIZE])
{
	int64_t start = cx_period_end(f->period, period) -
	                (int64_t)score_sample_rolling() * CX_DAY;

	do {
		if (cx_period_before(f->period, period, before) < 0)
			return -1;
		period = cx_str(before);
	} while (
	    score_sample_rolling() && cx_period_end(f->period, period) > start);
	return 0;
}

/* Whether two rolling windows share days. */
static bool share_days(
    const struct families *f, struct cx_str key, size_t other)
{
	struct cx_str group, period, earlier;
	int64_t days = score_sample_rolling();

	if (!days || f->period == CX_NO_PERIOD)
		return false;
	split_key(f->period, key, &group, &period);
	split_key(
	    f->period, cx_map_key(&f->groups->map, other), &group, &earlier);
	return cx_period_end(f->period, period) - days * CX_DAY <
	       cx_period_end(f->period, earlier);
}

static ptrdiff_t reference(const struct families *f, size_t number)
{
	struct cx_str key = cx_map_key(&f->groups->map, number);
	struct cx_str group, period;
	struct cx_buf room = { 0 };
	char before[CX_PERIOD_SIZE];
	ptrdiff_t at = -1;

	split_key(f->period, key, &group, &period);
	switch (f->kind) {
	case SCORE_PREVIOUS:
		if (find_before(f, period, before) == 0)
			at = find(f, group, cx_str(before));
		break;
	case SCORE_FIRST:
		if (!is_timeless(f, number))
			at = (ptrdiff_t)
			         f->first_row[number_of_family(f, number)];
		break;
	case SCORE_GROUP:
		at = find(f, named_group(f, &room), period);
		break;
	case SCORE_ALONE:
	case SCORE_REST:
		break;
	}
	cx_buf_release(&room);
	if (f->kind == SCORE_FIRST && at >= 0 && share_days(f, key, (size_t)at))
		at = -1;
	return at == (ptrdiff_t)number ? -1 : at;
}

/* The cell of the table that names the reference: what differs of its key. */
static char *name_of(const struct families *f, size_t number)
{
	struct cx_str group, period, name;
	char *text;

	split_key(
	    f->period, cx_map_key(&f->groups->map, number), &group, &period);
	name = f->by_period ? period : group;
	text = cx_memdup(name.p ? name.p : "", name.n);
	for (size_t i = 0; i < name.n; i++)
		if (text[i] == '\0')
			text[i] = ',';
	return text;
}

static void test_one(const struct families *f,
    const struct score_program *program, size_t number, struct score_test *test)
{
	const struct cx_answers *own = cx_groups_state(f->groups, number);
	struct cx_str key = cx_map_key(&f->groups->map, number);
	struct cx_answers rest;
	ptrdiff_t at;

	if (f->kind == SCORE_REST) {
		rest = *(struct cx_answers *)cx_groups_state(&f->total,
		    (size_t)cx_map_get(&f->total.map, family_of(f, key)));
		cx_answers_remove(&rest, own);
		test->with = cx_strdup("rest");
		test->difference = compare(program, own, &rest);
		return;
	}
	at = reference(f, number);
	if (at < 0)
		return;
	test->with = name_of(f, (size_t)at);
	test->reference = at;
	test->difference =
	    compare(program, own, cx_groups_state(f->groups, (size_t)at));
}

/* ---- many tests ---- */

static void adjust(struct score_test *tests, size_t n)
{
	double *p = cx_malloc(cx_mul(n, sizeof(*p)));

	for (size_t i = 0; i < n; i++)
		p[i] = tests[i].difference.p;
	if (strcmp(score_settings.adjust, "bh") == 0)
		cx_adjust_bh(p, n, p);
	else if (strcmp(score_settings.adjust, "holm") == 0)
		cx_adjust_holm(p, n, p);
	for (size_t i = 0; i < n; i++)
		tests[i].p_adjusted = p[i];
	free(p);
}

/* Group numbers, those of one family together; ends[i] is family i's end. */
static void sort_by_family(
    const struct families *f, const size_t *order, size_t *sorted, size_t *ends)
{
	size_t n = f->groups->map.n, at = 0;

	memset(ends, 0, cx_mul(f->first.n, sizeof(*ends)));
	for (size_t i = 0; i < n; i++)
		ends[number_of_family(f, i)]++;
	for (size_t family = 0; family < f->first.n; family++) {
		size_t size = ends[family];

		ends[family] = at;
		at += size;
	}
	for (size_t i = 0; i < n; i++)
		sorted[ends[number_of_family(f, order[i])]++] = order[i];
}

/* Groups that share clusters, strata or margins are not independent. */
static bool has_omnibus(const struct families *f)
{
	/* Nor are windows that share days. */
	if (f->by_period && score_sample_rolling())
		return false;
	return !score_settings.cluster && !score_settings.strata &&
	       !score_settings.rake;
}

/* Masked, or no part of what is compared. */
static bool is_left_out(const struct families *f, size_t group)
{
	return is_masked(f, group) || is_timeless(f, group);
}

/* Of groups with a design, such as units that are means. */
static struct cx_omnibus omnibus_of_designs(
    const struct families *f, const size_t *family, size_t n)
{
	double *x = cx_malloc(cx_mul(n, sizeof(*x)));
	double *se = cx_malloc(cx_mul(n, sizeof(*se)));
	double *df = cx_malloc(cx_mul(n, sizeof(*df)));
	struct cx_omnibus all;

	for (size_t i = 0; i < n; i++) {
		const struct score_design *d = &f->designs->by_group[family[i]];

		x[i] = is_left_out(f, family[i]) || d->n_psu < CX_COMPARE_FEWEST
		           ? NAN
		           : d->net;
		se[i] = d->net_se;
		df[i] = d->df;
	}
	all = cx_compare_omnibus(x, se, df, n);
	free(df);
	free(se);
	free(x);
	return all;
}

/* Of plain counts; one that is left out has no answers. */
static struct cx_omnibus omnibus_of_counts(const struct families *f,
    const struct score_program *program, const size_t *family, size_t n)
{
	struct cx_nps *nps = cx_calloc(n, sizeof(*nps));
	struct cx_proportion *top = cx_calloc(n, sizeof(*top));
	struct cx_omnibus all;

	for (size_t i = 0; i < n; i++) {
		const struct cx_answers *a =
		    cx_groups_state(f->groups, family[i]);

		if (is_left_out(f, family[i]))
			continue;
		nps[i] = score_classes(a);
		top[i] = score_top(a);
	}
	all = program->net ? cx_compare_all_nps(nps, n)
	                   : cx_compare_all_proportions(top, n);
	free(top);
	free(nps);
	return all;
}

/* Whether the n rows of a family differ at all, for each of them. */
static void test_all(const struct families *f,
    const struct score_program *program, const size_t *family, size_t n,
    struct score_test *tests)
{
	struct cx_omnibus all = { NAN, 0, NAN };

	if (has_omnibus(f))
		all = f->designs->by_group
		          ? omnibus_of_designs(f, family, n)
		          : omnibus_of_counts(f, program, family, n);
	for (size_t i = 0; i < n; i++)
		if (!is_timeless(f, family[i]))
			tests[family[i]].all = all;
}

/* The differences of a family whose rows have a design. */
static int test_designs(const struct families *f, const size_t *family,
    size_t n, struct score_test *tests, struct cx_err *err)
{
	struct score_contrast *contrast;
	int code = score_contrast_new(
	    &contrast, f->designs, family, n, !f->by_period, err);

	for (size_t i = 0; i < n && code == 0; i++) {
		struct score_test *test = &tests[family[i]];

		if (test->with)
			code = score_contrast_of(contrast, family[i],
			    test->reference, &test->difference, err);
	}
	score_contrast_free(contrast);
	return code;
}

static int test_families(const struct families *f,
    const struct score_program *program, const size_t *order,
    struct score_test *tests, struct cx_err *err)
{
	size_t *sorted = cx_malloc(cx_mul(f->groups->map.n, sizeof(*sorted)));
	size_t *ends = cx_malloc(cx_mul(f->first.n, sizeof(*ends)));
	size_t start = 0;
	int code = 0;

	sort_by_family(f, order, sorted, ends);
	for (size_t i = 0; i < f->first.n && code == 0; i++) {
		size_t n = ends[i] - start;

		test_all(f, program, sorted + start, n, tests);
		if (f->designs->by_group)
			code = test_designs(f, sorted + start, n, tests, err);
		start = ends[i];
	}
	free(ends);
	free(sorted);
	return code;
}

/* A comparison that no row has is a mistake, such as in a group's name. */
static int check_found(const struct families *f, const struct score_test *tests,
    struct cx_err *err)
{
	size_t n = f->groups->map.n;

	if (f->kind == SCORE_PREVIOUS && f->period == CX_NO_PERIOD)
		return cx_err_set(
		    err, CX_USAGE, "--vs previous: the tables have no periods");
	for (size_t i = 0; i < n; i++)
		if (tests[i].with)
			return 0;
	if (f->kind != SCORE_GROUP || n < 2)
		return 0;
	return cx_err_set(err, CX_USAGE, "--vs: there is no group %s",
	    cx_quote(cx_str(score_settings.vs)));
}

int score_versus(const struct score_program *program,
    const struct cx_grouping *by, struct cx_groups *groups,
    const struct score_designs *designs, const size_t *order,
    const enum cx_mask_mark *marks, struct score_test **out, struct cx_err *err)
{
	size_t n = groups->map.n;
	struct score_test *tests = cx_calloc(n, sizeof(*tests));
	struct families f = { .designs = designs,
		.by = by,
		.groups = groups,
		.kind = score_versus_of(score_settings.vs),
		.marks = marks,
		.period = score_period(by) };
	int code;

	f.has_groups =
	    cx_header_n(&by->columns) > (size_t)(f.period != by->period);
	f.by_period = f.kind == SCORE_PREVIOUS ||
	              (f.kind == SCORE_FIRST && f.period != CX_NO_PERIOD);
	collect(&f, order);
	for (size_t i = 0; i < n; i++) {
		tests[i].difference =
		    (struct cx_comparison){ NAN, NAN, NAN, NAN, NAN, NAN, NAN };
		tests[i].reference = -1;
		tests[i].all = (struct cx_omnibus){ NAN, 0, NAN };
		test_one(&f, program, i, &tests[i]);
	}
	code = test_families(&f, program, order, tests, err);
	for (size_t i = 0; i < n; i++)
		if (is_masked(&f, i))
			tests[i].difference.p = NAN;
	adjust(tests, n);
	if (code == 0)
		code = check_found(&f, tests, err);
	cx_groups_release(&f.total);
	cx_map_release(&f.first);
	free(f.first_row);
	*out = tests;
	return code;
}

void score_versus_free(struct score_test *tests, size_t n)
{
	for (size_t i = 0; tests && i < n; i++)
		free(tests[i].with);
	free(tests);
}
