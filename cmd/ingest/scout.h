/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_INGEST_SCOUT_H
#define CX_CMD_INGEST_SCOUT_H

#include "cmd/ingest/ingest.h"

/*
 * The pass of cx-ingest before the one that writes, over columns about which
 * neither the codebook nor an option says how they are to be read: only the
 * whole of them can tell.
 */
struct ingest_scout {
	struct ingest *ingest;
	struct cx_recipe recipe; /* of the file at hand */
	struct ingest_column {
		const struct cx_entry *entry;
		struct cx_evidence evidence; /* of a time or a number */
		struct cx_seen seen;         /* of labels without a set */
	} * columns;
	size_t n;
};

/* --dates and --decimal, which say it of all such columns; NULL: not given. */
extern const char *ingest_dates, *ingest_decimal;
int ingest_scout_options(struct cx_err *err);

/*
 * A recipe's columns are settled by the options, or known to need the pass:
 * for the survey, before there are threads.
 */
void ingest_scout_look(struct ingest *ingest, const struct cx_recipe *recipe);

/* The pass, for a job; total is released by the caller. */
struct cx_scout ingest_scout_job(
    struct ingest *ingest, struct ingest_scout *total);
void ingest_scout_release(struct ingest_scout *scout);

#endif
