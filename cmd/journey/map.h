/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_JOURNEY_MAP_H
#define CX_CMD_JOURNEY_MAP_H

#include "cmd/journey/journey.h"
#include "libcx/model/compare.h"
#include "libcx/model/mask.h"
#include "libcx/model/survival.h"

/* What a row of the map is marked as. */
enum journey_mark {
	JOURNEY_PAIN = 1 << 0,
	JOURNEY_DELIGHT = 1 << 1,
	JOURNEY_TRUTH = 1 << 2,
	JOURNEY_PEAK = 1 << 3,
	JOURNEY_END = 1 << 4,
};

/* What of a row is not told, as it rests on too few. */
enum journey_hides {
	JOURNEY_HIDES_SCORE = 1 << 0,
	JOURNEY_HIDES_EMOTION = 1 << 1,
	JOURNEY_HIDES_NPS = 1 << 2,
	JOURNEY_HIDES_NEXT = 1 << 3, /* and the time to it */
	JOURNEY_HIDES_OUTCOME = 1 << 4,
};

/*
 * A row of the map: a touchpoint (in a channel) of a stage, in a group. Texts
 * are borrowed from the counts; shares are in [0, 1], times in seconds, and
 * NaN what is not known.
 */
struct journey_row {
	struct cx_str group, stage, touchpoint, channel;
	size_t stage_no;                /* from 1, the same in all groups */
	uint64_t customers, events, of; /* of: customers of the group */
	double position;                /* mean place in journeys, from 1 */
	struct cx_mean scores;          /* ratings */
	/* thousandths of emotion; or else ratings, where that is all there is
	 */
	struct cx_mean feelings;
	bool from_score;
	double emotion, emotion_lo, emotion_hi; /* -2 to 2 */
	uint64_t negative;                      /* below 0, of feelings.n */
	struct cx_nps nps;
	struct cx_spread wait;
	struct cx_str next; /* the touchpoint most come to next */
	uint64_t next_n, followed;
	uint64_t repeats;            /* customers who came again */
	struct cx_survival drop_off; /* share that stays away */
	double p;                    /* feelings against all others, adjusted */
	bool below;                  /* they are lower than those */
	struct cx_comparison outcome; /* of who felt well here, less badly */
	uint64_t well, badly;         /* journeys that did */
	double outcome_p;             /* adjusted */
	unsigned marks;
	enum cx_mask_mark mark; /* of the whole row */
	unsigned hidden;        /* enum journey_hides */
};

/*
 * The rows in the order of groups, stages, positions. The caller frees *rows.
 */
int journey_map_rows(struct journey_counts *counts, struct journey_row **rows,
    size_t *n, struct cx_err *err);

/* Fills in what --min-n says is not to be told: mark, hidden. */
void journey_map_hide(struct journey_row *rows, size_t n);

/* Fills in what compares rows that are told: p, outcome_p, marks. */
void journey_map_mark(struct journey_row *rows, size_t n);

/* Writes a row of the table. */
int journey_map_put(
    struct cx_sheet *sheet, const struct journey_row *row, struct cx_err *err);

/* What the map counts. A cell's numbers stand together, in this order. */
enum journey_cell {
	CELL_EVENTS,
	CELL_POSITIONS, /* the sum of their places in journeys */
	CELL_CUSTOMERS,
	CELL_REPEATS,
	CELL_SCORE,   /* valued */
	CELL_EMOTION, /* valued: thousandths */
	CELL_WAIT,    /* valued */
	CELL_WENT_ON, /* valued: from the first contact to the next */
	CELL_LAST,    /* valued: when the first contact was, if the last too */
	CELL_PROMOTERS,
	CELL_PASSIVES,
	CELL_DETRACTORS,
	CELL_WELL, /* valued: outcome of journeys that felt well here */
	CELL_BADLY,
	N_CELL,
};
extern const char *const journey_cell_words[N_CELL];
extern const char journey_map_next[], journey_map_group[];

/* Whether the outcome is the recommendation; else conversion. */
bool journey_outcome_is_nps(void);

#endif
