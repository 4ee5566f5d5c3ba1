/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files written through libcx/io/output, and what is in them. */
#ifndef CX_TESTS_OUTPUTS_H
#define CX_TESTS_OUTPUTS_H

#include "libcx/io/output.h"
#include "tests/lib/check.h"
#include "tests/lib/scratch.h"

static inline bool holds(const char *path, struct cx_str want)
{
	struct cx_buf bytes = { 0 };
	bool ok =
	    scratch_read(path, &bytes) && cx_str_eq(cx_buf_str(&bytes), want);

	cx_buf_release(&bytes);
	return ok;
}

static inline bool holds_text(const char *path, const char *want)
{
	return holds(path, cx_str(want));
}

static inline struct cx_output *open_output(const char *path)
{
	struct cx_output *out = NULL;
	struct cx_err err;

	if (cx_output_open(&out, path, &err) < 0)
		check_note("%s: %s", path, err.what);
	return out;
}

static inline int put(struct cx_output *out, const char *text)
{
	struct cx_err err;

	return cx_output_write(out, text, strlen(text), &err);
}

static inline int finish(struct cx_output *out)
{
	struct cx_err err;

	return cx_output_close(out, &err);
}

/* Writes text to the file, well. */
static inline bool write_file(const char *path, const char *text)
{
	struct cx_output *out = open_output(path);

	return out && put(out, text) == 0 && finish(out) == 0;
}

#endif
