/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/fold-impl.h"

#include "libcx/base/mem.h"
#include "libcx/io/meter.h"

#include <stdlib.h>

/* A file, with its header read. */
struct source {
	struct cx_input *in;
	struct cx_reader *reader;
};

static void close_source(struct source *source)
{
	cx_reader_close(source->reader);
	cx_input_close(source->in);
	*source = (struct source){ 0 };
}

static int open_reader(
    struct source *source, const struct cx_job *job, struct cx_err *err)
{
	if (cx_reader_open(&source->reader, source->in, &job->reader, err) == 0)
		return 0;
	cx_err_file(err, cx_input_name(source->in));
	source->reader = NULL;
	close_source(source);
	return -1;
}

/* What can be opened again by its name is not kept open. */
static bool must_stay(const struct source *source, const char *name, bool only)
{
	return only || cx_input_is_pipe(source->in) || strcmp(name, "-") == 0;
}

/* Where it will be opened again it only counts then: for the meter. */
static int open_source(struct source *source, const char *name, bool again,
    const struct cx_job *job, struct cx_err *err)
{
	unsigned ways = (job->scout ? CX_INPUT_TWICE : 0) |
	                (job->sums ? CX_INPUT_SUMMED : 0);

	if (cx_input_open_as(&source->in, name, ways, err) < 0)
		return -1;
	if (!again || must_stay(source, name, false))
		cx_input_meter(source->in);
	return open_reader(source, job, err);
}

/* A source that was read, in part or wholly, from its start again. */
static int rewind_source(
    struct source *source, const struct cx_job *job, struct cx_err *err)
{
	cx_reader_close(source->reader);
	source->reader = NULL;
	if (cx_input_rewind(source->in, err) < 0)
		return -1;
	return open_reader(source, job, err);
}

static int run_source(
    struct cx_pass *run, struct source *source, struct cx_err *err)
{
	int code;

	run->reader = source->reader;
	run->name = cx_input_name(source->in);
	cx_input_meter(source->in);
	code = cx_fold_read(run, source->in, err);
	if (code < 0)
		cx_err_file(err, run->name);
	return code;
}

/* What cannot be read twice stays open between its survey and its turn. */
static int survey(const struct cx_pass *run, const char *name, bool only,
    struct source *source, struct cx_err *err)
{
	const char *shown;

	if (open_source(source, name, !only, run->job, err) < 0)
		return -1;
	shown = cx_input_name(source->in);
	if (run->job->survey(
	        run->total, shown, cx_reader_header(source->reader), err) < 0) {
		cx_fold_in_header(err);
		cx_err_file(err, shown);
		return -1;
	}
	if (!must_stay(source, name, only))
		close_source(source);
	return 0;
}

static int check_names(const char *const *files, size_t n, struct cx_err *err)
{
	size_t n_standard = 0;

	for (size_t i = 0; i < n; i++)
		n_standard += strcmp(files[i], "-") == 0;
	if (n_standard < 2)
		return 0;
	return cx_err_set(
	    err, CX_USAGE, "standard input is named more than once");
}

/* One file of the scout, left as if it was not read yet. */
static int scout_source(struct cx_pass *run, const char *name, bool only,
    struct source *source, struct cx_err *err)
{
	int code;

	if (source->in)
		code = rewind_source(source, run->job, err);
	else
		code = open_source(source, name, false, run->job, err);
	if (code == 0)
		code = run_source(run, source, err);
	if (code < 0)
		return -1;
	if (must_stay(source, name, only))
		return rewind_source(source, run->job, err);
	close_source(source);
	return 0;
}

/* The pass before the pass, where one is wanted. */
static int scout(const struct cx_pass *main, const char *const *files, size_t n,
    struct source *sources, struct cx_err *err)
{
	const struct cx_scout *scout = main->job->scout;
	bool wanted = scout->wanted(main->total);
	struct cx_job job = *main->job;
	struct cx_pass run = {
		.fold = scout->fold, .job = &job, .total = scout->total
	};
	int code = 0;

	job.rejects = NULL;
	job.pass_over = true;
	if (wanted)
		cx_meter_start(files, n);
	for (size_t i = 0; i < n && code == 0; i++) {
		if (wanted)
			code = scout_source(
			    &run, files[i], n == 1, &sources[i], err);
		else if (sources[i].in)
			cx_input_once(sources[i].in);
	}
	if (!wanted || code < 0)
		return code;
	cx_meter_start(files, n);
	return scout->settle(main->total, scout->total, err);
}

static int run_files(struct cx_pass *run, const char *const *files, size_t n,
    struct source *sources, struct cx_err *err)
{
	int code = run->job->survey ? check_names(files, n, err) : 0;

	cx_meter_start(files, n);
	for (size_t i = 0; run->job->survey && code == 0 && i < n; i++)
		code = survey(run, files[i], n == 1, &sources[i], err);
	if (code == 0 && run->job->scout)
		code = scout(run, files, n, sources, err);
	for (size_t i = 0; code == 0 && i < n; i++) {
		if (!sources[i].reader)
			code = open_source(
			    &sources[i], files[i], false, run->job, err);
		if (code == 0)
			code = run_source(run, &sources[i], err);
		if (code == 0 && run->job->sums)
			cx_input_take_sum(sources[i].in, &run->job->sums[i]);
		close_source(&sources[i]);
	}
	return code;
}

int cx_fold_run(const struct cx_fold *fold, struct cx_job *job, void *total,
    struct cx_err *err)
{
	static const char *const standard_input[] = { "-" };
	struct cx_pass run = { .fold = fold, .job = job, .total = total };
	const char *const *files = job->n_files ? job->files : standard_input;
	size_t n = job->n_files ? job->n_files : 1;
	struct source *sources = cx_calloc(n, sizeof(*sources));
	int code = run_files(&run, files, n, sources, err);

	for (size_t i = 0; i < n; i++)
		close_source(&sources[i]);
	free(sources);
	return code;
}
