/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/state.h"

#include "libcx/base/mem.h"
#include "libcx/table/sheet.h"

#include <stdio.h>
#include <stdlib.h>

const char *const gaps_kinds[GAPS_KINDS] = { "outcome", "column", "driver",
	"facts", "block", "record" };
const char *const gaps_uses[GAPS_COLUMNS] = { "by", "rating", "weight",
	"expect", "stated" };

void gaps_state_columns(void)
{
	const struct gaps_settings *set = &gaps_settings;
	const char *const names[GAPS_COLUMNS] = { gaps_plan.wide ? NULL
		                                                 : set->by,
		gaps_plan.wide ? NULL : set->rating, set->weight, set->expected,
		set->stated };

	for (int i = 0; i < GAPS_COLUMNS; i++)
		gaps_plan.columns[i] = names[i] ? cx_strdup(names[i]) : NULL;
}

/* ---- numbers in text ---- */

static void add_number(struct cx_buf *out, __int128 x)
{
	char digits[40];
	size_t n = 0;
	unsigned __int128 rest =
	    x < 0 ? -(unsigned __int128)x : (unsigned __int128)x;

	if (out->len)
		cx_buf_addc(out, ' ');
	if (x == CX_CROSS_ABSENT) {
		cx_buf_addc(out, '-');
		return;
	}
	do
		digits[n++] = (char)('0' + (int)(rest % 10));
	while (rest /= 10);
	if (x < 0)
		cx_buf_addc(out, '-');
	while (n)
		cx_buf_addc(out, digits[--n]);
}

/* ---- writing ---- */

struct out {
	const struct gaps_store *store;
	struct cx_sheet *sheet;
	struct cx_buf text;
	struct cx_err *err;
};

static int put_row(
    struct out *o, struct cx_str group, enum gaps_kind kind, struct cx_str key)
{
	for (size_t i = 0; i < cx_header_n(&gaps_plan.by.columns); i++)
		cx_sheet_text(o->sheet, cx_str_next(&group, '\0'));
	cx_sheet_text(o->sheet, cx_str(gaps_kinds[kind]));
	cx_sheet_text(o->sheet, key);
	cx_sheet_text(o->sheet, cx_buf_str(&o->text));
	cx_buf_clear(&o->text);
	return cx_sheet_end(o->sheet, o->err);
}

static const struct cx_str nothing = { "", 0 };

/* All rows but that of the outcome. */
static size_t count_rows(const struct gaps_store *store)
{
	size_t n = gaps_plan.drivers.n + store->n;

	for (int i = 0; i < GAPS_COLUMNS; i++)
		n += gaps_plan.columns[i] != NULL;
	for (size_t i = 0; i < store->groups.map.n; i++) {
		const struct gaps_group *g = cx_groups_state(&store->groups, i);

		n++;
		for (size_t b = 0; b < GAPS_BLOCKS; b++)
			n += g->blocks[b] != NULL;
	}
	return n;
}

static int put_columns(struct out *o)
{
	for (int i = 0; i < GAPS_COLUMNS; i++) {
		if (!gaps_plan.columns[i])
			continue;
		cx_buf_addz(&o->text, gaps_plan.columns[i]);
		if (put_row(
		        o, nothing, GAPS_KIND_COLUMN, cx_str(gaps_uses[i])) < 0)
			return -1;
	}
	return 0;
}

static int put_plan(struct out *o)
{
	const struct gaps_drivers *d = &gaps_plan.drivers;

	cx_buf_addf(&o->text, "%d %d %d %d %d %zu", gaps_plan.has_expected,
	    gaps_plan.has_stated, gaps_plan.has_amount, gaps_plan.is_weighted,
	    gaps_plan.has_keys, count_rows(o->store));
	if (put_row(o, nothing, GAPS_KIND_OUTCOME, cx_str(gaps_plan.outcome)) <
	        0 ||
	    put_columns(o) < 0)
		return -1;
	for (size_t k = 0; k < d->n; k++) {
		const struct cx_scale *s = &d->scales[k];

		cx_buf_addf(&o->text, "%d %d %d %d %d %s", s->low, s->high,
		    s->top, s->bottom, s->high_is_good, d->items[k].stage);
		if (put_row(o, nothing, GAPS_KIND_DRIVER,
		        cx_str(d->items[k].name)) < 0)
			return -1;
	}
	return 0;
}

static int put_numbers(struct out *o, struct cx_str group, enum gaps_kind kind,
    struct cx_str key, const __int128 *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_number(&o->text, x[i]);
	return put_row(o, group, kind, key);
}

static int put_records(struct out *o, struct cx_str key, size_t group)
{
	size_t n;
	const int64_t **records = gaps_store_records(o->store, group, &n);
	int code = 0;

	for (size_t i = 0; i < n && code == 0; i++) {
		for (size_t j = 0; j < gaps_record_length(); j++)
			add_number(&o->text, records[i][j]);
		code = put_row(o, key, GAPS_KIND_RECORD, nothing);
	}
	free(records);
	return code;
}

