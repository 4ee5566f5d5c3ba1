/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a state for cx-gaps --merge: refused, or estimated without a
 * crash.
 */
#include "tests/fuzz/file.h"

#include "cmd/gaps/input.h"
#include "cmd/gaps/interval.h"
#include "libcx/model/quiet.h"

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
	struct cx_job job = { .n_files = 1, .threads = 1 };
	struct gaps_input input = { 0 };
	struct cx_err err;
	const char *file =
	    fuzz_file((struct cx_str){ (const char *)data, size });

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
