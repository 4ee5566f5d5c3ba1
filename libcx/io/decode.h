/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_DECODE_H
#define CX_IO_DECODE_H

#include "libcx/base/err.h"

#include <iconv.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Turns bytes of another character set into UTF-8, by iconv(3), as they come.
 * What is no character of the set becomes a byte 0xFF, which no other byte of
 * the output is, so that only the record it stands in is bad; what it was is
 * kept until asked for.
 */
struct cx_decode;

/* Where the bytes come from; as cx_input_read. */
typedef ssize_t cx_decode_source(
    void *from, char *to, size_t size, struct cx_err *err);

/*
 * The name that iconv knows an encoding by, as messages show it: the name
 * given, or what an export means that is labelled so (shift_jis is cp932,
 * WHATWG Encoding Standard, 4.2). Returns 0 with the name, or -1 and err
 * (usage, with the nearest known name) for one that there is not.
 */
enum { CX_ENCODING_SIZE = 48 };
int cx_decode_name(
    const char *encoding, char name[CX_ENCODING_SIZE], struct cx_err *err);

/* The ith of the encodings that are offered, from 0; NULL behind the last. */
const char *cx_decode_common(size_t i);

/* iconv_open from that name to UTF-8. */
iconv_t cx_decode_open(const char *encoding);

/* UTF-8 needs no turning. */
#define CX_UTF8 "utf-8"

/*
 * What the bytes of an input are, by what the user says (NULL: nothing) and
 * the byte order mark that may stand at its head (its first 4 bytes, or all).
 * Without either it is UTF-8. Returns 0 with the name, or -1 and err when the
 * two contradict each other, or utf-16 and utf-32 have no mark.
 */
int cx_decode_start(const char *encoding, struct cx_str head,
    char name[CX_ENCODING_SIZE], struct cx_err *err);

/* The encoding whose byte order mark head starts with, or NULL. */
const char *cx_decode_mark(struct cx_str head);

/* name is one of cx_decode_name. */
struct cx_decode *cx_decode_new(
    const char *name, cx_decode_source *source, void *from);
void cx_decode_free(struct cx_decode *d);

/*
 * As cx_input_read. When the input ends within a character, an error with its
 * line comes after all bytes before it.
 */
ssize_t cx_decode_read(
    struct cx_decode *d, char *to, size_t size, struct cx_err *err);

/* What was no character. */
struct cx_decode_fault {
	uint64_t offset; /* in the undecoded bytes */
	unsigned char bytes[4];
	size_t n; /* of them */
};

/* The faults in their order: takes the next one, false when there is none. */
bool cx_decode_fault(struct cx_decode *d, struct cx_decode_fault *fault);

/* The name, as given to cx_decode_new. */
const char *cx_decode_encoding(const struct cx_decode *d);

#endif
