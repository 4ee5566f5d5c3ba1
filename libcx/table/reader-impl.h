/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the reader share; nobody else includes it. */
#ifndef CX_TABLE_READER_IMPL_H
#define CX_TABLE_READER_IMPL_H

#include "libcx/table/lenient.h"
#include "libcx/table/reader.h"
#include "libcx/table/scan.h"
#include "libcx/table/sniff.h"

struct cx_reader {
	struct cx_input *in;
	struct cx_reader_options options;
	struct cx_dialect dialect;
	struct cx_lenient *lenient;
	const struct cx_reader *whole; /* of which this is a part */
	struct cx_header header;
	bool has_header;
	bool turned;  /* it is known what its lines end in */
	bool holding; /* the first records, which are to be read again */
	/* bytes [0, filled) of buf, of which [0, scanned) are scanned */
	char *buf;
	size_t cap, filled, scanned;
	uint64_t offset; /* of buf[0] in the input */
	uint64_t end;    /* records that start here or later are others' */
	bool at_end;
	struct cx_err *broken; /* why there are no more bytes */
	/* the scanner's findings in [start, scanned) */
	struct cx_scan scan;
	struct cx_marks marks;
	size_t marks_cap;
	size_t next_row;  /* in marks.rows */
	size_t first;     /* in marks.ends: the next record's first cell */
	size_t start;     /* in buf: the next record */
	bool suspect;     /* there may be a fault in it */
	bool may_compose; /* and a cell that is not in Form C */
	bool unaligned;   /* a part whose first record is not found yet */
	struct cx_scan_counts counts; /* of a part's own bytes */
	uint64_t lines_before; /* LF bytes before what was ever scanned */
	/* the current record, and a line counted once */
	struct cx_row row;
	struct cx_scratch scratch;
	uint64_t n_records;
	size_t line_at;
	unsigned long line;
};

/*
 * reader-bytes.c: more bytes into buf (1, none left: 0, failed: -1); the same
 * and scanned; room for n more marks; the careful error of a record without
 * end.
 */
int cx_reader_fill(struct cx_reader *r, struct cx_err *err);
int cx_reader_advance(struct cx_reader *r, struct cx_err *err);
void cx_reader_room_for_marks(struct cx_reader *r, size_t n);
int cx_reader_too_long(struct cx_reader *r, struct cx_err *err);

/* reader.c: the line of buf[at], at <= scanned, and where it is kept. */
unsigned long cx_reader_line_of(struct cx_reader *r, size_t at);
void cx_reader_forget_line(struct cx_reader *r);

/*
 * reader-explain.c: names the bytes of the record that are no characters, and
 * where they are, when that is what err is about.
 */
void cx_reader_locate(
    struct cx_reader *r, struct cx_str record, struct cx_err *err);

/* Puts the place of the current record before that of a fault in it. */
int cx_reader_at_record(struct cx_reader *r, struct cx_err *err);

#endif
