/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/read.h"

#include "cmd/journey/book.h"
#include "cmd/journey/order.h"
#include "libcx/base/mem.h"
#include "libcx/model/nps.h"
#include "libcx/table/instant.h"
#include "libcx/table/lookup.h"
#include "libcx/table/value.h"

#include <math.h>
#include <stdlib.h>

static struct journey_settings *const set = &journey_settings;
static const char between = '\0';

/* Touchpoint, stage, channel and lifecycle are before the groups. */
enum { N_NAMED = 4 };

size_t journey_event_size(void)
{
	return journey_plan.view->full ? sizeof(struct journey_event)
	                               : sizeof(struct cx_event);
}

/* ---- columns ---- */

static size_t look(const struct cx_header *header, const char *name)
{
	ptrdiff_t at = name ? cx_header_look(header, cx_str(name)) : -1;

	return at < 0 ? SIZE_MAX : (size_t)at;
}

static int find(const struct cx_header *header, const char *name, size_t *at,
    struct cx_err *err)
{
	*at = SIZE_MAX;
	return name ? cx_header_find(header, cx_str(name), at, err) : 0;
}

static int bind_kind(struct journey_events *e, const struct cx_header *header,
    struct cx_err *err)
{
	size_t n = cx_header_n(&journey_plan.by.columns);

	e->n_kind_at = N_NAMED + n;
	e->kind_at =
	    cx_realloc(e->kind_at, cx_mul(e->n_kind_at, sizeof(*e->kind_at)));
	e->kind_at[1] = look(header, "stage");
	if (find(header, "touchpoint", &e->kind_at[0], err) < 0 ||
	    find(header, journey_plan.view->needs_channel ? "channel" : NULL,
	        &e->kind_at[2], err) < 0 ||
	    find(header, set->lifecycle, &e->kind_at[3], err) < 0)
		return -1;
	if (e->kind_at[2] == SIZE_MAX)
		e->kind_at[2] = look(header, "channel");
	for (size_t i = 0; i < n; i++)
		if (cx_header_find(header,
		        cx_header_name(&journey_plan.by.columns, i),
		        &e->kind_at[N_NAMED + i], err) < 0)
			return -1;
	return 0;
}

static void bind_memories(struct journey_events *e)
{
	unsigned n_cells = 0;

	e->days = cx_calloc(1, sizeof(*e->days));
	for (size_t i = 0; i < e->n_kind_at; i++)
		n_cells += e->kind_at[i] != SIZE_MAX;
	if (n_cells == 0 || n_cells > CX_RECALL_CELLS)
		return;
	e->recall = cx_calloc(1, sizeof(*e->recall));
	e->recall->bits = n_cells == 1 ? 16 : 32 / n_cells;
}

static int bind(void *state, const void *total, const struct cx_header *header,
    struct cx_err *err)
{
	struct journey_events *e = state;

	e->alias = ((const struct journey_events *)total)->alias;
	if (find(header, set->unit, &e->owner_at, err) < 0 ||
	    find(header, "time", &e->time_at, err) < 0 ||
	    bind_kind(e, header, err) < 0)
		return -1;
	bind_memories(e);
	if (set->score_is_asked &&
	    find(header, set->score, &e->score_at, err) < 0)
		return -1;
	e->score_at = look(header, set->score);
	e->emotion_at = look(header, "emotion");
	e->nps_at = look(header, "nps");
	e->amount_at = look(header, "amount");
	return 0;
}

/* ---- rows ---- */

static struct cx_str cell_at(const struct cx_row *row, size_t at)
{
	return at == SIZE_MAX ? (struct cx_str){ "", 0 } : cx_row_cell(row, at);
}

static int in_column(struct cx_err *err, const char *name)
{
	cx_err_column(err, cx_str(name));
	return -1;
}

static int read_time(struct cx_day_memo *days, struct cx_str cell,
    int64_t *time, struct cx_err *err)
{
	if (cell.n == 0)
		cx_err_record(err, "no time", "the time is missing");
	else if (cx_instant_recall(days, cell, time, err) == 0)
		return 0;
	return in_column(err, "time");
}

static int read_whole(struct cx_str cell, int low, int high, const char *name,
    int16_t *out, struct cx_err *err)
{
	int value;

	*out = CX_CONTACT_NONE;
	if (cell.n == 0)
		return 0;
	if (cx_value_score(cell, low, high, &value, err) < 0)
		return in_column(err, name);
	*out = (int16_t)value;
	return 0;
}

