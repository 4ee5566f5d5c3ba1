/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/reader-impl.h"

#include "libcx/base/mem.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- opening ---- */

static struct cx_str bom = { "\xEF\xBB\xBF", 3 };

static bool starts_with_bom(const struct cx_reader *r)
{
	return r->filled >= bom.n && memcmp(r->buf, bom.p, bom.n) == 0;
}

static int no_header(const struct cx_reader *r, struct cx_err *err)
{
	cx_err_set(err, CX_DATA, "the input is empty: there is no header");
	cx_err_file(err, cx_input_name(r->in));
	return -1;
}

/* Lines that end in CR become such that end in LF: all is read again. */
static bool turn_returns(struct cx_reader *r, struct cx_str text, bool at_end)
{
	bool known;

	if (!r->options.foreign || r->options.lenient || r->turned)
		return false;
	if (!cx_sniff_returns(text, at_end, &known)) {
		r->turned = known;
		return !known;
	}
	cx_input_returns(r->in, r->buf, r->filled);
	r->turned = true;
	r->filled = r->start = 0;
	r->at_end = false;
	return true;
}

/* Reads the header line into the buffer, and learns the dialect from it. */
static int sniff(struct cx_reader *r, struct cx_err *err)
{
	struct cx_str text;

	for (;;) {
		int more = cx_reader_fill(r, err);

		if (more < 0)
			return -1;
		r->start = starts_with_bom(r) ? bom.n : 0;
		text =
		    (struct cx_str){ r->buf + r->start, r->filled - r->start };
		if (!turn_returns(r, text, more == 0) &&
		    cx_sniff(text, more == 0, &r->dialect))
			break;
		r->start = 0;
	}
	r->scanned = r->start;
	if (r->options.delimiter)
		r->dialect = (struct cx_dialect){
			.delimiter = r->options.delimiter,
			.tsv = r->options.delimiter == '\t',
		};
	return text.n ? 0 : no_header(r, err);
}

/* From here on the input's bytes go through libcsv. */
static void go_lenient(struct cx_reader *r)
{
	if (r->dialect.tsv)
		return;
	r->lenient = cx_lenient_new(r->in, r->dialect.delimiter);
	cx_lenient_push(r->lenient, r->buf + r->start, r->filled - r->start);
	r->dialect = (struct cx_dialect){ .delimiter = '\t', .tsv = true };
	r->filled = r->scanned = r->start = 0;
	r->at_end = false;
}

static int read_header(struct cx_reader *r, struct cx_err *err)
{
	const struct cx_row *row;
	int more = cx_reader_next(r, &row, err);

	if (more < 0) {
		cx_reader_explain(r, err);
		err->reason = NULL;
	}
	if (more == 0)
		return no_header(r, err);
	if (more < 0)
		return -1;
	for (size_t i = 0; i < row->n; i++) {
		if (cx_header_add(&r->header, cx_row_cell(row, i), err) < 0)
			return cx_reader_at_record(r, err);
	}
	r->has_header = true;
	return 0;
}

/* ---- headers of several rows ---- */

static void rewind_to(struct cx_reader *r, size_t start)
{
	cx_reader_forget_line(r);
	cx_scratch_clear(&r->scratch);
	cx_scan_init(&r->scan, r->dialect.delimiter, r->dialect.tsv);
	r->marks.n_ends = r->marks.n_rows = r->next_row = r->first = 0;
	r->scanned = r->start = start;
	r->suspect = r->may_compose = false;
	r->n_records = 0;
}

/* The first records, as far as they can be read; what is wrong is for later. */
static void look_ahead(struct cx_reader *r, struct cx_first *first)
{
	size_t start = r->start;
	const struct cx_row *row;
	struct cx_err err;

	r->holding = true;
	while (first->n < CX_FIRST_MOST && cx_reader_next(r, &row, &err) > 0)
		cx_first_add(first, row);
	rewind_to(r, start);
	r->holding = false;
}

static int skip_rows(struct cx_reader *r, size_t n, struct cx_err *err)
{
	const struct cx_row *row;
	int more = 1;

	for (size_t i = 0; i < n && more > 0; i++)
		more = cx_reader_next(r, &row, err);
	if (more < 0) {
		cx_reader_explain(r, err);
		err->reason = NULL;
	}
	return more < 0 ? -1 : 0;
}

static int make_header(struct cx_reader *r, struct cx_err *err)
{
	const struct cx_head *head = r->options.head;
	struct cx_first first = { .n = 0 };
	size_t n_rows = 1;
	int code = 0;

	r->header.delimiter = r->dialect.delimiter;
	snprintf(r->header.encoding, sizeof(r->header.encoding), "%s",
	    cx_input_encoding(r->in));
	look_ahead(r, &first);
	if (first.n == 0) {
		code = read_header(r, err);
	} else {
		code = head->make(head, &first, &r->header, &n_rows, err);
		/* What libcsv has read has escapes of our own. */
		r->dialect.literal =
		    r->header.literal && r->dialect.tsv && !r->lenient;
		if (code == 0)
			code = skip_rows(r, n_rows, err);
		r->has_header = true;
	}
	cx_first_release(&first);
	return code;
}

