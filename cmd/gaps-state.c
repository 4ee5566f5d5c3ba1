/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps-state.h"

#include "libcx/base/mem.h"
#include "libcx/table/sheet.h"

#include <stdio.h>
#include <stdlib.h>

enum kind { OUTCOME, DRIVER, FACTS, BLOCK, RECORD, KINDS };

static const char *const kinds[KINDS] = { "outcome", "driver", "facts", "block",
	"record" };

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

static bool parse_number(struct cx_str word, __int128 *x)
{
	bool minus = word.n && word.p[0] == '-';
	size_t i = minus;

	*x = 0;
	if (minus && word.n == 1) {
		*x = CX_CROSS_ABSENT;
		return true;
	}
	for (; i < word.n; i++) {
		int digit = word.p[i] - '0';

		if (digit < 0 || digit > 9 ||
		    __builtin_mul_overflow(*x, 10, x) ||
		    __builtin_sub_overflow(*x, digit, x))
			return false;
	}
	/* Below 0 there is room for one number more. */
	return word.n > minus &&
	       (minus || !__builtin_sub_overflow((__int128)0, *x, x));
}

/* All n numbers of text and no more. */
static bool parse_numbers(struct cx_str text, __int128 *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!text.p || !parse_number(cx_str_next(&text, ' '), &x[i]))
			return false;
	return !text.p;
}

/* ---- writing ---- */

struct out {
	const struct gaps_store *store;
	struct cx_sheet *sheet;
	struct cx_buf text;
	struct cx_err *err;
};

static int put_row(
    struct out *o, struct cx_str group, enum kind kind, struct cx_str key)
{
	for (size_t i = 0; i < cx_header_n(&gaps_plan.by.columns); i++)
		cx_sheet_text(o->sheet, cx_str_next(&group, '\0'));
	cx_sheet_text(o->sheet, cx_str(kinds[kind]));
	cx_sheet_text(o->sheet, key);
	cx_sheet_text(o->sheet, cx_buf_str(&o->text));
	cx_buf_clear(&o->text);
	return cx_sheet_end(o->sheet, o->err);
}

static const struct cx_str nothing = { "", 0 };

static int put_plan(struct out *o)
{
	const struct gaps_drivers *d = &gaps_plan.drivers;

	cx_buf_addf(&o->text, "%d %d %d %d %d", gaps_plan.has_expected,
	    gaps_plan.has_stated, gaps_plan.has_amount, gaps_plan.is_weighted,
	    gaps_plan.has_keys);
	if (put_row(o, nothing, OUTCOME, cx_str(gaps_plan.outcome)) < 0)
		return -1;
	for (size_t k = 0; k < d->n; k++) {
		const struct cx_scale *s = &d->scales[k];

		cx_buf_addf(&o->text, "%d %d %d %d %d %s", s->low, s->high,
		    s->top, s->bottom, s->high_is_good, d->items[k].stage);
		if (put_row(o, nothing, DRIVER, cx_str(d->items[k].name)) < 0)
			return -1;
	}
	return 0;
}

static int put_numbers(struct out *o, struct cx_str group, enum kind kind,
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
		code = put_row(o, key, RECORD, nothing);
	}
	free(records);
	return code;
}

