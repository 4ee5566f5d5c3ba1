/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/lenient.h"

#include "libcx/base/mem.h"
#include "libcx/table/escape.h"

#include <csv.h>
#include <stdlib.h>

enum { BLOCK = 1 << 16, FIELD_BEGUN = 2 }; /* libcsv's pstate in a field */

/* A record: the line it starts on, and how far it reaches in sources. */
struct place {
	unsigned long line;
	size_t end;
};

/*
 * libcsv knows no lines, so it is fed what stands between line ends, and what
 * it calls back in the meantime belongs to that.
 */
struct cx_lenient {
	struct cx_input *in;
	struct csv_parser parser;
	struct cx_buf raw; /* bytes of the input, and how far they are used */
	size_t used;
	size_t n_searched;  /* bytes behind those that have no line feed */
	struct cx_buf text; /* TSV, and how far it is handed out */
	size_t handed;
	bool at_end, one_column;
	size_t n_cells; /* of the record at hand */
	uint64_t n_records;
	unsigned long line;     /* being fed, from 1 */
	unsigned long row_line; /* where the record at hand starts */
	struct place *places;   /* of the records n_forgotten and on */
	size_t n_places, cap;
	uint64_t n_forgotten;
	struct cx_buf sources; /* of these as they stand in the input */
	struct cx_buf source;  /* of the record at hand */
};

/* libcsv would trim blanks; nothing is a blank here. */
static int no_blank(unsigned char c)
{
	(void)c;
	return 0;
}

static void on_cell(void *text, size_t n, void *data)
{
	struct cx_lenient *l = data;

	if (l->n_cells++)
		cx_buf_addc(&l->text, '\t');
	cx_escape_tsv(&l->text, (struct cx_str){ text, n });
}

/* Without the line end. */
static void keep_source(struct cx_lenient *l)
{
	struct cx_str source = cx_buf_str(&l->source);

	while (source.n && (source.p[source.n - 1] == '\n' ||
	                       source.p[source.n - 1] == '\r'))
		source.n--;
	cx_buf_adds(&l->sources, source);
}

static void end_record(struct cx_lenient *l)
{
	if (l->n_places == l->cap) {
		l->cap = l->cap ? cx_mul(l->cap, 2) : 1024;
		l->places =
		    cx_realloc(l->places, cx_mul(l->cap, sizeof(*l->places)));
	}
	if (l->n_records++ == 0)
		l->one_column = l->n_cells == 1;
	keep_source(l);
	l->places[l->n_places++] =
	    (struct place){ l->row_line, l->sources.len };
	cx_buf_addc(&l->text, '\n');
	l->n_cells = 0;
}

static void on_record(int end, void *data)
{
	struct cx_lenient *l = data;

	(void)end;
	end_record(l);
	/* Another record may start behind a lone CR. */
	l->row_line = l->line;
}

struct cx_lenient *cx_lenient_new(struct cx_input *in, char delimiter)
{
	struct cx_lenient *l = cx_calloc(1, sizeof(*l));

	l->in = in;
	l->row_line = 1;
	if (csv_init(&l->parser, 0) != 0)
		cx_mem_lacking();
	csv_set_realloc_func(&l->parser, cx_realloc);
	csv_set_delim(&l->parser, (unsigned char)delimiter);
	csv_set_space_func(&l->parser, no_blank);
	return l;
}

void cx_lenient_free(struct cx_lenient *l)
{
	if (!l)
		return;
	csv_free(&l->parser);
	cx_buf_release(&l->raw);
	cx_buf_release(&l->text);
	cx_buf_release(&l->sources);
	cx_buf_release(&l->source);
	free(l->places);
	free(l);
}

void cx_lenient_push(struct cx_lenient *l, const char *p, size_t n)
{
	cx_buf_add(&l->raw, p, n);
}

