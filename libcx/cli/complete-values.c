/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/cli/complete.h"

#include "libcx/io/decode.h"
#include "libcx/io/share.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

enum cx_argument cx_argument_of(const struct cx_option *option)
{
	static const struct {
		const char *word;
		enum cx_argument kind;
	} known[] = { { "COLUMN", CX_COLUMN }, { "COLUMNS", CX_COLUMNS },
		{ "A|B|C", CX_COLUMNS_BAR }, { "COLUMN=N", CX_COLUMN_EQUALS },
		{ "NAME=COLUMN", CX_EQUALS_COLUMN },
		{ "CONDITION", CX_CONDITION }, { "FILE", CX_FILE },
		{ "NAME=FILE", CX_EQUALS_FILE }, { "FOLDER", CX_FOLDER },
		{ "ZONE", CX_ZONE }, { "ENCODING", CX_ENCODING },
		{ "EXPORT", CX_EXPORT }, { "END", CX_ONE_OF },
		{ "FORM", CX_ONE_OF }, { "FORMAT", CX_ONE_OF },
		{ "LANG", CX_ONE_OF }, { "METHOD", CX_ONE_OF },
		{ "PERIOD", CX_ONE_OF }, { "RULE", CX_ONE_OF },
		{ "UNIT", CX_ONE_OF }, { "VIEW", CX_ONE_OF },
		{ "WHAT", CX_ONE_OF }, { "WHICH", CX_ONE_OF } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(option->argument, known[i].word) == 0)
			return known[i].kind;
	return CX_ANYTHING;
}

/* The first line, where the first n bytes of what is typed stay too. */
static void begin(const struct cx_completion *what, const char *how, size_t n,
    struct cx_buf *out)
{
	cx_buf_addf(out, "%s\t%.*s%.*s\n", how, (int)what->lead.n, what->lead.p,
	    (int)n, what->typed.p);
}

/* ---- columns ---- */

/* The columns that start so; but, if not 0, is in none of them. */
static void add_columns(const struct cx_completion *what, struct cx_str typed,
    char but, struct cx_buf *out)
{
	const struct cx_header *header = what->header;

	for (size_t i = 0; header && i < cx_header_n(header); i++) {
		struct cx_str name = cx_header_name(header, i);

		if (cx_str_starts(name, typed) &&
		    !(but && memchr(name.p, but, name.n)))
			cx_complete_add(out, name, "");
	}
}

static void columns_after(const struct cx_completion *what, const char *how,
    size_t n, char but, struct cx_buf *out)
{
	begin(what, how, n, out);
	add_columns(what, cx_str_skip(what->typed, n), but, out);
}

/* Bytes up to and with the last separator. */
static size_t behind_last(struct cx_str s, char separator)
{
	while (s.n && s.p[s.n - 1] != separator)
		s.n--;
	return s.n;
}

static bool is_start_of_column(const struct cx_completion *what)
{
	struct cx_buf found = { 0 };
	bool is;

	add_columns(what, what->typed, 0, &found);
	is = found.len > 0;
	cx_buf_release(&found);
	return is;
}

/* A name that has the separator inside is only taken when it is alone. */
static void complete_list(
    const struct cx_completion *what, char separator, struct cx_buf *out)
{
	size_t n = behind_last(what->typed, separator);

	if (n && is_start_of_column(what))
		n = 0;
	columns_after(what, "parts", n, n ? separator : 0, out);
}

/* Behind the first =, where there is one. */
static void complete_equals(
    const struct cx_completion *what, const char *how, struct cx_buf *out)
{
	const char *p = memchr(what->typed.p, '=', what->typed.n);
	size_t n = p ? (size_t)(p - what->typed.p) + 1 : 0;

	if (p && strcmp(how, "files") != 0)
		columns_after(what, how, n, 0, out);
	else
		begin(what, p ? how : "parts", n, out);
}

/* ---- conditions ---- */

