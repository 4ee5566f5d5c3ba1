/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "libcx/base/mem.h"
#include "libcx/cli/cli.h"
#include "libcx/cli/complete.h"
#include "libcx/cli/help.h"
#include "libcx/cli/memory.h"
#include "libcx/io/retry.h"
#include "libcx/table/value.h"

#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_THREADS = 64, OPERAND = 1, FIRST_LONG = 256, BASE_10 = 10 };

/* What the shared options set, before it is looked at. */
static const char *delimiter, *format, *output, *threads, *where;
static bool quiet, help, version;

/* "output as tsv, csv or md": what the program can do. */
static char format_help[80];

static const struct cx_option shared[] = {
	CX_OPT_TEXT('d', "delimiter", &delimiter, "CHAR",
	    "cells of the input end in CHAR, or \"tab\""),
	CX_OPT_TEXT('F', "format", &format, "FORMAT", format_help),
	CX_OPT_TEXT('o', "output", &output, "FILE",
	    "write to FILE, whole or not at all; .gz compresses"),
	CX_OPT_TEXT('j', "threads", &threads, "N",
	    "use N threads (default: the processors there are)"),
	CX_OPT_TEXT(0, "where", &where, "CONDITION",
	    "only records for which it holds, such as 'nps <= 6'"),
	CX_OPT_FLAG(
	    'q', "quiet", &quiet, "no notes and no progress on standard error"),
	CX_OPT_FLAG('h', "help", &help, "print this help and exit"),
	CX_OPT_FLAG('V', "version", &version, "print the version and exit"),
	CX_OPT_END,
};

static size_t count(const struct cx_option *options)
{
	size_t n = 0;

	while (options[n].kind != CX_OPT_END_KIND)
		n++;
	return n;
}

/* The own and the shared options behind each other. */
static const struct cx_option *nth(
    const struct cx_cli *cli, size_t n_own, size_t i)
{
	return i < n_own ? &cli->options[i] : &shared[i - n_own];
}

static void set(
    const struct cx_cli *cli, const struct cx_option *o, const char *text)
{
	struct cx_list *list;
	struct cx_err err;

	switch (o->kind) {
	case CX_OPT_FLAG_KIND:
		*(bool *)o->value = true;
		break;
	case CX_OPT_TEXT_KIND:
		*(const char **)o->value = text;
		break;
	case CX_OPT_LIST_KIND:
		list = o->value;
		list->items = cx_realloc(
		    list->items, cx_mul(list->n + 1, sizeof(*list->items)));
		list->items[list->n++] = text;
		break;
	case CX_OPT_REAL_KIND:
		if (cx_value_number(cx_str(text), o->value, &err) < 0)
			cx_cli_usage(cli, "--%s: %s is not a number", o->name,
			    cx_quote(cx_str(text)));
		break;
	case CX_OPT_END_KIND:
		break;
	}
}

/* getopt's two tables, made from ours. The caller frees both. */
static void make_tables(const struct cx_cli *cli, size_t n_own, size_t n,
    char **letters, struct option **longs)
{
	struct cx_buf buf = { 0 };

	*longs = cx_calloc(n + 1, sizeof(**longs));
	/* Operands in their order, whatever POSIXLY_CORRECT says. */
	cx_buf_addz(&buf, "-:");
	for (size_t i = 0; i < n; i++) {
		const struct cx_option *o = nth(cli, n_own, i);

		(*longs)[i] = (struct option){ o->name,
			o->argument ? required_argument : no_argument, NULL,
			FIRST_LONG + (int)i };
		if (!o->letter)
			continue;
		cx_buf_addc(&buf, o->letter);
		if (o->argument)
			cx_buf_addc(&buf, ':');
	}
	cx_buf_addc(&buf, '\0');
	*letters = buf.data;
}

static const struct cx_option *by_code(
    const struct cx_cli *cli, size_t n_own, size_t n, int code)
{
	if (code >= FIRST_LONG)
		return nth(cli, n_own, (size_t)(code - FIRST_LONG));
	for (size_t i = 0; i < n; i++)
		if (nth(cli, n_own, i)->letter == code)
			return nth(cli, n_own, i);
	return NULL;
}