static struct cx_reader *new_reader(
    struct cx_input *in, const struct cx_reader_options *options)
{
	struct cx_reader *r = cx_calloc(1, sizeof(*r));

	r->in = in;
	r->options = *options;
	r->end = UINT64_MAX;
	return r;
}

int cx_reader_open(struct cx_reader **reader, struct cx_input *in,
    const struct cx_reader_options *options, struct cx_err *err)
{
	struct cx_reader *r = new_reader(in, options);
	int code = 0;

	if (options->foreign)
		code = cx_input_decode(in, options->encoding, err);
	if (code == 0)
		code = sniff(r, err);
	if (code == 0) {
		if (options->lenient)
			go_lenient(r);
		cx_scan_init(&r->scan, r->dialect.delimiter, r->dialect.tsv);
		code =
		    options->head ? make_header(r, err) : read_header(r, err);
	}
	if (code < 0) {
		cx_reader_close(r);
		return -1;
	}
	*reader = r;
	return 0;
}

void cx_reader_close(struct cx_reader *r)
{
	if (!r)
		return;
	cx_lenient_free(r->lenient);
	cx_header_release(&r->header);
	cx_scratch_release(&r->scratch);
	free(r->broken);
	free(r->marks.ends);
	free(r->marks.rows);
	free(r->buf);
	free(r);
}

/* ---- parts ---- */

bool cx_reader_can_part(const struct cx_reader *whole)
{
	return cx_input_size(whole->in) > 0 && !whole->lenient;
}

struct cx_reader_place cx_reader_begin(const struct cx_reader *whole)
{
	return (struct cx_reader_place){
		.lines =
		    whole->scan.lines - cx_scan_count(whole->buf + whole->start,
		                            whole->scanned - whole->start)
		                            .lines,
	};
}

struct cx_reader *cx_reader_part(const struct cx_reader *whole)
{
	struct cx_reader *r = new_reader(whole->in, &whole->options);

	r->whole = whole;
	r->dialect = whole->dialect;
	return r;
}

/* The loaded bytes of the part, without the one before it. */
static struct cx_str part_bytes(const struct cx_reader *r, uint64_t end)
{
	uint64_t n = r->filled ? r->filled - 1 : 0, most = end - r->offset - 1;

	return (struct cx_str){ r->buf + 1, (size_t)(n < most ? n : most) };
}

static int shrunk(const struct cx_reader *r, struct cx_err *err)
{
	cx_err_set(err, CX_DATA, "the file became shorter as it was read");
	cx_err_file(err, cx_input_name(r->in));
	return -1;
}

/* A part starts one byte early, to see whether a record starts at offset. */
int cx_reader_load(struct cx_reader *r, uint64_t offset, uint64_t end,
    bool last, struct cx_err *err)
{
	struct cx_str bytes;

	cx_reader_forget_line(r);
	r->offset = offset - 1;
	r->end = end;
	r->filled = r->scanned = r->start = 0;
	r->at_end = false;
	while (r->offset + r->filled < end && !r->at_end)
		if (cx_reader_fill(r, err) < 0)
			return -1;
	if (r->offset + r->filled < end && !last)
		return shrunk(r, err);
	bytes = part_bytes(r, end);
	r->counts = cx_scan_count(bytes.p, bytes.n);
	r->end = last ? UINT64_MAX : end;
	return 0;
}

void cx_reader_skip(const struct cx_reader *r, struct cx_reader_place *place)
{
	place->lines += r->counts.lines;
	place->inside ^= !r->dialect.tsv && r->counts.quotes % 2;
}

/*
 * The part may start within a character. Its rest belongs to the record of
 * the part before, and must not look like a fault in this one.
 */
static void hide_split_character(struct cx_reader *r)
{
	for (size_t i = 0; i < r->filled && (r->buf[i] & 0xC0) == 0x80; i++)
		r->buf[i] = 'x';
}

void cx_reader_start(struct cx_reader *r, const struct cx_reader_place *place)
{
	bool inside = place->inside, newline = r->filled && r->buf[0] == '\n';

	hide_split_character(r);
	cx_scan_init(&r->scan, r->dialect.delimiter, r->dialect.tsv);
	inside ^= !r->dialect.tsv && r->filled && r->buf[0] == '"';
	r->scan.inside = inside ? ~(uint64_t)0 : 0;
	r->lines_before = place->lines - newline;
	r->marks.n_ends = r->marks.n_rows = r->next_row = r->first = 0;
	r->suspect = r->may_compose = false;
	r->unaligned = true;
}
