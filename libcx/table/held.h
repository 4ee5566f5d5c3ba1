/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_HELD_H
#define CX_TABLE_HELD_H

#include "libcx/base/buf.h"

/*
 * Texts that wait for those behind them, numbered 0, 1, 2, ... as they come.
 * The room of those dropped is used again: what is held are the others, and
 * 16 bytes for each text there ever was. All zero is empty and valid.
 */
struct cx_held {
	struct cx_buf bytes;
	struct cx_held_text *texts;
	size_t n, cap;
	size_t wasted; /* bytes of dropped texts */
};

/* The number of the new text. */
size_t cx_held_add(struct cx_held *held, struct cx_str text);

void cx_held_drop(struct cx_held *held, size_t number);

/* The text, borrowed until the next call; false when it was dropped. */
bool cx_held_get(
    const struct cx_held *held, size_t number, struct cx_str *text);

void cx_held_release(struct cx_held *held);

#endif
