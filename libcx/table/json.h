/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_JSON_H
#define CX_TABLE_JSON_H

#include "libcx/base/err.h"

/*
 * What a JSON text says, value by value, in its order. The path is that of
 * the value: names, and for items of lists their places from 0, with a tab
 * before each: "\tinputs\t0\tfile". A value is the text of a string, or a
 * number, true, false or null as it is written; both are borrowed.
 * Returning -1 with err ends the walk.
 */
typedef int cx_json_take(
    void *context, struct cx_str path, struct cx_str value, struct cx_err *err);

/*
 * Walks over one JSON value and blanks around it (RFC 8259). Surrogates
 * stand in pairs; what is nested deeper than 64 is an error, and so is all
 * that the grammar does not know. Lines in errors count from 1.
 */
int cx_json_walk(
    struct cx_str text, cx_json_take *take, void *context, struct cx_err *err);

#endif
