/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_JOURNEY_WALK_H
#define CX_CMD_JOURNEY_WALK_H

#include "cmd/journey/journey.h"
#include "libcx/table/sorter.h"

/* Makes contacts of the events of one owner, journeys of these, and has the
 * view take them. */
struct journey_walker {
	struct journey_counts *counts;
	struct cx_sheet *sheet;
	struct cx_contact *contacts;
	size_t cap;
	struct cx_joiner joiner;
	uint64_t owners, journeys, events;
	int64_t earliest, latest; /* of all contacts */
};

/* Walks all owners of a sorter, which is finished. */
int journey_walk_all(struct journey_walker *walker, struct cx_sorter *sorter,
    struct cx_err *err);

/* events: n of journey_event_size() bytes, by time. */
int journey_walk(struct journey_walker *walker, struct cx_str owner,
    const void *events, size_t n, struct cx_err *err);
void journey_walker_release(struct journey_walker *walker);

#endif
