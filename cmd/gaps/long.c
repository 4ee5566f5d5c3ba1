/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/long.h"

#include "libcx/base/mem.h"

#include <stdlib.h>

static struct gaps_settings *const set = &gaps_settings;

/* What a fact is of; ratings are the first of three for each touchpoint. */
enum {
	RESPONSE_GROUP,
	ROW_GROUP,
	KEY,
	WEIGHT,
	AMOUNT,
	OUTCOME,
	SCORE,
	STAGE, /* of the touchpoint that the unit of this fact is */
	RATINGS
};
enum { RATING, EXPECTED, STATED, LISTS };

struct gaps_fact {
	uint32_t unit, kind;
	int64_t value;
};

/* ---- rows ---- */

int gaps_long_bind(
    struct gaps_long *l, const struct cx_header *header, struct cx_err *err)
{
	l->find.state_size = 1;
	l->customer_at = cx_header_look(header, cx_str("customer"));
	l->stage_at = cx_header_look(header, cx_str("stage"));
	l->amount_at = cx_header_look(header, cx_str("amount"));
	l->expected_at = l->stated_at = -1;
	if (cx_header_find(
	        header, cx_str("touchpoint"), &l->touchpoint_at, err) < 0 ||
	    cx_header_find(header, cx_str(set->by), &l->unit_at, err) < 0 ||
	    cx_header_find(header, cx_str(set->rating), &l->rating_at, err) <
	        0 ||
	    cx_header_find(header, cx_str(set->outcome), &l->outcome_at, err) <
	        0)
		return -1;
	if (set->weight &&
	    cx_header_find(header, cx_str(set->weight), &l->weight_at, err) < 0)
		return -1;
	if (set->expected && cx_header_find(header, cx_str(set->expected),
	                         (size_t *)&l->expected_at, err) < 0)
		return -1;
	if (set->stated && cx_header_find(header, cx_str(set->stated),
	                       (size_t *)&l->stated_at, err) < 0)
		return -1;
	return cx_groups_bind(&l->find, &gaps_plan.by, header, err);
}

static void add_fact(
    struct gaps_long *l, size_t unit, size_t kind, int64_t value)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? cx_mul(l->cap, 2) : 1024;
		l->facts =
		    cx_realloc(l->facts, cx_mul(l->cap, sizeof(*l->facts)));
	}
	l->facts[l->n++] = (struct gaps_fact){
		.unit = (uint32_t)unit, .kind = (uint32_t)kind, .value = value
	};
}

static struct cx_str cell_at(const struct cx_row *row, ptrdiff_t at)
{
	return at < 0 ? (struct cx_str){ "", 0 } : cx_row_cell(row, (size_t)at);
}

/* The row's group, which is a number in l->groups. */
static int find_group(struct gaps_long *l, const struct cx_row *row,
    int64_t *number, struct cx_err *err)
{
	void *state;
	size_t at;

	if (cx_groups_find(&l->find, &gaps_plan.by, row, &state, err) < 0)
		return -1;
	at = (size_t)((char *)state - l->find.states);
	*number = (int64_t)cx_map_put(&l->groups, cx_map_key(&l->find.map, at));
	return 0;
}

static int column_error(struct cx_err *err, const char *column)
{
	cx_err_column(err, cx_str(column));
	return -1;
}

static int add_response(struct gaps_long *l, const struct cx_row *row,
    size_t unit, struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, l->outcome_at);
	int64_t value, score, amount, weight;

	if (gaps_amount(cell_at(row, l->amount_at), &amount, err) < 0)
		return column_error(err, "amount");
	if (set->weight &&
	    gaps_weight(cx_row_cell(row, l->weight_at), &weight, err) < 0)
		return column_error(err, set->weight);
	if (cell.n && gaps_outcome(cell, &value, &score, err) < 0)
		return column_error(err, set->outcome);
	add_fact(l, unit, AMOUNT, amount);
	if (set->weight)
		add_fact(l, unit, WEIGHT, weight);
	if (cell.n == 0)
		return 0;
	add_fact(l, unit, OUTCOME, value);
	add_fact(l, unit, SCORE, score);
	return 0;
}

static int add_rating(struct gaps_long *l, const struct cx_row *row,
    size_t unit, struct cx_str name, struct cx_err *err)
{
	const ptrdiff_t at[LISTS] = { (ptrdiff_t)l->rating_at, l->expected_at,
		l->stated_at };
	const char *const columns[LISTS] = { set->rating, set->expected,
		set->stated };
	size_t touchpoint = cx_map_put(&l->touchpoints, name);
	struct cx_scale scale;
	int64_t value;

	if (gaps_plan_scale(name, &scale) < 0)
		return cx_err_set(
		    err, CX_USAGE, "--scale: %s has none", cx_quote(name));
	for (size_t i = 0; i < LISTS; i++) {
		struct cx_str cell = cell_at(row, at[i]);

		if (cell.n == 0)
			continue;
		if ((i == STATED ? gaps_value(cell, &value, err)
		                 : gaps_rating(cell, &scale, &value, err)) < 0)
			return column_error(err, columns[i]);
		add_fact(l, unit, RATINGS + LISTS * touchpoint + i, value);
	}
	if (cell_at(row, l->stage_at).n)
		add_fact(l, touchpoint, STAGE,
		    (int64_t)cx_map_put(&l->stages, cell_at(row, l->stage_at)));
	return 0;
}

