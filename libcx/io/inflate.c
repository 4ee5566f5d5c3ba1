/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/inflate.h"

#include "libcx/base/mem.h"

#include <pthread.h>
#include <stdlib.h>
#include <zlib.h>

enum {
	GZIP = 15 + 16, /* window bits for inflateInit2: gzip only */
	BLOCK = 1 << 17,
	BLOCKS = 4,
	COMPRESSED = 1 << 16,
};

struct block {
	char bytes[BLOCK];
	size_t n;
};

/*
 * A ring of blocks between two threads: the inflating one fills
 * blocks[filled % BLOCKS], the reading one empties blocks[emptied % BLOCKS].
 */
struct cx_inflate {
	cx_inflate_source *source;
	void *from;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct block *blocks;
	unsigned long filled, emptied;
	size_t used; /* of the block being emptied */
	bool ended, stop, failed;
	struct cx_err err;
	/* the inflating thread's own */
	z_stream stream;
	char compressed[COMPRESSED];
	bool between; /* members */
};

/* The next block to fill, or NULL when the reader has gone. */
static struct block *claim(struct cx_inflate *z)
{
	struct block *block;

	pthread_mutex_lock(&z->lock);
	while (z->filled - z->emptied == BLOCKS && !z->stop)
		pthread_cond_wait(&z->changed, &z->lock);
	block = z->stop ? NULL : &z->blocks[z->filled % BLOCKS];
	pthread_mutex_unlock(&z->lock);
	return block;
}

static void publish(struct cx_inflate *z, size_t n, bool ended)
{
	pthread_mutex_lock(&z->lock);
	if (n) {
		z->blocks[z->filled % BLOCKS].n = n;
		z->filled++;
	}
	z->ended = ended;
	pthread_cond_signal(&z->changed);
	pthread_mutex_unlock(&z->lock);
}

static int damaged(struct cx_inflate *z, int state)
{
	if (state == Z_MEM_ERROR)
		cx_mem_lacking();
	return cx_err_set(&z->err, CX_DATA, "the gzip data is damaged: %s",
	    z->stream.msg ? z->stream.msg : "invalid header");
}

/* More compressed bytes: 1, none left: 0, failed: -1. */
static int refill(struct cx_inflate *z)
{
	ssize_t n = z->source(z->from, z->compressed, COMPRESSED, &z->err);

	if (n <= 0)
		return (int)n;
	z->stream.next_in = (Bytef *)z->compressed;
	z->stream.avail_in = (uInt)n;
	return 1;
}

/*
 * Between members: 1 when another one starts here, 0 at the end of the file.
 * Zero bytes there are padding, as gzip(1) has it; anything else is damage.
 */
static int next_member(struct cx_inflate *z)
{
	for (;;) {
		if (z->stream.avail_in == 0) {
			int more = refill(z);

			if (more <= 0)
				return more;
		}
		if (*z->stream.next_in != 0)
			break;
		z->stream.next_in++;
		z->stream.avail_in--;
	}
	if (*z->stream.next_in != 0x1F)
		return cx_err_set(
		    &z->err, CX_DATA, "there is garbage after the gzip data");
	z->between = false;
	return inflateReset(&z->stream) == Z_OK ? 1 : damaged(z, Z_DATA_ERROR);
}

/* Inflates until out is full: 1, or the file ends: 0; -1 on failure. */
static int fill(struct cx_inflate *z)
{
	while (z->stream.avail_out) {
		int more, state;

		if (z->between && (more = next_member(z)) <= 0)
			return more;
		if (z->stream.avail_in == 0 && (more = refill(z)) <= 0)
			return more < 0 ? -1
			                : cx_err_set(&z->err, CX_DATA,
			                      "the gzip data is cut off");
		state = inflate(&z->stream, Z_NO_FLUSH);
		if (state == Z_STREAM_END)
			z->between = true;
		else if (state != Z_OK && state != Z_BUF_ERROR)
			return damaged(z, state);
	}
	return 1;
}

static void *run(void *arg)
{
	struct cx_inflate *z = arg;
	struct block *block;
	int more = 1;

	while (more > 0 && (block = claim(z))) {
		z->stream.next_out = (Bytef *)block->bytes;
		z->stream.avail_out = BLOCK;
		more = fill(z);
		z->failed = more < 0;
		publish(z, BLOCK - z->stream.avail_out, more <= 0);
	}
	return NULL;
}

struct cx_inflate *cx_inflate_new(cx_inflate_source *source, void *from)
{
	struct cx_inflate *z = cx_calloc(1, sizeof(*z));
	int why;

	z->source = source;
	z->from = from;
	z->blocks = cx_malloc(BLOCKS * sizeof(*z->blocks));
	pthread_mutex_init(&z->lock, NULL);
	pthread_cond_init(&z->changed, NULL);
	if (inflateInit2(&z->stream, GZIP) != Z_OK)
		cx_mem_lacking();
	why = pthread_create(&z->thread, NULL, run, z);
	if (why) {
		z->failed = z->ended = z->stop = true;
		cx_err_set(&z->err, CX_DATA,
		    "inflating needs a thread, and there is none: %s",
		    strerror(why));
	}
	return z;
}

void cx_inflate_free(struct cx_inflate *z)
{
	bool started = !z->stop;

	pthread_mutex_lock(&z->lock);
	z->stop = true;
	pthread_cond_signal(&z->changed);
	pthread_mutex_unlock(&z->lock);
	if (started)
		pthread_join(z->thread, NULL);
	inflateEnd(&z->stream);
	pthread_cond_destroy(&z->changed);
	pthread_mutex_destroy(&z->lock);
	free(z->blocks);
	free(z);
}

/* Waits for a block to empty; NULL at the end. */
static struct block *next_block(struct cx_inflate *z)
{
	struct block *block = NULL;

	pthread_mutex_lock(&z->lock);
	while (z->filled == z->emptied && !z->ended)
		pthread_cond_wait(&z->changed, &z->lock);
	if (z->filled != z->emptied)
		block = &z->blocks[z->emptied % BLOCKS];
	pthread_mutex_unlock(&z->lock);
	return block;
}

static void give_back(struct cx_inflate *z)
{
	pthread_mutex_lock(&z->lock);
	z->emptied++;
	z->used = 0;
	pthread_cond_signal(&z->changed);
	pthread_mutex_unlock(&z->lock);
}

ssize_t cx_inflate_read(
    struct cx_inflate *z, char *to, size_t size, struct cx_err *err)
{
	struct block *block = next_block(z);

	if (!block && z->failed) {
		*err = z->err;
		return -1;
	}
	if (!block)
		return 0;
	if (size > block->n - z->used)
		size = block->n - z->used;
	memcpy(to, block->bytes + z->used, size);
	z->used += size;
	if (z->used == block->n)
		give_back(z);
	return (ssize_t)size;
}
