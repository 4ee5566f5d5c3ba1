/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gaps/state.h"

#include "libcx/base/mem.h"

#include <stdio.h>
#include <stdlib.h>

/* The numbers of an outcome: five that are 0 or 1, and that of rows. */
enum { HAS_ROWS = 5, HAS };

static struct cx_str text_of(const struct gaps_state *s, struct gaps_part part)
{
	return (struct cx_str){ part.n ? s->text.data + part.at : "", part.n };
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

static int damaged(enum gaps_kind kind, struct cx_err *err)
{
	return cx_err_set(err, CX_DATA,
	    "a state is damaged: a row of the kind %s cannot be read",
	    gaps_kinds[kind]);
}

/* ---- what several states must have in common ---- */

static const char *file_name(size_t file)
{
	const char *name = gaps_plan.states ? gaps_plan.states[file] : "-";

	return strcmp(name, "-") ? name : "standard input";
}

/* Something that is in one way here, and was in another in a file before. */
static int differ(const struct gaps_state_entry *e, const char *what,
    struct cx_str is, struct cx_str was, size_t file, struct cx_err *err)
{
	cx_err_set(err, CX_DATA, "%s is %s, and %s in %s", what, cx_quote(is),
	    cx_quote(was), file_name(file));
	cx_err_file(err, file_name(e->file));
	return -1;
}

/* Whether rows of a file are missing, of which each state tells the number. */
static int check_whole(const struct gaps_state *s, struct cx_err *err)
{
	size_t last = s->n ? s->entries[s->n - 1].file : 0, file = 0;
	__int128 has[HAS], *rows = cx_calloc(last + 1, sizeof(*rows));
	bool fits = true;

	for (size_t i = 0; i < s->n && fits; i++) {
		const struct gaps_state_entry *e = &s->entries[i];

		if (e->kind != GAPS_KIND_OUTCOME) {
			rows[e->file]++;
			continue;
		}
		fits = parse_numbers(text_of(s, e->values), has, HAS);
		if (fits)
			rows[e->file] -= has[HAS_ROWS];
	}
	while (file < last && rows[file] == 0)
		file++;
	if (!fits)
		damaged(GAPS_KIND_OUTCOME, err);
	else if (rows[file] != 0)
		cx_err_set(err, CX_DATA,
		    "it has %s rows than it tells of: it is not whole",
		    rows[file] < 0 ? "fewer" : "more");
	if (fits && rows[file] != 0)
		cx_err_file(err, file_name(file));
	fits &= rows[file] == 0;
	free(rows);
	return fits ? 0 : -1;
}

/* What is analysed is the same in all states. */
static int read_outcome(const struct gaps_state *s,
    const struct gaps_state_entry *e, const struct gaps_state_entry *first,
    struct cx_err *err)
{
	struct cx_str name = text_of(s, e->key);
	__int128 has[HAS];

	if (!parse_numbers(text_of(s, e->values), has, HAS))
		return damaged(GAPS_KIND_OUTCOME, err);
	if (e == first) {
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
	if (!cx_str_eq(name, cx_str(gaps_plan.outcome)))
		return differ(e, "the outcome", name, cx_str(gaps_plan.outcome),
		    first->file, err);
	if (gaps_plan.has_expected == (has[0] != 0) &&
	    gaps_plan.has_stated == (has[1] != 0) &&
	    gaps_plan.is_weighted == (has[3] != 0))
		return 0;
	return damaged(GAPS_KIND_OUTCOME, err);
}

/* The column of some use in the file of e, whose rows stand together. */
static const struct gaps_state_entry *find_column(const struct gaps_state *s,
    const struct gaps_state_entry *e, const char *use)
{
	const struct gaps_state_entry *end = s->entries + s->n;
	size_t file = e->file;

	while (e > s->entries && e[-1].file == file)
		e--;
	for (; e < end && e->file == file; e++)
		if (e->kind == GAPS_KIND_COLUMN &&
		    cx_str_eq(text_of(s, e->key), cx_str(use)))
			return e;
	return NULL;
}

/* The columns of the state that e is of are those of the first one. */
static int compare_columns(const struct gaps_state *s,
    const struct gaps_state_entry *e, const struct gaps_state_entry *first,
    struct cx_err *err)
{
	for (int i = 0; i < GAPS_COLUMNS; i++) {
		const struct gaps_state_entry *is =
		    find_column(s, e, gaps_uses[i]);
		struct cx_str name = { "", 0 }, was = { "", 0 };
		char what[64];

		if (is)
			name = text_of(s, is->values);
		if (is && e == first)
			gaps_plan.columns[i] = cx_memdup(name.p, name.n);
		if (gaps_plan.columns[i])
			was = cx_str(gaps_plan.columns[i]);
		snprintf(what, sizeof(what), "--%s", gaps_uses[i]);
		if (!cx_str_eq(name, was))
			return differ(e, what, name, was, first->file, err);
	}
	return 0;
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
	*stage = values.p ? values : (struct cx_str){ "", 0 };
	return x[0] < x[1] && x[2] > 0 && x[3] > 0;
}

struct known {
	struct cx_str name, stage, values;
	struct cx_scale scale;
	size_t times, file; /* the first it stands in */
};

static int by_name(const void *x, const void *y)
{
	const struct known *a = x, *b = y;

	return cx_str_order(a->name, b->name);
}

/* Adds a driver row; the same one may come again, with the next state. */
static int note_driver(struct known *known, size_t *n,
    const struct gaps_state *s, const struct gaps_state_entry *e,
    struct cx_err *err)
{
	struct cx_str name = text_of(s, e->key), values = text_of(s, e->values);
	struct cx_buf what = { 0 };
	for (size_t i = 0; i < *n; i++) {
		if (!cx_str_eq(known[i].name, name))
			continue;
		known[i].times++;
		if (cx_str_eq(known[i].values, values))
			return 0;
		cx_buf_addf(&what,
		    "the scale of %s (low, high, top, bottom, 1 where high is "
		    "good; and its stage)",
		    cx_quote(name));
		cx_buf_addc(&what, '\0');
		(void)differ(
		    e, what.data, values, known[i].values, known[i].file, err);
		cx_buf_release(&what);
		return -1;
	}
	known[*n] = (struct known){
		.name = name, .values = values, .times = 1, .file = e->file
	};
	if (!parse_driver(values, &known[*n].scale, &known[*n].stage))
		return damaged(GAPS_KIND_DRIVER, err);
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
			    "not all states have the driver %s, as %s has: "
			    "all need the same -x, or parts in which somebody "
			    "rated it",
			    cx_quote(names[i]), file_name(known[i].file));
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
	const struct gaps_state_entry *first = NULL;
	size_t n = 0, n_states = 0;
	int code = check_whole(s, err);

