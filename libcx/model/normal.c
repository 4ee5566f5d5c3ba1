/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/normal.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

double cx_normal_half_width(double level)
{
	return gsl_cdf_ugaussian_Qinv((1 - level) / 2);
}

double cx_normal_p(double z)
{
	return erfc(fabs(z) / sqrt(2));
}
