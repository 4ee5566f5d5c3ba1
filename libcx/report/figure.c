/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/figure.h"

#include <math.h>

/* x in units of the last decimal. */
static int64_t scale(double x, int64_t one)
{
	const double most = 1e12;

	return fabs(x) < most ? (int64_t)llround(x * (double)one) : 0;
}

static int64_t power(int decimals)
{
	static const int64_t powers[] = { 1, 10, 100, 1000, 10000, 100000,
		1000000 };

	return powers[decimals];
}

static void add_digits(struct cx_buf *out, int64_t n, int64_t one, bool trim)
{
	int64_t part = n % one;

	cx_buf_addu(out, (uint64_t)(n / one));
	if (one == 1 || (trim && part == 0))
		return;
	cx_buf_addc(out, '.');
	for (one /= 10; one > 0 && !(trim && part == 0); one /= 10) {
		/* cppcheck-suppress zerodivcond ; the loop has one > 0 */
		cx_buf_addc(out, (char)('0' + part / one));
		part %= one;
	}
}

void cx_figure_number(struct cx_buf *out, double x, int decimals)
{
	int64_t one = power(decimals), n = scale(x, one);

	if (n < 0)
		cx_buf_addc(out, '-');
	add_digits(out, n < 0 ? -n : n, one, true);
}

static void add_shown(
    struct cx_buf *out, double x, int decimals, const char *plus)
{
	int64_t one = power(decimals), n = scale(x, one);

	cx_buf_addz(out, n < 0 ? "−" : n > 0 ? plus : "");
	add_digits(out, n < 0 ? -n : n, one, false);
}

void cx_figure_fixed(struct cx_buf *out, double x, int decimals)
{
	add_shown(out, x, decimals, "");
}

void cx_figure_signed(struct cx_buf *out, double x, int decimals)
{
	add_shown(out, x, decimals, "+");
}

void cx_figure_percent(struct cx_buf *out, double share)
{
	const double percent = 100, whole = .0995;
	bool brief = !(fabs(share) < whole) || share == 0;

	add_shown(out, share * percent, brief ? 0 : 1, "");
	cx_buf_addc(out, '%');
}

const struct cx_figure_units cx_figure_units = { "%s s", "%s min", "%s h",
	"%s d" };

void cx_figure_fill(
    struct cx_buf *out, const char *form, const struct cx_str *fill, size_t n)
{
	size_t at = 0;

	for (; *form; form++) {
		if (at < n && form[0] == '%' && form[1] == 's') {
			cx_buf_adds(out, fill[at++]);
			form++;
		} else {
			cx_buf_addc(out, *form);
		}
	}
}

void cx_figure_duration(
    struct cx_buf *out, double seconds, const struct cx_figure_units *units)
{
	enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };
	const double twice = 2, brief = 10;
	struct cx_buf number = { 0 };
	struct cx_str shown;
	const char *form = units->days;
	double x = seconds / DAY;

	if (seconds < twice * MINUTE) {
		form = units->seconds;
		x = seconds;
	} else if (seconds < twice * HOUR) {
		form = units->minutes;
		x = seconds / MINUTE;
	} else if (seconds < twice * DAY) {
		form = units->hours;
		x = seconds / HOUR;
	}
	cx_figure_fixed(
	    &number, x, form == units->seconds || x >= brief ? 0 : 1);
	shown = cx_buf_str(&number);
	cx_figure_fill(out, form, &shown, 1);
	cx_buf_release(&number);
}
