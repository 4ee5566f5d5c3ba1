/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/input.h"

#include "libcx/base/mem.h"

#include <inttypes.h>
#include <stdlib.h>

static struct gaps_settings *const set = &gaps_settings;

/* The columns of a wide table in the order in which they were given. */
static struct cx_grouping ratings, expected, stated;
static bool opened;

/* ---- the header ---- */

static int name_columns(struct cx_grouping *to, const char *text,
    const struct cx_header *header, struct cx_err *err)
{
	return text ? cx_grouping_add(to, cx_str(text), header, err) : 0;
}

static int as_many(
    const struct cx_grouping *g, const char *option, struct cx_err *err)
{
	size_t n = cx_header_n(&g->columns);

	if (n == 0 || n == cx_header_n(&ratings.columns))
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "%s names %zu column(s), and -x %zu; each rating needs its own",
	    option, n, cx_header_n(&ratings.columns));
}

static int name_ratings(const struct cx_header *header, struct cx_err *err)
{
	for (size_t i = 0; i < set->drivers.n; i++)
		if (name_columns(&ratings, set->drivers.items[i], header, err) <
		    0)
			return -1;
	if (cx_header_look(&ratings.columns, cx_str(set->outcome)) >= 0)
		return cx_err_set(err, CX_USAGE,
		    "%s is the outcome; it cannot be a rating too",
		    cx_quote(cx_str(set->outcome)));
	if (name_columns(&expected, set->expected, header, err) < 0 ||
	    name_columns(&stated, set->stated, header, err) < 0)
		return -1;
	return as_many(&expected, "--expect", err) < 0
	           ? -1
	           : as_many(&stated, "--stated", err);
}

static int make_drivers(struct cx_err *err)
{
	size_t n = cx_header_n(&ratings.columns);
	struct cx_str *names = cx_malloc(cx_mul(n + 1, sizeof(*names)));
	int code;

	for (size_t i = 0; i < n; i++)
		names[i] = cx_header_name(&ratings.columns, i);
	code = gaps_plan_drivers(names, NULL, n, err);
	free(names);
	if (code == 0)
		gaps_plan_model();
	return code;
}

static int name_groups(const struct cx_header *header, struct cx_err *err)
{
	for (size_t i = 0; i < set->groups.n; i++)
		if (cx_grouping_add(&gaps_plan.by, cx_str(set->groups.items[i]),
		        header, err) < 0)
			return -1;
	return 0;
}

/* What the first file decides. */
static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	struct gaps_input *in = total;

	if (set->merge)
		return gaps_state_open(header, err);
	gaps_plan.has_keys |= !gaps_plan.wide ||
	                      cx_header_look(header, cx_str("id")) >= 0 ||
	                      cx_header_look(header, cx_str("customer")) >= 0;
	gaps_plan.has_amount |= cx_header_look(header, cx_str("amount")) >= 0;
	if (opened)
		return 0;
	opened = true;
	if (name_groups(header, err) < 0)
		return -1;
	if (!gaps_plan.wide && cx_header_look(header, cx_str("touchpoint")) < 0)
		return cx_err_set(err, CX_USAGE,
		    "there is no column \"touchpoint\": name the columns of "
		    "the ratings with -x");
	if (!gaps_plan.wide)
		return 0;
	if (name_ratings(header, err) < 0 || make_drivers(err) < 0)
		return -1;
	gaps_store_init(&in->store);
	return 0;
}

/* Where the columns of one list are, by driver. */
static int find_columns(const struct cx_grouping *g,
    const struct cx_header *header, size_t **at, struct cx_err *err)
{
	const struct gaps_drivers *d = &gaps_plan.drivers;

	free(*at);
	*at = cx_calloc(d->n + 1, sizeof(**at));
	for (size_t k = 0; k < d->n; k++) {
		ptrdiff_t i =
		    cx_header_look(&ratings.columns, cx_str(d->items[k].name));

		if (cx_header_find(header,
		        cx_header_name(&g->columns, (size_t)i), &(*at)[k],
		        err) < 0)
			return -1;
	}
	return 0;
}

static int bind_wide(
    struct gaps_input *in, const struct cx_header *header, struct cx_err *err)
{
	if (!in->record) {
		gaps_store_init(&in->store);
		in->record = cx_malloc(
		    cx_mul(gaps_record_length(), sizeof(*in->record)));
	}
	in->customer_at = cx_header_look(header, cx_str("customer"));
	in->id_at = cx_header_look(header, cx_str("id"));
	in->amount_at = cx_header_look(header, cx_str("amount"));
	if (find_columns(&ratings, header, &in->rating_at, err) < 0 ||
	    cx_header_find(header, cx_str(set->outcome), &in->outcome_at, err) <
	        0)
		return -1;
	if (set->expected &&
	    find_columns(&expected, header, &in->expected_at, err) < 0)
		return -1;
	if (set->stated &&
	    find_columns(&stated, header, &in->stated_at, err) < 0)
		return -1;
	if (set->weight && cx_header_find(header, cx_str(set->weight),
	                       &in->weight_at, err) < 0)
		return -1;
	return cx_groups_bind(&in->store.groups, &gaps_plan.by, header, err);
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct gaps_input *in = state;

	(void)total;
	if (set->merge)
		return gaps_state_bind(&in->state, header, err);
	if (gaps_plan.wide)
		return bind_wide(in, header, err);
	return gaps_long_bind(&in->rows, header, err);
}

/* ---- wide rows ---- */

static int column_error(struct cx_err *err, struct cx_str column)
{
	cx_err_column(err, column);
	return -1;
}

