/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_METER_H
#define CX_IO_METER_H

#include <stddef.h>
#include <stdint.h>

/*
 * How far the inputs of a program are read, for whoever shows it: bytes as
 * they are stored, of the inputs that cx_input_meter was called for. There is
 * one meter; it may be read and added to from any thread.
 *   began    when this pass did, on the monotonic clock, in nanoseconds;
 *            0 before the first
 *   read     in this pass; some bytes may count twice
 *   total    of all its files; 0 where one of them is no plain file
 */
struct cx_meter {
	uint64_t began, read, total;
};

/* A pass over these files begins; "-" is standard input. */
void cx_meter_start(const char *const *files, size_t n);

void cx_meter_add(uint64_t n);

struct cx_meter cx_meter_now(void);

#endif
