/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/input.h"

#include "libcx/base/mem.h"
#include "libcx/io/decode.h"
#include "libcx/io/inflate.h"
#include "libcx/io/meter.h"
#include "libcx/io/retry.h"
#include "libcx/io/returns.h"
#include "libcx/io/spool.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GZIP_MAGIC = 2, LEAD = 4 };

struct cx_input {
	int fd;
	char *name;
	bool is_file;
	uint64_t size;
	off_t start;                /* where reading began */
	struct cx_spool *spool;     /* of a pipe that may be read again */
	struct cx_inflate *inflate; /* NULL when the bytes are plain */
	struct cx_decode *decode;   /* NULL when they are UTF-8 */
	struct cx_returns *returns; /* NULL when lines end in LF */
	unsigned char head[GZIP_MAGIC];
	size_t head_n, head_used; /* read ahead to see what it is */
	struct cx_digest *digest; /* NULL when nobody asked for it */
	char lead[LEAD];          /* the same of the inflated bytes */
	size_t lead_n, lead_used;
	/* Also of the thread that inflates. */
	atomic_bool metered;
	atomic_uint_fast64_t taken; /* before it was */
};

static size_t largest_read;

void cx_input_set_largest_read(size_t largest)
{
	largest_read = largest;
}

static size_t bounded(size_t size)
{
	return largest_read && size > largest_read ? largest_read : size;
}

static int failed(struct cx_err *err)
{
	if (errno == EISDIR)
		return cx_err_set(
		    err, CX_DATA, "it is a directory, not a file");
	return cx_err_set(err, CX_DATA, "cannot read: %s", strerror(errno));
}

static ssize_t read_some(
    struct cx_input *in, char *to, size_t size, struct cx_err *err)
{
	ssize_t n;

	CX_RETRY(n, read(in->fd, to, bounded(size)));
	if (n > 0 && in->spool)
		cx_spool_add(in->spool, to, (size_t)n);
	if (n > 0 && in->digest)
		cx_digest_add(in->digest, to, (size_t)n);
	if (n > 0 && in->metered)
		cx_meter_add((uint64_t)n);
	else if (n > 0)
		in->taken += (uint64_t)n;
	return n < 0 ? failed(err) : n;
}

/* The bytes as they are stored: the head read ahead, then the rest. */
static ssize_t read_raw(void *from, char *to, size_t size, struct cx_err *err)
{
	struct cx_input *in = from;
	size_t left = in->head_n - in->head_used;

	if (left == 0)
		return read_some(in, to, size, err);
	if (size > left)
		size = left;
	memcpy(to, in->head + in->head_used, size);
	in->head_used += size;
	return (ssize_t)size;
}

static int look(struct cx_input *in, struct cx_err *err)
{
	while (in->head_n < GZIP_MAGIC) {
		ssize_t n = read_some(in, (char *)in->head + in->head_n,
		    GZIP_MAGIC - in->head_n, err);

		if (n < 0)
			return -1;
		if (n == 0)
			break;
		in->head_n += (size_t)n;
	}
	if (in->head_n == GZIP_MAGIC && in->head[0] == 0x1F &&
	    in->head[1] == 0x8B)
		in->inflate = cx_inflate_new(read_raw, in);
	return 0;
}

static int open_file(
    struct cx_input *in, const char *name, bool twice, struct cx_err *err)
{
	struct stat st;
	int code;

	if (strcmp(name, "-") == 0)
		in->fd = STDIN_FILENO;
	else
		CX_RETRY(in->fd, open(name, O_RDONLY | O_CLOEXEC));
	if (in->fd < 0)
		return cx_err_set(
		    err, CX_DATA, "cannot open: %s", strerror(errno));
	CX_RETRY(code, fstat(in->fd, &st));
	if (code < 0)
		return failed(err);
	in->is_file = S_ISREG(st.st_mode);
	/* Standard input may be a file that was read in part already. */
	if (in->is_file)
		CX_RETRY(in->start, lseek(in->fd, 0, SEEK_CUR));
	if (in->start < 0)
		return failed(err);
	if (in->is_file && in->start == 0)
		in->size = (uint64_t)st.st_size;
	if (twice && !in->is_file) {
		in->spool = cx_malloc(sizeof(*in->spool));
		cx_spool_init(in->spool);
	}
	return look(in, err);
}

int cx_input_open_as(
    struct cx_input **in, const char *name, unsigned ways, struct cx_err *err)
{
	struct cx_input *made = cx_calloc(1, sizeof(*made));

	if (ways & CX_INPUT_SUMMED)
		made->digest = cx_digest_new();
	made->name = cx_strdup(strcmp(name, "-") ? name : "standard input");
	if (open_file(made, name, ways & CX_INPUT_TWICE, err) < 0) {
		cx_err_file(err, made->name);
		cx_input_close(made);
		return -1;
	}
	*in = made;
	return 0;
}

int cx_input_open(struct cx_input **in, const char *name, struct cx_err *err)
{
	return cx_input_open_as(in, name, 0, err);
}

void cx_input_meter(struct cx_input *in)
{
	in->metered = true;
	cx_meter_add(atomic_exchange(&in->taken, 0));
}

void cx_input_once(struct cx_input *in)
{
	if (in->spool)
		cx_spool_stop(in->spool);
}

