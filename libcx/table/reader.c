/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/reader-impl.h"

#include "libcx/base/utf8.h"
#include "libcx/table/check.h"

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

unsigned long cx_reader_line_of(struct cx_reader *r, size_t at)
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

void cx_reader_forget_line(struct cx_reader *r)
{
	r->line = 0;
}

unsigned long cx_reader_line(struct cx_reader *r)
{
	/* The current record has just been counted by next. */
	if (r->lenient)
		return cx_lenient_line(r->lenient, r->n_records - 1);
	return cx_reader_line_of(r, r->row.start);
}

unsigned long cx_row_line(const struct cx_row *row)
{
	return cx_reader_line(row->reader);
}

struct cx_str cx_row_source(const struct cx_row *row)
{
	const struct cx_reader *r = row->reader;

	/* The current record has just been counted by next. */
	if (r->lenient)
		return cx_lenient_source(r->lenient, r->n_records - 1);
	return cx_row_raw(row);
}

int cx_reader_at_record(struct cx_reader *r, struct cx_err *err)
{
	err->line += cx_reader_line(r);
	cx_err_file(err, cx_input_name(r->in));
	return -1;
}

const char *cx_reader_name(const struct cx_reader *r)
{
	return cx_input_name(r->in);
}

uint64_t cx_reader_offset(const struct cx_reader *r)
{
	return r->offset + r->start;
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
	return cx_reader_at_record(r, err);
}

/* \!program: message, the last line of a stream whose writer gave up. */
static bool is_poison(struct cx_str raw)
{
	return raw.n >= 2 && raw.p[0] == '\\' && raw.p[1] == '!';
}

/* In CSV a quote in the message hides the line end from the scanner. */
static int poisoned(struct cx_reader *r, struct cx_str raw, struct cx_err *err)
{
	struct cx_str first = cx_str_next(&raw, '\n');
	struct cx_row line = { .base = first.p + 2,
		.ends = &(uint32_t){ (uint32_t)first.n - 2 },
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
	/* What is read twice is at fault when it is read to be used. */
	if (!r->holding)
		cx_reader_locate(r, record, err);
	return cx_reader_at_record(r, err);
}

static int deliver(struct cx_reader *r, bool ended, struct cx_err *err)
{
	const struct cx_header *header = header_of(r);
	size_t size = r->start - r->row.start;

	if (size > CX_RECORD_MOST) {
		r->start = r->row.start;
		return cx_reader_too_long(r, err);
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
		.literal = r->dialect.literal,
		.may_compose = r->may_compose,
		.scratch = &r->scratch,
		.reader = r,
	};
	r->start = (size_t)r->marks.ends[last] + 1;
	r->first = last + 1;
}

static int cut_off(struct cx_reader *r, struct cx_err *err)
{
	cx_err_set(err, CX_DATA,
	    "the last line has no line end: the stream was cut off");
	return cx_reader_at_record(r, err);
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
	cx_reader_room_for_marks(r, 1);
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
		more = cx_reader_advance(r, err);
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
		more = cx_reader_advance(r, err);
		if (more < 0)
			return -1;
		if (more == 0)
			return take_rest(r, err);
	}
}
