/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lengths of time and sizes as options have them. */
#include "libcx/table/span.h"
#include "tests/lib/check.h"

static void test_spans(void)
{
	static const struct {
		const char *text;
		int64_t want; /* seconds */
	} cases[] = { { "1s", 1 }, { "90min", 90 * 60 }, { "36h", 36 * 3600 },
		{ "30d", 30 * 86400 }, { "2w", 14 * 86400 } };
	static const char *const bad[] = { "", "30", "d", "0d", "-1d", "1.5h",
		"30 d", "1y", "99999999999999s", "9999999w" };
	int64_t seconds;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check(cx_span_parse(cx_str(cases[i].text), &seconds) == 0 &&
		          seconds == cases[i].want,
		    "%s", cases[i].text);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		check(cx_span_parse(cx_str(bad[i]), &seconds) < 0,
		    "\"%s\" is no length of time", bad[i]);
}

/* numfmt --from=iec of GNU coreutils 9.1 */
static void test_sizes(void)
{
	static const struct {
		const char *text;
		uint64_t want;
	} cases[] = { { "7", 7 }, { "3M", 3145728 }, { "4000000K", 4096000000 },
		{ "1048576G", 1125899906842624 } };
	/* 2^50 is the most. */
	static const char *const bad[] = { "", "7MB", "1048577G" };
	uint64_t bytes;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check(cx_size_parse(cx_str(cases[i].text), &bytes) == 0 &&
		          bytes == cases[i].want,
		    "%s", cases[i].text);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		check(cx_size_parse(cx_str(bad[i]), &bytes) < 0,
		    "\"%s\" is no size", bad[i]);
}

int main(void)
{
	test_spans();
	test_sizes();
	return check_done();
}
