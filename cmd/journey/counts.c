/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/counts.h"

#include "cmd/journey/journey.h"
#include "libcx/base/mem.h"

#include <stdlib.h>

/* As in the keys of groups: no cell holds it. */
static const char between = '\0';

/* ---- keys ---- */

static void make_key(struct cx_buf *key, const struct journey_thing *thing)
{
	cx_buf_clear(key);
	cx_buf_addz(key, thing->what);
	cx_buf_addc(key, between);
	cx_buf_adds(key, thing->group);
	for (size_t i = 0; i < JOURNEY_PARTS; i++) {
		cx_buf_addc(key, between);
		cx_buf_adds(key, thing->part[i]);
	}
}

static size_t put_key(struct journey_counts *c, struct cx_str key)
{
	size_t number = cx_map_put(&c->keys, key);

	if (number >= c->cap) {
		size_t old = c->cap;

		c->cap = old ? cx_mul(old, 2) : 256;
		c->list = cx_realloc(c->list, cx_mul(c->cap, sizeof(*c->list)));
		memset(c->list + old, 0, (c->cap - old) * sizeof(*c->list));
	}
	return number;
}

uint32_t journey_counts_put(
    struct journey_counts *c, const struct journey_thing *thing)
{
	make_key(&c->key, thing);
	return (uint32_t)put_key(c, cx_buf_str(&c->key));
}

void journey_counts_start(
    struct journey_counts *c, uint64_t memory, unsigned threads)
{
	*c = (struct journey_counts){ 0 };
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
	return number;
}

struct journey_thing journey_counts_thing(
    const struct journey_counts *c, size_t key)
{
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

size_t *journey_counts_sorted(const struct journey_counts *c)
{
	return cx_map_sorted(&c->keys);
}

size_t *journey_counts_of(
    const struct journey_counts *c, const char *what, size_t *n)
{
	size_t *numbers = journey_counts_sorted(c);

	*n = 0;
	for (size_t i = 0; i < c->keys.n; i++) {
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

static int too_many(struct cx_err *err)
{
	return cx_err_set(err, CX_DATA,
	    "more than %d different things to count", CX_MULTISET_KEYS);
}

int journey_count_value(
    struct journey_counts *c, uint32_t key, int64_t value, struct cx_err *err)
{
	if (key >= CX_MULTISET_KEYS)
		return too_many(err);
	c->list[key].n++;
	c->list[key].valued = true;
	return cx_multiset_add(c->tally, key, value, 1, err);
}

int journey_counts_join(struct journey_counts *into,
    struct journey_counts *from, struct cx_err *err)
{
	size_t n = from->keys.n;
	uint32_t *keys = cx_malloc(cx_mul(n, sizeof(*keys)));
	int code = 0;

	for (size_t i = 0; i < n; i++) {
		size_t key = put_key(into, cx_map_key(&from->keys, i));

		keys[i] = (uint32_t)key;
		into->list[key].n += from->list[i].n;
		into->list[key].valued |= from->list[i].valued;
		if (from->list[i].valued && key >= CX_MULTISET_KEYS)
			code = too_many(err);
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

int journey_counts_observe(struct journey_counts *c,
    const struct journey_observed *o, struct cx_err *err)
{
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
