/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_BASE_EACH_H
#define CX_BASE_EACH_H

#include <stddef.h>

/*
 * Does jobs 0 to n - 1, each once, by this many threads. Which thread does
 * which, and when, is left to chance: a job must depend on its number alone
 * and leave what it finds in a place of its own, or in scratch, where collect
 * adds up what no order shows in.
 *
 *   scratch   size bytes, all zero, for each thread
 *   collect   behind the last job of a thread, never two at once; or NULL
 *   release   NULL: nothing to be freed in it
 */
struct cx_each {
	void (*job)(void *context, void *scratch, size_t number);
	void (*collect)(void *context, void *scratch);
	void (*release)(void *scratch);
	void *context;
	size_t scratch_size;
};

void cx_each_run(const struct cx_each *each, size_t n, unsigned threads);

#endif
