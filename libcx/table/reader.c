/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/reader.h"

#include "libcx/base/mem.h"
#include "libcx/base/utf8.h"
#include "libcx/table/check.h"
#include "libcx/table/lenient.h"
#include "libcx/table/scan.h"
#include "libcx/table/sniff.h"

#include <stdlib.h>

enum {
	WINDOW = 1 << 16, /* scanned at a time, so that marks stay in cache */
	BLOCK = 1 << 17,
	REST = 1 << 12, /* read behind a part for its last record */
};

static size_t block = BLOCK;

void cx_reader_set_block(size_t size)
{
	block = size ? size : BLOCK;
}

struct cx_reader {
	struct cx_input *in;
	struct cx_reader_options options;
	struct cx_dialect dialect;
	struct cx_lenient *lenient;
	const struct cx_reader *whole; /* of which this is a part */
	struct cx_header header;
	bool has_header;
	/* bytes [0, filled) of buf, of which [0, scanned) are scanned */
	char *buf;
	size_t cap, filled, scanned;
	uint64_t offset; /* of buf[0] in the input */
	uint64_t end;    /* records that start here or later are others' */
	bool at_end;
	/* the scanner's findings in [start, scanned) */
	struct cx_scan scan;
	struct cx_marks marks;
	size_t marks_cap;
	size_t next_row; /* in marks.rows */
	size_t first;    /* in marks.ends: the next record's first cell */
	size_t start;    /* in buf: the next record */
	bool suspect;    /* there may be a fault in it */
	bool unaligned;  /* a part whose first record is not found yet */
	struct cx_scan_counts counts; /* of a part's own bytes */
	uint64_t lines_before; /* LF bytes before what was ever scanned */
	/* the current record, and a line counted once */
	struct cx_row row;
	struct cx_scratch scratch;
	uint64_t n_records;
	size_t line_at;
	unsigned long line;
};

static const struct cx_header *header_of(const struct cx_reader *r)
{
	if (r->whole)
		return &r->whole->header;
	return r->has_header ? &r->header : NULL;
}

const struct cx_header *cx_reader_header(const struct cx_reader *reader)
{
	return header_of(reader);
}

/* ---- lines ---- */

/* The line of buf[at], at <= scanned. */
static unsigned long line_of(struct cx_reader *r, size_t at)
{
	if (r->line && r->line_at <= at) {
		r->line +=
		    cx_scan_count(r->buf + r->line_at, at - r->line_at).lines;
	} else {
		r->line = 1 + r->lines_before + r->scan.lines -
		          cx_scan_count(r->buf + at, r->scanned - at).lines;
	}
	r->line_at = at;
	return r->line;
}

static void forget_line(struct cx_reader *r)
{
	r->line = 0;
}

unsigned long cx_reader_line(struct cx_reader *r)
{
	/* The current record has just been counted by next. */
	if (r->lenient)
		return cx_lenient_line(r->lenient, r->n_records - 1);
	return line_of(r, r->row.start);
}

/* Puts the place of the current record before that of a fault in it. */
static int at_record(struct cx_reader *r, struct cx_err *err)
{
	err->line += cx_reader_line(r);
	cx_err_file(err, cx_input_name(r->in));
	return -1;
}

uint64_t cx_reader_offset(const struct cx_reader *r)
{
	return r->offset + r->start;
}

/* ---- bytes ---- */

static ssize_t fetch(
    struct cx_reader *r, char *to, size_t size, struct cx_err *err)
{
	if (r->lenient)
		return cx_lenient_read(r->lenient, to, size, err);
	if (r->whole)
		return cx_input_read_at(
		    r->in, r->offset + r->filled, to, size, err);
	return cx_input_read(r->in, to, size, err);
}

/* Moves the record at hand to the front, for room behind it. */
static void compact(struct cx_reader *r)
{
	size_t gone = r->start;

	if (gone == 0)
		return;
	forget_line(r);
	memmove(r->buf, r->buf + gone, r->filled - gone);
	for (size_t i = r->first; i < r->marks.n_ends; i++)
		r->marks.ends[i] -= (uint32_t)gone;
	r->offset += gone;
	r->filled -= gone;
	r->scanned -= gone;
	r->start = 0;
}

