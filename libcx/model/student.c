/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* GSL calls its error handler on a df of NaN, and that aborts by default. */

double cx_student_half_width(double level, double df)
{
	return df > 0 ? gsl_cdf_tdist_Qinv((1 - level) / 2, df) : NAN;
}

double cx_student_p(double t, double df)
{
	return df > 0 ? 2 * gsl_cdf_tdist_Q(fabs(t), df) : NAN;
}
