/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_SETTINGS_H
#define CX_TABLE_SETTINGS_H

#include "libcx/table/reader.h"

/*
 * Reads a table that says how others are read, such as a codebook: opens it,
 * lets use read what it wants, and closes it. Errors get the path.
 *   use   with state; 0, or -1 and err
 */
typedef int cx_settings_use(
    void *state, struct cx_reader *reader, struct cx_err *err);
int cx_settings_read(
    const char *path, cx_settings_use *use, void *state, struct cx_err *err);

#endif