static int too_long(struct cx_reader *r, struct cx_err *err)
{
	cx_err_set(err, CX_DATA,
	    "the record that starts here is longer than %d MiB or has more "
	    "than %d cells; is a quote never closed?",
	    CX_RECORD_MOST >> 20, CX_CELLS_MOST);
	err->line = line_of(r, r->start);
	cx_err_file(err, cx_input_name(r->in));
	return -1;
}

static void make_room(struct cx_reader *r)
{
	if (r->cap - r->filled >= block)
		return;
	compact(r);
	if (r->cap - r->filled >= block)
		return;
	r->cap = cx_mul(r->cap, 2) + block;
	r->buf = cx_realloc(r->buf, r->cap);
}

/* A part reads what is its own, then little more for its last record. */
static size_t wanted(const struct cx_reader *r)
{
	uint64_t at = r->offset + r->filled;

	if (!r->whole)
		return block;
	if (at >= r->end)
		return block < REST ? block : REST;
	return r->end - at < block ? (size_t)(r->end - at) : block;
}

/* More bytes: 1, none left: 0, failed: -1. */
static int fill(struct cx_reader *r, struct cx_err *err)
{
	ssize_t n;

	if (r->at_end)
		return 0;
	if (r->scanned - r->start > CX_RECORD_MOST)
		return too_long(r, err);
	make_room(r);
	n = fetch(r, r->buf + r->filled, wanted(r), err);
	if (n < 0) {
		cx_err_file(err, cx_input_name(r->in));
		return -1;
	}
	r->at_end = n == 0;
	r->filled += (size_t)n;
	return n > 0;
}

/* ---- marks ---- */

static void room_for_marks(struct cx_reader *r, size_t n)
{
	size_t need = r->marks.n_ends + n + 2 * CX_SCAN_STEP;

	if (need <= r->marks_cap)
		return;
	r->marks_cap = cx_mul(need, 2);
	r->marks.ends = cx_realloc(
	    r->marks.ends, cx_mul(r->marks_cap, sizeof(*r->marks.ends)));
	r->marks.rows = cx_realloc(
	    r->marks.rows, cx_mul(r->marks_cap, sizeof(*r->marks.rows)));
}

/* Keeps the marks of the record at hand only. */
static void drop_marks(struct cx_reader *r)
{
	r->marks.n_ends -= r->first;
	if (r->first && r->marks.n_ends)
		memmove(r->marks.ends, r->marks.ends + r->first,
		    r->marks.n_ends * sizeof(*r->marks.ends));
	r->first = 0;
	r->marks.n_rows = 0;
	r->next_row = 0;
}

/* The last bytes, too few for a step, with a letter behind them. */
static void scan_tail(struct cx_reader *r, size_t n)
{
	char tail[CX_SCAN_STEP];

	memset(tail, r->dialect.delimiter == 'x' ? 'y' : 'x', sizeof(tail));
	memcpy(tail, r->buf + r->scanned, n);
	cx_scan(&r->scan, tail, sizeof(tail), (uint32_t)r->scanned, &r->marks);
}

static void scan_window(struct cx_reader *r)
{
	size_t n = r->filled - r->scanned;
	/* A record that reaches back into what was suspect stays so. */
	bool carried = r->suspect && r->start < r->scanned;

	forget_line(r);
	drop_marks(r);
	n = n > WINDOW ? WINDOW : n;
	if (n >= CX_SCAN_STEP)
		n -= n % CX_SCAN_STEP;
	room_for_marks(r, n);
	r->scan.suspect = false;
	if (n < CX_SCAN_STEP)
		scan_tail(r, n);
	else
		cx_scan(&r->scan, r->buf + r->scanned, n, (uint32_t)r->scanned,
		    &r->marks);
	r->scanned += n;
	r->suspect = carried || r->scan.suspect;
}

/* Something new to look at: 1, the end: 0, failed: -1. */
static int advance(struct cx_reader *r, struct cx_err *err)
{
	for (;;) {
		size_t n = r->filled - r->scanned;
		int more;

		if (r->marks.n_ends - r->first > CX_CELLS_MOST)
			return too_long(r, err);
		if (n >= CX_SCAN_STEP || (r->at_end && n)) {
			scan_window(r);
			return 1;
		}
		more = fill(r, err);
		if (more < 0)
			return -1;
		if (more == 0 && r->filled == r->scanned)
			return 0;
	}
}

