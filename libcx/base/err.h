/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_ERR_H
#define CX_BASE_ERR_H

#include "libcx/base/buf.h"

/* The exit statuses of every program. */
enum cx_status {
	CX_DONE = 0,
	CX_DATA = 1,  /* bad data, or input and output that failed */
	CX_USAGE = 2, /* options, or a column that is not there */
	CX_GATE = 3,  /* computed, but a check asked for failed */
};

/*
 * What went wrong and where. A function that can fail has one as its last
 * parameter, fills it and returns -1; the caller adds what it knows (the
 * line, the column, the file) on the way up. file is empty, line 0 and column
 * empty where they are unknown.
 * below is empty but where what was wrong stands in a text of the user's.
 * reason is set (a literal) when only one record is bad and a user may ask
 * to have it put aside; it counts alike records under one name.
 */
struct cx_err {
	enum cx_status status;
	const char *reason;
	bool poison; /* what is the message of a program before this one */
	unsigned long line;
	char file[256];
	char column[128];
	char what[1024];
	char below[512]; /* lines to be shown below: a text and a caret */
};

/* All return -1, for "return cx_err_set(...)". */
int cx_err_set(struct cx_err *err, enum cx_status status, const char *format,
    ...) __attribute__((format(printf, 3, 4)));
int cx_err_record(struct cx_err *err, const char *reason, const char *format,
    ...) __attribute__((format(printf, 3, 4)));

/* Cuts text to fit err->below, whole characters only. */
void cx_err_below(struct cx_err *err, struct cx_str text);

/* Takes a cell that is not to be seen out of what it says of it. */
void cx_err_hide(struct cx_err *err);

/* Adds the place, where none is known yet. */
void cx_err_file(struct cx_err *err, const char *file);
void cx_err_column(struct cx_err *err, struct cx_str column);

/*
 * "survey.csv:17: column "nps": what", without program name and newline, as
 * cx_err_show has it.
 */
void cx_err_format(const struct cx_err *err, struct cx_buf *out);

/*
 * Appends s as it may stand in a message: control bytes and bytes that are
 * not UTF-8 as \xHH.
 */
void cx_err_show(struct cx_buf *out, struct cx_str s);

/*
 * Data made fit for a message: in double quotes, control bytes and bytes that
 * are not UTF-8 as \xHH, and cut at 40 characters. Valid until the fourth
 * call after it in the same thread.
 */
const char *cx_quote(struct cx_str s);

#endif
