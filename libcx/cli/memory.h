/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CLI_MEMORY_H
#define CX_CLI_MEMORY_H

#include "libcx/cli/cli.h"

/*
 * From here on a program that runs out of memory says so under its name,
 * poisons its output, takes its unfinished files away and exits with 1,
 * whichever thread it is.
 */
void cx_memory_watch(struct cx_cli *cli);

#endif
