/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/score/sample.h"

#include "cmd/score/observe.h"
#include "libcx/base/mem.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

static struct score_settings *const set = &score_settings;

/* What the settings ask for, worked out once. */
static struct score_unit unit;
static int rolling_days;
static struct score_margins margins;

/* ---- settings ---- */

static const struct {
	const char *word;
	struct score_unit unit;
} units[] = {
	{ "response", { NULL, CX_UNIT_LATEST, false } },
	{ "customer-latest", { "customer", CX_UNIT_LATEST, false } },
	{ "customer-first", { "customer", CX_UNIT_FIRST, false } },
	{ "customer-mean", { "customer", CX_UNIT_MEAN, false } },
	{ "account-latest", { "account", CX_UNIT_LATEST, false } },
	{ "account-mean", { "account", CX_UNIT_MEAN, true } },
	{ "account-worst", { "account", CX_UNIT_WORST, true } },
};

static void read_unit(const struct cx_cli *cli)
{
	unit = units[0].unit;
	for (size_t i = 0; set->unit && i < sizeof(units) / sizeof(*units);
	     i++) {
		if (strcmp(set->unit, units[i].word) == 0) {
			unit = units[i].unit;
			return;
		}
	}
	if (set->unit)
		cx_cli_usage(cli,
		    "--unit: %s is not response, customer-latest, "
		    "customer-first, customer-mean, account-latest, "
		    "account-mean or account-worst",
		    cx_quote(cx_str(set->unit)));
}

/* "30d" */
static void read_rolling(const struct cx_cli *cli)
{
	char *end;
	long days;

	if (!set->rolling)
		return;
	days = strtol(set->rolling, &end, 10);
	if (end == set->rolling || strcmp(end, "d") != 0 || days < 1 ||
	    days > 3660)
		cx_cli_usage(cli,
		    "--rolling: %s is not a number of days such as 30d",
		    cx_quote(cx_str(set->rolling)));
	rolling_days = (int)days;
	if (!set->period)
		cx_cli_usage(cli, "--rolling needs -t, which says where the "
		                  "windows end");
}

bool score_sample_has_design(void)
{
	return set->weight || set->cluster || set->strata || set->rake ||
	       score_sample_is_mean();
}

bool score_sample_has_units(void)
{
	return unit.column != NULL;
}

int score_sample_rolling(void)
{
	return rolling_days;
}

bool score_sample_is_mean(void)
{
	return unit.column && unit.rule == CX_UNIT_MEAN;
}

bool score_sample_needed(const struct cx_cli *cli)
{
	read_unit(cli);
	read_rolling(cli);
	if (set->cluster && unit.column)
		cx_cli_usage(cli, "--cluster is for --unit response: units "
		                  "are independent already");
	if (set->rake && (unit.column || rolling_days))
		cx_cli_usage(cli, "--rake is of all responses; not with "
		                  "--unit or --rolling");
	return unit.column || score_sample_has_design();
}

int score_sample_open(struct cx_err *err)
{
	return set->rake ? score_margins_read(&margins, set->rake, err) : 0;
}

int score_sample_file(const struct cx_header *header, struct cx_err *err)
{
	return score_margins_bind(&margins, header, err);
}

void score_sample_close(void)
{
	score_margins_release(&margins);
}

const struct score_margins *score_sample_margins(void)
{
	return &margins;
}

/* ---- columns ---- */

static int find(const struct cx_header *header, const char *name, size_t *at,
    struct cx_err *err)
{
	return name ? cx_header_find(header, cx_str(name), at, err) : 0;
}

int score_sample_bind(struct score_sample *s, const struct cx_grouping *by,
    const struct cx_header *header, struct cx_err *err)
{
	struct cx_grouping groups = *by;
	bool needs_time = rolling_days || unit.column;

	s->groups.state_size = sizeof(struct cx_answers);
	/* A record is in many rolling windows; they come at the end. */
	if (rolling_days)
		groups.period = CX_NO_PERIOD;
	if (find(header, unit.column, &s->unit_at, err) < 0 ||
	    find(header, unit.contacts ? "customer" : NULL, &s->contact_at,
	        err) < 0 ||
	    find(header, set->weight, &s->weight_at, err) < 0 ||
	    find(header, set->cluster, &s->cluster_at, err) < 0 ||
	    find(header, set->strata, &s->strata_at, err) < 0 ||
	    find(header, needs_time ? "time" : NULL, &s->time_at, err) < 0)
		return -1;
	return cx_groups_bind(&s->groups, &groups, header, err);
}

/* ---- records ---- */

