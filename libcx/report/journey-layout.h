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
	struct cx_journey_rest {
		size_t n;    /* slots that are left out */
		double most; /* customers of one of them; NaN: not told */
	} * rests;           /* by stage */
	size_t *bands;       /* n_bands + 1 numbers of slots, 0 first */
	size_t n_bands;
};

/*
 *   in_band    slots of a band at most, at least 1
 *   in_stage   slots of a stage at most, those with the most customers;
 *              0: all
 * The caller releases.
 */
void cx_journey_lay_out(struct cx_journey_layout *layout,
    const struct cx_journey_step *steps, size_t n, size_t in_band,
    size_t in_stage);
void cx_journey_layout_release(struct cx_journey_layout *layout);

#endif