static const char *nearest_long(
    const struct cx_cli *cli, size_t n_own, size_t n, const char *word)
{
	struct cx_str *names = cx_malloc(cx_mul(n, sizeof(*names)));
	struct cx_str given = cx_str(word);
	int best;

	for (size_t i = 0; i < n; i++)
		names[i] = cx_str(nth(cli, n_own, i)->name);
	best = cx_str_nearest(cx_str_next(&given, '='), names, n);
	free(names);
	return best < 0 ? NULL : nth(cli, n_own, (size_t)best)->name;
}

static void bad_option(const struct cx_cli *cli, size_t n_own, size_t n,
    int code, const char *word)
{
	bool is_long = optopt >= FIRST_LONG && optopt < FIRST_LONG + (int)n;
	const char *near;

	if (code == ':')
		cx_cli_usage(
		    cli, "option %s needs an argument", cx_quote(cx_str(word)));
	if (is_long)
		cx_cli_usage(cli, "option --%s takes no argument",
		    nth(cli, n_own, (size_t)(optopt - FIRST_LONG))->name);
	/* A byte beyond ASCII is below zero in glibc, above 0xDF7F in musl. */
	if (optopt)
		cx_cli_usage(cli, "there is no option -%c", optopt);
	near = nearest_long(cli, n_own, n, word + 2);
	if (near)
		cx_cli_usage(cli, "there is no option %s; did you mean --%s?",
		    cx_quote(cx_str(word)), near);
	cx_cli_usage(cli, "there is no option %s", cx_quote(cx_str(word)));
}

static void parse_all(struct cx_cli *cli, int argc, char **argv)
{
	size_t n_own = count(cli->options), n = n_own + count(shared);
	struct option *longs;
	char *letters;
	int code;

	make_tables(cli, n_own, n, &letters, &longs);
	opterr = 0;
	cli->files = (const char **)argv + 1;
	while ((code = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (code == '?' || code == ':')
			break;
		if (code == OPERAND)
			cli->files[cli->n_files++] = optarg;
		else
			set(cli, by_code(cli, n_own, n, code), optarg);
		if (help || version)
			break;
	}
	free(letters);
	free(longs);
	/* Where an argument is missing, optind may be beyond argc. */
	if (code == '?' || code == ':')
		bad_option(cli, n_own, n, code,
		    argv[(optind < argc ? optind : argc) - 1]);
	while (optind < argc)
		cli->files[cli->n_files++] = argv[optind++];
}

/* ---- the shared options' values ---- */

static _Noreturn void print_and_exit(
    const struct cx_cli *cli, struct cx_buf *text)
{
	struct cx_output *out;
	struct cx_err err;
	int code = cx_output_open(&out, NULL, &err);

	if (code == 0)
		code = cx_output_write(out, text->data, text->len, &err);
	if (code == 0)
		code = cx_output_close(out, &err);
	if (code < 0)
		fprintf(stderr, "%s: %s: %s\n", cli->name, err.file, err.what);
	cx_buf_release(text);
	exit(code < 0 ? CX_DATA : CX_DONE);
}

const char *cx_cli_version(void)
{
	return VERSION;
}

/* What a shell asks: never by a user, and so in none of the tables. */
static void answer_shell(const struct cx_cli *cli, int argc, char **argv)
{
	struct cx_words words = { (const char *const *)argv + 3, 0, 0 };
	struct cx_buf text = { 0 };

	if (argc < 4 || strcmp(argv[1], "--complete") != 0)
		return;
	words.n = (size_t)argc - 3;
	words.at = strtoul(argv[2], NULL, BASE_10) - 1;
	if (words.at >= words.n)
		cx_cli_usage(cli, "--complete: there is no such word");
	cx_complete(cli, shared, &words, &text);
	print_and_exit(cli, &text);
}

static void answer_help(const struct cx_cli *cli)
{
	struct cx_buf text = { 0 };

	if (help) {
		cx_help(&text, cli->name, cli->purpose, cli->options, shared);
		print_and_exit(cli, &text);
	}
	if (version) {
		cx_buf_addf(&text, "%s (cx) %s\n", cli->name, cx_cli_version());
		print_and_exit(cli, &text);
	}
}

char cx_cli_delimiter(const char *word)
{
	bool tab = strcmp(word, "tab") == 0 || strcmp(word, "\\t") == 0;

	return tab ? '\t' : word[0];
}

static void set_delimiter(struct cx_cli *cli)
{
	if (!delimiter)
		return;
	cli->delimiter = cx_cli_delimiter(delimiter);
	if (cli->delimiter == '\t' && (delimiter[0] != '\t' || !delimiter[1]))
		return;
	/* What a number or a quoted cell needs cannot end a cell. */
	if (strlen(delimiter) != 1 || !strchr(",;|:!^~#&/ ", delimiter[0]))
		cx_cli_usage(cli,
		    "-d: %s is not a delimiter; it is \"tab\" or one of "
		    ", ; | : ! ^ ~ # & / and blank",
		    cx_quote(cx_str(delimiter)));
}

static const char *const *formats_of(const struct cx_cli *cli)
{
	static const char *const tables[] = { "tsv", "csv", "excel", "json",
		"table", "md", NULL };

	return cli->formats ? cli->formats : tables;
}

/* "tsv, csv or md" */
static void list_formats(const struct cx_cli *cli, struct cx_buf *out)
{
	const char *const *formats = formats_of(cli);

	for (size_t i = 0; formats[i]; i++) {
		if (i)
			cx_buf_addz(out, formats[i + 1] ? ", " : " or ");
		cx_buf_addz(out, formats[i]);
	}
}

static void describe_formats(const struct cx_cli *cli)
{
	struct cx_buf list = { 0 };

	list_formats(cli, &list);
	snprintf(format_help, sizeof(format_help), "output as %.*s",
	    (int)list.len, list.data);
	cx_buf_release(&list);
}

static void set_format(struct cx_cli *cli)
{
	struct cx_buf list = { 0 };

	if (!format)
		return;
	cli->format = format;
	for (const char *const *known = formats_of(cli); *known; known++)
		if (strcmp(format, *known) == 0)
			return;
	list_formats(cli, &list);
	cx_cli_usage(cli, "-F: %s is not %.*s", cx_quote(cx_str(format)),
	    (int)list.len, list.data);
}

static void set_threads(struct cx_cli *cli)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	char *end;

	if (threads) {
		n = strtol(threads, &end, BASE_10);
		if (end == threads || *end || n < 1)
			cx_cli_usage(cli,
			    "-j: %s is not a number of threads from 1",
			    cx_quote(cx_str(threads)));
	}
	cli->threads = n < 1              ? 1
	               : n > MOST_THREADS ? MOST_THREADS
	                                  : (unsigned)n;
}

