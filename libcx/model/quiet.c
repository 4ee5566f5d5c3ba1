/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "libcx/model/quiet.h"

#include <gsl/gsl_errno.h>

void cx_model_quiet(void)
{
	gsl_set_error_handler_off();
}
