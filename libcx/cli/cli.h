/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CLI_CLI_H
#define CX_CLI_CLI_H

#include "libcx/base/err.h"
#include "libcx/cli/options.h"
#include "libcx/table/fold.h"
#include "libcx/table/writer.h"

/*
 * What every program is around its run function: options, help, messages,
 * output, poison, exit status.
 *
 *	int main(int argc, char **argv)
 *	{
 *		struct cx_cli cli = { .name = "cx-x", .purpose = "does x",
 *			.options = options };
 *
 *		cx_cli_parse(&cli, argc, argv);
 *		return cx_cli_run(&cli, run);
 *	}
 */
struct cx_cli {
	const char *name;
	const char *purpose;
	const struct cx_option *options;
	bool foreign; /* reads exports, not streams: see cx_reader_options */
	/* what -F can be, then NULL; NULL: what tables can be written as */
	const char *const *formats;
	/* from the shared options and the operands */
	const char **files;
	size_t n_files;
	char delimiter;
	const char *format;
	const char *output;
	unsigned threads;
	bool quiet;
	struct cx_predicate *where; /* NULL without --where; the program's */
	const char *condition;      /* its text */
	bool prints; /* a page, by cx_cli_print; may be set by the run */
	/* made by cx_cli_writer */
	struct cx_writer *writer;
	/* made by cx_cli_shards */
	struct cx_writer **shards;
	size_t n_shards;
	bool printed;
};

/* A run returns 0, or -1 and err. */
typedef int cx_cli_run_function(struct cx_cli *cli, struct cx_err *err);

/* Ends the program on -h, -V and wrong usage. */
void cx_cli_parse(struct cx_cli *cli, int argc, char **argv);

/* The byte that -d WORD means. */
char cx_cli_delimiter(const char *word);

/* The version of cx, as -V prints it. */
const char *cx_cli_version(void);

/* The exit status of the program, all output closed, all messages printed. */
int cx_cli_run(struct cx_cli *cli, cx_cli_run_function *run);

/* A usage error: message, a hint at --help, exit status 2. */
_Noreturn void cx_cli_usage(const struct cx_cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What err says of the option's argument, and its exit status. */
_Noreturn void cx_cli_refuse(
    const struct cx_cli *cli, const char *option, const struct cx_err *err);

/* One line on standard error, unless -q was given. */
void cx_cli_note(const struct cx_cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Lines of --explain on standard error, whole. */
void cx_cli_explain(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/*
 * The writer of the program's one table, in the format asked for, or the one
 * that fits: a laid-out table on a terminal, else TSV. Kept in cli->writer
 * until cx_cli_close; when the run fails before that, it is poisoned.
 */
int cx_cli_writer(struct cx_cli *cli, struct cx_err *err);
int cx_cli_close(struct cx_cli *cli, struct cx_err *err);

/*
 * The writers of a table in n files, which -o is the pattern of
 * (libcx/table/shard.h): kept in cli->shards in place of cli->writer, and
 * closed or poisoned with each other. None of the files appears before all of
 * them are complete.
 */
int cx_cli_shards(struct cx_cli *cli, size_t n, struct cx_err *err);

/*
 * Writes all of a page (HTML, SVG or the like), which appears whole or not at
 * all. A run that fails before leaves a poison record in its place where the
 * page would have gone into a pipe.
 */
int cx_cli_print(
    struct cx_cli *cli, const struct cx_buf *page, struct cx_err *err);

/* Whether -F asks for a picture, which is printed as a page. */
bool cx_cli_is_page(const struct cx_cli *cli);

/* Whether -F asks for this format; without -F the first of cli->formats. */
bool cx_cli_is_format(const struct cx_cli *cli, const char *format);

/*
 * The program's inputs, with the shared options: delimiter, threads, and
 * --where, which every program has. Folding over the job leaves out the
 * records that it does not hold for (job.n_left_out), and cx_cli_summary
 * tells how many. A program that reads records in another way must test them
 * against cli->where itself (libcx/table/predicate.h). Ends the program as
 * cx_cli_once does.
 */
struct cx_job cx_cli_job(const struct cx_cli *cli);

/*
 * A usage error where one of n regular files stands there twice, under
 * whatever name, or "-" does: what is read twice would count twice.
 */
void cx_cli_once(const struct cx_cli *cli, const char *const *names, size_t n);

/* Runs the fold over the inputs; notes files that have no records. */
int cx_cli_fold(const struct cx_cli *cli, struct cx_job *job,
    const struct cx_fold *fold, void *total, struct cx_err *err);

/*
 * --rejects and --max-rejects, which every program has that reads records:
 * their options, and what opens the file and lets the job use it.
 */
#define CX_CLI_REJECT_OPTIONS                                                  \
	CX_OPT_TEXT(0, "rejects", &cx_cli_rejects_file, "FILE",                \
	    "put records that cannot be used into FILE"),                      \
	    CX_OPT_TEXT(0, "max-rejects", &cx_cli_max_rejects, "N",            \
	        "fail when there are more than N, or N%")
extern const char *cx_cli_rejects_file, *cx_cli_max_rejects;

int cx_cli_rejects(const struct cx_cli *cli, struct cx_job *job,
    struct cx_rejects *rejects, struct cx_err *err);

/*
 * What an aggregating program does: opens its output and its rejects, folds
 * its inputs into total, lets report write the table, and closes. total is
 * the caller's to release. Where -F asks for a picture there is no writer, and
 * report calls cx_cli_print.
 */
typedef int cx_cli_report(
    void *total, struct cx_writer *writer, struct cx_err *err);
int cx_cli_aggregate(struct cx_cli *cli, const struct cx_fold *fold,
    void *total, cx_cli_report *report, struct cx_err *err);

/*
 * "read 100, kept 89, left out 8 (--where), rejected 2: …, dropped 1: …" on
 * standard error; closes rejects.
 */
int cx_cli_summary(
    const struct cx_cli *cli, struct cx_job *job, struct cx_err *err);

#endif
