/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/fold-impl.h"

#include "libcx/base/mem.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* Bytes of input to a piece: the records that start in them. */
enum { PIECE = 1 << 19 };

static uint64_t piece_size = PIECE;

void cx_fold_set_piece(uint64_t size)
{
	piece_size = size ? size : PIECE;
}

struct piece {
	void *state;
	struct cx_test *where; /* NULL: all records */
	struct cx_reject_list rejects;
	uint64_t n_read, n_left_out;
};

int cx_fold_in_header(struct cx_err *err)
{
	if (!err->line && !err->file[0])
		err->line = 1;
	return -1;
}

static int start_piece(
    const struct cx_pass *run, struct piece *piece, struct cx_err *err)
{
	const struct cx_fold *fold = run->fold;
	const struct cx_header *header = cx_reader_header(run->reader);

	*piece = (struct piece){ .state = cx_calloc(1, fold->size) };
	if (fold->bind(piece->state, run->total, header, err) < 0)
		return cx_fold_in_header(err);
	if (!run->job->where)
		return 0;
	piece->where = cx_test_new(run->job->where, header, err);
	return piece->where ? 0 : -1;
}

static void end_piece(const struct cx_pass *run, struct piece *piece)
{
	if (piece->state)
		run->fold->release(piece->state);
	free(piece->state);
	cx_test_free(piece->where);
	cx_reject_list_release(&piece->rejects);
}

/* What of a piece depends on its place: its rejects, or all of it. */
static int merge_piece(
    const struct cx_pass *run, struct piece *piece, struct cx_err *err)
{
	run->job->n_read += piece->n_read;
	run->job->n_left_out += piece->n_left_out;
	piece->n_read = piece->n_left_out = 0;
	if (piece->rejects.reasons.n &&
	    cx_rejects_take(run->job->rejects, &piece->rejects, err) < 0)
		return -1;
	if (run->fold->exact)
		return 0;
	return run->fold->merge(run->total, piece->state, err);
}

/* And the rest of it, when no piece follows. */
static int merge_rest(
    const struct cx_pass *run, struct piece *piece, struct cx_err *err)
{
	if (!run->fold->exact)
		return 0;
	return run->fold->merge(run->total, piece->state, err);
}

/* A bad record: put aside, or the end. */
static int reject(const struct cx_pass *run, struct piece *piece,
    struct cx_reader *reader, const struct cx_row *row, struct cx_err *err)
{
	if (err->reason && run->job->pass_over)
		return 0;
	if (!err->line)
		err->line = cx_reader_line(reader);
	cx_err_file(err, run->name);
	if (!err->reason || !run->job->rejects) {
		cx_reader_explain(reader, err);
		return -1;
	}
	cx_reject_list_add(
	    &piece->rejects, run->job->rejects, err, cx_row_source(row));
	return 0;
}

/* A good record, or one of those that are not wanted. */
static int use_row(const struct cx_pass *run, struct piece *piece,
    const struct cx_row *row, struct cx_err *err)
{
	int holds = 1;

	if (piece->where) {
		cx_test_row(piece->where, row);
		holds = cx_test_holds(piece->where, 0, err);
	}
	if (holds > 0)
		return run->fold->row(piece->state, row, err);
	piece->n_left_out += holds == 0;
	return holds;
}

/* The rows of reader up to the offset: 1, to its end: 0, failed: -1. */
static int feed(const struct cx_pass *run, struct piece *piece,
    struct cx_reader *reader, uint64_t offset, struct cx_err *err)
{
	const struct cx_row *row;
	int more;

	while (cx_reader_offset(reader) < offset) {
		more = cx_reader_next(reader, &row, err);
		if (more == 0)
			return 0;
		if (more < 0 && !err->reason)
			return -1;
		piece->n_read++;
		if (more > 0 && use_row(run, piece, row, err) == 0)
			continue;
		if (reject(run, piece, reader, row, err) < 0)
			return -1;
	}
	return 1;
}

/* ---- one thread ---- */

static int run_in_order(const struct cx_pass *run, struct cx_err *err)
{
	struct piece piece;
	int more = start_piece(run, &piece, err) < 0 ? -1 : 1;

	while (more > 0) {
		uint64_t end = cx_reader_offset(run->reader) / piece_size + 1;

		more = feed(run, &piece, run->reader, end * piece_size, err);
		if (more >= 0 && merge_piece(run, &piece, err) < 0)
			more = -1;
	}
	if (more == 0)
		more = merge_rest(run, &piece, err);
	end_piece(run, &piece);
	return more;
}

/* ---- several threads ---- */

/*
 * A worker takes the next piece, loads its bytes, waits until the state of
 * the quotes and the line number at its start are known, passes on those at
 * its end, reads its rows, and waits for its turn to merge.
 */
struct crew {
	const struct cx_pass *run;
	uint64_t n_pieces, first_offset;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	uint64_t taken, placed, merged; /* pieces that got so far */
	struct cx_reader_place place;   /* at the start of piece `placed` */
	bool failed;
	struct cx_err err;
};

