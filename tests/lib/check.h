/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A TAP checker. A check prints "ok" or "not ok" and, in "# ..." below, what
 * was got and wanted, and returns whether it held. main returns check_done().
 */
#ifndef CX_TESTS_CHECK_H
#define CX_TESTS_CHECK_H

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int check_count, check_failures;

#define CHECK_UNUSED __attribute__((unused)) static
#define CHECK_API(n) __attribute__((format(printf, n, n + 1), unused)) static

#define CHECK_LINE(ok, name)                                                   \
	do {                                                                   \
		va_list args;                                                  \
		check_failures += !(ok);                                       \
		printf("%sok %d - ", (ok) ? "" : "not ", ++check_count);       \
		va_start(args, name);                                          \
		vprintf(name, args);                                           \
		va_end(args);                                                  \
		putchar('\n');                                                 \
	} while (0)

CHECK_API(2) bool check(bool ok, const char *name, ...)
{
	CHECK_LINE(ok, name);
	return ok;
}

CHECK_API(1) void check_note(const char *format, ...)
{
	va_list args;

	printf("# ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

CHECK_API(3)
bool check_int(intmax_t got, intmax_t want, const char *name, ...)
{
	CHECK_LINE(got == want, name);
	if (got != want)
		printf("# got %jd, want %jd\n", got, want);
	return got == want;
}

CHECK_UNUSED void check_show(const char *what, const char *s)
{
	for (printf("# %s \"", what); *s; s++)
		printf((unsigned char)*s < ' ' ? "\\x%02X" : "%c", *s);
	puts("\"");
}

CHECK_API(3)
bool check_str(const char *got, const char *want, const char *name, ...)
{
	bool ok = strcmp(got, want) == 0;

	CHECK_LINE(ok, name);
	if (!ok) {
		check_show("got", got);
		check_show("want", want);
	}
	return ok;
}

/* NaN is near NaN only. */
CHECK_API(4)
bool check_abs(double got, double want, double margin, const char *name, ...)
{
	bool ok = isnan(want) ? isnan(got) : fabs(got - want) <= margin;

	CHECK_LINE(ok, name);
	if (!ok)
		printf("# got %.17g, want %.17g\n", got, want);
	return ok;
}

#define check_rel(got, want, tolerance, ...)                                   \
	check_abs(got, want, (tolerance)*fabs((double)(want)), __VA_ARGS__)

CHECK_UNUSED int check_done(void)
{
	printf("1..%d\n", check_count);
	return fflush(stdout) != 0 || check_failures > 0;
}

#endif