static bool is_blank_line(struct cx_str line)
{
	while (line.n &&
	       (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
		line.n--;
	return line.n == 0;
}

/* A stretch with at most one line end, at its end. */
static int parse(struct cx_lenient *l, struct cx_str part, struct cx_err *err)
{
	if (l->parser.pstate == 0)
		cx_buf_clear(&l->source);
	cx_buf_adds(&l->source, part);
	if (csv_parse(&l->parser, part.p, part.n, on_cell, on_record, l) ==
	    part.n)
		return 0;
	cx_err_set(
	    err, CX_DATA, "libcsv: %s", csv_strerror(csv_error(&l->parser)));
	err->line = l->line;
	return -1;
}

static int feed(struct cx_lenient *l, struct cx_str line, struct cx_err *err)
{
	l->line++;
	if (l->parser.pstate == 0) {
		l->row_line = l->line;
		if (l->one_column && is_blank_line(line)) {
			cx_buf_clear(&l->source);
			end_record(l);
		}
	}
	/* What a program before this one had to say, as it came. */
	if (l->parser.pstate == 0 && line.n >= 2 &&
	    memcmp(line.p, "\\!", 2) == 0) {
		cx_buf_adds(&l->text, line);
		return 0;
	}
	/* A lone CR may end a record in the middle of the line. */
	while (line.n) {
		const char *cr = memchr(line.p, '\r', line.n);
		size_t n = cr ? (size_t)(cr - line.p) + 1 : line.n;

		if (parse(l, (struct cx_str){ line.p, n }, err) < 0)
			return -1;
		line.p += n;
		line.n -= n;
	}
	return 0;
}

static int finish(struct cx_lenient *l, struct cx_err *err)
{
	l->at_end = true;
	if (l->parser.pstate == FIELD_BEGUN && l->parser.quoted) {
		cx_err_set(err, CX_DATA,
		    "a quoted cell of the record that starts here "
		    "never closes");
		err->line = l->row_line;
		return -1;
	}
	csv_fini(&l->parser, on_cell, on_record, l);
	return 0;
}

/* One physical line more, or the end: 1, -1 on failure. */
static int feed_line(struct cx_lenient *l, struct cx_err *err)
{
	struct cx_str rest = { l->raw.data + l->used, l->raw.len - l->used };
	struct cx_str new = rest.n ? cx_str_skip(rest, l->n_searched) : rest;
	const char *lf = new.n ? memchr(new.p, '\n', new.n) : NULL;
	ssize_t n;

	l->n_searched = lf ? 0 : rest.n;
	if (lf) {
		rest.n = (size_t)(lf - rest.p) + 1;
		l->used += rest.n;
		return feed(l, rest, err);
	}
	if (l->used) {
		memmove(l->raw.data, rest.p, rest.n);
		l->raw.len = rest.n;
		l->used = 0;
	}
	n = cx_input_read(l->in, cx_buf_reserve(&l->raw, BLOCK), BLOCK, err);
	if (n < 0)
		return -1;
	l->raw.len += (size_t)n;
	if (n > 0)
		return 0;
	if (rest.n && feed(l, cx_buf_str(&l->raw), err) < 0)
		return -1;
	return finish(l, err);
}

ssize_t cx_lenient_read(
    struct cx_lenient *l, char *to, size_t size, struct cx_err *err)
{
	if (l->handed == l->text.len) {
		cx_buf_clear(&l->text);
		l->handed = 0;
	}
	while (!l->at_end && l->text.len < size)
		if (feed_line(l, err) < 0)
			return -1;
	if (size > l->text.len - l->handed)
		size = l->text.len - l->handed;
	if (size)
		memcpy(to, l->text.data + l->handed, size);
	l->handed += size;
	return (ssize_t)size;
}

unsigned long cx_lenient_line(const struct cx_lenient *l, uint64_t n)
{
	return n < l->n_records ? l->places[n - l->n_forgotten].line : l->line;
}

struct cx_str cx_lenient_source(const struct cx_lenient *l, uint64_t n)
{
	size_t at = (size_t)(n - l->n_forgotten);
	size_t start = at ? l->places[at - 1].end : 0;

	if (n >= l->n_records)
		return (struct cx_str){ "", 0 };
	return (struct cx_str){ l->sources.data + start,
		l->places[at].end - start };
}

void cx_lenient_forget(struct cx_lenient *l, uint64_t n)
{
	size_t gone = n > l->n_forgotten ? (size_t)(n - l->n_forgotten) : 0;
	size_t bytes;

	if (gone > l->n_places)
		gone = l->n_places;
	/* Fewer are not worth moving the others for. */
	if (gone == 0 || gone < l->n_places - gone)
		return;
	bytes = l->places[gone - 1].end;
	l->sources.len -= bytes;
	memmove(l->sources.data, l->sources.data + bytes, l->sources.len);
	l->n_places -= gone;
	memmove(l->places, l->places + gone, l->n_places * sizeof(*l->places));
	for (size_t i = 0; i < l->n_places; i++)
		l->places[i].end -= bytes;
	l->n_forgotten += gone;
}
