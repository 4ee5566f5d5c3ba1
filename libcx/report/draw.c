/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/report/draw.h"

#include <math.h>

/* The cell of n that x falls into. */
static int cell_of(double x, double low, double high, int n)
{
	double at = (x - low) / (high - low) * (n - 1);

	if (!(at > 0))
		return 0;
	return at > n - 1 ? n - 1 : (int)lround(at);
}

void cx_draw_interval(struct cx_buf *out, double x, double lo, double hi,
    double low, double high, int n)
{
	int dot, first, last;

	if (isnan(x))
		return;
	dot = cell_of(x, low, high, n);
	first = isnan(lo) ? dot : cell_of(lo, low, high, n);
	last = isnan(hi) ? dot : cell_of(hi, low, high, n);
	for (int i = 0; i < n; i++) {
		const char *mark = "·";

		if (i == dot)
			mark = "●";
		else if (i >= first && i <= last)
			mark = "━";
		else if (i == n / 2)
			mark = "┊";
		cx_buf_addz(out, mark);
	}
}

void cx_draw_spark(
    struct cx_buf *out, const double *values, size_t n, double low, double high)
{
	static const char *const eighths[] = { "▁", "▂", "▃", "▄", "▅", "▆",
		"▇", "█" };

	for (size_t i = 0; i < n; i++)
		cx_buf_addz(out,
		    isnan(values[i])
		        ? " "
		        : eighths[high > low ? cell_of(values[i], low, high, 8)
		                             : 3]);
}
