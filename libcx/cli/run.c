/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/cli/cli.h"
#include "libcx/cli/progress.h"

#include "libcx/base/map.h"
#include "libcx/base/mem.h"
#include "libcx/io/retry.h"
#include "libcx/model/quiet.h"
#include "libcx/table/scan.h"
#include "libcx/table/shard.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Lines of a message; what options and files are called is not trusted. */
static void say(const char *name, const char *format, va_list args)
{
	struct cx_buf text = { 0 }, shown = { 0 };
	struct cx_str rest;

	cx_buf_addv(&text, format, args);
	cx_buf_addf(&shown, "%s: ", name);
	for (rest = cx_buf_str(&text); rest.p;) {
		cx_err_show(&shown, cx_str_next(&rest, '\n'));
		cx_buf_addc(&shown, '\n');
	}
	cx_progress_say(shown.data, shown.len);
	cx_buf_release(&shown);
	cx_buf_release(&text);
}

void cx_cli_usage(const struct cx_cli *cli, const char *format, ...)
{
	va_list args;

	cx_progress_end();
	va_start(args, format);
	say(cli->name, format, args);
	va_end(args);
	fprintf(stderr, "Try '%s --help'.\n", cli->name);
	exit(CX_USAGE);
}

void cx_cli_refuse(
    const struct cx_cli *cli, const char *option, const struct cx_err *err)
{
	struct cx_buf text = { 0 };

	if (err->status == CX_USAGE)
		cx_cli_usage(cli, "%s: %s", option, err->what);
	cx_err_format(err, &text);
	fprintf(stderr, "%s: %s: %.*s\n", cli->name, option, (int)text.len,
	    text.data);
	cx_buf_release(&text);
	exit(err->status);
}

void cx_cli_note(const struct cx_cli *cli, const char *format, ...)
{
	va_list args;

	if (cli->quiet)
		return;
	va_start(args, format);
	say(cli->name, format, args);
	va_end(args);
}

void cx_cli_explain(const char *format, ...)
{
	struct cx_buf text = { 0 };
	va_list args;

	va_start(args, format);
	cx_buf_addv(&text, format, args);
	va_end(args);
	cx_progress_say(text.data, text.len);
	cx_buf_release(&text);
}

/* ---- output ---- */

static enum cx_format format_of(
    const struct cx_cli *cli, const struct cx_output *out)
{
	static const struct {
		const char *word;
		enum cx_format format;
	} formats[] = { { "tsv", CX_TSV }, { "csv", CX_CSV },
		{ "json", CX_JSON }, { "table", CX_TABLE }, { "md", CX_MD },
		{ "excel", CX_EXCEL } };

	for (size_t i = 0;
	     cli->format && i < sizeof(formats) / sizeof(*formats); i++)
		if (strcmp(cli->format, formats[i].word) == 0)
			return formats[i].format;
	return cx_output_is_terminal(out) ? CX_TABLE : CX_TSV;
}

/* no-color.org; CLICOLOR_FORCE from bixense.com/clicolors. */
static bool wants_colour(const struct cx_output *out)
{
	const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
	const char *force = getenv("CLICOLOR_FORCE");

	if (none && *none)
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return cx_output_is_terminal(out) && term && strcmp(term, "dumb") != 0;
}

int cx_cli_writer(struct cx_cli *cli, struct cx_err *err)
{
	struct cx_output *out;

	if (cx_output_open(&out, cli->output, err) < 0)
		return -1;
	cli->writer =
	    cx_writer_new(out, format_of(cli, out), wants_colour(out));
	return 0;
}

int cx_cli_shards(struct cx_cli *cli, size_t n, struct cx_err *err)
{
	struct cx_buf name = { 0 };
	struct cx_output *out;
	int code = 0;

	cli->shards = cx_calloc(n, sizeof(*cli->shards));
	while (code == 0 && cli->n_shards < n) {
		cx_shard_name(cli->output, cli->n_shards, &name);
		code = cx_output_open(&out, name.data, err);
		if (code == 0)
			cli->shards[cli->n_shards++] =
			    cx_writer_new(out, format_of(cli, out), false);
	}
	cx_buf_release(&name);
	return code;
}

