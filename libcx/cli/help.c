/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/cli/help.h"

enum { HELP_COLUMN = 30, HELP_WIDTH = 79 };

/* The words of the text, in lines that end at HELP_WIDTH. */
static void add_text(struct cx_buf *out, const char *text)
{
	struct cx_str rest = cx_str(text);
	size_t at = HELP_COLUMN;

	while (rest.p) {
		struct cx_str word = cx_str_next(&rest, ' ');

		if (at > HELP_COLUMN && at + 1 + word.n > HELP_WIDTH) {
			cx_buf_addf(out, "\n%*s", HELP_COLUMN, "");
			at = HELP_COLUMN;
		} else if (at > HELP_COLUMN) {
			cx_buf_addc(out, ' ');
			at++;
		}
		cx_buf_adds(out, word);
		at += word.n;
	}
	cx_buf_addc(out, '\n');
}

static void add_option(struct cx_buf *out, const struct cx_option *o)
{
	size_t start = out->len, width;

	if (o->letter)
		cx_buf_addf(out, "  -%c, --%s", o->letter, o->name);
	else
		cx_buf_addf(out, "      --%s", o->name);
	if (o->argument)
		cx_buf_addf(out, " %s", o->argument);
	width = out->len - start;
	if (width + 2 > HELP_COLUMN) {
		cx_buf_addc(out, '\n');
		width = 0;
	}
	cx_buf_addf(out, "%*s", (int)(HELP_COLUMN - width), "");
	add_text(out, o->help);
}

static void add_options(struct cx_buf *out, const struct cx_option *options)
{
	for (; options->kind != CX_OPT_END_KIND; options++)
		add_option(out, options);
}

void cx_help(struct cx_buf *out, const char *name, const char *purpose,
    const struct cx_option *own, const struct cx_option *shared)
{
	cx_buf_addf(out, "usage: %s [option ...] [file ...]\n\n", name);
	cx_buf_addf(out, "%s\n\noptions:\n", purpose);
	add_options(out, own);
	cx_buf_addz(out, "\nshared by all cx programs:\n");
	add_options(out, shared);
	cx_buf_addf(out, "\nThe manual: man %s\n", name);
}
