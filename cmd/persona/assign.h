/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_PERSONA_ASSIGN_H
#define CX_CMD_PERSONA_ASSIGN_H

#include "libcx/cli/cli.h"

#define PERSONA_BY "customer"

struct persona_assign_settings {
	const char *file;
	const char *by; /* also whose orders --rfm scores */
};
extern struct persona_assign_settings persona_assign_settings;

#define PERSONA_ASSIGN_OPTIONS                                                 \
	CX_OPT_TEXT(0, "assign", &persona_assign_settings.file, "FILE",        \
	    "take personas from a table of customer and persona"),             \
	    CX_OPT_TEXT(0, "by", &persona_assign_settings.by, "COLUMN",        \
	        "of whom they are, in place of customer")

/* --assign: the stream with the persona that the table has. */
int persona_assign_run(struct cx_cli *cli, struct cx_err *err);

#endif
