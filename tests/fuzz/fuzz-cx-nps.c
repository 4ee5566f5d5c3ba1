/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program cx-nps: see tests/fuzz/program.h. */
#include "tests/fuzz/program.h"

#define main fuzz_main
#include "cmd/cx-nps.c"

const char *const fuzz_name = "cx-nps";
const struct cx_option *const fuzz_options = options;
