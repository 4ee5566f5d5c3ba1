/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/sample.h"

#include "libcx/base/mem.h"
#include "libcx/table/instant.h"
#include "libcx/table/value.h"

#include <stdlib.h>

struct persona_sample_rule persona_sample_rule;

static const struct persona_sample_rule *const rule = &persona_sample_rule;

/* A row without a customer is one of its own. */
static const uint32_t NOBODY = UINT32_MAX;

static const char *const unit_words[] = {
	[PERSONA_ROWS] = "response",
	[PERSONA_LATEST] = "customer-latest",
	[PERSONA_FIRST] = "customer-first",
};

bool persona_unit_of(const char *word, enum persona_unit *unit)
{
	*unit = PERSONA_ROWS;
	for (size_t i = 0; i < sizeof(unit_words) / sizeof(*unit_words); i++)
		if (!word || strcmp(word, unit_words[i]) == 0) {
			*unit = (enum persona_unit)i;
			return true;
		}
	return false;
}

const char *persona_unit_word(enum persona_unit unit)
{
	return unit_words[unit];
}

/* ---- columns ---- */

/* The first file says which columns there are. */
static int open_sample(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	struct persona_sample *s = total;

	if (s->columns.n)
		return 0;
	for (size_t i = 0; i < rule->columns->n; i++)
		if (persona_columns_add(&s->columns,
		        cx_str(rule->columns->items[i]), header, err) < 0)
			return -1;
	s->cells = cx_calloc(s->columns.n, sizeof(*s->cells));
	for (size_t j = 0; j < s->columns.n; j++)
		s->cells[j].kind = s->columns.items[j].kind;
	return 0;
}

static int find(const struct cx_header *header, const char *name, size_t *at,
    struct cx_err *err)
{
	return name ? cx_header_find(header, cx_str(name), at, err) : 0;
}

/* Touchpoints set rows apart, unless classes are found by them. */
static ptrdiff_t find_touchpoint(
    const struct cx_header *header, const struct persona_columns *columns)
{
	for (size_t j = 0; j < columns->n; j++)
		if (strcmp(columns->items[j].name, "touchpoint") == 0)
			return -1;
	return cx_header_look(header, cx_str("touchpoint"));
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct persona_sample *s = state;
	const struct persona_sample *whole = total;
	const struct persona_columns *columns = &whole->columns;
	bool units = rule->unit != PERSONA_ROWS;

	if (!s->cells) {
		s->cells = cx_calloc(columns->n, sizeof(*s->cells));
		s->at = cx_calloc(columns->n, sizeof(*s->at));
		s->names = columns;
		for (size_t j = 0; j < columns->n; j++)
			s->cells[j].kind = columns->items[j].kind;
	}
	for (size_t j = 0; j < columns->n; j++)
		if (find(header, columns->items[j].name, &s->at[j], err) < 0)
			return -1;
	s->touchpoint_at = find_touchpoint(header, columns);
	if (find(header, rule->weight, &s->weight_at, err) < 0 ||
	    find(header, units ? "customer" : NULL, &s->customer_at, err) < 0)
		return -1;
	return find(header, units ? "time" : NULL, &s->time_at, err);
}

/* ---- rows ---- */

static void make_room(struct persona_sample *s, size_t n)
{
	if (s->cap >= n)
		return;
	s->cap = s->cap * 2 > n ? cx_mul(s->cap, 2) : n;
	s->cap = s->cap < 1024 ? 1024 : s->cap;
	s->touched =
	    cx_realloc(s->touched, cx_mul(s->cap, sizeof(*s->touched)));
	if (rule->weight)
		s->weights =
		    cx_realloc(s->weights, cx_mul(s->cap, sizeof(double)));
	if (rule->unit == PERSONA_ROWS)
		return;
	s->customers =
	    cx_realloc(s->customers, cx_mul(s->cap, sizeof(*s->customers)));
	s->times = cx_realloc(s->times, cx_mul(s->cap, sizeof(*s->times)));
}

