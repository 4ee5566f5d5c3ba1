/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CX_MODEL_MASK_H
#define CX_MODEL_MASK_H

#include <stddef.h>
#include <stdint.h>

/*
 * Which counts of a table not to print, so that none of the small ones, from
 * 1 to min_n - 1, can be found: not by subtraction from totals, and not from
 * what the mask itself tells.
 *
 * The table has groups for rows (a row is one combination of however many
 * columns they are grouped by) and periods for columns. A list has one column
 * and its total, if any, is a column total.
 */

/* Totals that are printed, or that a reader can work out: a set of bits. */
enum cx_mask_totals {
	CX_MASK_ROWS = 1, /* of each row, over the columns */
	CX_MASK_COLS = 2, /* of each column, over the rows */
	CX_MASK_GRAND = 4
};

struct cx_mask_cell {
	size_t row, col;
	uint64_t n;
};

/* Borrowed. Each (row, col) comes up once at most; what does not is 0. */
struct cx_mask_table {
	size_t n_rows, n_cols, n_cells;
	const struct cx_mask_cell *cells; /* their order decides between ties */
	unsigned totals;
	uint64_t min_n;
};

/*
 * What to print. All other columns of a row that is masked (scores, shares,
 * intervals, the counts that n is the sum of) have to be masked with it.
 */
enum cx_mask_mark {
	CX_MASK_SHOWN,
	CX_MASK_SMALL, /* "<5": from 1 to min_n - 1 */
	CX_MASK_HIDDEN /* "*": 1 or more; mostly min_n or more */
};

/*
 * Filled in. The arrays are the caller's: one mark for each cell, row and
 * column; those of totals that are not printed may be NULL, and grand is
 * then untouched.
 */
struct cx_mask {
	enum cx_mask_mark *cells, *rows, *cols, grand;
};

/*
 * Decides what to mask.
 *
 * 1. Cells and printed totals from 1 to min_n - 1 are SMALL (HIDDEN when
 *    min_n is 2: "<2" would tell).
 * 2. Of what adds up to a printed total, and the total, none or at least two
 *    are masked; and when the total is shown, those masked have min_n or more
 *    together. While a line falls short, the smallest count it shows is HIDDEN
 *    too: the first of equals, totals last; never a 0. Rows first.
 * 3. Masked counts are tried against everything that is known: sums, that
 *    SMALL is 1 to min_n - 1, that HIDDEN is min_n or more. For those that can
 *    have but one value, the smallest cell is HIDDEN too that their row or
 *    column shows and that masked counts do not tie to it yet; in rows and
 *    columns with the fewest such cells first. When there is none, they
 *    become HIDDEN instead and tell less (1 or more). Last of all, as others
 *    may print them, totals are hidden like cells, and then the smallest such
 *    count of the table. Then 3 starts over.
 *
 * In the end every masked count has at least two possible values. This is
 * about exact values of n: a reader may still find bounds; may know one
 * group's count and subtract it; may lay another table, by other groups,
 * beside this; and may see that masked groups together have none of a kind of
 * answer, and so each of them has none.
 * Greedy: more may be masked than had to be. The same table gives the same
 * mask.
 * Time grows as the number of cells, times the rounds of step 3: two or three
 * as a rule.
 * Source: Cox 1980, JASA 75(370), 377-385 (lines); Gusfield 1988, SIAM
 * Journal on Computing 17(3), 552-571 (tables as graphs); see circulation.h.
 * Check: tests/unit/t-mask.c, by linear algebra and by trying all values.
 */
void cx_mask_decide(const struct cx_mask_table *table, struct cx_mask *out);

#endif
