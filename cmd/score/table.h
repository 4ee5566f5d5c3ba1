/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_CMD_SCORE_TABLE_H
#define CX_CMD_SCORE_TABLE_H

#include "cmd/score/sample.h"
#include "libcx/table/group.h"

/*
 * The kind of period that the last cell of a group's key names; in a merged
 * table the column's name tells.
 */
enum cx_period score_period(const struct cx_grouping *by);

/* Ends the program where --vs, --adjust or --low-base make no sense. */
void score_table_check(const struct cx_cli *cli, const struct cx_grouping *by);

/* Whether the gates can be understood, before any data is read. */
int score_table_check_gates(const struct score_program *program,
    const struct cx_grouping *by, struct cx_err *err);

/*
 * Writes the table of estimates: a row for each group (a struct cx_answers)
 * in the byte order of their keys. designs has none where counts say all. A
 * gate error where --fail-if says so, the table being complete.
 */
int score_table(const struct score_program *program,
    const struct cx_grouping *by, struct cx_groups *groups,
    const struct score_designs *designs, struct cx_writer *writer,
    struct cx_err *err);

#endif