/* One of the three lists of a record, by driver. */
static int read_list(const size_t *at, const struct cx_grouping *columns,
    bool on_scale, const struct cx_row *row, int64_t *to, struct cx_err *err)
{
	const struct gaps_drivers *d = &gaps_plan.drivers;

	for (size_t k = 0; k < d->n; k++) {
		struct cx_str cell = cx_row_cell(row, at[k]);
		int code;

		to[k] = CX_CROSS_ABSENT;
		if (on_scale)
			code = gaps_rating(cell, &d->scales[k], &to[k], err);
		else
			code = cell.n ? gaps_value(cell, &to[k], err) : 0;
		if (code == 0)
			continue;
		return column_error(
		    err, cx_header_name(&columns->columns,
		             (size_t)cx_header_look(
		                 &ratings.columns, cx_str(d->items[k].name))));
	}
	return 0;
}

static int read_lists(
    struct gaps_input *in, const struct cx_row *row, struct cx_err *err)
{
	int64_t *to = in->record + GAPS_RATINGS;
	size_t n = gaps_plan.drivers.n;

	if (read_list(in->rating_at, &ratings, true, row, to, err) < 0)
		return -1;
	if (set->expected &&
	    read_list(in->expected_at, &expected, true, row, to += n, err) < 0)
		return -1;
	if (set->stated &&
	    read_list(in->stated_at, &stated, false, row, to += n, err) < 0)
		return -1;
	return 0;
}

/* Who answered: the customer, else the response, else the record itself. */
static int64_t key_of(const struct gaps_input *in, const struct cx_row *row)
{
	enum { CUSTOMER, RESPONSE, RECORD };
	struct cx_str cell = { NULL, 0 };

	if (in->customer_at >= 0)
		cell = cx_row_cell(row, (size_t)in->customer_at);
	if (cell.n)
		return (int64_t)gaps_hash(cell, CUSTOMER);
	if (in->id_at >= 0)
		cell = cx_row_cell(row, (size_t)in->id_at);
	if (cell.n)
		return (int64_t)gaps_hash(cell, RESPONSE);
	return (int64_t)gaps_hash(cx_row_raw(row), RECORD);
}

static int read_others(
    struct gaps_input *in, const struct cx_row *row, struct cx_err *err)
{
	int64_t *r = in->record;
	struct cx_str amount = { "", 0 };

	r[GAPS_KEY] = key_of(in, row);
	r[GAPS_WEIGHT] = 1;
	if (set->weight && gaps_weight(cx_row_cell(row, in->weight_at),
	                       &r[GAPS_WEIGHT], err) < 0)
		return column_error(err, cx_str(set->weight));
	if (in->amount_at >= 0)
		amount = cx_row_cell(row, (size_t)in->amount_at);
	if (gaps_amount(amount, &r[GAPS_AMOUNT], err) < 0)
		return column_error(err, cx_str("amount"));
	return 0;
}

static int add_wide(
    struct gaps_input *in, const struct cx_row *row, struct cx_err *err)
{
	struct cx_str outcome = cx_row_cell(row, in->outcome_at);
	int64_t *r = in->record;
	size_t group;

	if (read_lists(in, row, err) < 0 || read_others(in, row, err) < 0)
		return -1;
	if (outcome.n &&
	    gaps_outcome(outcome, &r[GAPS_OUTCOME], &r[GAPS_SCORE], err) < 0)
		return column_error(err, cx_str(set->outcome));
	if (gaps_store_find(&in->store, row, &group, err) < 0)
		return -1;
	if (outcome.n)
		gaps_store_add(&in->store, group, r);
	else
		gaps_store_add_none(&in->store, group);
	return 0;
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct gaps_input *in = state;

	if (set->merge)
		return gaps_state_row(&in->state, row, err);
	if (gaps_plan.wide)
		return add_wide(in, row, err);
	return gaps_long_row(&in->rows, row, err);
}

/* ---- pieces ---- */

static int merge(void *into, void *from, struct cx_err *err)
{
	struct gaps_input *total = into, *piece = from;

	(void)err;
	if (set->merge)
		gaps_state_merge(&total->state, &piece->state);
	else if (gaps_plan.wide)
		gaps_store_merge(&total->store, &piece->store);
	else
		gaps_long_merge(&total->rows, &piece->rows);
	return 0;
}

static void release(void *state)
{
	struct gaps_input *in = state;

	gaps_store_release(&in->store);
	gaps_long_release(&in->rows);
	gaps_state_release(&in->state);
	free(in->rating_at);
	free(in->expected_at);
	free(in->stated_at);
	free(in->record);
}

const struct cx_fold gaps_input_fold = { sizeof(struct gaps_input), true,
	open_file, bind, add_row, merge, release };

/* Without outcomes or drivers there is nothing to explain. */
static int check_counts(const struct gaps_store *store, struct cx_err *err)
{
	uint64_t n, none;

	gaps_store_count(store, &n, &none);
	if (n == 0 && none > 0)
		return cx_err_set(err, CX_DATA,
		    "none of %" PRIu64 " respondents has an outcome in %s",
		    none, cx_quote(cx_str(gaps_plan.outcome)));
	if (gaps_plan.drivers.n == 0)
		return cx_err_set(
		    err, CX_DATA, "no row has a touchpoint with a rating");
	return 0;
}

int gaps_input_finish(struct gaps_input *in, struct cx_err *err)
{
	int code = 0;

	if (set->merge)
		code = gaps_state_finish(&in->state, &in->store, err);
	else if (!gaps_plan.wide)
		code = gaps_long_finish(&in->rows, &in->store, err);
	if (code == 0)
		code = gaps_store_check(&in->store, err);
	return code == 0 ? check_counts(&in->store, err) : -1;
}

void gaps_input_end(void)
{
	cx_grouping_release(&ratings);
	cx_grouping_release(&expected);
	cx_grouping_release(&stated);
}
