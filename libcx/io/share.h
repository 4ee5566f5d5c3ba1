/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_IO_SHARE_H
#define CX_IO_SHARE_H

#include "libcx/base/err.h"
#include "libcx/base/map.h"

/*
 * The path (with a NUL) of a folder of the data that is installed beside the
 * programs, such as "labels". It is looked for beside the running program,
 * in ../share/cx (installed, wherever that is) and ../share (not yet
 * installed), then where configure said. Returns 1; 0 when there is none, path
 * being the last place that was tried; -1 and err.
 */
int cx_share_find(const char *folder, struct cx_buf *path, struct cx_err *err);

/*
 * The names of the files NAME.tsv in a folder, without ".tsv"; their order
 * is that of cx_map_sorted. A folder that cannot be read is an error.
 */
int cx_share_list(const char *folder, struct cx_map *names, struct cx_err *err);

#endif
