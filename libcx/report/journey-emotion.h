/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_JOURNEY_EMOTION_H
#define CX_REPORT_JOURNEY_EMOTION_H

#include "libcx/report/journey-layout.h"

/* A journey map while it is drawn. */
struct cx_journey_drawing {
	const struct cx_journey_map *map;
	const struct cx_journey_words *words;
	struct cx_journey_layout layout;
	struct cx_buf *body, text;
	double slot; /* width */
	bool has_channels, has_emotion, has_reach, has_drop_off, has_wait;
	size_t first, end; /* slots of the band at hand */
	double y;          /* where the next thing goes */
};

/* In pixels: where the slots start, letters, signs. */
static const double CX_JOURNEY_LEFT = 98, CX_JOURNEY_LABEL_SIZE = 10.5;
static const double CX_JOURNEY_DOT = 4, CX_JOURNEY_SIGN = 4.5;

static inline double cx_journey_left(
    const struct cx_journey_drawing *d, size_t slot)
{
	return CX_JOURNEY_LEFT + (double)(slot - d->first) * d->slot;
}

static inline double cx_journey_middle(
    const struct cx_journey_drawing *d, size_t slot)
{
	return cx_journey_left(d, slot) + d->slot / 2;
}

/* NULL where the persona of the lane does not come. */
static inline const struct cx_journey_step *cx_journey_step_of(
    const struct cx_journey_drawing *d, size_t lane, size_t slot)
{
	return d->layout.steps[lane * d->layout.n_slots + slot];
}

static inline bool cx_journey_is_shown(const struct cx_journey_step *step)
{
	return step && !step->masked;
}

/* The curve of a lane over the slots of the band, and moves below it. */
void cx_journey_draw_emotion(struct cx_journey_drawing *d, size_t lane);

#endif
