/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_DRAFT_H
#define CX_TABLE_DRAFT_H

#include "libcx/table/facts.h"

/* Which column of the stream a column of the source may be. */
enum cx_role {
	CX_ROLE_NONE,
	CX_ROLE_ID,
	CX_ROLE_CUSTOMER,
	CX_ROLE_TIME,
	CX_ROLE_NPS,
	CX_ROLE_CSAT,
	CX_ROLE_COMMENT,
	CX_N_ROLES
};
extern const char *const cx_role_names[CX_N_ROLES];

/*
 * What a codebook would say of a column, with the evidence for it in note. No
 * cell of the source is in it, but for codes and labels that are known
 * beforehand.
 */
struct cx_draft {
	enum cx_role role;
	bool chief; /* of several for a role, this one */
	struct cx_buf type, range, missing, dates, note;
};

/*
 *   sets        of labels; NULL: there are none
 *   zone_known  times without an offset can be read
 * draft is all zero, or one that was used before.
 */
void cx_draft_make(struct cx_draft *draft, struct cx_str header,
    const struct cx_facts *facts, const struct cx_label_sets *sets,
    bool zone_known);
void cx_draft_release(struct cx_draft *draft);

#endif
