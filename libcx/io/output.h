/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_OUTPUT_H
#define CX_IO_OUTPUT_H

#include "libcx/base/err.h"

/*
 * One sink of bytes: standard output, or a file that appears whole or not at
 * all (written beside its name, synced, renamed at close; a signal that ends
 * the program takes the half-written file away). A name that ends in .gz is
 * compressed, with no time stamp inside. What is no regular file (a pipe,
 * /dev/null) is written to directly.
 */
struct cx_output;

/* name NULL or "-" is standard output. Returns 0 with *out, or -1 and err. */
int cx_output_open(
    struct cx_output **out, const char *name, struct cx_err *err);

/* All n bytes, or -1 and err; every later write and the close fail too. */
int cx_output_write(
    struct cx_output *out, const char *p, size_t n, struct cx_err *err);

/* Passes on what is buffered; compressed files keep theirs. */
int cx_output_flush(struct cx_output *out, struct cx_err *err);

/*
 * All is written and on the disk, but for the name: so that of several files
 * none appears before all are complete. What is no regular file is closed.
 */
int cx_output_settle(struct cx_output *out, struct cx_err *err);

/* The file appears, settled or not. Frees out in any case. */
int cx_output_close(struct cx_output *out, struct cx_err *err);

/* The file does not appear. Frees out; NULL is fine. */
void cx_output_discard(struct cx_output *out);

/*
 * The program ends without a way back: what is written so far goes out, and
 * this line behind it, unless the output is a file, which is not to appear.
 * Nothing is allocated. Any thread may call it, at any time; when another one
 * is just writing, there are no last words, and nothing else comes either.
 */
void cx_output_last_words(struct cx_output *out, const char *line);

/*
 * Calls this, from any thread, before bytes go to a terminal; NULL: nothing.
 * To be set while no other thread writes.
 */
void cx_output_before_terminal(void (*call)(void));

bool cx_output_is_terminal(const struct cx_output *out);

#endif
