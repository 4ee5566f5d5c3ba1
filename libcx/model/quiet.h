/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_QUIET_H
#define CX_MODEL_QUIET_H

/*
 * GSL aborts the program on what it takes for misuse. Once this is called, it
 * returns NaN and a status instead.
 */
void cx_model_quiet(void);

#endif