/* In thousandths, so that sums are exact. */
static int read_emotion(struct cx_str cell, int16_t *out, struct cx_err *err)
{
	double value;

	*out = CX_CONTACT_NONE;
	if (cell.n == 0)
		return 0;
	if (cx_value_number(cell, &value, err) < 0)
		return in_column(err, "emotion");
	if (!(fabs(value) <= 2)) {
		cx_err_record(err, "not on the scale", "%s is not from -2 to 2",
		    cx_quote(cell));
		return in_column(err, "emotion");
	}
	*out = (int16_t)lround(value * 1000);
	return 0;
}

static int read_amount(struct cx_str cell, double *out, struct cx_err *err)
{
	*out = NAN;
	if (cell.n == 0 || cx_value_number(cell, out, err) == 0)
		return 0;
	return in_column(err, "amount");
}

static int read_full(struct journey_events *e, const struct cx_row *row,
    struct journey_event *event, struct cx_err *err)
{
	const struct cx_scale *scale = &journey_plan.scale;

	if (read_whole(cell_at(row, e->score_at), scale->low, scale->high,
	        set->score, &event->score, err) < 0)
		return -1;
	if (read_whole(cell_at(row, e->nps_at), CX_NPS_LOW, CX_NPS_HIGH, "nps",
	        &event->nps, err) < 0)
		return -1;
	if (read_emotion(cell_at(row, e->emotion_at), &event->emotion, err) < 0)
		return -1;
	return read_amount(cell_at(row, e->amount_at), &event->amount, err);
}

/* What the cells of a kind are known by, or 0 where they are too long. */
static uint32_t recall_key(struct journey_events *e, const struct cx_row *row)
{
	uint32_t key = 0;
	size_t n = 0;

	if (!e->recall)
		return 0;
	for (size_t i = 0; i < e->n_kind_at; i++)
		if (e->kind_at[i] != SIZE_MAX &&
		    !cx_recall_cell(
		        e->recall, n++, cx_row_cell(row, e->kind_at[i]), &key))
			return 0;
	return key;
}

/* The long way, from the map. */
static uint32_t put_kind(struct journey_events *e, const struct cx_row *row)
{
	cx_buf_clear(&e->key);
	for (size_t i = 0; i < e->n_kind_at; i++) {
		if (i)
			cx_buf_addc(&e->key, between);
		cx_buf_adds(&e->key, cell_at(row, e->kind_at[i]));
	}
	return (uint32_t)cx_map_put(&e->kinds, cx_buf_str(&e->key));
}

/* Contacts of such a name would be counted with others. */
static int check_own_names(const struct journey_events *e,
    const struct cx_row *row, struct cx_err *err)
{
	bool of_channels = journey_plan.view->needs_channel;
	const char *const *name = journey_plan.view->own_names;
	struct cx_str cell = cell_at(row, e->kind_at[of_channels ? 2 : 0]);

	for (; name && *name; name++) {
		if (!cx_str_eq(cell, cx_str(*name)))
			continue;
		cx_err_record(err, "a name of the table's own",
		    "the table means something else by %s: call it otherwise",
		    cx_quote(cell));
		return in_column(err, of_channels ? "channel" : "touchpoint");
	}
	return 0;
}

static int read_kind(struct journey_events *e, const struct cx_row *row,
    uint32_t *kind, struct cx_err *err)
{
	uint32_t key = recall_key(e, row);
	ptrdiff_t known = key ? cx_recall_get(e->recall, key) : -1;
	enum cx_phase phase;

	*kind = (uint32_t)known;
	if (known >= 0)
		return 0;
	if (check_own_names(e, row, err) < 0)
		return -1;
	if (set->lifecycle &&
	    journey_phase(cx_row_cell(row, e->kind_at[3]), &phase, err) < 0)
		return -1;
	*kind = put_kind(e, row);
	if (key)
		cx_recall_put(e->recall, key, *kind);
	return 0;
}

static void append(struct journey_events *e, const void *event, size_t size)
{
	if (e->n == e->cap) {
		e->cap = e->cap ? cx_mul(e->cap, 2) : 1024;
		e->events = cx_realloc(e->events, cx_mul(e->cap, size));
	}
	memcpy(e->events + e->n++ * size, event, size);
}

