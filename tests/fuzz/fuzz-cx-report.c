/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program cx-report: see tests/fuzz/program.h. */
#include "tests/fuzz/program.h"

#define main fuzz_main
#include "cmd/cx-report.c"

const char *const fuzz_name = "cx-report";
const struct cx_option *const fuzz_options = options;
