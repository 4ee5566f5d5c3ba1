/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/persona/tally.h"

#include "cmd/persona/discover.h"
#include "cmd/persona/money.h"
#include "libcx/base/mem.h"
#include "libcx/table/instant.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

/* The attributes, the same for all files. */
static struct persona_columns attributes;
static bool named; /* by -x */

static const char *const scores[] = { "csat", "ces", "emotion" };

/* Where things are in a file; -1 where they are not. */
struct card_places {
	size_t persona;
	ptrdiff_t id, customer, touchpoint, time, nps, amount,
	    scores[CARD_SCORES];
	size_t *attributes;
};

size_t persona_tally_n(void)
{
	return attributes.n;
}

struct cx_str persona_tally_name(size_t attribute)
{
	return cx_str(attributes.items[attribute].name);
}

/* ---- columns ---- */

/* What a card has a place of its own for, or nothing to tell of. */
static bool is_attribute(struct cx_str name)
{
	static const char *const no[] = { "id", "customer", "account", "time",
		"persona", "persona_p", "weight", "amount", "comment", "nps",
		"csat", "ces", "emotion" };

	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (cx_str_eq(name, cx_str(no[i])))
			return false;
	return true;
}

static void add_attribute(struct cx_str name)
{
	attributes.items = cx_realloc(attributes.items,
	    cx_mul(attributes.n + 1, sizeof(*attributes.items)));
	attributes.items[attributes.n++] =
	    (struct persona_column){ cx_memdup(name.p, name.n), PERSONA_AUTO };
}

static int choose_attributes(const struct cx_header *header, struct cx_err *err)
{
	const struct cx_list *list = &persona_discover_settings.columns;

	named = list->n > 0;
	for (size_t i = 0; i < list->n; i++)
		if (persona_columns_add(
		        &attributes, cx_str(list->items[i]), header, err) < 0)
			return -1;
	for (size_t i = 0; !named && i < cx_header_n(header); i++)
		if (is_attribute(cx_header_name(header, i)))
			add_attribute(cx_header_name(header, i));
	return 0;
}

static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	size_t at;

	(void)total;
	if (cx_header_find(header, cx_str("persona"), &at, err) < 0)
		return -1;
	return attributes.items ? 0 : choose_attributes(header, err);
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct persona_tally *t = state;
	struct card_places *at = cx_calloc(1, sizeof(*at));

	(void)total;
	t->at = at;
	t->responses.columns =
	    cx_calloc(attributes.n, sizeof(struct card_column));
	t->events.columns = cx_calloc(attributes.n, sizeof(struct card_column));
	at->id = cx_header_look(header, cx_str("id"));
	at->customer = cx_header_look(header, cx_str("customer"));
	at->touchpoint = cx_header_look(header, cx_str("touchpoint"));
	at->time = cx_header_look(header, cx_str("time"));
	at->nps = cx_header_look(header, cx_str("nps"));
	at->amount = cx_header_look(header, cx_str("amount"));
	for (int i = 0; i < CARD_SCORES; i++)
		at->scores[i] = cx_header_look(header, cx_str(scores[i]));
	at->attributes = cx_calloc(attributes.n, sizeof(*at->attributes));
	for (size_t i = 0; i < attributes.n; i++)
		if (cx_header_find(header, persona_tally_name(i),
		        &at->attributes[i], err) < 0)
			return -1;
	return cx_header_find(header, cx_str("persona"), &at->persona, err);
}

/* ---- records ---- */

static size_t most_values(void)
{
	return named ? CX_MIXTURE_MOST_LEVELS : CARD_VALUES;
}

static uint64_t *count_of(
    struct card_column *column, struct cx_str value, size_t persona)
{
	size_t v = cx_map_put(&column->values, value);

	if (v >= column->cap) {
		size_t grown = column->cap ? cx_mul(column->cap, 2) : 8;
		size_t row = CARD_PERSONAS * sizeof(*column->counts);

		column->counts = cx_realloc(column->counts, cx_mul(grown, row));
		memset((char *)column->counts + column->cap * row, 0,
		    (grown - column->cap) * row);
		column->cap = grown;
	}
	return &column->counts[v * CARD_PERSONAS + persona];
}

static void add_value(
    struct card_column *column, struct cx_str cell, size_t persona)
{
	struct cx_err ignored;
	int64_t whole;

	if (cell.n == 0)
		return;
	if (column->wordy || card_number_read(cell, &whole, &ignored) < 0)
		column->wordy = true;
	else
		card_numbers_add(&column->numbers[persona], whole);
	if (column->many)
		return;
	++*count_of(column, cell, persona);
	column->many = column->values.n > most_values();
}

static struct cx_str cell_at(const struct cx_row *row, ptrdiff_t at)
{
	return at < 0 ? (struct cx_str){ "", 0 } : cx_row_cell(row, (size_t)at);
}

/* The numbers of a record, all read before any is counted. */
struct answers {
	bool has_nps, has_money, has_time, has[CARD_SCORES];
	int nps;
	int64_t money, seconds, score[CARD_SCORES];
};

