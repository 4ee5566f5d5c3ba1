/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON of any bytes: no crash, and every value handed out is UTF-8. */
#include "libcx/base/utf8.h"
#include "libcx/table/json.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int take(
    void *context, struct cx_str path, struct cx_str value, struct cx_err *err)
{
	(void)context;
	(void)err;
	if (cx_utf8_valid(path) != path.n || cx_utf8_valid(value) != value.n)
		abort();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cx_str text = { (const char *)data, size };
	struct cx_err err;

	(void)cx_json_walk(text, take, NULL, &err);
	return 0;
}
