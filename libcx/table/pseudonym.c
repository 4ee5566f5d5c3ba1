/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/pseudonym.h"

#include "libcx/base/hash.h"
#include "libcx/base/mem.h"
#include "libcx/io/retry.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>

enum { PSEUDONYM_BYTES = CX_PSEUDONYM_SIZE / 2 };

/* ---- the key ---- */

static int check_file(int fd, struct cx_err *err)
{
	struct stat st;
	int code = -1;

	if (fd >= 0)
		CX_RETRY(code, fstat(fd, &st));
	if (code < 0)
		return cx_err_set(
		    err, CX_DATA, "cannot open: %s", strerror(errno));
	if (!S_ISREG(st.st_mode))
		return cx_err_set(err, CX_USAGE, "it is no regular file");
	if (st.st_mode & (S_IRWXG | S_IRWXO))
		return cx_err_set(err, CX_USAGE,
		    "others than its owner have access to this key "
		    "(mode %03o): make it yours alone with chmod 600",
		    (unsigned)(st.st_mode & 0777));
	return 0;
}

static int read_key(struct cx_pseudonym *p, int fd, struct cx_err *err)
{
	ssize_t n;

	do {
		CX_RETRY(n, read(fd, p->key + p->n, sizeof(p->key) - p->n));
		if (n < 0)
			return cx_err_set(
			    err, CX_DATA, "cannot read: %s", strerror(errno));
		p->n += (size_t)n;
	} while (n != 0 && p->n < sizeof(p->key));
	if (p->n && p->key[p->n - 1] == '\n') {
		p->n--;
		p->n -= p->n && p->key[p->n - 1] == '\r';
	}
	if (p->n >= CX_KEY_LEAST && p->n <= CX_KEY_MOST)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "a key has %d to %d bytes; make one with "
	    "(umask 077; openssl rand -hex 32 >FILE)",
	    CX_KEY_LEAST, CX_KEY_MOST);
}

int cx_pseudonym_open(
    struct cx_pseudonym *p, const char *path, struct cx_err *err)
{
	bool started = sodium_init() >= 0;
	int fd, code;

	*p = (struct cx_pseudonym){ .n = 0 };
	CX_RETRY(fd, open(path, O_RDONLY | O_CLOEXEC));
	code = check_file(fd, err);
	if (code == 0 && !started)
		code = cx_err_set(err, CX_DATA, "libsodium does not start");
	if (code == 0)
		code = read_key(p, fd, err);
	if (fd >= 0)
		close(fd);
	if (code < 0) {
		cx_err_file(err, path);
		cx_pseudonym_close(p);
	}
	return code;
}

void cx_pseudonym_close(struct cx_pseudonym *p)
{
	sodium_memzero(p, sizeof(*p));
}

/* ---- pseudonyms ---- */

/* NFKC without what cannot be seen. False when s is not UTF-8. */
static bool compose(struct cx_buf *out, struct cx_str s)
{
	utf8proc_uint8_t *composed;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p,
	    (utf8proc_ssize_t)s.n, &composed,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
	        UTF8PROC_IGNORE);

	if (n == UTF8PROC_ERROR_NOMEM)
		cx_mem_lacking();
	if (n < 0)
		return false;
	s = cx_str_trim((struct cx_str){ (char *)composed, (size_t)n });
	cx_buf_adds(out, s);
	free(composed);
	return true;
}

/* One @ with something on both sides, and no blanks. */
static bool is_email(struct cx_str s)
{
	const char *at = s.n ? memchr(s.p, '@', s.n) : NULL;
	size_t behind = at ? s.n - (size_t)(at - s.p) - 1 : 0;

	return at && at > s.p && behind && !memchr(at + 1, '@', behind) &&
	       !memchr(s.p, ' ', s.n);
}

static void lower(struct cx_buf *buf)
{
	for (size_t i = 0; i < buf->len; i++)
		if (buf->data[i] >= 'A' && buf->data[i] <= 'Z')
			buf->data[i] += 'a' - 'A';
}

