/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/mean.h"

#include "libcx/model/student.h"

#include <math.h>

void cx_mean_count(struct cx_mean *mean, int answer)
{
	mean->n++;
	mean->sum += answer;
	mean->squares += (uint64_t)((int64_t)answer * answer);
}

/* n times the squares less the squared sum: n^2 times the mean square. */
static __int128 spread(const struct cx_mean *mean)
{
	return (__int128)mean->n * mean->squares -
	       (__int128)mean->sum * mean->sum;
}

/*
 * The sum of (x - low) (high - x) is not below 0, nor is the spread: together
 * they keep the mean in its range too. And x^2 is even where x is.
 */
bool cx_mean_is_possible(const struct cx_mean *mean, int low, int high)
{
	__int128 n = mean->n, sum = mean->sum, squares = mean->squares;

	return mean->n <= CX_MEAN_MOST &&
	       (low + high) * sum - squares - n * low * high >= 0 &&
	       spread(mean) >= 0 && (squares - sum) % 2 == 0;
}

struct cx_mean_estimate cx_mean_estimate(
    const struct cx_mean *mean, double level)
{
	double n = (double)mean->n, m = (double)mean->sum / n;
	double sd = sqrt((double)spread(mean) / (n * (n - 1)));
	double se = sd / sqrt(n);
	double half = se > 0 ? cx_student_half_width(level, n - 1) * se : NAN;

	return (struct cx_mean_estimate){ m, sd, se, m - half, m + half };
}