static int close_shards(struct cx_cli *cli, struct cx_err *err)
{
	size_t closed = 0;
	int code = 0;

	for (size_t i = 0; i < cli->n_shards; i++)
		if (cx_writer_settle(cli->shards[i], err) < 0)
			return -1;
	while (code == 0 && closed < cli->n_shards)
		code = cx_writer_close(cli->shards[closed++], err);
	/* Only those that still are may be poisoned. */
	cli->n_shards -= closed;
	memmove(cli->shards, cli->shards + closed,
	    cli->n_shards * sizeof(*cli->shards));
	return code;
}

int cx_cli_close(struct cx_cli *cli, struct cx_err *err)
{
	struct cx_writer *writer = cli->writer;

	if (cli->shards)
		return close_shards(cli, err);
	cli->writer = NULL;
	return cx_writer_close(writer, err);
}

bool cx_cli_is_format(const struct cx_cli *cli, const char *format)
{
	const char *given = cli->format;

	if (!given && cli->formats)
		given = cli->formats[0];
	return given && strcmp(given, format) == 0;
}

bool cx_cli_is_page(const struct cx_cli *cli)
{
	struct cx_str format = cx_str(cli->format ? cli->format : "");

	return cx_str_eq(format, cx_str("svg")) ||
	       cx_str_eq(format, cx_str("dot"));
}

int cx_cli_print(
    struct cx_cli *cli, const struct cx_buf *page, struct cx_err *err)
{
	struct cx_output *out;

	if (cx_output_open(&out, cli->output, err) < 0)
		return -1;
	cli->printed = true;
	if (cx_output_write(out, page->data, page->len, err) == 0)
		return cx_output_close(out, err);
	cx_output_discard(out);
	return -1;
}

/* ---- input ---- */

/* A text that no other regular file has; empty for what is none. */
static struct cx_str identify(const char *name, struct cx_buf *text)
{
	struct stat st;
	int code;

	cx_buf_clear(text);
	if (strcmp(name, "-") == 0)
		CX_RETRY(code, fstat(STDIN_FILENO, &st));
	else
		CX_RETRY(code, stat(name, &st));
	if (code == 0 && S_ISREG(st.st_mode))
		cx_buf_addf(text, "%ju %ju", (uintmax_t)st.st_dev,
		    (uintmax_t)st.st_ino);
	else if (strcmp(name, "-") == 0)
		cx_buf_addz(text, name);
	return cx_buf_str(text);
}

static const char *shown(const char *name)
{
	return strcmp(name, "-") ? name : "standard input";
}

void cx_cli_once(const struct cx_cli *cli, const char *const *names, size_t n)
{
	const char **first = cx_calloc(n + 1, sizeof(*first));
	struct cx_map seen = { 0 };
	struct cx_buf text = { 0 };

	for (size_t i = 0; i < n; i++) {
		const char *name = names[i];
		struct cx_str identity = identify(name, &text);
		size_t before = seen.n, number;

		if (identity.n == 0)
			continue;
		number = cx_map_put(&seen, identity);
		if (number == before)
			first[number] = name;
		else if (strcmp(first[number], name) == 0)
			cx_cli_usage(cli,
			    "%s is named twice, and would count twice",
			    shown(name));
		else
			cx_cli_usage(cli,
			    "%s is the same file as %s, and would count twice",
			    shown(name), shown(first[number]));
	}
	cx_map_release(&seen);
	cx_buf_release(&text);
	free(first);
}

