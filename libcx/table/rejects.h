/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_REJECTS_H
#define CX_TABLE_REJECTS_H

#include "libcx/base/tally.h"
#include "libcx/table/writer.h"

/*
 * Records that could not be used and were put aside because the user asked
 * for it: a table of file, line, column, reason and the raw record, and a
 * count for each column and reason.
 */
struct cx_rejects {
	struct cx_writer *writer;
	uint64_t most;       /* more are an error; UINT64_MAX is no bound */
	double most_percent; /* of the records read; checked at the end */
	struct cx_tally reasons;
};

/* Those of one stretch of the input, made by any thread. */
struct cx_reject_list {
	struct cx_lines lines;
	struct cx_tally reasons;
};

/* Where rejects go. Returns 0, or -1 and err. */
int cx_rejects_open(
    struct cx_rejects *rejects, const char *path, struct cx_err *err);

/* Puts a record aside: err says why, and is done with. */
void cx_reject_list_add(struct cx_reject_list *list,
    const struct cx_rejects *rejects, const struct cx_err *why,
    struct cx_str record);
void cx_reject_list_release(struct cx_reject_list *list);

/*
 * Takes over a list, in input order. -1 and err when there are more than
 * --max-rejects allows.
 */
int cx_rejects_take(struct cx_rejects *rejects, struct cx_reject_list *list,
    struct cx_err *err);

/*
 * The file appears. -1 and err when writing failed, or when more than the
 * allowed share of n_read records was rejected; then it appears all the same,
 * for the user to look into.
 */
int cx_rejects_close(
    struct cx_rejects *rejects, uint64_t n_read, struct cx_err *err);

void cx_rejects_release(struct cx_rejects *rejects);

#endif
