/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_DIGEST_H
#define CX_IO_DIGEST_H

#include "libcx/base/buf.h"

/*
 * SHA-256 (FIPS 180-4, by libsodium) and the number of bytes, as they pass
 * by. To be made with cx_digest_new.
 */
struct cx_digest;

struct cx_digest *cx_digest_new(void);
void cx_digest_free(struct cx_digest *digest); /* NULL is fine */

void cx_digest_add(struct cx_digest *digest, const char *p, size_t n);

/* Once, when all bytes have passed: 64 hexadecimal digits. */
enum { CX_DIGEST_SIZE = 64 };
void cx_digest_finish(struct cx_digest *digest, char out[CX_DIGEST_SIZE]);

uint64_t cx_digest_bytes(const struct cx_digest *digest);

#endif