static uint64_t piece_start(const struct crew *crew, uint64_t n)
{
	uint64_t at = n * piece_size;

	return at > crew->first_offset ? at : crew->first_offset;
}

static uint64_t piece_end(uint64_t n)
{
	return (n + 1) * piece_size;
}

/* Waits for *counter to reach n; false when another worker failed. */
static bool wait_for(struct crew *crew, const uint64_t *counter, uint64_t n)
{
	while (*counter != n && !crew->failed)
		pthread_cond_wait(&crew->changed, &crew->lock);
	return !crew->failed;
}

static int load(
    struct crew *crew, struct cx_reader *part, uint64_t n, struct cx_err *err)
{
	return cx_reader_load(part, piece_start(crew, n), piece_end(n),
	    n + 1 == crew->n_pieces, err);
}

static int place_part(struct crew *crew, struct cx_reader *part, uint64_t n)
{
	struct cx_reader_place here, next;

	pthread_mutex_lock(&crew->lock);
	if (!wait_for(crew, &crew->placed, n)) {
		pthread_mutex_unlock(&crew->lock);
		return -1;
	}
	here = next = crew->place;
	cx_reader_skip(part, &next);
	crew->place = next;
	crew->placed++;
	pthread_cond_broadcast(&crew->changed);
	pthread_mutex_unlock(&crew->lock);
	cx_reader_start(part, &here);
	return 0;
}

static void merge_in_turn(struct crew *crew, struct piece *piece, uint64_t n,
    int code, struct cx_err *err)
{
	pthread_mutex_lock(&crew->lock);
	if (wait_for(crew, &crew->merged, n)) {
		if (code == 0)
			code = merge_piece(crew->run, piece, err);
		if (code < 0) {
			crew->failed = true;
			crew->err = *err;
		}
		crew->merged++;
	}
	pthread_cond_broadcast(&crew->changed);
	pthread_mutex_unlock(&crew->lock);
}

static void merge_at_end(struct crew *crew, struct piece *piece)
{
	pthread_mutex_lock(&crew->lock);
	if (!crew->failed && merge_rest(crew->run, piece, &crew->err) < 0)
		crew->failed = true;
	pthread_mutex_unlock(&crew->lock);
}

static bool take_piece(struct crew *crew, uint64_t *n)
{
	bool more;

	pthread_mutex_lock(&crew->lock);
	more = crew->taken < crew->n_pieces && !crew->failed;
	if (more)
		*n = crew->taken++;
	pthread_mutex_unlock(&crew->lock);
	return more;
}

static void *work(void *arg)
{
	struct crew *crew = arg;
	struct cx_reader *part = cx_reader_part(crew->run->reader);
	struct piece piece;
	struct cx_err err;
	int code = start_piece(crew->run, &piece, &err);
	uint64_t n;

	while (take_piece(crew, &n)) {
		if (code == 0)
			code = load(crew, part, n, &err);
		if (code == 0 && place_part(crew, part, n) < 0)
			break;
		if (code == 0)
			code = feed(crew->run, &piece, part, UINT64_MAX, &err);
		merge_in_turn(crew, &piece, n, code, &err);
	}
	merge_at_end(crew, &piece);
	end_piece(crew->run, &piece);
	cx_reader_close(part);
	return NULL;
}

static int run_crew(
    const struct cx_pass *run, uint64_t size, struct cx_err *err)
{
	struct crew crew = { .run = run };
	unsigned n = run->job->threads;
	pthread_t *threads = cx_malloc(cx_mul(n, sizeof(*threads)));
	unsigned started = 0;

	crew.place = cx_reader_begin(run->reader);
	crew.first_offset = cx_reader_offset(run->reader);
	crew.taken = crew.placed = crew.merged = crew.first_offset / piece_size;
	crew.n_pieces = (size + piece_size - 1) / piece_size;
	pthread_mutex_init(&crew.lock, NULL);
	pthread_cond_init(&crew.changed, NULL);
	while (started < n &&
	       pthread_create(&threads[started], NULL, work, &crew) == 0)
		started++;
	if (started == 0)
		work(&crew);
	for (unsigned i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	pthread_cond_destroy(&crew.changed);
	pthread_mutex_destroy(&crew.lock);
	free(threads);
	if (crew.failed)
		*err = crew.err;
	return crew.failed ? -1 : 0;
}

/* ---- a file ---- */

static void copy_name(char to[256], const char *name)
{
	snprintf(to, 256, "%s", name);
}

int cx_fold_read(
    const struct cx_pass *run, struct cx_input *in, struct cx_err *err)
{
	uint64_t size = cx_input_size(in), before = run->job->n_read;
	int code;

	if (run->fold->open &&
	    run->fold->open(run->total, cx_reader_header(run->reader), err) < 0)
		return cx_fold_in_header(err);
	if (run->job->threads > 1 && size > 2 * piece_size &&
	    cx_reader_can_part(run->reader))
		code = run_crew(run, size, err);
	else
		code = run_in_order(run, err);
	if (code == 0 && run->job->n_read == before &&
	    run->job->n_empty_files++ == 0)
		copy_name(run->job->empty_file, run->name);
	return code;
}
