/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_REPORT_JOURNEY_LAYOUT_H
#define CX_REPORT_JOURNEY_LAYOUT_H

#include "libcx/base/map.h"
#include "libcx/report/journey-map.h"

/* What every touchpoint of the map has its own place for, in all lanes. */
struct cx_journey_slot {
	struct cx_str touchpoint, channel;
	size_t stage;
};

/*
 * Who stands where: lanes (personas), stages, slots in the order of their
 * stages, and for each lane and slot the step, or NULL. Bands are runs of
 * slots that fit side by side.
 */
struct cx_journey_layout {
	struct cx_map lanes, stages;
	struct cx_journey_slot *slots;
	size_t n_slots;
	const struct cx_journey_step **steps; /* lane-major */
	size_t *bands; /* n_bands + 1 numbers of slots, 0 first */
	size_t n_bands;
};

/* most: slots of a band, at least 1. The caller releases. */
void cx_journey_lay_out(struct cx_journey_layout *layout,
    const struct cx_journey_step *steps, size_t n, size_t most);
void cx_journey_layout_release(struct cx_journey_layout *layout);

#endif
