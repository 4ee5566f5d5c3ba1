/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/reader-impl.h"

#include "libcx/base/compose.h"
#include "libcx/base/mem.h"

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

/* ---- bytes ---- */

static ssize_t fetch(
    struct cx_reader *r, char *to, size_t size, struct cx_err *err)
{
	if (r->lenient && r->n_records)
		cx_lenient_forget(r->lenient, r->n_records - 1);
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

	if (gone == 0 || r->holding)
		return;
	cx_reader_forget_line(r);
	memmove(r->buf, r->buf + gone, r->filled - gone);
	for (size_t i = r->first; i < r->marks.n_ends; i++)
		r->marks.ends[i] -= (uint32_t)gone;
	r->offset += gone;
	r->filled -= gone;
	r->scanned -= gone;
	r->start = 0;
}

int cx_reader_too_long(struct cx_reader *r, struct cx_err *err)
{
	cx_err_set(err, CX_DATA,
	    "the record that starts here is longer than %d MiB or has more "
	    "than %d cells; is a quote never closed?",
	    CX_RECORD_MOST >> 20, CX_CELLS_MOST);
	err->line = cx_reader_line_of(r, r->start);
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
	r->buf = cx_realloc(r->buf, r->cap + CX_ROW_SLACK);
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

/* Bytes may be asked for again, when a header was looked for. */
static int break_off(struct cx_reader *r, struct cx_err *err)
{
	cx_err_file(err, cx_input_name(r->in));
	r->broken = cx_malloc(sizeof(*r->broken));
	*r->broken = *err;
	return -1;
}

/* More bytes: 1, none left: 0, failed: -1. */
int cx_reader_fill(struct cx_reader *r, struct cx_err *err)
{
	ssize_t n;

	if (r->at_end)
		return 0;
	if (r->broken) {
		*err = *r->broken;
		return -1;
	}
	if (r->scanned - r->start > CX_RECORD_MOST)
		return cx_reader_too_long(r, err);
	make_room(r);
	n = fetch(r, r->buf + r->filled, wanted(r), err);
	if (n < 0)
		return break_off(r, err);
	r->at_end = n == 0;
	r->filled += (size_t)n;
	return n > 0;
}

/* ---- marks ---- */

void cx_reader_room_for_marks(struct cx_reader *r, size_t n)
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

/* Of the last n bytes scanned, and of a character they may begin within. */
static bool may_compose(const struct cx_reader *r, size_t n)
{
	enum { CUT = 3 };
	size_t from = r->scanned - n;

	if (!r->options.foreign || !r->scan.beyond)
		return false;
	from -= from < CUT ? from : CUT;
	return cx_compose_may(
	    (struct cx_str){ r->buf + from, r->scanned - from });
}

static void scan_window(struct cx_reader *r)
{
	size_t n = r->filled - r->scanned;
	/* A record that reaches back into what was suspect stays so. */
	bool reaches = r->start < r->scanned, carried = r->suspect && reaches;

	cx_reader_forget_line(r);
	drop_marks(r);
	n = n > WINDOW ? WINDOW : n;
	if (n >= CX_SCAN_STEP)
		n -= n % CX_SCAN_STEP;
	cx_reader_room_for_marks(r, n);
	r->scan.suspect = false;
	r->scan.beyond = 0;
	if (n < CX_SCAN_STEP)
		scan_tail(r, n);
	else
		cx_scan(&r->scan, r->buf + r->scanned, n, (uint32_t)r->scanned,
		    &r->marks);
	r->scanned += n;
	r->suspect = carried || r->scan.suspect;
	r->may_compose = (r->may_compose && reaches) || may_compose(r, n);
}

/* Something new to look at: 1, the end: 0, failed: -1. */
int cx_reader_advance(struct cx_reader *r, struct cx_err *err)
{
	for (;;) {
		size_t n = r->filled - r->scanned;
		int more;

		if (r->marks.n_ends - r->first > CX_CELLS_MOST)
			return cx_reader_too_long(r, err);
		if (n >= CX_SCAN_STEP || (r->at_end && n)) {
			scan_window(r);
			return 1;
		}
		more = cx_reader_fill(r, err);
		if (more < 0)
			return -1;
		if (more == 0 && r->filled == r->scanned)
			return 0;
	}
}
