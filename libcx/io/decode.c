/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/decode.h"

#include "libcx/base/mem.h"
#include "libcx/io/pairs.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { IN = 1 << 16, OUT = 1 << 17, PLAIN_NAME = 32, FEW = 16 };

struct cx_decode {
	cx_decode_source *source;
	void *from;
	iconv_t iconv;
	struct cx_pairs *pairs; /* NULL: iconv does all of it */
	char *name;
	size_t unit;
	char *in; /* [in_used, in_n) is still to be turned */
	size_t in_n, in_used;
	uint64_t in_offset; /* of in[0] */
	bool in_ended, flushed;
	char *out; /* [out_used, out_n) is still to be handed out */
	size_t out_n, out_used;
	uint64_t lines; /* LF bytes that were ever put into out */
	bool failed;
	struct cx_err err;
	/* faults[first_fault …) are not asked for yet */
	struct cx_decode_fault *faults;
	size_t n_faults, first_fault, faults_cap;
};

/* ---- names ---- */

/* Offered when a name is not known, or not typed yet. */
static const char *const common[] = { CX_UTF8, "utf-16", "utf-16le", "utf-16be",
	"utf-32", "cp932", "shift_jis", "euc-jp", "iso-2022-jp", "windows-1252",
	"macintosh", "iso-8859-1", "iso-8859-15", "windows-1250",
	"windows-1251", "gb18030", "big5", "euc-kr", "koi8-r" };

enum { N_COMMON = sizeof(common) / sizeof(*common) };

const char *cx_decode_common(size_t i)
{
	return i < N_COMMON ? common[i] : NULL;
}

/* Letters and digits alone, small. */
static void plain_name(const char *name, char plain[PLAIN_NAME])
{
	size_t n = 0;

	for (; *name && n + 1 < PLAIN_NAME; name++) {
		char c = *name;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			plain[n++] = c;
	}
	plain[n] = '\0';
}

static const char *meant(const char *name)
{
	static const char *const aliases[][2] = { { "shiftjis", "cp932" },
		{ "sjis", "cp932" }, { "xsjis", "cp932" },
		{ "mskanji", "cp932" }, { "windows31j", "cp932" },
		{ "macroman", "macintosh" }, { "xmacroman", "macintosh" },
		{ "mac", "macintosh" }, { "utf8", CX_UTF8 },
		{ "utf8bom", CX_UTF8 }, { "utf8sig", CX_UTF8 },
		{ "usascii", CX_UTF8 }, { "ascii", CX_UTF8 },
		{ "unicode", "utf-16" }, { "utf16", "utf-16" },
		{ "utf16le", "utf-16le" }, { "utf16be", "utf-16be" },
		{ "ucs2", "utf-16" }, { "ucs2le", "utf-16le" },
		{ "ucs2be", "utf-16be" }, { "utf32", "utf-32" },
		{ "utf32le", "utf-32le" }, { "utf32be", "utf-32be" } };
	char plain[PLAIN_NAME];

	plain_name(name, plain);
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (strcmp(plain, aliases[i][0]) == 0)
			return aliases[i][1];
	return name;
}

static int unknown(const char *encoding, struct cx_err *err)
{
	struct cx_str names[N_COMMON];
	struct cx_buf list = { 0 };
	int near, code;

	for (size_t i = 0; i < N_COMMON; i++) {
		names[i] = cx_str(common[i]);
		cx_buf_addf(&list, "%s%s", i ? ", " : "", common[i]);
	}
	near = cx_str_nearest(cx_str(encoding), names, N_COMMON);
	code = cx_err_set(err, CX_USAGE,
	    "%s is no encoding%s%s%s (there are: %.*s, and what iconv -l "
	    "lists)",
	    cx_quote(cx_str(encoding)), near < 0 ? "" : "; did you mean ",
	    near < 0 ? "" : common[near], near < 0 ? "" : "?", (int)list.len,
	    list.data);
	cx_buf_release(&list);
	return code;
}

iconv_t cx_decode_open(const char *encoding)
{
	iconv_t cd = iconv_open("UTF-8", encoding);

	if (cd == (iconv_t)-1 && errno == ENOMEM)
		cx_mem_lacking();
	return cd;
}

/* iconv calls unknown what it cannot load, too; we know better. */
static bool is_common(const char *name)
{
	for (size_t i = 0; i < N_COMMON; i++)
		if (strcmp(name, common[i]) == 0)
			return true;
	return false;
}

static int cannot_turn(const char *encoding, struct cx_err *err)
{
	return cx_err_set(err, CX_DATA, "iconv cannot turn %s into UTF-8: %s",
	    encoding,
	    errno == EINVAL ? "this system's lacks it, or cannot load it"
	                    : strerror(errno));
}

