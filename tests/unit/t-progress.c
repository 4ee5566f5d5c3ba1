/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/cli/progress.h"
#include "tests/lib/check.h"

/* The line of so many bytes after so many seconds of reading and running. */
static void describes(const char *want, uint64_t read, uint64_t total,
    double reading, double running)
{
	struct cx_meter meter = { 1, read, total };
	struct cx_buf text = { 0 };

	cx_progress_describe(&text, "cx-x", &meter, reading, running);
	cx_buf_addc(&text, '\0');
	check_str(text.data, want, "%s", want);
	cx_buf_release(&text);
}

int main(void)
{
	describes("cx-x: 128 MB of 255 MB (50 %), 64.0 MB/s, 0:02", 127600000,
	    255000000, 1.99375, 2.1);
	describes("cx-x: 0 B of 1.00 kB (0 %), 0 B/s, 0:02", 0, 1000, 2, 2);
	describes("cx-x: 9.99 MB of 10.0 MB (99 %), 999 kB/s, 0:10", 9994900,
	    9999000, 10.005, 10);
	describes("cx-x: 999 B, 100 B/s, 1:05", 999, 0, 10, 65.9);
	describes("cx-x: 1.00 MB, 1.00 MB/s, 60:00", 999900, 0, 1, 3600);
	/* All is read; the parts that threads read overlap. */
	describes("cx-x: 255 MB read, 0:12", 255000000, 255000000, 2, 12);
	describes("cx-x: 255 MB read, 0:12", 255100000, 255000000, 2, 12);
	return check_done();
}
