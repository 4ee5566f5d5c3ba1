/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command that --inspect suggests: see inspect.h. */
#include "cmd/ingest/inspect.h"

static bool is_safe(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c & (char)0x80) ||
	       (c && strchr("_-./+:=,@%", c));
}

/* A word for a shell: as it is, or in quotes. */
static void add_word(struct cx_buf *out, const char *word)
{
	bool safe = *word != '\0' && *word != '-';

	for (const char *c = word; *c; c++)
		safe = safe && is_safe(*c);
	cx_buf_addc(out, ' ');
	if (safe) {
		cx_buf_addz(out, word);
		return;
	}
	/* A file that looks like an option. */
	cx_buf_addz(out, *word == '-' && word[1] ? "./'" : "'");
	for (; *word; word++) {
		if (*word == '\'')
			cx_buf_addz(out, "'\\''");
		else
			cx_buf_addc(out, *word);
	}
	cx_buf_addc(out, '\'');
}

static void add_option(
    struct cx_buf *out, const char *option, const char *value)
{
	if (!value)
		return;
	cx_buf_addf(out, " %s", option);
	add_word(out, value);
}

static void add_delimiter(struct cx_buf *out, char delimiter)
{
	char text[2] = { delimiter, '\0' };

	if (delimiter)
		add_option(out, "-d", delimiter == '\t' ? "tab" : text);
}

static void add_reading(struct cx_buf *out, const struct cx_cli *cli,
    const struct ingest_inspect_options *options)
{
	add_option(out, "-e", options->encoding);
	add_delimiter(out, cli->delimiter);
	add_option(out, "-f", options->format);
	add_option(out, "--formats", options->formats);
	add_option(out, "--tz", options->zone);
	for (size_t i = 0; i < options->keep->n; i++)
		add_option(out, "--keep", options->keep->items[i]);
	if (options->lenient)
		cx_buf_addz(out, " --lenient");
	add_option(out, "--where", cli->condition);
}

/* survey.csv.gz makes survey.book.tsv, in the folder at hand. */
static void add_book(struct cx_buf *out, const char *file)
{
	const char *slash = strrchr(file, '/');
	struct cx_str name = strcmp(file, "-") == 0
	                         ? cx_str("stdin")
	                         : cx_str(slash ? slash + 1 : file);

	for (size_t i = 1; i < name.n; i++)
		if (name.p[i] == '.')
			name.n = i;
	cx_buf_adds(out, name);
	cx_buf_addz(out, ".book.tsv");
	cx_buf_addc(out, '\0');
}

void ingest_inspect_command(const struct cx_cli *cli,
    const struct ingest_inspect_options *options, bool rejects,
    struct cx_buf *out)
{
	const char *file = cli->n_files ? cli->files[0] : "-";
	struct cx_buf book = { 0 };

	if (cli->output) {
		cx_buf_addz(&book, cli->output);
		cx_buf_addc(&book, '\0');
	} else {
		add_book(&book, file);
		cx_buf_addz(out, "cx-ingest --inspect -q");
		add_reading(out, cli, options);
		add_option(out, "-o", book.data);
		add_word(out, file);
		cx_buf_addz(out, " && ");
	}
	cx_buf_addz(out, "cx-ingest");
	add_option(out, "-m", book.data);
	add_reading(out, cli, options);
	if (options->repeats)
		cx_buf_addz(out, " --duplicates keep");
	if (rejects)
		add_option(out, "--rejects", "rejects.tsv");
	add_word(out, file);
	cx_buf_release(&book);
}
