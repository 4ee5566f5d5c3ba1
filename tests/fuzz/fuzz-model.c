/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model of any bytes; where it is one, rows are named by it. */
#define _GNU_SOURCE /* memfd_create */
#include "cmd/persona/model.h"
#include "libcx/base/mem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

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
	static int fd = -1;
	struct persona_model model;
	struct cx_err err;
	char path[64];

	if (fd < 0)
		fd = memfd_create("model", 0);
	if (fd < 0 || ftruncate(fd, 0) < 0 ||
	    pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (persona_model_read(&model, path, &err) == 0)
		name_rows(&model.mixture);
	persona_model_release(&model);
	return 0;
}