int cx_decode_name(
    const char *encoding, char name[CX_ENCODING_SIZE], struct cx_err *err)
{
	const char *known = meant(encoding);
	iconv_t try;

	/* A slash would be the start of instructions to iconv. */
	if (!*known || strchr(known, '/') || strlen(known) >= CX_ENCODING_SIZE)
		return unknown(encoding, err);
	try = cx_decode_open(known);
	if (try == (iconv_t)-1)
		return errno == EINVAL && !is_common(known)
		           ? unknown(encoding, err)
		           : cannot_turn(known, err);
	iconv_close(try);
	snprintf(name, CX_ENCODING_SIZE, "%s", known);
	return 0;
}

/* ---- byte order marks ---- */

/* The longer ones first: one starts as another does. */
static const struct bom {
	const char *name;
	unsigned char bytes[4];
	size_t n;
} boms[] = {
	{ "utf-32le", { 0xFF, 0xFE, 0x00, 0x00 }, 4 },
	{ "utf-32be", { 0x00, 0x00, 0xFE, 0xFF }, 4 },
	{ "utf-16le", { 0xFF, 0xFE }, 2 },
	{ "utf-16be", { 0xFE, 0xFF }, 2 },
	{ CX_UTF8, { 0xEF, 0xBB, 0xBF }, 3 },
};

const char *cx_decode_mark(struct cx_str head)
{
	for (size_t i = 0; i < sizeof(boms) / sizeof(*boms); i++)
		if (head.n >= boms[i].n &&
		    memcmp(head.p, boms[i].bytes, boms[i].n) == 0)
			return boms[i].name;
	return NULL;
}

/* utf-16 and utf-32 leave the order of the bytes to the mark. */
static bool is_open(const char *name)
{
	return strcmp(name, "utf-16") == 0 || strcmp(name, "utf-32") == 0;
}

int cx_decode_start(const char *encoding, struct cx_str head,
    char name[CX_ENCODING_SIZE], struct cx_err *err)
{
	const char *mark = cx_decode_mark(head);

	snprintf(name, CX_ENCODING_SIZE, "%s", mark ? mark : CX_UTF8);
	if (!encoding)
		return 0;
	if (cx_decode_name(encoding, name, err) < 0)
		return -1;
	if (is_open(name) && !mark)
		return cx_err_set(err, CX_DATA,
		    "there is no byte order mark: name the order, as %sle or "
		    "%sbe",
		    name, name);
	if (is_open(name) && strncmp(name, mark, strlen(name)) == 0)
		snprintf(name, CX_ENCODING_SIZE, "%s", mark);
	if (!mark || strcmp(name, mark) == 0)
		return 0;
	return cx_err_set(err, CX_DATA,
	    "it starts with the byte order mark of %s, so it is not %s", mark,
	    name);
}

static size_t unit_of(const char *name)
{
	return strncmp(name, "utf-16", 6) == 0   ? 2
	       : strncmp(name, "utf-32", 6) == 0 ? 4
	                                         : 1;
}

/* ---- turning ---- */

struct cx_decode *cx_decode_new(
    const char *name, cx_decode_source *source, void *from)
{
	struct cx_decode *d = cx_calloc(1, sizeof(*d));

	d->source = source;
	d->from = from;
	d->name = cx_strdup(name);
	d->unit = unit_of(name);
	d->in = cx_malloc(IN);
	d->out = cx_malloc(OUT);
	d->iconv = cx_decode_open(name);
	d->pairs = cx_pairs_new(name, d->iconv);
	if (d->iconv == (iconv_t)-1) {
		d->failed = true;
		cannot_turn(name, &d->err);
	}
	return d;
}

void cx_decode_free(struct cx_decode *d)
{
	if (!d)
		return;
	if (d->iconv != (iconv_t)-1)
		iconv_close(d->iconv);
	cx_pairs_free(d->pairs);
	free(d->name);
	free(d->in);
	free(d->out);
	free(d->faults);
	free(d);
}

const char *cx_decode_encoding(const struct cx_decode *d)
{
	return d->name;
}

static void note_fault(struct cx_decode *d, size_t n)
{
	struct cx_decode_fault fault = { d->in_offset + d->in_used, { 0 }, n };

	memcpy(fault.bytes, d->in + d->in_used, n);
	if (d->n_faults == d->faults_cap) {
		size_t left = d->n_faults - d->first_fault;

		if (d->first_fault)
			memmove(d->faults, d->faults + d->first_fault,
			    left * sizeof(*d->faults));
		d->n_faults = left;
		d->first_fault = 0;
		d->faults_cap = cx_mul(left, 2) + 16;
		d->faults = cx_realloc(
		    d->faults, cx_mul(d->faults_cap, sizeof(*d->faults)));
	}
	d->faults[d->n_faults++] = fault;
}