int gaps_long_row(
    struct gaps_long *l, const struct cx_row *row, struct cx_err *err)
{
	struct cx_str who = cx_row_cell(row, l->unit_at);
	struct cx_str touchpoint = cx_row_cell(row, l->touchpoint_at);
	struct cx_str customer = cell_at(row, l->customer_at);
	bool is_response = touchpoint.n == 0;
	int64_t group;
	size_t unit;

	if (who.n == 0) {
		cx_err_record(err, "nobody's",
		    "there is no %s to put rows "
		    "together by",
		    set->by);
		return column_error(err, set->by);
	}
	if (find_group(l, row, &group, err) < 0)
		return -1;
	unit = cx_map_put(&l->units, who);
	if ((is_response ? add_response(l, row, unit, err)
	                 : add_rating(l, row, unit, touchpoint, err)) < 0)
		return -1;
	add_fact(l, unit, is_response ? RESPONSE_GROUP : ROW_GROUP, group);
	add_fact(l, unit, KEY,
	    (int64_t)gaps_hash(customer.n ? customer : who, customer.n == 0));
	return 0;
}

/* ---- pieces ---- */

struct numbers {
	uint32_t *units, *touchpoints, *stages, *groups;
};

static void add_renumbered(
    struct gaps_long *into, const struct gaps_fact *f, const struct numbers *to)
{
	uint32_t at;

	switch (f->kind) {
	case RESPONSE_GROUP:
	case ROW_GROUP:
		add_fact(
		    into, to->units[f->unit], f->kind, to->groups[f->value]);
		break;
	case STAGE:
		add_fact(into, to->touchpoints[f->unit], STAGE,
		    to->stages[f->value]);
		break;
	case KEY:
	case WEIGHT:
	case AMOUNT:
	case OUTCOME:
	case SCORE:
		add_fact(into, to->units[f->unit], f->kind, f->value);
		break;
	default:
		at = f->kind - RATINGS;
		add_fact(into, to->units[f->unit],
		    RATINGS + LISTS * to->touchpoints[at / LISTS] + at % LISTS,
		    f->value);
	}
}

void gaps_long_merge(struct gaps_long *into, struct gaps_long *from)
{
	struct numbers to = { cx_map_join(&into->units, &from->units),
		cx_map_join(&into->touchpoints, &from->touchpoints),
		cx_map_join(&into->stages, &from->stages),
		cx_map_join(&into->groups, &from->groups) };

	for (size_t i = 0; i < from->n; i++)
		add_renumbered(into, &from->facts[i], &to);
	free(to.units);
	free(to.touchpoints);
	free(to.stages);
	free(to.groups);
	cx_map_clear(&from->units);
	cx_map_clear(&from->touchpoints);
	cx_map_clear(&from->stages);
	cx_map_clear(&from->groups);
	cx_groups_clear(&from->find);
	from->n = 0;
}

/* ---- respondents ---- */

/* The driver that each touchpoint is, once they are sorted. */
static size_t *number_drivers(const struct gaps_long *l)
{
	size_t *driver = cx_calloc(l->touchpoints.n + 1, sizeof(*driver));
	size_t *sorted = cx_map_sorted(&l->touchpoints);

	for (size_t i = 0; i < l->touchpoints.n; i++)
		driver[sorted[i]] = i;
	free(sorted);
	return driver;
}

static bool is_before(struct cx_str a, struct cx_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;

	return order ? order < 0 : a.n < b.n;
}

/* Of several stages of a touchpoint the first in byte order. */
static int make_drivers(struct gaps_long *l, struct cx_err *err)
{
	size_t n = l->touchpoints.n;
	struct cx_str *names = cx_calloc(n + 1, sizeof(*names));
	struct cx_str *stages = cx_calloc(n + 1, sizeof(*stages));
	int code;

	for (size_t i = 0; i < n; i++) {
		names[i] = cx_map_key(&l->touchpoints, i);
		stages[i] = cx_str("");
	}
	for (size_t i = 0; i < l->n; i++) {
		const struct gaps_fact *f = &l->facts[i];
		struct cx_str stage;

		if (f->kind != STAGE)
			continue;
		stage = cx_map_key(&l->stages, (size_t)f->value);
		if (!stages[f->unit].n || is_before(stage, stages[f->unit]))
			stages[f->unit] = stage;
	}
	code = gaps_plan_drivers(names, stages, n, err);
	free(names);
	free(stages);
	return code;
}

