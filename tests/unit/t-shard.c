/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/table/shard.h"
#include "tests/lib/check.h"

#include <stdlib.h>

/*
 * CRC-32 of "123456789" is CBF43926, the check value of the catalogues (R.
 * Williams, A Painless Guide to CRC Error Detection Algorithms, 1993); that of
 * "a" is at the end of what gzip makes of it.
 */
static void test_numbers(void)
{
	check_int((intmax_t)cx_shard_of(cx_str("123456789"), 1000),
	    (intmax_t)(0xCBF43926u % 1000), "the check value of CRC-32");
	check_int((intmax_t)cx_shard_of(cx_str("123456789"), 7),
	    (intmax_t)(0xCBF43926u % 7), "modulo 7");
	check_int((intmax_t)cx_shard_of(cx_str("a"), 1000),
	    (intmax_t)(0xE8B7BE43u % 1000), "one byte");
	check_int((intmax_t)cx_shard_of((struct cx_str){ NULL, 0 }, 9), 0,
	    "nothing is of shard 0");
	check_int(
	    (intmax_t)cx_shard_of(cx_str("123456789"), 1), 0, "one shard");
}

/*
 * Numbers in a row, as identifiers are, come out even: chi-square of n - 1
 * degrees of freedom, whose mean is n - 1, stays below 2 n.
 */
static void test_spread(void)
{
	static const size_t sizes[] = { 2, 3, 10, 16, 64, 100, 1000 };
	enum { CUSTOMERS = 100000 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		size_t n = sizes[i], *counts = calloc(n, sizeof(*counts));
		double want = (double)CUSTOMERS / (double)n, chi = 0;
		char name[16];

		for (int c = 0; counts && c < CUSTOMERS; c++) {
			snprintf(name, sizeof(name), "C%06d", c);
			counts[cx_shard_of(cx_str(name), n)]++;
		}
		for (size_t k = 0; counts && k < n; k++)
			chi += ((double)counts[k] - want) *
			       ((double)counts[k] - want) / want;
		check(chi < 2 * (double)n, "%zu shards are even: %.1f", n, chi);
		free(counts);
	}
}

static void check_name(
    const char *pattern, size_t shard, const char *want, const char *why)
{
	struct cx_buf name = { 0 };
	struct cx_err err = { .status = CX_DONE };

	check(cx_shard_check(pattern, &err) == 0, "%s: a pattern", why);
	/* Whatever was there before. */
	cx_shard_name("much longer than that %d", 1, &name);
	cx_shard_name(pattern, shard, &name);
	check_str(name.data, want, "%s", why);
	cx_buf_release(&name);
}

static void check_bad(const char *pattern)
{
	struct cx_err err = { .status = CX_DONE };

	check(cx_shard_check(pattern, &err) < 0 && err.status == CX_USAGE,
	    "no pattern: %s", pattern);
}

static void test_names(void)
{
	check_name("part-%d.tsv", 0, "part-0.tsv", "a number");
	check_name("part-%d.tsv", 999, "part-999.tsv", "a long one");
	check_name("%d", 12, "12", "a number alone");
	check_name("a/%03d.tsv.gz", 7, "a/007.tsv.gz", "with zeros");
	check_name("%09d", 7, "000000007", "with many zeros");
	check_name("%01d", 17, "17", "with none");
	check_name("100%%/%d%%", 3, "100%/3%", "percent signs");
	check_bad("part.tsv");
	check_bad("");
	check_bad("%");
	check_bad("%d%");
	check_bad("%d-%d");
	check_bad("%%d");
	check_bad("%s");
	check_bad("%n%d");
	check_bad("%5d");
	check_bad("%0d");
	check_bad("%00d");
	check_bad("%010d");
	check_bad("%0");
	check_bad("%03");
	check_bad("%ld");
}

int main(void)
{
	test_numbers();
	test_spread();
	test_names();
	return check_done();
}
