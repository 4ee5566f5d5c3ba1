/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/cells.h"

#include "libcx/base/mem.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

/* ---- which columns ---- */

static bool cut_suffix(struct cx_str *s, const char *suffix)
{
	size_t n = strlen(suffix);

	if (s->n <= n || memcmp(s->p + s->n - n, suffix, n) != 0)
		return false;
	s->n -= n;
	return true;
}

/* Columns that mean a number in every stream, see cx-stream(5). */
static const char *const numbers[] = { "nps", "amount" };

static enum persona_kind kind_of(struct cx_str name)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (cx_str_eq(name, cx_str(numbers[i])))
			return PERSONA_NUMBER;
	return PERSONA_AUTO;
}

static int add_one(struct persona_columns *columns, struct cx_str text,
    const struct cx_header *header, struct cx_err *err)
{
	enum persona_kind kind = PERSONA_AUTO;
	struct cx_str name;
	size_t at;

	if (cx_header_look(header, text) < 0) {
		if (cut_suffix(&text, ":num"))
			kind = PERSONA_NUMBER;
		else if (cut_suffix(&text, ":cat"))
			kind = PERSONA_CATEGORY;
	}
	if (cx_header_find(header, text, &at, err) < 0)
		return -1;
	name = cx_header_name(header, at);
	if (kind == PERSONA_AUTO)
		kind = kind_of(name);
	for (size_t i = 0; i < columns->n; i++)
		if (cx_str_eq(cx_str(columns->items[i].name), name))
			return cx_err_set(err, CX_USAGE,
			    "-x names the column %s twice", cx_quote(name));
	columns->items = cx_realloc(
	    columns->items, cx_mul(columns->n + 1, sizeof(*columns->items)));
	columns->items[columns->n++] =
	    (struct persona_column){ cx_memdup(name.p, name.n), kind };
	return 0;
}

int persona_columns_add(struct persona_columns *columns, struct cx_str text,
    const struct cx_header *header, struct cx_err *err)
{
	if (cx_header_look(header, text) >= 0)
		return add_one(columns, text, header, err);
	do {
		struct cx_str item = cx_str_next(&text, ',');

		if (add_one(columns, item, header, err) < 0)
			return -1;
	} while (text.p);
	return 0;
}

void persona_columns_release(struct persona_columns *columns)
{
	for (size_t i = 0; i < columns->n; i++)
		free(columns->items[i].name);
	free(columns->items);
	*columns = (struct persona_columns){ 0 };
}

/* ---- cells ---- */

static bool keeps_codes(const struct persona_cells *c)
{
	return c->kind != PERSONA_NUMBER && !c->many;
}

static bool keeps_values(const struct persona_cells *c)
{
	return c->kind != PERSONA_CATEGORY && !c->wordy;
}

static void forget_codes(struct persona_cells *c)
{
	c->many = true;
	free(c->codes);
	c->codes = NULL;
	cx_map_release(&c->levels);
}

static void forget_values(struct persona_cells *c)
{
	c->wordy = true;
	free(c->values);
	c->values = NULL;
}

static void make_room(struct persona_cells *c, size_t n)
{
	if (c->cap >= n)
		return;
	c->cap = c->cap * 2 > n ? cx_mul(c->cap, 2) : n;
	c->cap = c->cap < 1024 ? 1024 : c->cap;
	if (keeps_codes(c))
		c->codes =
		    cx_realloc(c->codes, cx_mul(c->cap, sizeof(*c->codes)));
	if (keeps_values(c))
		c->values =
		    cx_realloc(c->values, cx_mul(c->cap, sizeof(*c->values)));
}

/* The number of a level, which may be one too many. */
static uint16_t put_level(struct persona_cells *c, struct cx_str text)
{
	if (text.n == 0)
		return CX_MIXTURE_NONE;
	return (uint16_t)cx_map_put(&c->levels, text);
}

int persona_cells_add(
    struct persona_cells *c, struct cx_str cell, struct cx_err *err)
{
	double value = NAN;

	if (keeps_values(c) && cell.n &&
	    cx_value_number(cell, &value, err) < 0) {
		if (c->kind == PERSONA_NUMBER)
			return -1;
		forget_values(c);
	}
	make_room(c, c->n + 1);
	if (keeps_values(c))
		c->values[c->n] = value;
	if (keeps_codes(c))
		c->codes[c->n] = put_level(c, cell);
	if (c->levels.n > CX_MIXTURE_MOST_LEVELS)
		forget_codes(c);
	c->n++;
	return 0;
}

void persona_cells_drop(struct persona_cells *c)
{
	c->n--;
}

/* Levels of another piece under the numbers that they have here. */
static void merge_codes(
    struct persona_cells *c, const struct persona_cells *from)
{
	uint16_t *number = cx_malloc(cx_mul(from->levels.n, sizeof(*number)));

	for (size_t l = 0; l < from->levels.n; l++)
		number[l] = put_level(c, cx_map_key(&from->levels, l));
	for (size_t i = 0; i < from->n; i++)
		c->codes[c->n + i] = from->codes[i] == CX_MIXTURE_NONE
		                         ? CX_MIXTURE_NONE
		                         : number[from->codes[i]];
	free(number);
}

void persona_cells_merge(struct persona_cells *c, struct persona_cells *from)
{
	if (from->many && !c->many)
		forget_codes(c);
	if (from->wordy && !c->wordy)
		forget_values(c);
	make_room(c, c->n + from->n);
	if (keeps_codes(c))
		merge_codes(c, from);
	if (keeps_values(c) && from->n)
		memcpy(c->values + c->n, from->values,
		    from->n * sizeof(*c->values));
	if (c->levels.n > CX_MIXTURE_MOST_LEVELS)
		forget_codes(c);
	c->n += from->n;
	persona_cells_release(from);
}

int persona_cells_decide(struct persona_cells *c, struct cx_err *err)
{
	if (c->kind == PERSONA_AUTO)
		c->kind =
		    !c->wordy && (c->many || c->levels.n > PERSONA_FEW_NUMBERS)
		        ? PERSONA_NUMBER
		        : PERSONA_CATEGORY;
	if (c->kind == PERSONA_NUMBER || !c->many)
		return 0;
	return cx_err_set(err, CX_DATA,
	    "more than %d different answers, too many for a category",
	    CX_MIXTURE_MOST_LEVELS);
}

void persona_cells_release(struct persona_cells *c)
{
	cx_map_release(&c->levels);
	free(c->codes);
	free(c->values);
	*c = (struct persona_cells){ .kind = c->kind };
}