static int put_group(struct out *o, size_t group)
{
	const struct gaps_group *g = cx_groups_state(&o->store->groups, group);
	struct cx_str key = cx_map_key(&o->store->groups.map, group);
	char number[24];

	if (put_numbers(
	        o, key, GAPS_KIND_FACTS, nothing, g->facts, gaps_n_facts()) < 0)
		return -1;
	for (size_t b = 0; b < GAPS_BLOCKS; b++) {
		snprintf(number, sizeof(number), "%zu", b);
		if (g->blocks[b] &&
		    put_numbers(o, key, GAPS_KIND_BLOCK, cx_str(number),
		        g->blocks[b], cx_cross_length(&gaps_plan.shape)) < 0)
			return -1;
	}
	return put_records(o, key, group);
}

int gaps_state_write(const struct gaps_store *store, struct cx_writer *writer,
    struct cx_err *err)
{
	struct out o = { .store = store, .err = err };
	size_t *sorted = cx_map_sorted(&store->groups.map);
	int code;

	o.sheet = cx_sheet_new(writer);
	for (size_t i = 0; i < cx_header_n(&gaps_plan.by.columns); i++)
		cx_sheet_text_column(
		    o.sheet, cx_header_name(&gaps_plan.by.columns, i));
	cx_sheet_text_column(o.sheet, cx_str("kind"));
	cx_sheet_text_column(o.sheet, cx_str("key"));
	cx_sheet_text_column(o.sheet, cx_str("values"));
	code = cx_sheet_start(o.sheet, err);
	if (code == 0)
		code = put_plan(&o);
	for (size_t i = 0; i < store->groups.map.n && code == 0; i++)
		code = put_group(&o, sorted[i]);
	free(sorted);
	cx_buf_release(&o.text);
	return cx_sheet_close(o.sheet, code, err);
}

/* ---- reading ---- */

int gaps_state_open(const struct cx_header *header, struct cx_err *err)
{
	gaps_plan.n_states++;
	return cx_grouping_before(&gaps_plan.by, cx_str("kind"), header, err);
}

int gaps_state_bind(
    struct gaps_state *s, const struct cx_header *header, struct cx_err *err)
{
	s->find.state_size = 1;
	s->file = gaps_plan.n_states - 1;
	if (cx_header_find(header, cx_str("kind"), &s->kind_at, err) < 0 ||
	    cx_header_find(header, cx_str("key"), &s->key_at, err) < 0 ||
	    cx_header_find(header, cx_str("values"), &s->values_at, err) < 0)
		return -1;
	return cx_groups_bind(&s->find, &gaps_plan.by, header, err);
}

static struct gaps_part add_text(struct gaps_state *s, struct cx_str text)
{
	struct gaps_part part = { s->text.len, text.n };

	cx_buf_adds(&s->text, text);
	return part;
}

static struct gaps_state_entry *append(struct gaps_state *s)
{
	if (s->n == s->cap) {
		s->cap = s->cap ? cx_mul(s->cap, 2) : 256;
		s->entries =
		    cx_realloc(s->entries, cx_mul(s->cap, sizeof(*s->entries)));
	}
	return &s->entries[s->n++];
}

int gaps_state_row(
    struct gaps_state *s, const struct cx_row *row, struct cx_err *err)
{
	struct cx_str word = cx_row_cell(row, s->kind_at);
	struct gaps_state_entry entry;
	int kind = 0;
	void *state;

	while (kind < GAPS_KINDS && !cx_str_eq(word, cx_str(gaps_kinds[kind])))
		kind++;
	if (kind == GAPS_KINDS) {
		cx_err_set(
		    err, CX_DATA, "%s is no part of a state", cx_quote(word));
		cx_err_column(err, cx_str("kind"));
		return -1;
	}
	if (cx_groups_find(&s->find, &gaps_plan.by, row, &state, err) < 0)
		return -1;
	entry.kind = (enum gaps_kind)kind;
	entry.file = s->file;
	entry.group = add_text(s,
	    cx_map_key(&s->find.map, (size_t)((char *)state - s->find.states)));
	entry.key = add_text(s, cx_row_cell(row, s->key_at));
	entry.values = add_text(s, cx_row_cell(row, s->values_at));
	*append(s) = entry;
	return 0;
}

void gaps_state_merge(struct gaps_state *into, struct gaps_state *from)
{
	size_t shift = into->text.len;

	cx_buf_adds(&into->text, cx_buf_str(&from->text));
	for (size_t i = 0; i < from->n; i++) {
		struct gaps_state_entry e = from->entries[i];

		e.group.at += shift;
		e.key.at += shift;
		e.values.at += shift;
		*append(into) = e;
	}
	from->n = 0;
	cx_buf_clear(&from->text);
	cx_groups_clear(&from->find);
}

void gaps_state_release(struct gaps_state *s)
{
	free(s->entries);
	cx_buf_release(&s->text);
	cx_groups_release(&s->find);
}
