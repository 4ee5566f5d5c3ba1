/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_FOLD_H
#define CX_TABLE_FOLD_H

#include "libcx/table/predicate.h"
#include "libcx/table/reader.h"
#include "libcx/table/rejects.h"

/*
 * What a command does with its rows. The driver cuts the input into pieces
 * (by the bytes of the input alone, never by threads), feeds each piece to a
 * state, and merges these into the total in input order. Where merging is
 * exact (counts) the order cannot show, and a state may hold many pieces.
 */
struct cx_fold {
	size_t size; /* of a state; all zero is a new one */
	bool exact;  /* merged in any order and split the total is the same */
	/* for each file as it is read, on the total; may be NULL */
	int (*open)(
	    void *total, const struct cx_header *header, struct cx_err *err);
	/* for each file, on the state of a piece: finds its columns */
	int (*bind)(void *state, const void *total,
	    const struct cx_header *header, struct cx_err *err);
	/* err->reason set: this record only, and it was counted as bad */
	int (*row)(void *state, const struct cx_row *row, struct cx_err *err);
	/* empties piece, whose memory stays for the next one */
	int (*merge)(void *total, void *piece, struct cx_err *err);
	void (*release)(void *state);
};

/*
 * A pass over all files before the one that counts, for what only a whole
 * column can tell. Records that cannot be used are passed over: the main pass
 * deals with them. Pipes are spooled (io/spool.h).
 *   wanted   whether there is need of it, when the headers are known
 *   settle   what the main total learns from it
 */
struct cx_scout {
	const struct cx_fold *fold;
	void *total;
	bool (*wanted)(const void *main);
	int (*settle)(void *main, void *total, struct cx_err *err);
};

/* Where the rows come from, and what is told about them afterwards. */
struct cx_job {
	const char *const *files;
	size_t n_files; /* 0: standard input */
	struct cx_reader_options reader;
	/* sees the headers of all files before a row is read; may be NULL */
	int (*survey)(void *total, const char *name,
	    const struct cx_header *header, struct cx_err *err);
	const struct cx_scout *scout; /* NULL: none */
	bool pass_over; /* bad records are as if they were not there */
	struct cx_input_sum *sums; /* of each file, to be filled; or NULL */
	unsigned threads;          /* at least 1 */
	/*
	 * NULL, or condition 0 of it: records for which it does not hold are
	 * counted and not seen by the fold, nor are their cells checked.
	 */
	const struct cx_predicate *where;
	uint64_t n_left_out;            /* by where */
	struct cx_rejects *rejects;     /* NULL: a bad record is an error */
	uint64_t n_read;                /* records, whatever became of them */
	const struct cx_tally *dropped; /* by rule, for the summary; or NULL */
	uint64_t n_empty_files;         /* with a header and no records */
	char empty_file[256];           /* the name of the first of them */
};

/* Returns 0 with the total filled, or -1 and err. The caller releases. */
int cx_fold_run(const struct cx_fold *fold, struct cx_job *job, void *total,
    struct cx_err *err);

/* For tests: bytes of input to a piece, and 0 for the default. */
void cx_fold_set_piece(uint64_t size);

#endif