bool cx_decode_fault(struct cx_decode *d, struct cx_decode_fault *fault)
{
	if (d->first_fault == d->n_faults)
		return false;
	*fault = d->faults[d->first_fault++];
	return true;
}

/* Steps over one unit, so that a delimiter behind it is still seen. */
static void pass_over(struct cx_decode *d)
{
	note_fault(d, d->unit);
	d->in_used += d->unit;
	d->out[d->out_n++] = (char)0xFF;
}

static int cut_off(struct cx_decode *d)
{
	d->failed = true;
	cx_err_set(&d->err, CX_DATA,
	    "the input ends within a character of %s, at offset %" PRIu64
	    ": was it cut off?",
	    d->name, d->in_offset + d->in_used);
	d->err.line = (unsigned long)d->lines + 1;
	return -1;
}

/* More bytes behind those that are left: 1, none: 0, failed: -1. */
static int refill(struct cx_decode *d)
{
	ssize_t n;

	memmove(d->in, d->in + d->in_used, d->in_n - d->in_used);
	d->in_offset += d->in_used;
	d->in_n -= d->in_used;
	d->in_used = 0;
	n = d->source(d->from, d->in + d->in_n, IN - d->in_n, &d->err);
	if (n < 0) {
		d->failed = true;
		return -1;
	}
	d->in_n += (size_t)n;
	d->in_ended = n == 0;
	return n > 0;
}

/* As far as the tables go: the rest is for iconv. */
static void turn_pairs(struct cx_decode *d)
{
	const char *in = d->in + d->in_used;
	char *out = d->out + d->out_n;

	cx_pairs_turn(d->pairs, &in, d->in + d->in_n, &out, d->out + OUT - 1);
	d->in_used = (size_t)(in - d->in);
	d->out_n = (size_t)(out - d->out);
}

/* Turns what is there, until out is full or more is needed. */
static void turn(struct cx_decode *d)
{
	for (;;) {
		char *in, *out;
		size_t in_left, out_left, rest, code;
		int why;

		if (d->pairs)
			turn_pairs(d);
		in = d->in + d->in_used;
		out = d->out + d->out_n;
		in_left = d->in_n - d->in_used;
		out_left = OUT - 1 - d->out_n;
		/* The tables go on behind a few characters. */
		rest = d->pairs && in_left > FEW ? in_left - FEW : 0;
		in_left -= rest;
		code = iconv(d->iconv, &in, &in_left, &out, &out_left);
		why = errno;
		in_left += rest;
		d->in_used = d->in_n - in_left;
		d->out_n = OUT - 1 - out_left;
		/* All of the few, or all but a part of the last of them. */
		if (rest && (code != (size_t)-1 || why == EINVAL))
			continue;
		if (code != (size_t)-1 || why != EILSEQ || in_left < d->unit)
			return;
		pass_over(d);
		if (d->out_n + d->unit >= OUT - 1)
			return;
	}
}

/* Some sets keep a character back until they know the next: is there one? */
static bool flush(struct cx_decode *d)
{
	char *out = d->out;
	size_t left = OUT - 1;

	if (!d->flushed)
		(void)iconv(d->iconv, NULL, NULL, &out, &left);
	d->flushed = true;
	d->out_n = OUT - 1 - left;
	return d->out_n > 0;
}

static uint64_t count_lines(struct cx_str s)
{
	uint64_t n = 0;
	const char *lf;

	while (s.n && (lf = memchr(s.p, '\n', s.n))) {
		n++;
		s.n -= (size_t)(lf - s.p) + 1;
		s.p = lf + 1;
	}
	return n;
}

/* Something to hand out: 1, the end: 0, failed: -1. */
static int more(struct cx_decode *d)
{
	d->out_n = d->out_used = 0;
	while (d->out_n == 0) {
		if (d->in_used < d->in_n)
			turn(d);
		if (d->out_n)
			break;
		if (d->in_ended && d->in_used < d->in_n)
			return cut_off(d);
		if (d->in_ended && !flush(d))
			return 0;
		if (!d->in_ended && refill(d) < 0)
			return -1;
	}
	d->lines += count_lines((struct cx_str){ d->out, d->out_n });
	return 1;
}

ssize_t cx_decode_read(
    struct cx_decode *d, char *to, size_t size, struct cx_err *err)
{
	int code = 1;

	if (d->out_used == d->out_n)
		code = d->failed ? -1 : more(d);
	if (code < 0)
		*err = d->err;
	if (code <= 0)
		return code;
	if (size > d->out_n - d->out_used)
		size = d->out_n - d->out_used;
	memcpy(to, d->out + d->out_used, size);
	d->out_used += size;
	return (ssize_t)size;
}
