/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_JOURNEY_READ_H
#define CX_CMD_JOURNEY_READ_H

#include "cmd/journey/journey.h"
#include "cmd/journey/walk.h"
#include "libcx/table/fold.h"
#include "libcx/table/instant.h"
#include "libcx/table/recall.h"
#include "libcx/table/sorter.h"

/* An event with what some views need besides. */
struct journey_event {
	struct cx_event event;
	double amount;               /* NaN: none */
	int16_t emotion, score, nps; /* as in struct cx_contact */
};

/* The events of a piece of the input; and, in the total, of all of it. */
struct journey_events {
	struct cx_batch batch; /* of a piece */
	struct cx_map kinds;
	struct cx_recall *recall; /* of kinds */
	struct cx_day_memo *days;
	uint64_t nameless; /* records without a touchpoint */
	/* the columns of the file at hand; SIZE_MAX: not there */
	size_t owner_at, time_at, amount_at, emotion_at, score_at, nps_at;
	size_t *kind_at, n_kind_at;
	struct cx_buf key, name; /* of a kind; of the owner at hand */
	uint32_t *numbers;       /* room for merging kinds */
	size_t n_numbers;
	/* of the total only */
	struct journey_walker *walker;
	struct cx_sorter *sorter;
	/* of the total in --sorted: the owner at hand */
	char *events;
	size_t n, cap;
	struct cx_sorter_room room;
	struct journey_order *order;
	struct cx_lookup *alias;
};

extern const struct cx_fold journey_fold;

/* Bytes of an event, as the view needs it. */
size_t journey_event_size(void);

/* All records are read: the journeys are walked. */
int journey_events_finish(struct journey_events *total, struct cx_err *err);

#endif