static int read_cell(const struct cx_row *row, ptrdiff_t at, const char *name,
    int64_t *whole, bool *has, struct cx_err *err)
{
	struct cx_str cell = cell_at(row, at);

	*has = cell.n > 0;
	if (!*has || card_number_read(cell, whole, err) == 0)
		return 0;
	cx_err_column(err, cx_str(name));
	return -1;
}

static int read_answers(struct answers *a, const struct card_places *at,
    const struct cx_row *row, struct cx_err *err)
{
	struct cx_str nps = cell_at(row, at->nps);
	struct cx_str time = { "", 0 };

	/* Only paths are of times. */
	if (cell_at(row, at->touchpoint).n)
		time = cell_at(row, at->time);
	a->has_time = time.n > 0;
	if (a->has_time && cx_instant_parse(time, &a->seconds, err) < 0) {
		cx_err_column(err, cx_str("time"));
		return -1;
	}
	a->has_nps = nps.n > 0;
	if (a->has_nps &&
	    cx_value_score(nps, CX_NPS_LOW, CX_NPS_HIGH, &a->nps, err) < 0) {
		cx_err_column(err, cx_str("nps"));
		return -1;
	}
	for (int i = 0; i < CARD_SCORES; i++)
		if (read_cell(row, at->scores[i], scores[i], &a->score[i],
		        &a->has[i], err) < 0)
			return -1;
	return read_cell(
	    row, at->amount, "amount", &a->money, &a->has_money, err);
}

static void count_answers(
    struct card_base *base, const struct answers *a, size_t persona)
{
	base->n[persona]++;
	base->all++;
	if (a->has_nps)
		cx_nps_count(&base->nps[persona], a->nps);
	for (int i = 0; i < CARD_SCORES; i++)
		if (a->has[i])
			card_numbers_add(
			    &base->scores[i][persona], a->score[i]);
	if (a->has_money)
		card_numbers_add(&base->money[persona], a->money);
}

static size_t put_customer(
    struct persona_tally *t, struct cx_str persona, struct cx_str customer)
{
	struct cx_buf key = { 0 };
	size_t number;

	cx_buf_adds(&key, persona);
	cx_buf_addc(&key, '\0');
	cx_buf_adds(&key, customer);
	number = cx_map_put(&t->customers, cx_buf_str(&key));
	cx_buf_release(&key);
	return number;
}

static void add_customer(struct persona_tally *t, struct cx_str persona,
    const struct cx_row *row, const struct answers *answers)
{
	struct cx_str customer = cell_at(row, t->at->customer);
	size_t who;

	if (customer.n == 0)
		return;
	who = put_customer(t, persona, customer);
	if (answers->has_time)
		card_events_add(&t->path, (uint32_t)who,
		    cell_at(row, t->at->touchpoint), answers->seconds);
}

static int find_persona(
    struct persona_tally *t, struct cx_str name, size_t *i, struct cx_err *err)
{
	*i = cx_map_put(&t->personas, name);
	if (*i < CARD_PERSONAS)
		return 0;
	return cx_err_set(err, CX_DATA,
	    "more than %d personas: does the column persona hold something "
	    "else?",
	    CARD_PERSONAS);
}

/* The record's attributes, each with a NUL behind it. */
static void add_example(struct persona_tally *t, struct card_base *base,
    const struct cx_row *row, size_t persona)
{
	cx_buf_clear(&t->cells);
	for (size_t i = 0; i < attributes.n; i++) {
		cx_buf_adds(&t->cells, cx_row_cell(row, t->at->attributes[i]));
		cx_buf_addc(&t->cells, '\0');
	}
	card_examples_add(&base->examples[persona], cx_buf_str(&t->cells),
	    cell_at(row, t->at->id));
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct persona_tally *t = state;
	const struct card_places *at = t->at;
	struct cx_str name = cx_row_cell(row, at->persona);
	bool is_event = cell_at(row, at->touchpoint).n > 0;
	struct card_base *base = is_event ? &t->events : &t->responses;
	struct answers answers;
	size_t persona;

	if (read_answers(&answers, at, row, err) < 0 ||
	    find_persona(t, name, &persona, err) < 0)
		return -1;
	count_answers(base, &answers, persona);
	add_example(t, base, row, persona);
	for (size_t i = 0; i < attributes.n; i++)
		add_value(&base->columns[i],
		    cx_row_cell(row, at->attributes[i]), persona);
	add_customer(t, name, row, &answers);
	return 0;
}

/* ---- merging ---- */

static void merge_column(struct card_column *into,
    const struct card_column *from, const size_t *persona, size_t n)
{
	into->wordy |= from->wordy;
	into->many |= from->many;
	for (size_t p = 0; p < n; p++)
		card_numbers_merge(
		    &into->numbers[persona[p]], &from->numbers[p]);
	for (size_t v = 0; v < from->values.n && !into->many; v++) {
		struct cx_str value = cx_map_key(&from->values, v);

		for (size_t p = 0; p < n; p++)
			*count_of(into, value, persona[p]) +=
			    from->counts[v * CARD_PERSONAS + p];
		into->many = into->values.n > most_values();
	}
}