/*
 * Where the last word of a condition starts, which may be in backquotes, and
 * be finished or not. False when it is in a text, which is no column.
 */
static bool last_word(struct cx_str s, size_t *start)
{
	char quote = 0;

	*start = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (quote ? c == quote : memchr("'\"`", c, 3) != NULL) {
			*start = quote ? i + 1 : i;
			quote = quote ? 0 : c;
		} else if (!quote && memchr(" \t()<>=!~+-*/,", c, 14)) {
			*start = i + 1;
		}
	}
	return quote == 0 || quote == '`';
}

static void complete_condition(
    const struct cx_completion *what, struct cx_buf *out)
{
	const struct cx_header *header = what->header;
	size_t at;
	bool wanted = last_word(what->typed, &at) && header;
	struct cx_str word = cx_str_skip(what->typed, at);
	struct cx_buf name = { 0 };

	begin(what, "parts", at, out);
	for (size_t i = 0; wanted && i < cx_header_n(header); i++) {
		cx_buf_clear(&name);
		cx_predicate_name(cx_header_name(header, i), &name);
		if (cx_str_starts(cx_buf_str(&name), word))
			cx_complete_add(out, cx_buf_str(&name), "");
	}
	cx_buf_release(&name);
}

/* ---- words that the help lists ---- */

static bool is_of_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* The word in lower case that s ends in, but for a note in parentheses. */
static struct cx_str word_at_end(struct cx_str s)
{
	size_t end;

	if (s.n && s.p[s.n - 1] == ')') {
		while (s.n && s.p[s.n - 1] != '(')
			s.n--;
		s.n -= s.n > 1 && s.p[s.n - 2] == ' ' ? 2 : s.n ? 1 : 0;
	}
	end = s.n;
	while (s.n && is_of_word(s.p[s.n - 1]))
		s.n--;
	return (struct cx_str){ s.p + s.n, end - s.n };
}

static struct cx_str word_at_start(struct cx_str s)
{
	size_t n = 0;

	while (n < s.n && is_of_word(s.p[n]))
		n++;
	return (struct cx_str){ s.p, n };
}

static void offer(
    struct cx_str word, const struct cx_completion *what, struct cx_buf *out)
{
	/* "a" is an article, "100" a bound. */
	if (word.n > 1 && word.p[0] >= 'a' && cx_str_starts(word, what->typed))
		cx_complete_add(out, word, "");
}

/* Those before "or", from the first on: a recursion to the left. */
static void offer_before(
    struct cx_str s, const struct cx_completion *what, struct cx_buf *out)
{
	struct cx_str word;

	if (s.n && s.p[s.n - 1] == ',')
		s.n--;
	word = word_at_end(s);
	s.n = (size_t)(word.p - s.p);
	if (word.n && s.n > 2 && memcmp(s.p + s.n - 2, ", ", 2) == 0)
		offer_before((struct cx_str){ s.p, s.n - 2 }, what, out);
	offer(word, what, out);
}

/* "which: first (default), last or all", or "first, last, ..." */
static void complete_one_of(
    const struct cx_completion *what, struct cx_buf *out)
{
	const char * or = strstr(what->help, " or ");
	const char *more = strstr(what->help, ", ...");

	begin(what, "words", 0, out);
	if (or) {
		offer_before(
		    (struct cx_str){ what->help, (size_t)(or -what->help) },
		    what, out);
		offer(word_at_start(cx_str(or +4)), what, out);
	} else if (more) {
		offer_before(
		    (struct cx_str){ what->help, (size_t)(more - what->help) },
		    what, out);
	}
}

/* ---- time zones ---- */

static const char *zone_folder(void)
{
	const char *folder = getenv("TZDIR");

	return folder ? folder : "/usr/share/zoneinfo";
}

/* Continents, then what is in them: as the folders of the data base are. */
static void add_zone(DIR *dir, const char *name, struct cx_str typed,
    struct cx_buf *text, struct cx_buf *out)
{
	struct stat st;

