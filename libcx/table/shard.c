/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/shard.h"

#include <zlib.h>

size_t cx_shard_of(struct cx_str cell, size_t n)
{
	/* Without bytes zlib would answer with the CRC to start from: 0 too. */
	return cell.n ? crc32_z(0, (const Bytef *)cell.p, cell.n) % n : 0;
}

/* What a percent sign at p starts: its bytes, 0 when it is nothing of ours. */
static size_t directive(const char *p, int *digits)
{
	*digits = 0;
	if (p[1] == '%' || p[1] == 'd')
		return 2;
	if (p[1] != '0' || p[2] < '1' || p[2] > '9' || p[3] != 'd')
		return 0;
	*digits = p[2] - '0';
	return 4;
}

int cx_shard_check(const char *pattern, struct cx_err *err)
{
	int n_numbers = 0, digits;

	for (const char *p = pattern; *p; p++) {
		size_t n = *p == '%' ? directive(p, &digits) : 1;

		if (n == 0)
			return cx_err_set(err, CX_USAGE,
			    "%s: a %% is not that of %%d, %%05d or %%%%",
			    cx_quote(cx_str(pattern)));
		n_numbers += n > 1 && p[n - 1] == 'd';
		p += n - 1;
	}
	if (n_numbers == 1)
		return 0;
	return cx_err_set(err, CX_USAGE,
	    "%s does not have one %%d for the number of the shard",
	    cx_quote(cx_str(pattern)));
}

void cx_shard_name(const char *pattern, size_t shard, struct cx_buf *name)
{
	int digits;

	cx_buf_clear(name);
	for (const char *p = pattern; *p; p++) {
		size_t n = *p == '%' ? directive(p, &digits) : 1;

		p += n ? n - 1 : 0;
		if (n > 1 && *p == 'd')
			cx_buf_addf(name, "%0*zu", digits, shard);
		else
			cx_buf_addc(name, *p);
	}
	cx_buf_addc(name, '\0');
}
