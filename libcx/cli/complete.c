/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/cli/complete.h"

#include "libcx/base/mem.h"

#include <stdlib.h>
#include <sys/stat.h>

/* What the words of a command line are, as far as completion must know. */
struct line {
	const struct cx_option *own, *shared;
	const struct cx_option *pending; /* its argument is the next word */
	bool ended;                      /* by -- */
	const char *file;                /* the first operand */
	const char *delimiter, *encoding, *formats;
	/* what is completed: the argument of an option, or NULL */
	const struct cx_option *option;
	struct cx_str lead, typed;
};

/* ---- the options ---- */

static const struct cx_option *by_letter(
    const struct cx_option *options, char letter)
{
	for (; options->kind != CX_OPT_END_KIND; options++)
		if (options->letter == letter)
			return options;
	return NULL;
}

static const struct cx_option *letter_of(const struct line *line, char letter)
{
	const struct cx_option *o = by_letter(line->own, letter);

	return o ? o : by_letter(line->shared, letter);
}

/* Counts the options that start so; an exact one is the only one. */
static size_t find_long(const struct cx_option *options, struct cx_str name,
    const struct cx_option **found)
{
	size_t n = 0;

	for (; options->kind != CX_OPT_END_KIND; options++) {
		if (!cx_str_starts(cx_str(options->name), name))
			continue;
		*found = options;
		if (strlen(options->name) == name.n)
			return 1;
		n++;
	}
	return n;
}

static const struct cx_option *long_of(
    const struct line *line, struct cx_str name)
{
	const struct cx_option *own = NULL, *shared = NULL;
	size_t n_own = find_long(line->own, name, &own);
	size_t n_shared = find_long(line->shared, name, &shared);

	if (own && strlen(own->name) == name.n)
		return own;
	if (shared && strlen(shared->name) == name.n)
		return shared;
	return n_own + n_shared == 1 ? (own ? own : shared) : NULL;
}

/* ---- the words ---- */

static void take_argument(
    struct line *line, const struct cx_option *o, const char *argument)
{
	if (strcmp(o->name, "delimiter") == 0)
		line->delimiter = argument;
	if (strcmp(o->name, "encoding") == 0)
		line->encoding = argument;
	if (strcmp(o->name, "formats") == 0)
		line->formats = argument;
}

static void take_long(struct line *line, const char *word)
{
	struct cx_str rest = cx_str(word + 2);
	struct cx_str name = cx_str_next(&rest, '=');
	const struct cx_option *o = long_of(line, name);

	if (!o || !o->argument)
		return;
	if (rest.p)
		take_argument(line, o, rest.p);
	else
		line->pending = o;
}

/* Letters behind one dash: the first that takes an argument has the rest. */
static void take_letters(struct line *line, const char *word)
{
	for (const char *p = word + 1; *p; p++) {
		const struct cx_option *o = letter_of(line, *p);

		if (!o || !o->argument)
			continue;
		if (p[1])
			take_argument(line, o, p + 1);
		else
			line->pending = o;
		return;
	}
}

static void take(struct line *line, const char *word)
{
	const struct cx_option *pending = line->pending;

	line->pending = NULL;
	if (pending)
		take_argument(line, pending, word);
	else if (line->ended || word[0] != '-' || !word[1])
		line->file = line->file ? line->file : word;
	else if (strcmp(word, "--") == 0)
		line->ended = true;
	else if (word[1] == '-')
		take_long(line, word);
	else
		take_letters(line, word);
}

/* ---- the word that is completed ---- */

static void split(
    struct line *line, const struct cx_option *o, struct cx_str word, size_t at)
{
	line->option = o;
	line->lead = (struct cx_str){ word.p, at };
	line->typed = cx_str_skip(word, at);
}

static void look_at_long(struct line *line, struct cx_str word)
{
	const char *equals = memchr(word.p, '=', word.n);
	const struct cx_option *o;

	if (!equals)
		return;
	o = long_of(
	    line, (struct cx_str){ word.p + 2, (size_t)(equals - word.p) - 2 });
	if (o && o->argument)
		split(line, o, word, (size_t)(equals - word.p) + 1);
}

static void look_at_letters(struct line *line, struct cx_str word)
{
	for (size_t i = 1; i < word.n; i++) {
		const struct cx_option *o = letter_of(line, word.p[i]);

		if (o && o->argument) {
			split(line, o, word, i + 1);
			return;
		}
	}
}

