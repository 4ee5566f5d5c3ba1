/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_SCREEN_H
#define CX_TABLE_SCREEN_H

#include "libcx/base/tally.h"
#include "libcx/table/codebook.h"
#include "libcx/table/header.h"
#include "libcx/table/row.h"

/*
 * The rules of a codebook, and of the format of a table, about its records:
 * which are dropped, and where a column says the NPS group of another.
 */
struct cx_screen {
	struct cx_screen_drop {
		size_t column;
		const struct cx_rule *rule; /* borrowed */
	} * drops;
	size_t n_drops;
	struct cx_screen_drop *knowns; /* which cells are known, the same way */
	size_t n_knowns;
	struct cx_screen_group {
		size_t score, group; /* columns */
	} * groups;
	size_t n_groups;
};

/*
 * book, keep and header must outlive the screen. A rule whose column the
 * table lacks says nothing.
 *   keep   notes of rules that do not count; NULL: none
 */
void cx_screen_make(struct cx_screen *screen, const struct cx_codebook *book,
    const struct cx_map *keep, const struct cx_header *header);
void cx_screen_release(struct cx_screen *screen);

/* The name of the rule that drops the record, or NULL. */
const char *cx_screen_drop(
    const struct cx_screen *screen, const struct cx_row *row);

/*
 * Counts cells that the rules do not know, by the header of the rule "known";
 * blank cells are known.
 */
void cx_screen_unknown(const struct cx_screen *screen, const struct cx_row *row,
    struct cx_tally *unknown);

/*
 * How many groups of the record are not those of their scores: detractors
 * (1) from 0 to 6, passives (2) 7 and 8, promoters (3) 9 and 10. Reichheld
 * 2003, Harvard Business Review 81(12); the numbers are those of Qualtrics.
 */
unsigned cx_screen_wrong_groups(
    const struct cx_screen *screen, const struct cx_row *row);

#endif