	for (size_t i = 0; i < s->n && code == 0; i++) {
		const struct gaps_state_entry *e = &s->entries[i];

		if (e->kind == GAPS_KIND_OUTCOME) {
			first = first ? first : e;
			n_states++;
			code = compare_columns(s, e, first, err);
		}
		if (e->kind == GAPS_KIND_OUTCOME && code == 0)
			code = read_outcome(s, e, first, err);
		if (e->kind == GAPS_KIND_DRIVER)
			code = note_driver(known, &n, s, e, err);
	}
	if (code == 0 && n_states == 0)
		code = cx_err_set(err, CX_DATA,
		    "there is no state: it is what --state prints");
	if (code == 0)
		code = take_drivers(known, n, n_states, err);
	free(known);
	return code;
}

/* Whether a record's numbers are such as rows have. */
static bool is_record(const int64_t *record, size_t n)
{
	if (record[GAPS_WEIGHT] <= 0 || record[GAPS_WEIGHT] > CX_CROSS_MOST)
		return false;
	for (size_t i = GAPS_OUTCOME; i < n; i++)
		if ((record[i] < -CX_CROSS_MOST || record[i] > CX_CROSS_MOST) &&
		    (i < GAPS_RATINGS || record[i] != CX_CROSS_ABSENT))
			return false;
	return true;
}

static int read_record(struct gaps_store *store, size_t group,
    struct cx_str values, __int128 *x, struct cx_err *err)
{
	size_t n = gaps_record_length();
	int64_t *record;
	bool fits = parse_numbers(values, x, n);

	for (size_t i = 0; i < n && fits; i++)
		fits = x[i] >= INT64_MIN && x[i] <= INT64_MAX;
	if (!fits)
		return damaged(GAPS_KIND_RECORD, err);
	record = cx_malloc(cx_mul(n, sizeof(*record)));
	for (size_t i = 0; i < n; i++)
		record[i] = (int64_t)x[i];
	if (!is_record(record, n)) {
		free(record);
		return damaged(GAPS_KIND_RECORD, err);
	}
	gaps_store_keep(store, group, record);
	free(record);
	return 0;
}

/* Counts and sums of weights are never below 0. */
static bool are_facts(const __int128 *x)
{
	for (size_t i = 0; i < GAPS_FACTS; i++)
		if (x[i] < 0)
			return false;
	for (size_t k = 0; k < gaps_plan.drivers.n; k++) {
		const __int128 *d = x + GAPS_FACTS + k * GAPS_D_FACTS;

		for (size_t i = 0; i < GAPS_D_GAP; i++)
			if (d[i] < 0 && i != GAPS_D_AMOUNT)
				return false;
	}
	return true;
}

static int read_entry(const struct gaps_state *s,
    const struct gaps_state_entry *e, struct gaps_store *store, __int128 *x,
    struct cx_err *err)
{
	struct cx_str values = text_of(s, e->values);
	size_t group = gaps_store_group(store, text_of(s, e->group));
	__int128 block;

	if (e->kind == GAPS_KIND_RECORD)
		return read_record(store, group, values, x, err);
	if (e->kind == GAPS_KIND_FACTS) {
		if (!parse_numbers(values, x, gaps_n_facts()) || !are_facts(x))
			return damaged(GAPS_KIND_FACTS, err);
		gaps_store_add_facts(store, group, x);
		return 0;
	}
	if (!parse_number(text_of(s, e->key), &block) || block < 0 ||
	    block >= GAPS_BLOCKS ||
	    !parse_numbers(values, x, cx_cross_length(&gaps_plan.shape)))
		return damaged(GAPS_KIND_BLOCK, err);
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
		if (s->entries[i].kind >= GAPS_KIND_FACTS)
			code = read_entry(s, &s->entries[i], store, x, err);
	free(x);
	return code;
}
