/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program cx-ingest: see tests/fuzz/program.h. */
#include "tests/fuzz/program.h"

#define main fuzz_main
#include "cmd/cx-ingest.c"

const char *const fuzz_name = "cx-ingest";
const struct cx_option *const fuzz_options = options;