static void set_where(struct cx_cli *cli)
{
	struct cx_err err;

	if (!where)
		return;
	cli->condition = where;
	cli->where = cx_predicate_new();
	if (cx_predicate_add(cli->where, cx_str(where), "--where", 1, 1, &err) <
	    0)
		cx_cli_usage(cli, "%s: %s\n%s", err.file, err.what, err.below);
}

/* ---- the process ---- */

/*
 * Descriptors 0 to 2 that are closed would be given to the next file opened.
 * The wrong direction makes their use fail, as it should.
 */
static void hold_descriptors(const struct cx_cli *cli)
{
	for (int fd = 0; fd <= 2; fd++) {
		int held = fd;

		/* cppcheck-suppress leakReturnValNotUsed ; held for good */
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			CX_RETRY(
			    held, open("/dev/null", fd ? O_RDONLY : O_WRONLY));
		if (held >= 0)
			continue;
		fprintf(stderr, "%s: /dev/null: cannot open: %s\n", cli->name,
		    strerror(errno));
		exit(CX_DATA);
	}
}

void cx_cli_parse(struct cx_cli *cli, int argc, char **argv)
{
	cx_memory_watch(cli);
	hold_descriptors(cli);
	/* It may have been inherited as ignored. */
	(void)signal(SIGPIPE, SIG_DFL);
	describe_formats(cli);
	answer_shell(cli, argc, argv);
	parse_all(cli, argc, argv);
	answer_help(cli);
	set_delimiter(cli);
	set_format(cli);
	set_threads(cli);
	set_where(cli);
	cli->output = output;
	cli->quiet = quiet;
}