/* ---- records ---- */

static int ragged(struct cx_reader *r, size_t n, struct cx_err *err)
{
	if (cx_row_raw(&r->row).n == 0)
		cx_err_record(err, "empty line",
		    "the line is empty, and the header has %zu columns", n);
	else
		cx_err_record(err, "ragged row",
		    "the record has %u cell%s, and the header %zu column%s",
		    r->row.n, r->row.n == 1 ? "" : "s", n, n == 1 ? "" : "s");
	return at_record(r, err);
}

/* \!program: message, the last line of a stream whose writer gave up. */
static bool is_poison(struct cx_str raw)
{
	return raw.n >= 2 && raw.p[0] == '\\' && raw.p[1] == '!';
}

static int poisoned(struct cx_reader *r, struct cx_str raw, struct cx_err *err)
{
	struct cx_row line = { .base = raw.p + 2,
		.ends = &(uint32_t){ (uint32_t)raw.n - 2 },
		.n = 1,
		.tsv = true,
		.scratch = &r->scratch };
	struct cx_str text = cx_row_cell(&line, 0);

	text.n = cx_utf8_valid(text);
	cx_err_set(err, CX_DATA, "%.*s", (int)text.n, text.p);
	err->poison = true;
	cx_err_file(err, cx_input_name(r->in));
	return -1;
}

/* The careful look, where the scanner found a reason for one. */
static int look(struct cx_reader *r, bool ended, struct cx_err *err)
{
	uint32_t end = r->row.ends[r->row.n - 1];
	struct cx_str record = { r->row.base + r->row.start,
		end - r->row.start };

	if (cx_check_record(record, r->dialect, header_of(r), ended, err) == 0)
		return 0;
	return at_record(r, err);
}

static int deliver(struct cx_reader *r, bool ended, struct cx_err *err)
{
	const struct cx_header *header = header_of(r);
	size_t size = r->start - r->row.start;

	if (size > CX_RECORD_MOST) {
		r->start = r->row.start;
		return too_long(r, err);
	}
	r->n_records++;
	cx_scratch_clear(&r->scratch);
	if (r->row.base[r->row.start] == '\\' && r->row.ends[0] &&
	    is_poison(cx_row_raw(&r->row)))
		return poisoned(r, cx_row_raw(&r->row), err);
	if (r->suspect && look(r, ended, err) < 0)
		return -1;
	if (header && r->row.n != cx_header_n(header))
		return ragged(r, cx_header_n(header), err);
	return 1;
}

static void take_row(struct cx_reader *r, size_t last)
{
	r->row = (struct cx_row){
		.base = r->buf,
		.ends = r->marks.ends + r->first,
		.start = (uint32_t)r->start,
		.n = (uint32_t)(last + 1 - r->first),
		.tsv = r->dialect.tsv,
		.scratch = &r->scratch,
	};
	r->start = (size_t)r->marks.ends[last] + 1;
	r->first = last + 1;
}

static int cut_off(struct cx_reader *r, struct cx_err *err)
{
	cx_err_set(err, CX_DATA,
	    "the last line has no line end: the stream was cut off");
	return at_record(r, err);
}

/* TSV says where it ends, and so does a single column. */
static bool must_end(const struct cx_reader *r)
{
	const struct cx_header *header = header_of(r);
	bool one = header ? cx_header_n(header) == 1 : r->row.n == 1;

	if (r->dialect.tsv)
		return !r->options.foreign || cx_input_is_pipe(r->in);
	return one && cx_input_is_pipe(r->in);
}

/* The last record, when no line end follows it. */
static int take_rest(struct cx_reader *r, struct cx_err *err)
{
	if (r->start >= r->filled || r->offset + r->start >= r->end)
		return 0;
	room_for_marks(r, 1);
	r->marks.ends[r->marks.n_ends++] = (uint32_t)r->filled;
	take_row(r, r->marks.n_ends - 1);
	r->start = r->filled;
	/* Else what is left of its last record could pass for a bad one. */
	if (!is_poison(cx_row_raw(&r->row)) && must_end(r))
		return cut_off(r, err);
	/* Whatever was carried over the end shows in a careful look. */
	r->suspect = true;
	return deliver(r, false, err);
}

