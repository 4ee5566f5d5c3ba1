/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/journey/book.h"

#include "cmd/journey/stages.h"
#include "libcx/base/mem.h"
#include "libcx/base/part.h"

#include <stdlib.h>

struct journey_book journey_book;

static struct journey_book *const book = &journey_book;
static const char between = '\0';

struct cx_str journey_touchpoint(uint32_t number)
{
	return cx_map_key(&book->touchpoints, number);
}

struct cx_str journey_stage(uint32_t number)
{
	return cx_map_key(&book->stages, number);
}

struct cx_str journey_channel(uint32_t number)
{
	return cx_map_key(&book->channels, number);
}

struct cx_str journey_group(uint32_t number)
{
	return cx_map_key(&book->groups, number);
}

/* ---- marks ---- */

/* The touchpoint's number, with room for its marks. */
static uint32_t put_touchpoint(struct cx_str name)
{
	size_t number = cx_map_put(&book->touchpoints, name);
	size_t old = book->n_marks;

	if (number < old)
		return (uint32_t)number;
	book->n_marks = old ? cx_mul(old, 2) : 64;
	book->ends = cx_realloc(book->ends, book->n_marks);
	book->goals = cx_realloc(book->goals, book->n_marks);
	book->seen =
	    cx_realloc(book->seen, cx_mul(book->n_marks, sizeof(*book->seen)));
	memset(book->ends + old, 0, book->n_marks - old);
	memset(book->goals + old, 0, book->n_marks - old);
	memset(
	    book->seen + old, 0, (book->n_marks - old) * sizeof(*book->seen));
	return (uint32_t)number;
}

int journey_book_open(struct cx_err *err)
{
	const struct journey_settings *set = &journey_settings;
	const struct cx_list *goals = set->goals.n ? &set->goals : &set->ends;

	put_touchpoint(cx_str(""));
	for (size_t i = 0; i < set->ends.n; i++) {
		uint32_t t = put_touchpoint(cx_str(set->ends.items[i]));

		book->ends[t] = true;
	}
	for (size_t i = 0; i < goals->n; i++) {
		uint32_t t = put_touchpoint(cx_str(goals->items[i]));

		book->goals[t] = true;
	}
	return set->stages_file ? journey_stages_read(set->stages_file, err)
	                        : 0;
}

void journey_book_release(void)
{
	cx_map_release(&book->kinds);
	cx_map_release(&book->touchpoints);
	cx_map_release(&book->stages);
	cx_map_release(&book->channels);
	cx_map_release(&book->groups);
	free(book->list);
	free(book->ends);
	free(book->goals);
	free(book->seen);
	journey_stages_release();
	*book = (struct journey_book){ 0 };
}

bool journey_has_goals(void)
{
	return journey_settings.goals.n || journey_settings.ends.n;
}

bool journey_converts(const struct journey *j)
{
	for (size_t i = 0; i < j->n; i++)
		if (book->goals[j->contacts[i].touchpoint])
			return true;
	return false;
}

/* ---- kinds ---- */

int journey_phase(struct cx_str word, enum cx_phase *phase, struct cx_err *err)
{
	static const struct {
		const char *word;
		enum cx_phase phase;
	} phases[] = { { "", CX_PHASE_WHOLE }, { "start", CX_PHASE_START },
		{ "complete", CX_PHASE_COMPLETE }, { "START", CX_PHASE_START },
		{ "COMPLETE", CX_PHASE_COMPLETE } };

	for (size_t i = 0; i < sizeof(phases) / sizeof(*phases); i++) {
		if (cx_str_eq(word, cx_str(phases[i].word))) {
			*phase = phases[i].phase;
			return 0;
		}
	}
	cx_err_record(err, "no start or complete",
	    "%s is not start or complete", cx_quote(word));
	cx_err_column(err, cx_str(journey_settings.lifecycle));
	return -1;
}

/* With --by-channel, where a row has no channel of its own. */
static uint32_t put_at_channel(struct cx_str touchpoint, struct cx_str channel)
{
	const struct cx_str sign = cx_str(" / ");
	struct cx_buf name = { 0 };
	uint32_t number;

	cx_buf_adds(&name, touchpoint);
	cx_buf_adds(&name, sign);
	cx_part_add_last(&name, channel, sign);
	number = put_touchpoint(cx_buf_str(&name));
	if (touchpoint.n) {
		uint32_t whole = put_touchpoint(touchpoint);

		book->ends[number] = book->ends[whole];
		book->goals[number] = book->goals[whole];
	}
	cx_buf_release(&name);
	return number;
}

/* Whether any cell of a group says something. */
static bool is_filled(struct cx_str group)
{
	for (size_t i = 0; i < group.n; i++)
		if (group.p[i] != between)
			return true;
	return false;
}

static struct journey_kind make_kind(struct cx_str text)
{
	struct cx_str touchpoint = cx_str_next(&text, between);
	struct cx_str stage = cx_str_next(&text, between);
	struct cx_str channel = cx_str_next(&text, between);
	struct cx_str lifecycle = cx_str_next(&text, between);
	struct cx_str group = text.p ? text : cx_str("");
	struct journey_kind kind = { .is_contact = touchpoint.n > 0,
		.has_group = is_filled(group) };
	struct cx_err ignored;

	(void)journey_phase(lifecycle, &kind.phase, &ignored);
	journey_stages_find(touchpoint, &stage);
	kind.stage = (uint32_t)cx_map_put(&book->stages, stage);
	kind.channel = (uint32_t)cx_map_put(&book->channels, channel);
	kind.group = (uint32_t)cx_map_put(&book->groups, group);
	kind.touchpoint = journey_settings.by_channel && kind.is_contact &&
	                          !journey_plan.view->has_channels
	                      ? put_at_channel(touchpoint, channel)
	                      : put_touchpoint(touchpoint);
	return kind;
}

uint32_t journey_book_kind(struct cx_str text)
{
	size_t before = book->kinds.n;
	size_t number = cx_map_put(&book->kinds, text);

	if (number < before)
		return (uint32_t)number;
	if (number == book->cap) {
		book->cap = book->cap ? cx_mul(book->cap, 2) : 64;
		book->list = cx_realloc(
		    book->list, cx_mul(book->cap, sizeof(*book->list)));
	}
	book->list[number] = make_kind(text);
	return (uint32_t)number;
}

bool journey_book_has(struct cx_str name, bool or_stage)
{
	for (size_t i = 0; i < book->kinds.n; i++) {
		struct cx_str text = cx_map_key(&book->kinds, i);
		const struct journey_kind *kind = &book->list[i];

		/* With --by-channel a touchpoint has two names. */
		if (cx_str_eq(cx_str_next(&text, between), name) ||
		    cx_str_eq(journey_touchpoint(kind->touchpoint), name) ||
		    (or_stage && cx_str_eq(journey_stage(kind->stage), name)))
			return true;
	}
	return false;
}
