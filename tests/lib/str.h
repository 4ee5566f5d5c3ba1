/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TESTS_STR_H
#define CX_TESTS_STR_H

#include "libcx/base/str.h"

/* A literal with all its bytes, NULs too. */
#define STR(literal) ((struct cx_str){ literal, sizeof(literal) - 1 })

#endif
