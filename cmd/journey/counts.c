/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/counts.h"

#include "cmd/journey/journey.h"
#include "libcx/base/mem.h"

#include <stdlib.h>

/* As in the keys of groups: no cell holds it. */
static const char between = '\0';

/* ---- keys ---- */

/* Which of the words that stand together it is: 0 for the first, and others. */
static size_t place_together(const char *what)
{
	const char *const *words = journey_plan.view->together;

	for (size_t i = 1; words && words[i]; i++)
		if (strcmp(words[i], what) == 0)
			return i;
	return 0;
}

static void make_key(struct cx_buf *key, const struct journey_thing *thing)
{
	cx_buf_clear(key);
	cx_buf_addz(key, place_together(thing->what)
	                     ? journey_plan.view->together[0]
	                     : thing->what);
	cx_buf_addc(key, between);
	cx_buf_adds(key, thing->group);
	for (size_t i = 0; i < JOURNEY_PARTS; i++) {
		cx_buf_addc(key, between);
		cx_buf_adds(key, thing->part[i]);
	}
}

/* The first number of a key. */
static size_t put_key(struct journey_counts *c, struct cx_str key)
{
	size_t number = cx_map_put(&c->keys, key);

	if (number >= c->cap) {
		size_t old = c->cap, size = c->together * sizeof(*c->list);

		/* Half as much again: lists are long, and copied with care. */
		c->cap = old ? old + old / 2 : 256;
		c->list = cx_realloc(c->list, cx_mul(c->cap, size));
		memset(c->list + old * c->together, 0, (c->cap - old) * size);
	}
	return number * c->together;
}

uint32_t journey_counts_put(
    struct journey_counts *c, const struct journey_thing *thing)
{
	make_key(&c->key, thing);
	return (uint32_t)(put_key(c, cx_buf_str(&c->key)) +
	                  place_together(thing->what));
}

void journey_counts_start(
    struct journey_counts *c, uint64_t memory, unsigned threads)
{
	const char *const *words = journey_plan.view->together;

	*c = (struct journey_counts){ .together = 1 };
	while (words && words[c->together])
		c->together++;
	c->tally = cx_multiset_new(memory, threads);
	c->room = cx_calloc(1, journey_plan.view->room_size);
}

static ptrdiff_t find(
    const struct journey_counts *c, const struct journey_thing *thing)
{
	struct cx_buf key = { 0 };
	ptrdiff_t number;

	make_key(&key, thing);
	number = cx_map_get(&c->keys, cx_buf_str(&key));
	cx_buf_release(&key);
	if (number < 0)
		return -1;
	return number * (ptrdiff_t)c->together +
	       (ptrdiff_t)place_together(thing->what);
}

struct journey_thing journey_counts_thing(
    const struct journey_counts *c, size_t number)
{
	size_t key = number / c->together, place = number % c->together;
	struct cx_str rest = cx_map_key(&c->keys, key);
	struct journey_thing thing = { .what = rest.p };
	size_t start = cx_str_next(&rest, between).n + 1;

	/* The parts are behind the group, which has NULs of its own. */
	rest = cx_map_key(&c->keys, key);
	for (size_t i = JOURNEY_PARTS; i-- > 0;) {
		size_t end = rest.n;

		while (rest.n && rest.p[rest.n - 1] != between)
			rest.n--;
		thing.part[i] =
		    (struct cx_str){ rest.p + rest.n, end - rest.n };
		rest.n--;
	}
	thing.group = (struct cx_str){ rest.p + start,
		rest.n >= start ? rest.n - start : 0 };
	if (place)
		thing.what = journey_plan.view->together[place];
	return thing;
}

bool journey_thing_is(const struct journey_thing *thing, const char *what)
{
	return strcmp(thing->what, what) == 0;
}

void journey_counts_release(struct journey_counts *c)
{
	cx_map_release(&c->keys);
	cx_multiset_free(c->tally);
	cx_buf_release(&c->key);
	free(c->list);
	free(c->memo.slots);
	if (c->room && journey_plan.view->release_room)
		journey_plan.view->release_room(c->room);
	free(c->room);
	*c = (struct journey_counts){ 0 };
}

size_t journey_counts_size(const struct journey_counts *c)
{
	return c->keys.n * c->together;
}

static bool is_together(const struct journey_counts *c, size_t number)
{
	struct journey_thing thing = journey_counts_thing(c, number);

	return c->together > 1 &&
	       journey_thing_is(&thing, journey_plan.view->together[0]);
}

