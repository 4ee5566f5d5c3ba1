/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program cx-journey: see tests/fuzz/program.h. */
#include "tests/fuzz/program.h"

#define main fuzz_main
#include "cmd/cx-journey.c"

const char *const fuzz_name = "cx-journey";
const struct cx_option *const fuzz_options = options;
