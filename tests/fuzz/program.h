/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TESTS_FUZZ_PROGRAM_H
#define CX_TESTS_FUZZ_PROGRAM_H

#include "libcx/base/str.h"
#include "libcx/cli/options.h"

/*
 * A whole program under libFuzzer: program.c runs it and judges what it did,
 * program-mutate.c makes new inputs. A target is a file that includes that of
 * the program, with its main called fuzz_main, and tells its name and options.
 */
extern const char *const fuzz_name;
extern const struct cx_option *const fuzz_options;
int fuzz_main(int argc, char **argv);

/*
 * An input as text: arguments, one to a line, then files, each behind a line
 * "%%". The program finds them as 1.tsv, 2.tsv, ... in the folder it runs in;
 * the first is its standard input too. It leaves that folder neither to read
 * nor to write, but for the data that are installed.
 */
enum { FUZZ_ARGUMENTS = 32, FUZZ_FILES = 4 };

struct fuzz_input {
	struct cx_str arguments[FUZZ_ARGUMENTS];
	size_t n_arguments;
	struct cx_str files[FUZZ_FILES];
	size_t n_files;
};

/* What does not fit is left out. All is borrowed from text. */
void fuzz_input_read(struct fuzz_input *input, struct cx_str text);

#endif
