/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_REPORT_MANIFEST_H
#define CX_CMD_REPORT_MANIFEST_H

#include "libcx/base/buf.h"
#include "libcx/base/err.h"
#include "libcx/base/map.h"

/*
 * What cx-ingest --manifest says about its run: how many records were read,
 * kept and left out, and how many were rejected and dropped, by reason. Of
 * several files the sums. All zero is of none.
 */
struct report_manifest {
	struct cx_map files; /* that were read */
	uint64_t read, kept, left_out, rejected, dropped;
	struct cx_map reasons; /* of both */
	uint64_t *counts;      /* by number of reason */
	bool is_any;
};

/* Adds what the manifest at path says. */
int report_manifest_read(
    struct report_manifest *manifest, const char *path, struct cx_err *err);
void report_manifest_release(struct report_manifest *manifest);

#endif