struct cx_job cx_cli_job(const struct cx_cli *cli)
{
	if (cli->n_files == 0 && isatty(STDIN_FILENO))
		cx_cli_usage(
		    cli, "no file is named and standard input is a terminal");
	cx_cli_once(cli, cli->files, cli->n_files);
	return (struct cx_job){
		.files = cli->files,
		.n_files = cli->n_files,
		.reader = { .delimiter = cli->delimiter,
		    .foreign = cli->foreign },
		.threads = cli->threads,
		.where = cli->where,
	};
}

int cx_cli_fold(const struct cx_cli *cli, struct cx_job *job,
    const struct cx_fold *fold, void *total, struct cx_err *err)
{
	if (cx_fold_run(fold, job, total, err) < 0)
		return -1;
	if (job->n_empty_files == 1)
		cx_cli_note(
		    cli, "%s: a header and no records", job->empty_file);
	if (job->n_empty_files > 1)
		cx_cli_note(cli, "%s: a header and no records, and so %lu more",
		    job->empty_file, (unsigned long)job->n_empty_files - 1);
	return 0;
}

/* ---- rejects ---- */

static void set_bound(
    const struct cx_cli *cli, struct cx_rejects *rejects, const char *most)
{
	char *end;
	double n;

	rejects->most = UINT64_MAX;
	rejects->most_percent = 100;
	if (!most)
		return;
	n = strtod(most, &end);
	/* Digits alone are a count; with a % there may be a point. */
	if (most[0] < '0' || most[0] > '9' || n > 1e15 ||
	    strspn(most, "0123456789.%") != strlen(most) ||
	    (!*end && strchr(most, '.')) || (*end && strcmp(end, "%") != 0))
		cx_cli_usage(cli,
		    "--max-rejects: %s is not a number or a percentage",
		    cx_quote(cx_str(most)));
	if (*end)
		rejects->most_percent = n;
	else
		rejects->most = (uint64_t)n;
}

const char *cx_cli_rejects_file, *cx_cli_max_rejects;

int cx_cli_rejects(const struct cx_cli *cli, struct cx_job *job,
    struct cx_rejects *rejects, struct cx_err *err)
{
	const char *path = cx_cli_rejects_file, *most = cx_cli_max_rejects;

	*rejects = (struct cx_rejects){ 0 };
	if (most && !path)
		cx_cli_usage(cli, "--max-rejects bounds --rejects FILE");
	if (!path)
		return 0;
	if (strcmp(path, "-") == 0)
		cx_cli_usage(cli, "--rejects needs a file; standard output "
		                  "holds the table");
	set_bound(cli, rejects, most);
	job->rejects = rejects;
	return cx_rejects_open(rejects, path, err);
}

int cx_cli_summary(
    const struct cx_cli *cli, struct cx_job *job, struct cx_err *err)
{
	struct cx_buf text = { 0 };
	uint64_t rejected = job->rejects ? job->rejects->reasons.n : 0;
	uint64_t dropped = job->dropped ? job->dropped->n : 0;

	cx_buf_addf(&text, "read %" PRIu64 ", kept %" PRIu64, job->n_read,
	    job->n_read - rejected - job->n_left_out - dropped);
	if (job->where)
		cx_buf_addf(
		    &text, ", left out %" PRIu64 " (--where)", job->n_left_out);
	if (job->rejects)
		cx_tally_describe(&job->rejects->reasons, "rejected", &text);
	if (dropped)
		cx_tally_describe(job->dropped, "dropped", &text);
	cx_cli_note(cli, "%.*s", (int)text.len, text.data);
	cx_buf_release(&text);
	return job->rejects ? cx_rejects_close(job->rejects, job->n_read, err)
	                    : 0;
}

/* ---- the whole ---- */

