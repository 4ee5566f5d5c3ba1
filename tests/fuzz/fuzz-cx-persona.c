/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program cx-persona: see tests/fuzz/program.h. */
#include "tests/fuzz/program.h"

#define main fuzz_main
#include "cmd/cx-persona.c"

const char *const fuzz_name = "cx-persona";
const struct cx_option *const fuzz_options = options;