static int read_weight(struct persona_sample *s, const struct cx_row *row,
    double *weight, struct cx_err *err)
{
	struct cx_str cell = cx_row_cell(row, s->weight_at);

	if (cx_value_number(cell, weight, err) == 0 && *weight >= 0)
		return 0;
	cx_err_record(err, "not a weight", "%s is not a weight, 0 or more",
	    cx_quote(cell));
	cx_err_column(err, cx_str(rule->weight));
	return -1;
}

static int read_unit(
    struct persona_sample *s, const struct cx_row *row, struct cx_err *err)
{
	struct cx_str id = cx_row_cell(row, s->customer_at);
	struct cx_str time = cx_row_cell(row, s->time_at);

	s->times[s->n] = INT64_MIN;
	if (time.n && cx_instant_parse(time, &s->times[s->n], err) < 0) {
		cx_err_column(err, cx_str("time"));
		return -1;
	}
	s->customers[s->n] = id.n ? (uint32_t)cx_map_put(&s->ids, id) : NOBODY;
	return 0;
}

static int read_cells(
    struct persona_sample *s, const struct cx_row *row, struct cx_err *err)
{
	for (size_t j = 0; j < s->names->n; j++) {
		if (persona_cells_add(
		        &s->cells[j], cx_row_cell(row, s->at[j]), err) == 0)
			continue;
		cx_err_column(err, cx_str(s->names->items[j].name));
		while (j-- > 0)
			persona_cells_drop(&s->cells[j]);
		return -1;
	}
	return 0;
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct persona_sample *s = state;

	make_room(s, s->n + 1);
	if (rule->weight && read_weight(s, row, &s->weights[s->n], err) < 0)
		return -1;
	if (rule->unit != PERSONA_ROWS && read_unit(s, row, err) < 0)
		return -1;
	if (read_cells(s, row, err) < 0)
		return -1;
	s->touched[s->n] = s->touchpoint_at >= 0 &&
	                   cx_row_cell(row, (size_t)s->touchpoint_at).n > 0;
	s->n_responses += !s->touched[s->n];
	s->n++;
	return 0;
}

static void merge_units(
    struct persona_sample *total, const struct persona_sample *piece)
{
	for (size_t i = 0; i < piece->n; i++) {
		uint32_t customer = piece->customers[i];

		if (customer != NOBODY)
			customer = (uint32_t)cx_map_put(
			    &total->ids, cx_map_key(&piece->ids, customer));
		total->customers[total->n + i] = customer;
		total->times[total->n + i] = piece->times[i];
	}
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct persona_sample *total = into, *piece = from;

	(void)err;
	make_room(total, total->n + piece->n);
	for (size_t j = 0; j < total->columns.n; j++)
		persona_cells_merge(&total->cells[j], &piece->cells[j]);
	if (piece->n)
		memcpy(total->touched + total->n, piece->touched,
		    piece->n * sizeof(*total->touched));
	total->n_responses += piece->n_responses;
	piece->n_responses = 0;
	if (rule->weight && piece->n)
		memcpy(total->weights + total->n, piece->weights,
		    piece->n * sizeof(double));
	if (rule->unit != PERSONA_ROWS)
		merge_units(total, piece);
	total->n += piece->n;
	piece->n = 0;
	cx_map_clear(&piece->ids);
	return 0;
}

void persona_sample_release(struct persona_sample *s)
{
	size_t n = s->names ? s->names->n : s->columns.n;

	for (size_t j = 0; s->cells && j < n; j++)
		persona_cells_release(&s->cells[j]);
	persona_columns_release(&s->columns);
	free(s->cells);
	free(s->at);
	free(s->weights);
	free(s->touched);
	free(s->customers);
	free(s->times);
	cx_map_release(&s->ids);
	*s = (struct persona_sample){ 0 };
}

static void release(void *state)
{
	persona_sample_release(state);
}

const struct cx_fold persona_sample_fold = { sizeof(struct persona_sample),
	true, open_sample, bind, add_row, merge, release };
