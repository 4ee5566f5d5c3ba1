/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CLI_COMPLETE_H
#define CX_CLI_COMPLETE_H

#include "libcx/base/buf.h"
#include "libcx/cli/cli.h"

/*
 * What a shell may offer for a word of a command line, for the scripts in
 * share/completion, which ask by
 *
 *	PROGRAM --complete N WORD...
 *
 * where WORD are the words behind the program's name, without their quotes,
 * and the Nth of them, from 1, is that which is completed, up to the cursor.
 * The answer is lines of two cells, TSV without escapes:
 *
 *	HOW	LEAD		LEAD is the start of the word that stays
 *	TEXT	WHAT		what may follow LEAD, and in a few words why
 *	...
 *
 * HOW is
 *   words     one of the texts, and the word is complete
 *   parts     one of the texts, and the word may go on
 *   files     the name of a file; no texts follow
 *   folders   the name of a folder; no texts follow
 *
 * Options come from the program's table and the shared one, and so does what
 * their argument is: see enum cx_argument. Columns are those of the first
 * operand that is a plain file, wherever it stands in the line. What cannot be
 * read has none.
 */
struct cx_words {
	const char *const *items;
	size_t n, at; /* item `at`, from 0, is completed */
};

void cx_complete(const struct cx_cli *cli, const struct cx_option *shared,
    const struct cx_words *words, struct cx_buf *out);

/*
 * What the argument of an option is, by the word that the help has for it
 * (COLUMN, FILE, ...). A word it does not know is nothing to be completed.
 * CX_ONE_OF is one of the words that the option's help lists,
 * as in "which: first (default), last or all".
 */
enum cx_argument {
	CX_ANYTHING,
	CX_COLUMN,
	CX_COLUMNS,       /* with commas between */
	CX_COLUMNS_BAR,   /* with | between */
	CX_COLUMN_EQUALS, /* COLUMN=..., whatever follows */
	CX_EQUALS_COLUMN, /* ...=COLUMN */
	CX_CONDITION,     /* of cx-predicate(5), about columns */
	CX_FILE,
	CX_EQUALS_FILE,
	CX_FOLDER,
	CX_ZONE,
	CX_ENCODING,
	CX_EXPORT, /* a format of exports */
	CX_ONE_OF,
};

enum cx_argument cx_argument_of(const struct cx_option *option);

/*
 * Appends the answer for an argument. lead is what of the word is before the
 * argument, typed what of the argument is there.
 */
struct cx_completion {
	enum cx_argument kind;
	const char *help;               /* of the option */
	const struct cx_header *header; /* NULL: no file is known */
	const char *formats;            /* a folder of more formats, or NULL */
	struct cx_str lead, typed;
};

void cx_complete_argument(const struct cx_completion *what, struct cx_buf *out);

/* One line of the answer; a text with control characters is left out. */
void cx_complete_add(struct cx_buf *out, struct cx_str text, const char *what);

#endif