static struct score_record *append(struct score_sample *s)
{
	if (s->n == s->cap) {
		s->cap = s->cap ? cx_mul(s->cap, 2) : 1024;
		s->records =
		    cx_realloc(s->records, cx_mul(s->cap, sizeof(*s->records)));
	}
	return &s->records[s->n++];
}

static int read_weight(const struct score_sample *s, const struct cx_row *row,
    double *weight, struct cx_err *err)
{
	*weight = 1;
	if (!set->weight)
		return 0;
	if (cx_value_number(cx_row_cell(row, s->weight_at), weight, err) == 0 &&
	    *weight >= 0)
		return 0;
	cx_err_record(err, "not a weight", "%s is not a weight, 0 or more",
	    cx_quote(cx_row_cell(row, s->weight_at)));
	cx_err_column(err, cx_str(set->weight));
	return -1;
}

static int read_time(const struct score_sample *s, const struct cx_grouping *by,
    const struct cx_row *row, int64_t *time, struct cx_err *err)
{
	struct cx_str cell;

	*time = INT64_MIN;
	if (!rolling_days && !unit.column)
		return 0;
	cell = cx_row_cell(row, s->time_at);
	if (cell.n == 0)
		return 0;
	if (cx_instant_parse(cell, time, err) == 0 &&
	    (!rolling_days || cx_period_check(by->zone, *time, err) == 0))
		return 0;
	cx_err_column(err, cx_str("time"));
	return -1;
}

static uint32_t number_of(
    struct cx_map *map, const struct cx_row *row, const char *name, size_t at)
{
	return name ? (uint32_t)cx_map_put(map, cx_row_cell(row, at)) : 0;
}

/* Nobody knows which records without a cluster belong together. */
static int check_cluster(
    const struct score_sample *s, const struct cx_row *row, struct cx_err *err)
{
	if (!set->cluster || cx_row_cell(row, s->cluster_at).n)
		return 0;
	cx_err_record(err, "no cluster", "the cluster is missing");
	cx_err_column(err, cx_str(set->cluster));
	return -1;
}

/* Clusters are nested in strata: one name in two strata is two clusters. */
static uint32_t psu_of(
    struct score_sample *s, const struct cx_row *row, uint32_t stratum)
{
	struct cx_str cluster;
	struct cx_buf *key = &s->groups.key;

	if (!set->cluster)
		return 0;
	cluster = cx_row_cell(row, s->cluster_at);
	cx_buf_clear(key);
	cx_buf_addf(key, "%u:", (unsigned)stratum);
	cx_buf_adds(key, cluster);
	return (uint32_t)cx_map_put(&s->psus, cx_buf_str(key));
}

/* The group of a record; rolling windows come at the end. */
static int find_group(struct score_sample *s, const struct cx_grouping *by,
    const struct cx_row *row, void **state, struct cx_err *err)
{
	struct cx_grouping groups = *by;

	if (rolling_days)
		groups.period = CX_NO_PERIOD;
	return cx_groups_find(&s->groups, &groups, row, state, err);
}

static uint32_t group_number(const struct score_sample *s, const void *state)
{
	return (uint32_t)(((const char *)state - s->groups.states) /
	                  (ptrdiff_t)sizeof(struct cx_answers));
}

int score_sample_invalid(struct score_sample *s, const struct cx_grouping *by,
    const struct cx_row *row, struct cx_err *err)
{
	struct score_record r = { .invalid = true };
	void *state;

	if (find_group(s, by, row, &state, err) < 0)
		return -1;
	if (!rolling_days) {
		((struct cx_answers *)state)->invalid++;
		return 0;
	}
	/* Windows count theirs when they are made. */
	r.group = group_number(s, state);
	if (read_time(s, by, row, &r.time, err) < 0)
		return -1;
	s->timeless += r.time == INT64_MIN;
	*append(s) = r;
	return 0;
}

int score_sample_add(struct score_sample *s, const struct cx_grouping *by,
    const struct cx_row *row, int value, bool answered, struct cx_err *err)
{
	struct score_record r = { .value = value, .answered = answered };
	struct cx_answers *answers;
	void *state;

	if (read_weight(s, row, &r.weight, err) < 0 ||
	    read_time(s, by, row, &r.time, err) < 0 ||
	    check_cluster(s, row, err) < 0 ||
	    score_margins_cell(&margins, row, &s->groups.key, err) < 0)
		return -1;
	r.cell = (uint32_t)cx_map_put(&s->cells, cx_buf_str(&s->groups.key));
	if (find_group(s, by, row, &state, err) < 0)
		return -1;
	s->timeless += rolling_days && r.time == INT64_MIN;
	answers = state;
	answers->missing += !answered;
	r.group = group_number(s, state);
	r.unit = number_of(&s->units, row, unit.column, s->unit_at);
	r.contact = number_of(&s->contacts, row,
	    unit.contacts ? "customer" : NULL, s->contact_at);
	r.stratum = number_of(&s->strata, row, set->strata, s->strata_at);
	r.psu = psu_of(s, row, r.stratum);
	*append(s) = r;
	return 0;
}