static int put_group(struct out *o, size_t group)
{
	const struct gaps_group *g = cx_groups_state(&o->store->groups, group);
	struct cx_str key = cx_map_key(&o->store->groups.map, group);
	char number[24];

	if (put_numbers(o, key, FACTS, nothing, g->facts, gaps_n_facts()) < 0)
		return -1;
	for (size_t b = 0; b < GAPS_BLOCKS; b++) {
		snprintf(number, sizeof(number), "%zu", b);
		if (g->blocks[b] &&
		    put_numbers(o, key, BLOCK, cx_str(number), g->blocks[b],
		        cx_cross_length(&gaps_plan.shape)) < 0)
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
	if (code == 0)
		code = cx_sheet_flush(o.sheet, err);
	free(sorted);
	cx_buf_release(&o.text);
	cx_sheet_free(o.sheet);
	return code;
}

/* ---- reading ---- */

/* A row: its cells are n bytes at an offset of the text. */
struct part {
	size_t at, n;
};

struct gaps_state_entry {
	enum kind kind;
	struct part group, key, values;
};

int gaps_state_open(const struct cx_header *header, struct cx_err *err)
{
	return cx_grouping_before(&gaps_plan.by, cx_str("kind"), header, err);
}

int gaps_state_bind(
    struct gaps_state *s, const struct cx_header *header, struct cx_err *err)
{
	s->find.state_size = 1;
	if (cx_header_find(header, cx_str("kind"), &s->kind_at, err) < 0 ||
	    cx_header_find(header, cx_str("key"), &s->key_at, err) < 0 ||
	    cx_header_find(header, cx_str("values"), &s->values_at, err) < 0)
		return -1;
	return cx_groups_bind(&s->find, &gaps_plan.by, header, err);
}

static struct part add_text(struct gaps_state *s, struct cx_str text)
{
	struct part part = { s->text.len, text.n };

	cx_buf_adds(&s->text, text);
	return part;
}

static struct cx_str text_of(const struct gaps_state *s, struct part part)
{
	return (struct cx_str){ part.n ? s->text.data + part.at : "", part.n };
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

	while (kind < KINDS && !cx_str_eq(word, cx_str(kinds[kind])))
		kind++;
	if (kind == KINDS) {
		cx_err_set(
		    err, CX_DATA, "%s is no part of a state", cx_quote(word));
		cx_err_column(err, cx_str("kind"));
		return -1;
	}
	if (cx_groups_find(&s->find, &gaps_plan.by, row, &state, err) < 0)
		return -1;
	entry.kind = (enum kind)kind;
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

/* ---- a store of it ---- */

static int damaged(enum kind kind, struct cx_err *err)
{
	return cx_err_set(err, CX_DATA,
	    "a state has %s %s that does not fit its drivers",
	    kind == OUTCOME ? "an" : "a", kinds[kind]);
}

/* What is analysed is the same in all states. */
static int read_outcome(
    struct cx_str name, struct cx_str values, bool first, struct cx_err *err)
{
	__int128 has[5];

	if (!parse_numbers(values, has, 5))
		return damaged(OUTCOME, err);
	if (first) {
		gaps_plan.outcome = cx_memdup(name.p, name.n);
		gaps_plan.is_nps = cx_str_eq(name, cx_str("nps"));
		gaps_plan.has_expected = has[0] != 0;
		gaps_plan.has_stated = has[1] != 0;
		gaps_plan.has_amount = has[2] != 0;
		gaps_plan.is_weighted = has[3] != 0;
		gaps_plan.has_keys = has[4] != 0;
		return 0;
	}
	gaps_plan.has_amount |= has[2] != 0;
	gaps_plan.has_keys &= has[4] != 0;
	if (cx_str_eq(name, cx_str(gaps_plan.outcome)) &&
	    gaps_plan.has_expected == (has[0] != 0) &&
	    gaps_plan.has_stated == (has[1] != 0) &&
	    gaps_plan.is_weighted == (has[3] != 0))
		return 0;
	return cx_err_set(err, CX_DATA,
	    "the states are of other outcomes, weights or columns");
}

static bool parse_driver(
    struct cx_str values, struct cx_scale *scale, struct cx_str *stage)
{
	enum { NUMBERS = 5, LARGEST = 1000 };
	__int128 x[NUMBERS];

	for (size_t i = 0; i < NUMBERS; i++)
		if (!values.p ||
		    !parse_number(cx_str_next(&values, ' '), &x[i]) ||
		    x[i] > LARGEST || x[i] < -LARGEST)
			return false;
	*scale = (struct cx_scale){ (int)x[0], (int)x[1], (int)x[2], (int)x[3],
		x[4] != 0 };
	*stage = values.p ? values : nothing;
	return x[0] < x[1] && x[2] > 0 && x[3] > 0;
}

struct known {
	struct cx_str name, stage, values;
	struct cx_scale scale;
	size_t times;
};

static int by_name(const void *x, const void *y)
{
	const struct known *a = x, *b = y;
	size_t n = a->name.n < b->name.n ? a->name.n : b->name.n;
	int order = n ? memcmp(a->name.p, b->name.p, n) : 0;

	return order ? order
	             : (a->name.n > b->name.n) - (a->name.n < b->name.n);
}

/* Adds a driver row; the same one may come again, with the next state. */
static int note_driver(struct known *known, size_t *n, struct cx_str name,
    struct cx_str values, struct cx_err *err)
{
	for (size_t i = 0; i < *n; i++) {
		if (!cx_str_eq(known[i].name, name))
			continue;
		known[i].times++;
		if (cx_str_eq(known[i].values, values))
			return 0;
		return cx_err_set(err, CX_DATA,
		    "the states have other scales or stages of %s",
		    cx_quote(name));
	}
	known[*n] =
	    (struct known){ .name = name, .values = values, .times = 1 };
	if (!parse_driver(values, &known[*n].scale, &known[*n].stage))
		return damaged(DRIVER, err);
	++*n;
	return 0;
}

static int take_drivers(
    struct known *known, size_t n, size_t n_states, struct cx_err *err)
{
	struct cx_str *names = cx_malloc(cx_mul(n + 1, sizeof(*names)));
	struct cx_str *stages = cx_malloc(cx_mul(n + 1, sizeof(*stages)));
	int code = 0;

	qsort(known, n, sizeof(*known), by_name);
	for (size_t i = 0; i < n; i++) {
		names[i] = known[i].name;
		stages[i] = known[i].stage;
		if (known[i].times != n_states)
			code = cx_err_set(err, CX_DATA,
			    "not all states have the driver %s",
			    cx_quote(names[i]));
	}
	if (code == 0)
		code = gaps_plan_drivers(names, stages, n, err);
	for (size_t i = 0; i < n && code == 0; i++)
		gaps_plan.drivers.scales[i] = known[i].scale;
	free(names);
	free(stages);
	return code;
}

static int read_plan(const struct gaps_state *s, struct cx_err *err)
{
	struct known *known = cx_malloc(cx_mul(s->n + 1, sizeof(*known)));
	size_t n = 0, n_states = 0;
	int code = 0;

	for (size_t i = 0; i < s->n && code == 0; i++) {
		const struct gaps_state_entry *e = &s->entries[i];
		struct cx_str key = text_of(s, e->key);
		struct cx_str values = text_of(s, e->values);

		if (e->kind == OUTCOME)
			code = read_outcome(key, values, n_states++ == 0, err);
		if (e->kind == DRIVER)
			code = note_driver(known, &n, key, values, err);
	}
	if (code == 0 && n_states == 0)
		code = cx_err_set(err, CX_DATA,
		    "there is no state: it is what --state prints");
	if (code == 0)
		code = take_drivers(known, n, n_states, err);
	free(known);
	return code;
}

static int read_record(struct gaps_store *store, size_t group,
    struct cx_str values, __int128 *x, struct cx_err *err)
{
	size_t n = gaps_record_length();
	int64_t *record;

	if (!parse_numbers(values, x, n))
		return damaged(RECORD, err);
	record = cx_malloc(cx_mul(n, sizeof(*record)));
	for (size_t i = 0; i < n; i++)
		record[i] = (int64_t)x[i];
	gaps_store_keep(store, group, record);
	free(record);
	return 0;
}

static int read_entry(const struct gaps_state *s,
    const struct gaps_state_entry *e, struct gaps_store *store, __int128 *x,
    struct cx_err *err)
{
	struct cx_str values = text_of(s, e->values);
	size_t group = gaps_store_group(store, text_of(s, e->group));
	__int128 block;

	if (e->kind == RECORD)
		return read_record(store, group, values, x, err);
	if (e->kind == FACTS) {
		if (!parse_numbers(values, x, gaps_n_facts()))
			return damaged(FACTS, err);
		gaps_store_add_facts(store, group, x);
		return 0;
	}
	if (!parse_number(text_of(s, e->key), &block) || block < 0 ||
	    block >= GAPS_BLOCKS ||
	    !parse_numbers(values, x, cx_cross_length(&gaps_plan.shape)))
		return damaged(BLOCK, err);
	gaps_store_add_block(store, group, (size_t)block, x);
	return 0;
}

int gaps_state_finish(
    struct gaps_state *s, struct gaps_store *store, struct cx_err *err)
{
	__int128 *x;
	size_t most;
	int code = 0;

	if (read_plan(s, err) < 0)
		return -1;
	gaps_plan_model();
	gaps_store_init(store);
	most = cx_cross_length(&gaps_plan.shape) + gaps_n_facts() +
	       gaps_record_length();
	x = cx_malloc(cx_mul(most, sizeof(*x)));
	for (size_t i = 0; i < s->n && code == 0; i++)
		if (s->entries[i].kind >= FACTS)
			code = read_entry(s, &s->entries[i], store, x, err);
	free(x);
	return code;
}

void gaps_state_release(struct gaps_state *s)
{
	free(s->entries);
	cx_buf_release(&s->text);
	cx_groups_release(&s->find);
}
