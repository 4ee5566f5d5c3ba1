/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_RULES_H
#define CX_CMD_PERSONA_RULES_H

#include "libcx/cli/cli.h"

/*
 * Personas by rules: a file of lines "name: condition", of which the first
 * that holds names a record's persona; "name: else", the last, names those
 * that are left. Blank lines and lines that start with # do not count, and a
 * line that starts with a blank goes on with the one before.
 */
struct persona_rule {
	char *name;
	unsigned long line;
};

struct persona_rules {
	struct cx_predicate *conditions; /* one for each rule but else */
	struct persona_rule *items;      /* the rules in order, else last */
	size_t n_items;
	bool has_else;
};

/* -1 and err, with the place and a caret, where path has no good rules. */
int persona_rules_read(
    struct persona_rules *rules, const char *path, struct cx_err *err);
void persona_rules_release(struct persona_rules *rules);

struct persona_rules_settings {
	const char *file;
	bool overlap, explain;
};
extern struct persona_rules_settings persona_rules_settings;

#define PERSONA_RULES_OPTIONS                                                  \
	CX_OPT_TEXT('r', "rules", &persona_rules_settings.file, "FILE",        \
	    "name personas by the rules in FILE; the first that holds"),       \
	    CX_OPT_FLAG(0, "overlap", &persona_rules_settings.overlap,         \
	        "all rules that hold, with semicolons between"),               \
	    CX_OPT_FLAG(0, "explain", &persona_rules_settings.explain,         \
	        "print what each rule matches, not the stream")

/* -r: the stream with persona. */
int persona_rules_run(struct cx_cli *cli, struct cx_err *err);

/* -r --explain: a table of the rules; gates may be true of its rows. */
int persona_explain_run(
    struct cx_cli *cli, const struct cx_list *gates, struct cx_err *err);

#endif