/* Finds out whether the word is an argument of an option, or has one. */
static void look_at(struct line *line, struct cx_str word)
{
	split(line, line->pending, word, 0);
	if (line->pending || line->ended || word.n < 2 || word.p[0] != '-')
		return;
	if (word.p[1] == '-')
		look_at_long(line, word);
	else
		look_at_letters(line, word);
}

/* ---- the answer ---- */

void cx_complete_add(struct cx_buf *out, struct cx_str text, const char *what)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] < ' ' || text.p[i] == 0x7F)
			return;
	cx_buf_addf(out, "%.*s\t%s\n", (int)text.n, text.p, what);
}

static void add_option(const struct cx_option *o, struct cx_str word,
    struct cx_buf *text, struct cx_buf *out)
{
	cx_buf_clear(text);
	cx_buf_addf(text, "--%s", o->name);
	if (cx_str_starts(cx_buf_str(text), word))
		cx_complete_add(out, cx_buf_str(text), o->help);
	if (!o->letter)
		return;
	cx_buf_clear(text);
	cx_buf_addf(text, "-%c", o->letter);
	if (cx_str_starts(cx_buf_str(text), word))
		cx_complete_add(out, cx_buf_str(text), o->help);
}

static void add_options(
    const struct cx_option *options, struct cx_str word, struct cx_buf *out)
{
	struct cx_buf text = { 0 };

	for (; options->kind != CX_OPT_END_KIND; options++)
		add_option(options, word, &text, out);
	cx_buf_release(&text);
}

static bool is_of(const struct cx_option *table, const struct cx_option *o)
{
	for (; table->kind != CX_OPT_END_KIND; table++)
		if (table == o)
			return true;
	return false;
}

/* A condition of the program's own is about its table, not about a file. */
static enum cx_argument kind_of(const struct line *line)
{
	enum cx_argument kind = cx_argument_of(line->option);

	return kind == CX_CONDITION && is_of(line->own, line->option)
	           ? CX_ANYTHING
	           : kind;
}

/* "~/x.csv", which nobody has expanded. The caller frees. */
static char *expand(const char *file)
{
	const char *home = getenv("HOME");
	struct cx_buf path = { 0 };

	if (home && file[0] == '~' && file[1] == '/')
		cx_buf_addz(&path, home);
	cx_buf_addz(&path, path.len ? file + 1 : file);
	cx_buf_addc(&path, '\0');
	return path.data;
}

static void answer(
    const struct line *line, const struct cx_header *header, struct cx_buf *out)
{
	char *formats = line->formats ? expand(line->formats) : NULL;
	struct cx_completion what = { kind_of(line), line->option->help, header,
		formats, line->lead, line->typed };

	cx_complete_argument(&what, out);
	free(formats);
}

static struct cx_reader_options reader_options(
    const struct cx_cli *cli, const struct line *line)
{
	const char *d = line->delimiter;

	return (struct cx_reader_options){
		.delimiter = d ? cx_cli_delimiter(d) : '\0',
		.foreign = cli->foreign,
		.encoding = line->encoding,
	};
}

/* Only a plain file is read: a pipe would lose what is looked at. */
static void answer_with_file(
    const struct cx_cli *cli, const struct line *line, struct cx_buf *out)
{
	struct cx_reader_options options = reader_options(cli, line);
	struct cx_reader *reader = NULL;
	struct cx_input *in = NULL;
	char *path = expand(line->file);
	struct cx_err err;
	struct stat st;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    cx_input_open(&in, path, &err) == 0 &&
	    cx_reader_open(&reader, in, &options, &err) < 0)
		reader = NULL;
	answer(line, reader ? cx_reader_header(reader) : NULL, out);
	if (reader)
		cx_reader_close(reader);
	cx_input_close(in);
	free(path);
}

void cx_complete(const struct cx_cli *cli, const struct cx_option *shared,
    const struct cx_words *words, struct cx_buf *out)
{
	struct line line = { .own = cli->options, .shared = shared };
	struct cx_str word = cx_str(words->items[words->at]);

	for (size_t i = 0; i < words->at; i++)
		take(&line, words->items[i]);
	look_at(&line, word);
	if (!line.option && (line.ended || !word.n || word.p[0] != '-')) {
		cx_buf_addz(out, "files\t\n");
		return;
	}
	if (!line.option) {
		cx_buf_addz(out, "words\t\n");
		add_options(line.own, word, out);
		add_options(line.shared, word, out);
		return;
	}
	line.pending = NULL;
	for (size_t i = words->at + 1; i < words->n; i++)
		take(&line, words->items[i]);
	if (line.file)
		answer_with_file(cli, &line, out);
	else
		answer(&line, NULL, out);
}