int cx_cli_aggregate(struct cx_cli *cli, const struct cx_fold *fold,
    void *total, cx_cli_report *report, struct cx_err *err)
{
	struct cx_job job = cx_cli_job(cli);
	struct cx_rejects rejects = { 0 };
	struct cx_err gate = { .status = CX_DONE };
	int code = cx_cli_is_page(cli) ? 0 : cx_cli_writer(cli, err);

	if (code == 0)
		code = cx_cli_rejects(cli, &job, &rejects, err);
	if (code == 0)
		code = cx_cli_fold(cli, &job, fold, total, err);
	if (code == 0)
		code = report(total, cli->writer, &gate);
	/* A gate that fails leaves the table complete. */
	if (code < 0 && gate.status == CX_GATE)
		code = 0;
	else if (code < 0 && gate.status)
		*err = gate;
	if (code == 0 && (job.rejects || job.where))
		code = cx_cli_summary(cli, &job, err);
	if (code == 0 && cli->writer)
		code = cx_cli_close(cli, err);
	cx_rejects_release(&rejects);
	if (code == 0 && gate.status == CX_GATE) {
		*err = gate;
		return -1;
	}
	return code;
}

/* CX_DEBUG=scan=portable,block=64,piece=9,read=1: how tests vary the way of
 * bytes. */
static void obey_debug(void)
{
	struct cx_str rest = { NULL, 0 };
	const char *debug = getenv("CX_DEBUG");

	if (debug)
		rest = cx_str(debug);
	while (rest.n) {
		struct cx_str value = cx_str_next(&rest, ',');
		struct cx_str name = cx_str_next(&value, '=');
		size_t number = value.n ? strtoul(value.p, NULL, 10) : 0;

		if (cx_str_eq(name, cx_str("block")))
			cx_reader_set_block(number);
		if (cx_str_eq(name, cx_str("piece")))
			cx_fold_set_piece(number);
		if (cx_str_eq(name, cx_str("read")))
			cx_input_set_largest_read(number);
		if (cx_str_eq(name, cx_str("scan")) &&
		    cx_scan_choose(value) < 0) {
			fputs("cx: CX_DEBUG: no such scanner here\n", stderr);
			exit(CX_USAGE);
		}
	}
}

/* Where no page will stand a reader behind a pipe is told why. */
static void open_poison(struct cx_cli *cli)
{
	struct cx_output *out;
	struct cx_err err;

	if (cx_output_open(&out, NULL, &err) == 0)
		cli->writer = cx_writer_new(
		    out, cx_output_is_terminal(out) ? CX_TABLE : CX_TSV, false);
}

static int fail(struct cx_cli *cli, const struct cx_err *err)
{
	struct cx_buf text = { 0 }, why = { 0 }, message = { 0 };

	cx_err_format(err, &text);
	/* What an earlier program said is passed on as it came. */
	if (err->poison)
		cx_buf_addz(&why, err->what);
	else
		cx_buf_addf(
		    &why, "%s: %.*s", cli->name, (int)text.len, text.data);
	cx_buf_addf(
	    &message, "%s: %.*s\n", cli->name, (int)text.len, text.data);
	if (err->below[0])
		cx_buf_addf(&message, "%s\n", err->below);
	cx_progress_say(message.data, message.len);
	if (cli->prints && !cli->printed && !cli->output)
		open_poison(cli);
	if (cli->writer)
		cx_writer_poison(cli->writer, cx_buf_str(&why));
	cli->writer = NULL;
	while (cli->n_shards)
		cx_writer_poison(
		    cli->shards[--cli->n_shards], cx_buf_str(&why));
	cx_buf_release(&text);
	cx_buf_release(&why);
	cx_buf_release(&message);
	return err->status;
}

int cx_cli_run(struct cx_cli *cli, cx_cli_run_function *run)
{
	struct cx_err err = { .status = CX_DONE };
	int status = CX_DONE;

	obey_debug();
	cx_model_quiet();
	cx_progress_start(cli->name, cli->quiet);
	if (run(cli, &err) < 0)
		status = fail(cli, &err);
	cx_progress_end();
	free(cli->shards);
	cx_predicate_free(cli->where);
	cli->where = NULL;
	return status;
}