static int add_row(void *state, const struct cx_row *row, struct cx_err *err)
{
	struct journey_events *e = state;
	struct cx_str owner = cx_row_cell(row, e->owner_at), name;
	struct journey_event event;

	if (owner.n == 0) {
		cx_err_record(err, "no customer", "it is missing");
		return in_column(err, set->unit);
	}
	/* An alias of nobody yet is no other's. */
	if (e->alias && cx_lookup_find(e->alias, owner, &name) && name.n)
		owner = name;
	if (read_time(e->days, cx_row_cell(row, e->time_at), &event.event.time,
	        err) < 0)
		return -1;
	if (journey_plan.view->full && read_full(e, row, &event, err) < 0)
		return -1;
	if (read_kind(e, row, &event.event.kind, err) < 0)
		return -1;
	e->nameless += cell_at(row, e->kind_at[0]).n == 0;
	cx_batch_add(
	    &e->batch, &event, journey_event_size(), owner, set->sorted);
	return 0;
}

/* ---- merging ---- */

/* Those that came since the last time, whose numbers are known. */
static void number_kinds(struct journey_events *e)
{
	if (e->kinds.n > e->n_numbers)
		e->numbers = cx_realloc(
		    e->numbers, cx_mul(e->kinds.n, sizeof(*e->numbers)));
	for (; e->n_numbers < e->kinds.n; e->n_numbers++)
		e->numbers[e->n_numbers] =
		    journey_book_kind(cx_map_key(&e->kinds, e->n_numbers));
}

static int flush_owner(struct journey_events *total, struct cx_err *err)
{
	int code;

	if (total->n == 0)
		return 0;
	cx_sorter_by_time(
	    &total->room, total->events, total->n, journey_event_size());
	code = journey_walk(total->walker, cx_buf_str(&total->name),
	    total->events, total->n, err);
	total->n = 0;
	return code;
}

/* --sorted: an event of the owner at hand, or of the next one. */
static int stream(struct journey_events *total, struct cx_str owner,
    const void *event, struct cx_err *err)
{
	if (total->n == 0 || !cx_str_eq(owner, cx_buf_str(&total->name))) {
		if (flush_owner(total, err) < 0 ||
		    journey_order_next(total->order, owner, err) < 0)
			return -1;
		cx_buf_clear(&total->name);
		cx_buf_adds(&total->name, owner);
	}
	append(total, event, journey_event_size());
	return 0;
}

static int stream_all(struct journey_events *total, struct journey_events *e,
    const uint32_t *kinds, struct cx_err *err)
{
	struct cx_str rest = cx_buf_str(&e->batch.parts[0]), owner;
	struct cx_event *event;

	while ((event = cx_batch_next(&rest, journey_event_size(), &owner))) {
		event->kind = kinds[event->kind];
		if (stream(total, owner, event, err) < 0)
			return -1;
	}
	cx_batch_clear(&e->batch);
	return 0;
}

static int merge(void *into, void *from, struct cx_err *err)
{
	struct journey_events *total = into, *e = from;

	number_kinds(e);
	total->nameless += e->nameless;
	e->nameless = 0;
	return set->sorted
	           ? stream_all(total, e, e->numbers, err)
	           : cx_sorter_take(total->sorter, &e->batch, e->numbers, err);
}

int journey_events_finish(struct journey_events *total, struct cx_err *err)
{
	if (set->sorted)
		return flush_owner(total, err);
	if (cx_sorter_finish(total->sorter, err) < 0)
		return -1;
	return journey_walk_all(total->walker, total->sorter, err);
}

static void release(void *state)
{
	struct journey_events *e = state;

	cx_batch_release(&e->batch);
	cx_map_release(&e->kinds);
	free(e->recall);
	free(e->days);
	cx_buf_release(&e->key);
	cx_buf_release(&e->name);
	free(e->events);
	free(e->kind_at);
	free(e->numbers);
	cx_sorter_room_release(&e->room);
}

static int open_file(
    void *total, const struct cx_header *header, struct cx_err *err)
{
	(void)total;
	return journey_open(header, err);
}

const struct cx_fold journey_fold = { sizeof(struct journey_events), false,
	open_file, bind, add_row, merge, release };