/* What stands between the file and the reader of its bytes. */
static void take_down(struct cx_input *in)
{
	cx_returns_free(in->returns);
	cx_decode_free(in->decode);
	if (in->inflate)
		cx_inflate_free(in->inflate);
	in->returns = NULL;
	in->decode = NULL;
	in->inflate = NULL;
	in->head_n = in->head_used = 0;
	in->lead_n = in->lead_used = 0;
}

/* From now on the input is the file that holds what the pipe held. */
static int use_spool(struct cx_input *in, struct cx_err *err)
{
	int fd = cx_spool_file(in->spool, in->fd, &in->size, err);

	if (fd < 0)
		return -1;
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = fd;
	cx_spool_release(in->spool);
	free(in->spool);
	in->spool = NULL;
	return 0;
}

static int seek_start(struct cx_input *in, struct cx_err *err)
{
	off_t at;

	CX_RETRY(at, lseek(in->fd, in->start, SEEK_SET));
	return at < 0 ? failed(err) : 0;
}

int cx_input_rewind(struct cx_input *in, struct cx_err *err)
{
	int code;

	take_down(in);
	in->metered = false;
	in->taken = 0;
	if (in->digest) {
		cx_digest_free(in->digest);
		in->digest = cx_digest_new();
	}
	if (in->spool)
		code = use_spool(in, err);
	else
		code = seek_start(in, err);
	if (code == 0)
		code = look(in, err);
	if (code < 0)
		cx_err_file(err, in->name);
	return code;
}

void cx_input_close(struct cx_input *in)
{
	if (!in)
		return;
	take_down(in);
	if (in->spool)
		cx_spool_release(in->spool);
	free(in->spool);
	cx_digest_free(in->digest);
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	free(in->name);
	free(in);
}

void cx_input_take_sum(struct cx_input *in, struct cx_input_sum *sum)
{
	sum->size = cx_digest_bytes(in->digest);
	cx_digest_finish(in->digest, sum->sha256);
}

const char *cx_input_name(const struct cx_input *in)
{
	return in->name;
}

bool cx_input_is_pipe(const struct cx_input *in)
{
	return !in->is_file;
}

/* The bytes without their compression, not decoded yet. */
static ssize_t read_inflated(
    void *from, char *to, size_t size, struct cx_err *err)
{
	struct cx_input *in = from;
	size_t left = in->lead_n - in->lead_used;

	if (left) {
		size = size < left ? size : left;
		memcpy(to, in->lead + in->lead_used, size);
		in->lead_used += size;
		return (ssize_t)size;
	}
	return in->inflate
	           ? cx_inflate_read(in->inflate, to, bounded(size), err)
	           : read_raw(in, to, size, err);
}

static int read_lead(struct cx_input *in, struct cx_err *err)
{
	size_t n = 0;

	while (n < LEAD) {
		ssize_t got = read_inflated(in, in->lead + n, LEAD - n, err);

		if (got < 0)
			return -1;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	in->lead_n = n;
	return 0;
}

int cx_input_decode(
    struct cx_input *in, const char *encoding, struct cx_err *err)
{
	char name[CX_ENCODING_SIZE];
	int code = read_lead(in, err);

	if (code == 0)
		code = cx_decode_start(encoding,
		    (struct cx_str){ in->lead, in->lead_n }, name, err);
	if (code < 0) {
		cx_err_file(err, in->name);
		return -1;
	}
	if (strcmp(name, CX_UTF8) != 0)
		in->decode = cx_decode_new(name, read_inflated, in);
	return 0;
}

const char *cx_input_encoding(const struct cx_input *in)
{
	return in->decode ? cx_decode_encoding(in->decode) : CX_UTF8;
}

bool cx_input_fault(struct cx_input *in, struct cx_decode_fault *fault)
{
	return in->decode && cx_decode_fault(in->decode, fault);
}

/* The bytes as UTF-8, with the line ends they have. */
static ssize_t read_decoded(
    void *from, char *to, size_t size, struct cx_err *err)
{
	struct cx_input *in = from;

	return in->decode ? cx_decode_read(in->decode, to, bounded(size), err)
	                  : read_inflated(in, to, size, err);
}

void cx_input_returns(struct cx_input *in, const char *p, size_t n)
{
	in->returns = cx_returns_new(read_decoded, in, p, n);
}

ssize_t cx_input_read(
    struct cx_input *in, char *to, size_t size, struct cx_err *err)
{
	ssize_t n = in->returns
	                ? cx_returns_read(in->returns, to, bounded(size), err)
	                : read_decoded(in, to, size, err);

	if (n < 0)
		cx_err_file(err, in->name);
	return n;
}

uint64_t cx_input_size(const struct cx_input *in)
{
	return in->inflate || in->decode || in->returns || in->digest
	           ? 0
	           : in->size;
}

ssize_t cx_input_read_at(const struct cx_input *in, uint64_t offset, char *to,
    size_t size, struct cx_err *err)
{
	ssize_t n;

	CX_RETRY(n, pread(in->fd, to, bounded(size), (off_t)offset));
	if (n < 0) {
		failed(err);
		cx_err_file(err, in->name);
	}
	if (n > 0 && in->metered)
		cx_meter_add((uint64_t)n);
	return n;
}
