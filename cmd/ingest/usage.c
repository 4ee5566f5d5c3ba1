/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options that do not go together: see ingest.h. */
#include "cmd/ingest/ingest.h"

static bool is_given(const struct cx_option *o)
{
	switch (o->kind) {
	case CX_OPT_FLAG_KIND:
		return *(const bool *)o->value;
	case CX_OPT_TEXT_KIND:
		return *(const char *const *)o->value != NULL;
	case CX_OPT_LIST_KIND:
		return ((const struct cx_list *)o->value)->n > 0;
	default:
		return false;
	}
}

static bool is_listed(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

int ingest_check_mode(const struct cx_cli *cli, const char *mode,
    const char *const *with, struct cx_err *err)
{
	for (const struct cx_option *o = cli->options;
	     o->kind != CX_OPT_END_KIND; o++)
		if (is_given(o) && strcmp(o->name, mode) != 0 &&
		    !is_listed(with, o->name))
			return cx_err_set(err, CX_USAGE,
			    "--%s does not go with --%s", o->name, mode);
	return 0;
}
