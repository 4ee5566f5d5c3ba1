/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_PATH_H
#define CX_CMD_PERSONA_PATH_H

#include "libcx/base/map.h"

/* Who was where when; who and where are numbers of the caller's. */
struct card_event {
	uint32_t who, where;
	int64_t seconds;
};

/* All zero is empty. */
struct card_events {
	struct card_event *items;
	size_t n, cap;
	struct cx_map places; /* the touchpoints, numbered */
};

void card_events_add(struct card_events *events, uint32_t who,
    struct cx_str place, int64_t seconds);
void card_events_release(struct card_events *events);

/*
 * The most frequent path of a persona, or NULL text where nobody has one.
 *   n, all   those who take it, and those who have any
 */
struct card_path {
	struct cx_str text;
	uint64_t n, all;
};

/*
 * The places of each person by time, those of one time by their bytes, with
 * repeats left out, as "web → shop → desk", at most CARD_STEPS of them; and
 * of each group of people the most frequent such path.
 *   group_of   by who, the number of a group below n_groups
 *   paths      n_groups of them, filled; their texts are in *texts
 */
enum { CARD_STEPS = 8 };
void card_events_paths(struct card_events *events, const size_t *group_of,
    size_t n_groups, struct card_path *paths, struct cx_map *texts);

#endif
