/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CLI_HELP_H
#define CX_CLI_HELP_H

#include "libcx/base/buf.h"
#include "libcx/cli/options.h"

/* The text of --help, from the program's options and the shared ones. */
void cx_help(struct cx_buf *out, const char *name, const char *purpose,
    const struct cx_option *own, const struct cx_option *shared);

#endif