static void merge_base(struct card_base *into, struct card_base *from,
    const size_t *persona, size_t n)
{
	if (!into->columns)
		into->columns = cx_calloc(attributes.n, sizeof(*into->columns));
	into->all += from->all;
	for (size_t p = 0; p < n; p++) {
		size_t to = persona[p];

		into->n[to] += from->n[p];
		card_examples_merge(&into->examples[to], &from->examples[p]);
		cx_nps_merge(&into->nps[to], &from->nps[p]);
		card_numbers_merge(&into->money[to], &from->money[p]);
		for (int i = 0; i < CARD_SCORES; i++)
			card_numbers_merge(
			    &into->scores[i][to], &from->scores[i][p]);
	}
	for (size_t c = 0; c < attributes.n; c++)
		merge_column(&into->columns[c], &from->columns[c], persona, n);
}

static void release_base(struct card_base *base)
{
	for (size_t i = 0; base->columns && i < attributes.n; i++) {
		cx_map_release(&base->columns[i].values);
		free(base->columns[i].counts);
	}
	for (size_t p = 0; p < CARD_PERSONAS; p++)
		card_examples_release(&base->examples[p]);
	free(base->columns);
}

void persona_tally_release(struct persona_tally *t)
{
	release_base(&t->responses);
	release_base(&t->events);
	cx_map_release(&t->personas);
	cx_map_release(&t->customers);
	cx_buf_release(&t->cells);
	card_events_release(&t->path);
	if (t->at)
		free(t->at->attributes);
	free(t->at);
	*t = (struct persona_tally){ 0 };
}

static void empty_base(struct card_base *base)
{
	struct card_column *columns = base->columns;

	base->columns = NULL;
	for (size_t i = 0; i < attributes.n; i++) {
		cx_map_release(&columns[i].values);
		free(columns[i].counts);
		columns[i] = (struct card_column){ 0 };
	}
	*base = (struct card_base){ .columns = columns };
}

static void merge_customers(
    struct persona_tally *total, struct persona_tally *piece)
{
	size_t n = piece->customers.n;
	uint32_t *who = cx_malloc(cx_mul(n + 1, sizeof(*who)));

	for (size_t i = 0; i < n; i++)
		who[i] = (uint32_t)cx_map_put(
		    &total->customers, cx_map_key(&piece->customers, i));
	for (size_t i = 0; i < piece->path.n; i++) {
		const struct card_event *e = &piece->path.items[i];

		card_events_add(&total->path, who[e->who],
		    cx_map_key(&piece->path.places, e->where), e->seconds);
	}
	card_events_release(&piece->path);
	cx_map_clear(&piece->customers);
	free(who);
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct persona_tally *total = into, *piece = from;
	size_t persona[CARD_PERSONAS], n = piece->personas.n;

	for (size_t p = 0; p < n; p++)
		if (find_persona(total, cx_map_key(&piece->personas, p),
		        &persona[p], err) < 0)
			return -1;
	merge_base(&total->responses, &piece->responses, persona, n);
	merge_base(&total->events, &piece->events, persona, n);
	merge_customers(total, piece);
	empty_base(&piece->responses);
	empty_base(&piece->events);
	cx_map_clear(&piece->personas);
	return 0;
}

static void release(void *state)
{
	persona_tally_release(state);
}

const struct cx_fold persona_tally_fold = { sizeof(struct persona_tally), true,
	open_file, bind, add_row, merge, release };

/* ---- what was counted ---- */

const struct card_base *persona_tally_main(const struct persona_tally *tally)
{
	return tally->responses.all ? &tally->responses : &tally->events;
}

const struct card_base *persona_tally_base(
    const struct persona_tally *tally, size_t attribute)
{
	static const char *const where[] = { "touchpoint", "stage", "channel" };

	for (size_t i = 0; i < sizeof(where) / sizeof(*where); i++)
		if (tally->events.all &&
		    cx_str_eq(persona_tally_name(attribute), cx_str(where[i])))
			return &tally->events;
	return persona_tally_main(tally);
}

bool persona_tally_is_number(const struct card_column *column, size_t attribute)
{
	enum persona_kind kind = attributes.items[attribute].kind;

	if (kind != PERSONA_AUTO)
		return kind == PERSONA_NUMBER;
	return !column->wordy &&
	       (column->many || column->values.n > CARD_FEW_NUMBERS);
}

int persona_tally_check(const struct persona_tally *tally, struct cx_err *err)
{
	for (size_t i = 0; named && i < attributes.n; i++) {
		const struct card_column *column =
		    &persona_tally_base(tally, i)->columns[i];
		bool number = persona_tally_is_number(column, i);

		if (number ? column->wordy : column->many) {
			cx_err_set(err, CX_DATA,
			    number ? "not all of its answers are numbers"
			           : "it has more than %d values, too many for "
			             "a card",
			    CX_MIXTURE_MOST_LEVELS);
			cx_err_column(err, persona_tally_name(i));
			return -1;
		}
	}
	return 0;
}

void persona_tally_close(void)
{
	persona_columns_release(&attributes);
}
