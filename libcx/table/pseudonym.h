/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_PSEUDONYM_H
#define CX_TABLE_PSEUDONYM_H

#include "libcx/base/err.h"

/*
 * Pseudonyms: 16 bytes of BLAKE2b with a secret key (RFC 7693, by
 * libsodium), in hexadecimal. The same cell has the same pseudonym in every
 * column, file and run with that key, and without the key nobody can tell who
 * it is, nor try out whom it could be.
 */
enum { CX_PSEUDONYM_SIZE = 32, CX_KEY_LEAST = 32, CX_KEY_MOST = 64 };

struct cx_pseudonym {
	unsigned char key[CX_KEY_MOST + 3]; /* with a CRLF, and one too many */
	size_t n;
};

/*
 * Reads the key: the bytes of the file at path, without a line end behind
 * them, CX_KEY_LEAST to CX_KEY_MOST. A file that is not the user's alone (any
 * permission of group or others) is refused, and so is a key of another size.
 */
int cx_pseudonym_open(
    struct cx_pseudonym *p, const char *path, struct cx_err *err);

/*
 * What stands for a cell: without blanks around it and characters of no
 * width, in NFKC, and, where it is an e-mail address, in lower case. An empty
 * cell has none. Replaces what room holds; the result is in out.
 * Returns whether there is one.
 */
bool cx_pseudonym_make(const struct cx_pseudonym *p, struct cx_str cell,
    struct cx_buf *room, char out[CX_PSEUDONYM_SIZE]);

/*
 * Pseudonyms that were made before, of cells of up to 31 bytes: to look one up
 * costs a tenth of making it. It holds up to 16 MiB. All zero is empty and
 * valid; of one thread.
 */
struct cx_pseudonyms {
	void *room;
	struct cx_pseudonym_line *lines; /* in room */
};

/* Fetches what a recall of the cell soon after will look at. */
void cx_pseudonym_expect(struct cx_pseudonyms *known, struct cx_str cell);

/* As cx_pseudonym_make, which it calls for cells that are not known. */
bool cx_pseudonym_recall(const struct cx_pseudonym *p,
    struct cx_pseudonyms *known, struct cx_str cell, struct cx_buf *room,
    char out[CX_PSEUDONYM_SIZE]);
void cx_pseudonym_forget(struct cx_pseudonyms *known);

/* Wipes the key. */
void cx_pseudonym_close(struct cx_pseudonym *p);

#endif
