/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model of any bytes; where it is one, rows are named by it. */
#include "tests/fuzz/file.h"

#include "cmd/persona/model.h"
#include "libcx/base/mem.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void name_rows(const struct cx_mixture *m)
{
	union cx_mixture_answer *row =
	    cx_malloc(cx_mul(m->n_columns, sizeof(*row)));
	double posterior[CX_MIXTURE_MOST_CLASSES], sum = 0;
	bool impossible;

	for (size_t j = 0; j < m->n_columns; j++)
		if (m->n_levels[j])
			row[j].code = (uint16_t)(m->n_levels[j] - 1);
		else
			row[j].value = j % 2 ? NAN : 1;
	cx_mixture_posterior(m, row, posterior, &impossible);
	for (size_t c = 0; c < m->k; c++)
		sum += posterior[c];
	if (!(fabs(sum - 1) < 1e-9))
		abort();
	free(row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct persona_model model;
	struct cx_err err;
	const char *path =
	    fuzz_file((struct cx_str){ (const char *)data, size });

	if (persona_model_read(&model, path, &err) == 0)
		name_rows(&model.mixture);
	persona_model_release(&model);
	return 0;
}
