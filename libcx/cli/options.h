/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CLI_OPTIONS_H
#define CX_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Arguments of an option that may be given more than once. */
struct cx_list {
	const char **items;
	size_t n;
};

enum cx_option_kind {
	CX_OPT_END_KIND,
	CX_OPT_FLAG_KIND,
	CX_OPT_TEXT_KIND,
	CX_OPT_LIST_KIND,
	CX_OPT_REAL_KIND,
};

/*
 * One option: where its value goes, and the words of its help. An array of
 * them, CX_OPT_END last, is both what is parsed and what --help prints.
 */
struct cx_option {
	enum cx_option_kind kind;
	char letter; /* '\0': long only */
	const char *name;
	void *value;
	const char *argument; /* what the help calls it */
	const char *help;
};

#define CX_OPT_FLAG(letter, name, flag, help)                                  \
	{                                                                      \
		CX_OPT_FLAG_KIND, letter, name, (bool *){ flag }, NULL, help   \
	}
#define CX_OPT_TEXT(letter, name, text, argument, help)                        \
	{                                                                      \
		CX_OPT_TEXT_KIND, letter, name, (const char **){ text },       \
		    argument, help                                             \
	}
#define CX_OPT_LIST(letter, name, list, argument, help)                        \
	{                                                                      \
		CX_OPT_LIST_KIND, letter, name, (struct cx_list *){ list },    \
		    argument, help                                             \
	}
#define CX_OPT_REAL(letter, name, real, argument, help)                        \
	{                                                                      \
		CX_OPT_REAL_KIND, letter, name, (double *){ real }, argument,  \
		    help                                                       \
	}
#define CX_OPT_END                                                             \
	{                                                                      \
		CX_OPT_END_KIND, '\0', NULL, NULL, NULL, NULL                  \
	}

#endif
