/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/scale.h"

#include <math.h>

enum { LARGEST = 1000, TWO_BOX_POINTS = 5 };

bool scale_is_points(double given)
{
	return given == SCALE_NOT_GIVEN ||
	       (given >= 1 && given <= 2 * LARGEST && given == floor(given));
}

bool scale_set_boxes(struct cx_scale *scale, double top, double bottom)
{
	int n = scale->high - scale->low + 1;

	scale->top = top != SCALE_NOT_GIVEN ? (int)top
	             : n >= TWO_BOX_POINTS  ? 2
	                                    : 1;
	if (bottom != SCALE_NOT_GIVEN)
		scale->bottom = (int)bottom;
	else
		scale->bottom =
		    scale->top * 2 <= n ? scale->top : n - scale->top;
	return scale->bottom >= 1 && scale->top + scale->bottom <= n;
}