/* Their keys are in one place: first all of the first word, and so on. */
size_t *journey_counts_sorted(const struct journey_counts *c)
{
	size_t *keys = cx_map_sorted(&c->keys), n = c->keys.n, at = 0, end;
	size_t *numbers;

	if (c->together == 1)
		return keys;
	numbers = cx_malloc(cx_mul(n, c->together * sizeof(*numbers)));
	for (size_t i = 0; i < n; i = end) {
		bool several = is_together(c, keys[i] * c->together);

		for (end = i + 1; end < n; end++)
			if (is_together(c, keys[end] * c->together) != several)
				break;
		for (size_t p = 0; p < c->together; p++)
			for (size_t k = i; k < end; k++)
				numbers[at++] = keys[k] * c->together + p;
	}
	free(keys);
	return numbers;
}

size_t *journey_counts_of(
    const struct journey_counts *c, const char *what, size_t *n)
{
	size_t *numbers = journey_counts_sorted(c);

	*n = 0;
	for (size_t i = 0; i < journey_counts_size(c); i++) {
		struct journey_thing thing =
		    journey_counts_thing(c, numbers[i]);

		if (journey_thing_is(&thing, what))
			numbers[(*n)++] = numbers[i];
	}
	return numbers;
}

/* ---- the memory of numbers ---- */

struct journey_memo_slot {
	uint64_t high, low;
	uint32_t number;
	bool used;
};

static size_t place(const struct journey_memo *m, uint64_t high, uint64_t low)
{
	const uint64_t k0 = 0x243F6A8885A308D3u, k1 = 0x13198A2E03707345u;
	uint64_t h = (high ^ k0) * k1;
	size_t i;

	h = ((h ^ (h >> 32)) + low) * k1;
	i = (size_t)(h ^ (h >> 32)) & (m->n_slots - 1);
	while (m->slots[i].used &&
	       (m->slots[i].high != high || m->slots[i].low != low))
		i = (i + 1) & (m->n_slots - 1);
	return i;
}

static void grow(struct journey_memo *m)
{
	struct journey_memo old = *m;

	m->n_slots = old.n_slots ? cx_mul(old.n_slots, 2) : 1024;
	m->slots = cx_calloc(m->n_slots, sizeof(*m->slots));
	for (size_t i = 0; i < old.n_slots; i++)
		if (old.slots[i].used)
			m->slots[place(m, old.slots[i].high,
			    old.slots[i].low)] = old.slots[i];
	free(old.slots);
}

uint32_t *journey_memo_at(struct journey_memo *m, uint64_t high, uint64_t low)
{
	struct journey_memo_slot *slot;

	if (2 * m->n >= m->n_slots)
		grow(m);
	slot = &m->slots[place(m, high, low)];
	if (!slot->used) {
		*slot =
		    (struct journey_memo_slot){ high, low, UINT32_MAX, true };
		m->n++;
	}
	return &slot->number;
}

/* ---- counting ---- */

bool journey_count_once(struct journey_counts *c, uint32_t key, uint64_t serial)
{
	if (c->list[key].serial == serial)
		return false;
	c->list[key].serial = serial;
	c->list[key].n++;
	return true;
}

int journey_counts_full(struct cx_err *err)
{
	return cx_err_set(err, CX_DATA,
	    "more than %d different things to count: name fewer columns "
	    "with -g",
	    CX_MULTISET_KEYS);
}

int journey_count_value(
    struct journey_counts *c, uint32_t key, int64_t value, struct cx_err *err)
{
	if (key >= CX_MULTISET_KEYS)
		return journey_counts_full(err);
	c->list[key].n++;
	c->list[key].valued = true;
	return cx_multiset_add(c->tally, key, value, 1, err);
}

/* Takes over the numbers of one key, to in place of at. */
static int join_key(struct journey_counts *into,
    const struct journey_counts *from, size_t at, size_t to, uint32_t *keys,
    struct cx_err *err)
{
	for (size_t i = 0; i < into->together; i++) {
		const struct journey_count *count = &from->list[at + i];

		keys[at + i] = (uint32_t)(to + i);
		into->list[to + i].n += count->n;
		into->list[to + i].valued |= count->valued;
		if (count->valued && to + i >= CX_MULTISET_KEYS)
			return journey_counts_full(err);
	}
	return 0;
}

/* The first counts are taken over as they are. */
static void take_over(struct journey_counts *into, struct journey_counts *from)
{
	cx_map_release(&into->keys);
	free(into->list);
	into->keys = from->keys;
	into->list = from->list;
	into->cap = from->cap;
	from->keys = (struct cx_map){ 0 };
	from->list = NULL;
}

