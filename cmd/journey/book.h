/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_JOURNEY_BOOK_H
#define CX_CMD_JOURNEY_BOOK_H

#include "cmd/journey/journey.h"

/*
 * Reads -m, and takes note of --end and --goal, before any record. The
 * columns of groups are not known yet.
 */
int journey_book_open(struct cx_err *err);
void journey_book_release(void);

/*
 * The number of a kind by its text: touchpoint, stage, channel, lifecycle and
 * the cells of the group, with NULs between them.
 */
uint32_t journey_book_kind(struct cx_str text);

/* Whether a record is at a touchpoint, or at a stage, of this name. */
bool journey_book_has(struct cx_str name, bool or_stage);

/* The phase of a contact by its word; an error with its reason set. */
int journey_phase(struct cx_str word, enum cx_phase *phase, struct cx_err *err);

#endif
