/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CLI_PROGRESS_H
#define CX_CLI_PROGRESS_H

#include "libcx/base/buf.h"
#include "libcx/io/meter.h"

#include <stdbool.h>

/*
 * How far a program is, for somebody who waits for it: one line on standard
 * error from the third second on, written over again and again, and taken
 * away before anything else is written there, and at the end.
 *
 * There is none where it was not wanted (quiet), where nobody would see it, or
 * where it would be in the way: standard error is no terminal, or a dumb one,
 * or that of a program in the background; standard output is a pipe, whose
 * reader may write to the same terminal (so of a pipeline the last program has
 * one); or something was written to a terminal as output, which ends it for
 * good.
 */
void cx_progress_start(const char *name, bool quiet);

/* Does nothing where it was not started, or has ended. */
void cx_progress_end(void);

/*
 * A message on standard error: the line is taken away before it, and another
 * program's too.
 */
void cx_progress_say(const char *text, size_t n);

/*
 * "cx-nps: 128 MB of 255 MB (50 %), 64.0 MB/s, 0:02".
 *   reading   seconds since the pass began, > 0
 *   running   seconds since the program began
 */
void cx_progress_describe(struct cx_buf *out, const char *name,
    const struct cx_meter *meter, double reading, double running);

#endif