static int join_keys(struct journey_counts *into, struct journey_counts *from,
    uint32_t *keys, struct cx_err *err)
{
	int code = 0;

	for (size_t i = 0; i < from->keys.n && code == 0; i++)
		code = join_key(into, from, i * from->together,
		    put_key(into, cx_map_key(&from->keys, i)), keys, err);
	/* There may be many, so they are not kept beside their copies. */
	cx_map_release(&from->keys);
	free(from->list);
	from->list = NULL;
	return code;
}

int journey_counts_join(struct journey_counts *into,
    struct journey_counts *from, struct cx_err *err)
{
	size_t n = journey_counts_size(from);
	uint32_t *keys = cx_malloc(cx_mul(n, sizeof(*keys)));
	int code = 0;

	if (into->keys.n) {
		code = join_keys(into, from, keys, err);
	} else {
		take_over(into, from);
		for (size_t i = 0; i < n; i++)
			keys[i] = (uint32_t)i;
	}
	if (code == 0)
		code = cx_multiset_join(into->tally, from->tally, keys, n, err);
	free(keys);
	return code;
}

/* ---- what was counted ---- */

uint64_t journey_counts_n(
    const struct journey_counts *c, const struct journey_thing *thing)
{
	ptrdiff_t key = find(c, thing);

	return key < 0 ? 0 : c->list[key].n;
}

void journey_counts_open(
    struct journey_counts *c, const struct journey_thing *thing)
{
	ptrdiff_t key = find(c, thing);

	cx_multiset_open(c->tally, key < 0 ? CX_MULTISET_KEYS : (uint32_t)key);
}

int journey_counts_spread(struct journey_counts *c,
    const struct journey_thing *thing, struct cx_spread *spread,
    struct cx_err *err)
{
	int64_t value;
	uint64_t n;
	int more;

	cx_spread_start(spread, journey_counts_n(c, thing));
	journey_counts_open(c, thing);
	while ((more = cx_multiset_next(c->tally, &value, &n, err)) > 0)
		cx_spread_add(spread, value, n);
	return more;
}

int journey_counts_mean(struct journey_counts *c,
    const struct journey_thing *thing, struct cx_mean *mean, struct cx_err *err)
{
	int64_t value;
	uint64_t n;
	int more;

	*mean = (struct cx_mean){ 0 };
	journey_counts_open(c, thing);
	while ((more = cx_multiset_next(c->tally, &value, &n, err)) > 0) {
		mean->n += n;
		mean->sum += value * (int64_t)n;
		mean->squares += (uint64_t)(value * value) * n;
	}
	return more;
}

/* ---- what was walked ---- */

const char journey_observed_word[] = "observed";

static uint32_t observed_key(struct journey_counts *c, const char *what)
{
	struct journey_thing thing = { journey_observed_word, { cx_str(what) },
		journey_group(0) };

	return journey_counts_put(c, &thing);
}

static void add_observed(struct journey_counts *c, const char *what, uint64_t n)
{
	uint32_t key = observed_key(c, what);

	c->list[key].n += n;
}

static uint64_t observed_n(const struct journey_counts *c, const char *what)
{
	struct journey_thing thing = { journey_observed_word, { cx_str(what) },
		journey_group(0) };

	return journey_counts_n(c, &thing);
}

const char journey_total_word[] = "total";

int journey_counts_observe(struct journey_counts *c,
    const struct journey_observed *o, struct cx_err *err)
{
	uint64_t n = o->customers + o->journeys + o->contacts;

	for (size_t i = 0; i < journey_counts_size(c); i++)
		n += c->list[i].n;
	add_observed(c, journey_total_word, n);
	add_observed(c, "customers", o->customers);
	add_observed(c, "journeys", o->journeys);
	add_observed(c, "contacts", o->contacts);
	if (o->contacts == 0)
		return 0;
	if (journey_count_value(
	        c, observed_key(c, "earliest"), o->earliest, err) < 0)
		return -1;
	return journey_count_value(
	    c, observed_key(c, "latest"), o->latest, err);
}

int journey_counts_observed(
    struct journey_counts *c, struct journey_observed *o, struct cx_err *err)
{
	struct journey_thing latest = { journey_observed_word,
		{ cx_str("latest") }, journey_group(0) };
	struct journey_thing earliest = { journey_observed_word,
		{ cx_str("earliest") }, journey_group(0) };
	uint64_t n;
	int more;

	*o = (struct journey_observed){
		.customers = observed_n(c, "customers"),
		.journeys = observed_n(c, "journeys"),
		.contacts = observed_n(c, "contacts"),
	};
	journey_counts_open(c, &latest);
	while ((more = cx_multiset_next(c->tally, &o->latest, &n, err)) > 0)
		;
	journey_counts_open(c, &earliest);
	if (more < 0 || cx_multiset_next(c->tally, &o->earliest, &n, err) < 0)
		return -1;
	return 0;
}