/* Facts of a unit stand together, those of one kind too; order of values. */
static int by_unit(const void *x, const void *y)
{
	const struct gaps_fact *a = x, *b = y;

	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return a->value == b->value ? 0 : a->value < b->value ? -1 : 1;
}

static int64_t mean_of(__int128 sum, int64_t n)
{
	return (int64_t)((sum + (sum < 0 ? -n : n) / 2) / n);
}

struct maker {
	const struct gaps_long *l;
	const size_t *driver;
	struct gaps_store *store;
	int64_t *record;
	bool has_outcome, has_group;
	struct cx_str group;
};

static void start_record(struct maker *m)
{
	for (size_t i = 0; i < gaps_record_length(); i++)
		m->record[i] = i < GAPS_RATINGS ? 0 : CX_CROSS_ABSENT;
	m->record[GAPS_WEIGHT] = 1;
	m->has_outcome = m->has_group = false;
	m->group = (struct cx_str){ "", 0 };
}

/* Of several groups that of the response; of several there, the first. */
static void set_group(struct maker *m, const struct gaps_fact *facts, size_t n)
{
	if (facts->kind == ROW_GROUP && m->has_group)
		return;
	for (size_t i = 0; i < n; i++) {
		struct cx_str key =
		    cx_map_key(&m->l->groups, (size_t)facts[i].value);

		if (i == 0 || is_before(key, m->group))
			m->group = key;
	}
	m->has_group = true;
}

/* The place in a record of a rating, expectation or stated importance. */
static size_t place_of(const struct maker *m, uint32_t kind)
{
	size_t at = kind - RATINGS, list = at % LISTS;

	if (list == STATED && !gaps_plan.has_expected)
		list--;
	return GAPS_RATINGS + list * gaps_plan.drivers.n +
	       m->driver[at / LISTS];
}

/* n facts of one kind. */
static void set_fact(struct maker *m, const struct gaps_fact *facts, size_t n)
{
	__int128 sum = 0;
	int64_t mean;

	for (size_t i = 0; i < n; i++)
		sum += facts[i].value;
	mean = mean_of(sum, (int64_t)n);
	switch (facts->kind) {
	case RESPONSE_GROUP:
	case ROW_GROUP:
		set_group(m, facts, n);
		break;
	case KEY:
		m->record[GAPS_KEY] = facts[n - 1].value;
		break;
	case WEIGHT:
		m->record[GAPS_WEIGHT] = mean;
		break;
	case AMOUNT:
		m->record[GAPS_AMOUNT] = (int64_t)sum;
		break;
	case OUTCOME:
		m->record[GAPS_OUTCOME] = mean;
		m->has_outcome = true;
		break;
	case SCORE:
		m->record[GAPS_SCORE] = mean;
		break;
	case STAGE:
		break;
	default:
		m->record[place_of(m, facts->kind)] = mean;
	}
}

static void make_respondent(
    struct maker *m, const struct gaps_fact *facts, size_t n)
{
	size_t group, end;

	start_record(m);
	for (size_t i = 0; i < n; i = end) {
		for (end = i + 1; end < n; end++)
			if (facts[end].kind != facts[i].kind)
				break;
		set_fact(m, facts + i, end - i);
	}
	/* The stage of a touchpoint that has the number of no respondent. */
	if (!m->has_group)
		return;
	group = gaps_store_group(m->store, m->group);
	if (m->has_outcome)
		gaps_store_add(m->store, group, m->record);
	else
		gaps_store_add_none(m->store, group);
}

int gaps_long_finish(
    struct gaps_long *l, struct gaps_store *store, struct cx_err *err)
{
	struct maker m = { .l = l, .store = store };
	size_t *driver, end;

	if (make_drivers(l, err) < 0)
		return -1;
	gaps_plan_model();
	gaps_store_init(store);
	m.driver = driver = number_drivers(l);
	m.record = cx_malloc(cx_mul(gaps_record_length(), sizeof(*m.record)));
	if (l->n)
		qsort(l->facts, l->n, sizeof(*l->facts), by_unit);
	for (size_t i = 0; i < l->n; i = end) {
		for (end = i + 1; end < l->n; end++)
			if (l->facts[end].unit != l->facts[i].unit)
				break;
		make_respondent(&m, l->facts + i, end - i);
	}
	free(m.record);
	free(driver);
	return 0;
}

void gaps_long_release(struct gaps_long *l)
{
	cx_map_release(&l->units);
	cx_map_release(&l->touchpoints);
	cx_map_release(&l->stages);
	cx_map_release(&l->groups);
	cx_groups_release(&l->find);
	free(l->facts);
}