bool cx_pseudonym_make(const struct cx_pseudonym *p, struct cx_str cell,
    struct cx_buf *room, char out[CX_PSEUDONYM_SIZE])
{
	unsigned char bytes[PSEUDONYM_BYTES];
	char hex[CX_PSEUDONYM_SIZE + 1];

	cell = cx_str_trim(cell);
	cx_buf_clear(room);
	if (cx_str_is_ascii(cell) || !compose(room, cell))
		cx_buf_adds(room, cell);
	if (room->len == 0)
		return false;
	if (is_email(cx_buf_str(room)))
		lower(room);
	crypto_generichash(bytes, sizeof(bytes),
	    (const unsigned char *)room->data, room->len, p->key, p->n);
	sodium_bin2hex(hex, sizeof(hex), bytes, sizeof(bytes));
	memcpy(out, hex, CX_PSEUDONYM_SIZE);
	return true;
}

/* ---- those that were made before ---- */

enum { LOG_LINES = 18, CELL_MOST = 31 };

/* A cell and its pseudonym; n 0: none. As long as a line of the caches. */
struct cx_pseudonym_line {
	unsigned char n;
	char cell[CELL_MOST];
	char pseudonym[CX_PSEUDONYM_SIZE];
};

static bool holds(const struct cx_pseudonym_line *line, struct cx_str cell)
{
	return line->n == cell.n && memcmp(line->cell, cell.p, cell.n) == 0;
}

/* Zeros that are not touched need no memory. */
static void make_lines(struct cx_pseudonyms *known)
{
	size_t n = (size_t)1 << LOG_LINES, pair = 2 * sizeof(*known->lines);
	uintptr_t at;

	known->room = cx_calloc(n + 2, sizeof(*known->lines));
	at = (uintptr_t)known->room;
	known->lines = (struct cx_pseudonym_line *)((char *)known->room +
	                                            (pair - at % pair) % pair);
}

/* Of two lines side by side the first. */
static struct cx_pseudonym_line *pair_of(
    struct cx_pseudonyms *known, struct cx_str cell)
{
	if (!known->lines)
		make_lines(known);
	return &known->lines[(cx_hash(cell) >> (64 - LOG_LINES)) & ~(size_t)1];
}

/* Its own line, or one for it: an empty one, else one of the two. */
static struct cx_pseudonym_line *line_of(
    struct cx_pseudonym_line *pair, struct cx_str cell)
{
	if (holds(&pair[0], cell))
		return &pair[0];
	if (holds(&pair[1], cell) || !pair[1].n)
		return &pair[pair[0].n != 0];
	return &pair[cell.p[cell.n - 1] & 1];
}

void cx_pseudonym_expect(struct cx_pseudonyms *known, struct cx_str cell)
{
	const struct cx_pseudonym_line *pair;

	cell = cx_str_trim(cell);
	if (cell.n == 0 || cell.n > CELL_MOST)
		return;
	pair = pair_of(known, cell);
	__builtin_prefetch(&pair[0]);
	__builtin_prefetch(&pair[1]);
}

bool cx_pseudonym_recall(const struct cx_pseudonym *p,
    struct cx_pseudonyms *known, struct cx_str cell, struct cx_buf *room,
    char out[CX_PSEUDONYM_SIZE])
{
	struct cx_pseudonym_line *line;

	cell = cx_str_trim(cell);
	if (cell.n == 0 || cell.n > CELL_MOST)
		return cx_pseudonym_make(p, cell, room, out);
	line = line_of(pair_of(known, cell), cell);
	if (!holds(line, cell)) {
		if (!cx_pseudonym_make(p, cell, room, out))
			return false;
		line->n = (unsigned char)cell.n;
		memcpy(line->cell, cell.p, cell.n);
		memcpy(line->pseudonym, out, CX_PSEUDONYM_SIZE);
		return true;
	}
	memcpy(out, line->pseudonym, CX_PSEUDONYM_SIZE);
	return true;
}

void cx_pseudonym_forget(struct cx_pseudonyms *known)
{
	free(known->room);
	*known = (struct cx_pseudonyms){ NULL, NULL };
}
