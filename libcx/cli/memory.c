/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/cli/memory.h"

#include "libcx/base/mem.h"
#include "libcx/io/unfinished.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static struct cx_cli *program;

/* A page that was not begun leaves a pipe empty. */
static bool lacks_page(void)
{
	return program->prints && !program->printed && !program->output &&
	       !isatty(STDOUT_FILENO);
}

/* No allocation from here on, and no exit handlers: other threads run on. */
static void give_up(void)
{
	static atomic_flag ending = ATOMIC_FLAG_INIT;
	char poison[128];
	int n = snprintf(
	    poison, sizeof(poison), "\\!%s: out of memory\n", program->name);
	ssize_t ignored;

	while (atomic_flag_test_and_set(&ending))
		pause();
	ignored = write(STDERR_FILENO, poison + 2, (size_t)n - 2);
	if (program->writer)
		cx_writer_last_words(program->writer, poison);
	else if (lacks_page())
		ignored = write(STDOUT_FILENO, poison, (size_t)n);
	(void)ignored;
	cx_unfinished_unlink();
	_exit(CX_DATA);
}

void cx_memory_watch(struct cx_cli *cli)
{
	program = cli;
	cx_mem_handler(give_up);
}
