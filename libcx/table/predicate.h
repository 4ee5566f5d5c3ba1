/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_PREDICATE_H
#define CX_TABLE_PREDICATE_H

#include "libcx/base/err.h"
#include "libcx/table/header.h"
#include "libcx/table/row.h"

/*
 * Conditions about the cells of a row, such as
 *
 *	nps <= 6 and channel in ("web", "app") and time >= 2026-05-01
 *
 * cx-predicate(5) is the grammar and says what each means. They are compiled
 * once, then tested against rows by any number of threads, each with a test
 * of its own:
 *
 *	cx_predicate_add(predicate, cx_str(text), "--where", 1, 1, err);
 *	test = cx_test_new(predicate, header, err);
 *	cx_test_row(test, row);
 *	holds = cx_test_holds(test, 0, err);
 */
struct cx_predicate;

struct cx_predicate *cx_predicate_new(void);
void cx_predicate_free(struct cx_predicate *predicate);

/*
 * Adds a condition, numbered 0, 1, … in the order they are added. It begins
 * on this line of origin (a file's name or an option) and at this character
 * of the line, both from 1. Returns 0, or -1 and err (usage): what, where,
 * and in err->below the line with a caret.
 */
int cx_predicate_add(struct cx_predicate *predicate, struct cx_str text,
    const char *origin, unsigned long line, size_t character,
    struct cx_err *err);

size_t cx_predicate_n(const struct cx_predicate *predicate);

/* Appends the name of a column as a condition writes it: ready, or quoted. */
void cx_predicate_name(struct cx_str name, struct cx_buf *out);

/* The names of the columns that its conditions mention, each once. */
size_t cx_predicate_n_columns(const struct cx_predicate *predicate);
struct cx_str cx_predicate_column(
    const struct cx_predicate *predicate, size_t i);

/*
 * Messages do not show the cells of column i from here on. Before there are
 * tests in other threads.
 */
void cx_predicate_hide(struct cx_predicate *predicate, size_t i);

/*
 * All conditions, with their columns found in the header of a file; of one
 * thread. predicate is borrowed. NULL and err (usage) when a column is not
 * there.
 */
struct cx_test;

struct cx_test *cx_test_new(const struct cx_predicate *predicate,
    const struct cx_header *header, struct cx_err *err);
void cx_test_free(struct cx_test *test);

/* The row that is asked about from here on. It and its cells are borrowed. */
void cx_test_row(struct cx_test *test, const struct cx_row *row);

/*
 * Whether a condition holds for the row: 1; 0 when it is false, or unknown
 * for a missing value; -1 and err, reason set, when a cell that decides is
 * not what the condition takes it for. Cells that do not decide are not
 * looked at: and, or stop where the answer is known.
 */
int cx_test_holds(struct cx_test *test, size_t condition, struct cx_err *err);

#endif
