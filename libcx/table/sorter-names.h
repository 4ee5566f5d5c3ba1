/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_SORTER_NAMES_H
#define CX_TABLE_SORTER_NAMES_H

#include "libcx/table/sorter.h"

/* All owners of a sorter in the byte order of their names. */
struct cx_by_name;

/*
 * The sorter, which is finished, is borrowed and has nothing left. What it
 * has on disk is sorted there.
 */
int cx_by_name_open(
    struct cx_by_name **list, struct cx_sorter *sorter, struct cx_err *err);
void cx_by_name_close(struct cx_by_name *list); /* NULL is fine */

/*
 * The events of the next owner, borrowed until the next call, when they may
 * be changed: 1; 0 when there are no more; -1 and err.
 */
int cx_by_name_next(struct cx_by_name *list, struct cx_str *owner,
    void **events, size_t *n, struct cx_err *err);

#endif
