/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_TABLE_EVIDENCE_H
#define CX_TABLE_EVIDENCE_H

#include "libcx/table/moment.h"
#include "libcx/table/reader.h"

/* A cell, or more of it than cx_quote shows, and where it stands. */
struct cx_example {
	char text[168];
	char file[256];
	unsigned long line;
};

void cx_example_set(
    struct cx_example *example, struct cx_str cell, struct cx_reader *reader);

/* For a message: the cell; of one that is hidden, only that it is there. */
const char *cx_example_show(const struct cx_example *example, bool hidden);

/* "on line 7", and of which file when it is another than the other's. */
enum { CX_PLACE_SIZE = 256 + 40 };
const char *cx_example_place(const struct cx_example *example,
    const struct cx_example *than, char room[CX_PLACE_SIZE]);

/* Gives err its place. Returns -1. */
int cx_example_at(const struct cx_example *example, struct cx_err *err);

enum { CX_READINGS = 3, CX_READINGS_KINDS = 1 << CX_READINGS };

/*
 * How the cells of a column can be read: cells are counted by the set of
 * readings that fit them, and the first two of each set are kept. All zero is
 * a column without cells. Merging is exact when it is done in input order.
 */
struct cx_evidence {
	uint64_t n[CX_READINGS_KINDS]; /* by set: bits 1 << reading */
	struct cx_example examples[CX_READINGS_KINDS][2];
	/* of dates of six digits: the numbers seen first, and last */
	uint64_t first_seen[2], last_seen[2];
	bool hidden; /* cells are not to be seen in messages */
};

/* Dates that three numbers make; see cx_moment_orders. */
void cx_evidence_date(
    struct cx_evidence *evidence, struct cx_str cell, struct cx_reader *reader);

/*
 * A number: the decimal signs that fit it (CX_POINT, CX_COMMA of number.h), 0
 * when they do not matter.
 */
void cx_evidence_number(struct cx_evidence *evidence, unsigned signs,
    struct cx_str cell, struct cx_reader *reader);

void cx_evidence_merge(
    struct cx_evidence *into, const struct cx_evidence *from);

/* What came of it, for a note to the user. */
struct cx_finding {
	uint64_t n;          /* cells that were in question */
	uint64_t n_decisive; /* that allow nothing else */
};

/*
 * The order of all dates of a column: CX_ORDER_UNKNOWN where none depends on
 * it. Returns 0 with *order, or -1 and err (with a line, a file and what to
 * do) when several orders fit every cell, or none does.
 *
 * A year of two digits in front is not thought of where the first numbers of
 * the dates are more various than the last: years are what varies least.
 */
int cx_evidence_order(const struct cx_evidence *evidence,
    enum cx_date_order *order, struct cx_finding *finding, struct cx_err *err);

/*
 * The same of the decimal sign of a column of numbers: '\0' where none
 * depends on it.
 */
int cx_evidence_decimal(const struct cx_evidence *evidence, char *decimal,
    struct cx_finding *finding, struct cx_err *err);

#endif