/* Skips what belongs to the part before: 1; 0 when no record starts here. */
static int align(struct cx_reader *r, struct cx_err *err)
{
	while (r->marks.n_rows == 0) {
		int more;

		r->start = r->scanned;
		r->first = r->marks.n_ends;
		if (r->offset + r->scanned >= r->end)
			return 0;
		more = advance(r, err);
		if (more <= 0)
			return more;
	}
	r->first = r->marks.rows[0] + 1;
	r->start = (size_t)r->marks.ends[r->first - 1] + 1;
	r->next_row = 1;
	r->unaligned = false;
	return 1;
}

int cx_reader_next(
    struct cx_reader *r, const struct cx_row **row, struct cx_err *err)
{
	int more = 1;

	*row = &r->row;
	if (r->unaligned)
		more = align(r, err);
	if (more <= 0)
		return more;
	for (;;) {
		if (r->next_row < r->marks.n_rows) {
			if (r->offset + r->start >= r->end)
				return 0;
			take_row(r, r->marks.rows[r->next_row++]);
			return deliver(r, true, err);
		}
		more = advance(r, err);
		if (more < 0)
			return -1;
		if (more == 0)
			return take_rest(r, err);
	}
}

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

/* Reads the header line into the buffer, and learns the dialect from it. */
static int sniff(struct cx_reader *r, struct cx_err *err)
{
	struct cx_str text;

	for (;;) {
		int more = fill(r, err);

		if (more < 0)
			return -1;
		r->start = starts_with_bom(r) ? bom.n : 0;
		text =
		    (struct cx_str){ r->buf + r->start, r->filled - r->start };
		if (cx_sniff(text, more == 0, &r->dialect))
			break;
		r->start = 0;
	}
	r->scanned = r->start;
	if (r->options.delimiter)
		r->dialect = (struct cx_dialect){ r->options.delimiter,
			r->options.delimiter == '\t' };
	return text.n ? 0 : no_header(r, err);
}

/* From here on the input's bytes go through libcsv. */
static void go_lenient(struct cx_reader *r)
{
	if (r->dialect.tsv)
		return;
	r->lenient = cx_lenient_new(r->in, r->dialect.delimiter);
	cx_lenient_push(r->lenient, r->buf + r->start, r->filled - r->start);
	r->dialect = (struct cx_dialect){ '\t', true };
	r->filled = r->scanned = r->start = 0;
	r->at_end = false;
}

static int read_header(struct cx_reader *r, struct cx_err *err)
{
	const struct cx_row *row;
	int more = cx_reader_next(r, &row, err);

	if (more < 0)
		err->reason = NULL;
	if (more == 0)
		return no_header(r, err);
	if (more < 0)
		return -1;
	for (size_t i = 0; i < row->n; i++) {
		if (cx_header_add(&r->header, cx_row_cell(row, i), err) < 0)
			return at_record(r, err);
	}
	r->has_header = true;
	return 0;
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
	int code = sniff(r, err);

	if (code == 0) {
		if (options->lenient)
			go_lenient(r);
		cx_scan_init(&r->scan, r->dialect.delimiter, r->dialect.tsv);
		code = read_header(r, err);
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

/* A part starts one byte early, to see whether a record starts at offset. */
int cx_reader_load(struct cx_reader *r, uint64_t offset, uint64_t end,
    bool last, struct cx_err *err)
{
	struct cx_str bytes;

	forget_line(r);
	r->offset = offset - 1;
	r->end = end;
	r->filled = r->scanned = r->start = 0;
	r->at_end = false;
	while (r->offset + r->filled < end && !r->at_end)
		if (fill(r, err) < 0)
			return -1;
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

void cx_reader_start(struct cx_reader *r, const struct cx_reader_place *place)
{
	bool inside = place->inside, newline = r->buf[0] == '\n';

	cx_scan_init(&r->scan, r->dialect.delimiter, r->dialect.tsv);
	inside ^= !r->dialect.tsv && r->buf[0] == '"';
	r->scan.inside = inside ? ~(uint64_t)0 : 0;
	r->lines_before = place->lines - newline;
	r->marks.n_ends = r->marks.n_rows = r->next_row = r->first = 0;
	r->suspect = false;
	r->unaligned = true;
}
