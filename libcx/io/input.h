/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_INPUT_H
#define CX_IO_INPUT_H

#include "libcx/base/err.h"
#include "libcx/io/decode.h"
#include "libcx/io/digest.h"

#include <stdint.h>
#include <sys/types.h>

/*
 * One source of bytes: a file, or standard input. gzip is recognised by its
 * content and handed out inflated, by a thread of its own.
 */
struct cx_input;

/* name "-" is standard input. Returns 0 with *in, or -1 and err. */
int cx_input_open(struct cx_input **in, const char *name, struct cx_err *err);
void cx_input_close(struct cx_input *in);

/*
 * The same in one of these ways or in both.
 *   twice    all can be read a second time: what a pipe hands out is kept
 *            until rewind, which puts it into a file without a name, or until
 *            once, which says that there will be no second time
 *   summed   the bytes as they are stored, compressed or not, are summed up as
 *            they are read; it can only be read from end to end then
 */
enum { CX_INPUT_TWICE = 1, CX_INPUT_SUMMED = 2 };
int cx_input_open_as(
    struct cx_input **in, const char *name, unsigned ways, struct cx_err *err);
void cx_input_once(struct cx_input *in);

/* What a summed input adds up to: once, when its end has been read. */
struct cx_input_sum {
	char sha256[CX_DIGEST_SIZE];
	uint64_t size;
};
void cx_input_take_sum(struct cx_input *in, struct cx_input_sum *sum);

/*
 * What is read of it counts for the meter (io/meter.h), from the first byte
 * on, until it is closed or rewound.
 */
void cx_input_meter(struct cx_input *in);

/* Back to the first byte, as if it was just opened. */
int cx_input_rewind(struct cx_input *in, struct cx_err *err);

/* The name for messages: as given, or "standard input". */
const char *cx_input_name(const struct cx_input *in);

/* Neither a file nor gzip in a file: whoever writes it may have died. */
bool cx_input_is_pipe(const struct cx_input *in);

/*
 * Before anything is read: the bytes handed out from here on are UTF-8, made
 * of encoding (a name as for iconv; NULL: UTF-8), or of what a byte order mark
 * names. Offsets in messages and faults count the bytes before that, without
 * their compression.
 */
int cx_input_decode(
    struct cx_input *in, const char *encoding, struct cx_err *err);

/* The encoding of the bytes: of cx_decode_name, or CX_UTF8. */
const char *cx_input_encoding(const struct cx_input *in);

/*
 * The lines of the input end in CR: what is handed out from here on has LF in
 * place of each CR that no LF follows, starting again with the n bytes at p,
 * all that were read.
 */
void cx_input_returns(struct cx_input *in, const char *p, size_t n);

/* What became a byte 0xFF: see cx_decode_fault. */
bool cx_input_fault(struct cx_input *in, struct cx_decode_fault *fault);

/*
 * Hands out 1 to size bytes in order. Returns their number, 0 at the end,
 * -1 and err when reading failed or the gzip data is damaged or cut off.
 */
ssize_t cx_input_read(
    struct cx_input *in, char *to, size_t size, struct cx_err *err);

/*
 * A plain file can also be read at any place, by several threads at once.
 * size is its length when it was opened, and 0 where that cannot be done.
 */
uint64_t cx_input_size(const struct cx_input *in);
ssize_t cx_input_read_at(const struct cx_input *in, uint64_t offset, char *to,
    size_t size, struct cx_err *err);

/* For tests: no read(2) hands out more than this many bytes; 0 is no bound. */
void cx_input_set_largest_read(size_t largest);

#endif
