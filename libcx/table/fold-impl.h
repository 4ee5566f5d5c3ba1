/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the fold share; nobody else includes it. */
#ifndef CX_TABLE_FOLD_IMPL_H
#define CX_TABLE_FOLD_IMPL_H

#include "libcx/table/fold.h"

/* A fold on its way over the files of a job. */
struct cx_pass {
	const struct cx_fold *fold;
	struct cx_job *job;
	void *total;
	struct cx_reader *reader; /* of the file at hand */
	const char *name;
};

/* fold.c: the records of pass->reader, whose bytes are those of in. */
int cx_fold_read(
    const struct cx_pass *pass, struct cx_input *in, struct cx_err *err);

/* What is wrong with the columns is wrong in the header line. */
int cx_fold_in_header(struct cx_err *err);

#endif
