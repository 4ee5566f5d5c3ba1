/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/digest.h"

#include "libcx/base/mem.h"

#include <sodium.h>
#include <stdlib.h>

struct cx_digest {
	crypto_hash_sha256_state state;
	uint64_t n;
};

struct cx_digest *cx_digest_new(void)
{
	struct cx_digest *digest = cx_malloc(sizeof(*digest));

	digest->n = 0;
	crypto_hash_sha256_init(&digest->state);
	return digest;
}

void cx_digest_free(struct cx_digest *digest)
{
	free(digest);
}

void cx_digest_add(struct cx_digest *digest, const char *p, size_t n)
{
	crypto_hash_sha256_update(&digest->state, (const unsigned char *)p, n);
	digest->n += n;
}

void cx_digest_finish(struct cx_digest *digest, char out[CX_DIGEST_SIZE])
{
	unsigned char bytes[CX_DIGEST_SIZE / 2];
	char hex[CX_DIGEST_SIZE + 1];

	crypto_hash_sha256_final(&digest->state, bytes);
	sodium_bin2hex(hex, sizeof(hex), bytes, sizeof(bytes));
	memcpy(out, hex, CX_DIGEST_SIZE);
}

uint64_t cx_digest_bytes(const struct cx_digest *digest)
{
	return digest->n;
}
