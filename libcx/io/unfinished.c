/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/io/unfinished.h"

#include "libcx/io/retry.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* The shards of an output, the rejects, and room for what a command adds. */
enum { MOST = 1000 + 8 };

static _Atomic(const char *) paths[MOST];

void cx_unfinished_unlink(void)
{
	int ignored;

	for (int i = 0; i < MOST; i++) {
		const char *path = atomic_load(&paths[i]);

		if (path)
			CX_RETRY(ignored, unlink(path));
	}
}

/* Only what a signal handler may do: unlink, then die of the signal. */
static void clean(int signal_number)
{
	cx_unfinished_unlink();
	(void)signal(signal_number, SIG_DFL);
	raise(signal_number);
}

/* A signal that was ignored when the program started stays ignored. */
static void catch_signals(void)
{
	static const int caught[] = { SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGXCPU,
		SIGXFSZ };
	struct sigaction act = { .sa_handler = clean }, old;

	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < sizeof(caught) / sizeof(*caught); i++)
		if (sigaction(caught[i], NULL, &old) == 0 &&
		    old.sa_handler == SIG_DFL)
			sigaction(caught[i], &act, NULL);
}

void cx_unfinished_add(const char *path)
{
	for (int i = 0; i < MOST; i++) {
		const char *none = NULL;

		if (atomic_compare_exchange_strong(&paths[i], &none, path)) {
			catch_signals();
			return;
		}
	}
}

void cx_unfinished_remove(const char *path)
{
	for (int i = 0; i < MOST; i++) {
		const char *expected = path;

		atomic_compare_exchange_strong(&paths[i], &expected, NULL);
	}
}
