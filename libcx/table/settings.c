/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/settings.h"

int cx_settings_read(
    const char *path, cx_settings_use *use, void *state, struct cx_err *err)
{
	struct cx_reader_options options = { .foreign = true,
		.settings = true };
	struct cx_reader *reader;
	struct cx_input *in;
	int code;

	if (cx_input_open(&in, path, err) < 0)
		return -1;
	code = cx_reader_open(&reader, in, &options, err);
	if (code == 0) {
		code = use(state, reader, err);
		cx_reader_close(reader);
	}
	if (code < 0)
		cx_err_file(err, path);
	cx_input_close(in);
	return code;
}