/* ---- pieces ---- */

/* The numbers in `into` of the keys of from. The caller frees them. */
static uint32_t *renumber_groups(struct cx_groups *into, struct cx_groups *from)
{
	for (size_t i = 0; i < from->map.n; i++)
		cx_answers_merge(cx_groups_put(into, cx_map_key(&from->map, i)),
		    cx_groups_state(from, i));
	return cx_map_join(&into->map, &from->map);
}

/* Within a stratum's new number, the cluster's key has a new prefix. */
static uint32_t *renumber_psus(struct score_sample *into,
    const struct score_sample *from, const uint32_t *strata)
{
	uint32_t *numbers =
	    cx_malloc(cx_mul(from->psus.n + 1, sizeof(*numbers)));
	struct cx_buf key = { 0 };

	numbers[0] = 0;
	for (size_t i = 0; i < from->psus.n; i++) {
		struct cx_str name = cx_map_key(&from->psus, i);
		unsigned old = (unsigned)strtoul(name.p, NULL, 10);

		(void)cx_str_next(&name, ':');
		cx_buf_clear(&key);
		cx_buf_addf(&key, "%u:", (unsigned)strata[old]);
		cx_buf_adds(&key, name);
		numbers[i] =
		    (uint32_t)cx_map_put(&into->psus, cx_buf_str(&key));
	}
	cx_buf_release(&key);
	return numbers;
}

static void empty(struct score_sample *s)
{
	cx_groups_clear(&s->groups);
	cx_map_clear(&s->units);
	cx_map_clear(&s->contacts);
	cx_map_clear(&s->psus);
	cx_map_clear(&s->strata);
	cx_map_clear(&s->cells);
	s->n = 0;
	s->timeless = 0;
}

void score_sample_merge(struct score_sample *into, struct score_sample *from)
{
	uint32_t *groups, *numbers[5];

	into->groups.state_size = sizeof(struct cx_answers);
	groups = renumber_groups(&into->groups, &from->groups);
	numbers[0] = cx_map_join(&into->units, &from->units);
	numbers[1] = cx_map_join(&into->contacts, &from->contacts);
	numbers[2] = cx_map_join(&into->strata, &from->strata);
	numbers[3] = renumber_psus(into, from, numbers[2]);
	numbers[4] = cx_map_join(&into->cells, &from->cells);
	for (size_t i = 0; i < from->n; i++) {
		struct score_record *r = append(into);

		*r = from->records[i];
		r->group = groups[r->group];
		r->unit = numbers[0][r->unit];
		r->contact = numbers[1][r->contact];
		r->stratum = numbers[2][r->stratum];
		r->psu = numbers[3][r->psu];
		r->cell = numbers[4][r->cell];
	}
	into->timeless += from->timeless;
	for (int i = 0; i < 5; i++)
		free(numbers[i]);
	free(groups);
	empty(from);
}

void score_sample_release(struct score_sample *s)
{
	cx_groups_release(&s->groups);
	cx_map_release(&s->units);
	cx_map_release(&s->contacts);
	cx_map_release(&s->psus);
	cx_map_release(&s->strata);
	cx_map_release(&s->cells);
	free(s->records);
}

/*
 * Estimates are those of any multiple of the weights. Of weights near 1 neither
 * sums nor squares are too large or too small for a double; and a power of 2
 * changes no digit of them.
 */
static void scale_weights(struct score_sample *s)
{
	double most = 0;
	int exponent;

	for (size_t i = 0; i < s->n; i++)
		most = fmax(most, s->records[i].weight);
	(void)frexp(most, &exponent);
	for (size_t i = 0; i < s->n; i++)
		s->records[i].weight = ldexp(s->records[i].weight, -exponent);
}

int score_sample_estimate(struct score_sample *s,
    const struct score_program *program, const struct cx_scale *scale,
    const struct cx_grouping *by, struct cx_groups *groups,
    struct score_designs *designs, struct cx_err *err)
{
	if (set->weight)
		scale_weights(s);
	designs->sample = s;
	designs->o.program = program;
	designs->o.scale = scale;
	score_observe(&designs->o, s, by, &unit, rolling_days, groups);
	return score_sample_has_design()
	           ? score_designs_make(designs, groups, err)
	           : 0;
}