	cx_buf_clear(text);
	cx_buf_addf(text, "%s", name);
	if (name[0] < 'A' || name[0] > 'Z' ||
	    !cx_str_starts(cx_buf_str(text), typed) ||
	    fstatat(dirfd(dir), name, &st, 0) < 0)
		return;
	if (S_ISDIR(st.st_mode))
		cx_buf_addc(text, '/');
	cx_complete_add(out, cx_buf_str(text), "");
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void complete_zone(const struct cx_completion *what, struct cx_buf *out)
{
	size_t n = behind_last(what->typed, '/');
	struct cx_buf path = { 0 }, text = { 0 };
	struct dirent **entries;
	int n_entries;
	DIR *dir;

	begin(what, "parts", n, out);
	cx_buf_addf(
	    &path, "%s/%.*s%c", zone_folder(), (int)n, what->typed.p, '\0');
	dir = opendir(path.data);
	n_entries = dir ? scandir(path.data, &entries, NULL, by_name) : 0;
	for (int i = 0; i < n_entries; i++) {
		add_zone(dir, entries[i]->d_name, cx_str_skip(what->typed, n),
		    &text, out);
		free(entries[i]);
	}
	if (n_entries > 0)
		free(entries);
	if (dir)
		closedir(dir);
	cx_buf_release(&text);
	cx_buf_release(&path);
}

/* ---- names of encodings and formats ---- */

static void complete_encoding(
    const struct cx_completion *what, struct cx_buf *out)
{
	const char *name;

	begin(what, "words", 0, out);
	for (size_t i = 0; (name = cx_decode_common(i)) != NULL; i++)
		offer(cx_str(name), what, out);
}

/* Those of the installation, and of the folder that is named. */
static void complete_export(
    const struct cx_completion *what, struct cx_buf *out)
{
	const char *own = what->formats ? what->formats : getenv("CX_FORMATS");
	struct cx_buf folder = { 0 };
	struct cx_map names = { 0 };
	struct cx_err ignored;
	size_t *order;

	begin(what, "words", 0, out);
	if (cx_share_find("formats", &folder, &ignored) > 0)
		(void)cx_share_list(folder.data, &names, &ignored);
	if (own && *own)
		(void)cx_share_list(own, &names, &ignored);
	order = cx_map_sorted(&names);
	for (size_t i = 0; i < names.n; i++)
		if (cx_str_starts(cx_map_key(&names, order[i]), what->typed))
			cx_complete_add(out, cx_map_key(&names, order[i]), "");
	free(order);
	cx_map_release(&names);
	cx_buf_release(&folder);
}

/* ---- which of them ---- */

void cx_complete_argument(const struct cx_completion *what, struct cx_buf *out)
{
	switch (what->kind) {
	case CX_COLUMN:
		columns_after(what, "words", 0, 0, out);
		break;
	case CX_COLUMN_EQUALS:
		columns_after(what, "parts", 0, 0, out);
		break;
	case CX_COLUMNS:
		complete_list(what, ',', out);
		break;
	case CX_COLUMNS_BAR:
		complete_list(what, '|', out);
		break;
	case CX_EQUALS_COLUMN:
		complete_equals(what, "words", out);
		break;
	case CX_EQUALS_FILE:
		complete_equals(what, "files", out);
		break;
	case CX_CONDITION:
		complete_condition(what, out);
		break;
	case CX_FILE:
		begin(what, "files", 0, out);
		break;
	case CX_FOLDER:
		begin(what, "folders", 0, out);
		break;
	case CX_ZONE:
		complete_zone(what, out);
		break;
	case CX_ENCODING:
		complete_encoding(what, out);
		break;
	case CX_EXPORT:
		complete_export(what, out);
		break;
	case CX_ONE_OF:
		complete_one_of(what, out);
		break;
	case CX_ANYTHING:
		begin(what, "words", 0, out);
		break;
	}
}
