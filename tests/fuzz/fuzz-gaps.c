/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a state for cx-gaps --merge: refused, or estimated without a
 * crash.
 */
#define _GNU_SOURCE /* memfd_create */
#include "cmd/gaps/input.h"
#include "cmd/gaps/interval.h"
#include "libcx/model/quiet.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* More drivers or groups only take longer. */
enum { MOST_DRIVERS = 4, MOST_GROUPS = 4 };

static void estimate(const struct gaps_store *store)
{
	size_t n = store->groups.map.n;

	if (gaps_plan.drivers.n <= MOST_DRIVERS && n <= MOST_GROUPS)
		gaps_results_free(gaps_results_new(store), n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	struct cx_job job = { .n_files = 1, .threads = 1 };
	struct gaps_input input = { 0 };
	struct cx_err err;
	char path[64];
	const char *file = path;

	if (fd < 0)
		fd = memfd_create("state", 0);
	if (fd < 0 || ftruncate(fd, 0) < 0 ||
	    pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	job.files = &file;
	cx_model_quiet();
	gaps_settings.merge = true;
	gaps_settings.reps = 3;
	if (cx_fold_run(&gaps_input_fold, &job, &input, &err) == 0 &&
	    gaps_input_finish(&input, &err) == 0)
		estimate(&input.store);
	gaps_input_fold.release(&input);
	gaps_plan_release();
	return 0;
}
